package dev.sluice.connector.elasticsearch.tls;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Password;
import dev.sluice.api.config.Width;
import java.util.List;
import java.util.stream.Stream;

/**
 * The settings of encrypted connections: Kafka's own {@code ssl.*} under {@code elastic.https.}, and fewer and simpler ones for who has
 * PEM files.
 */
public final class TlsKeys {
    private static final String GROUP = "Encryption";
    private static final String PREFIX = "elastic.https.";

    /** A file with the certificates of authorities. */
    public static final ConfigKey<String> CA_PATH = own("connection.ca.path")
            .doc("File with the certificates of the authorities to trust, as PEM. Without it, without a fingerprint"
                    + " and without a trust store those that Java knows are trusted.");

    /** The fingerprint of an authority. */
    public static final ConfigKey<String> CA_FINGERPRINT = own("connection.ca.fingerprint")
            .check(Check.of(
                    "the SHA-256 of a certificate: 64 hexadecimal digits, with or without colons",
                    Fingerprint::isValid))
            .doc("SHA-256 fingerprint of the one certificate to trust, of the authority or of the server itself, as"
                    + " Elasticsearch shows it at its first start.");

    /** The client's certificates. */
    public static final ConfigKey<String> CERTIFICATE_PATH = own("connection.certificate.path")
            .doc("File with the certificate to show to the cluster and those that lead to its authority, as PEM.");

    /** The client's key. */
    public static final ConfigKey<String> KEY_PATH = own("connection.key.path")
            .doc("File with the private key of that certificate, as PEM in PKCS #8: BEGIN PRIVATE KEY or BEGIN"
                    + " ENCRYPTED PRIVATE KEY.");

    /** The password of the client's key. */
    public static final ConfigKey<Password> KEY_PASSWORD = ConfigKey.password("connection.key.password")
            .extended()
            .optional()
            .doc("Password of the private key, if it is encrypted.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    static final ConfigKey<String> PROTOCOL =
            kafka("ssl.protocol").defaultsTo("TLSv1.3").doc("Name of Java's TLS context. Rarely needed.");
    static final ConfigKey<String> PROVIDER = kafka("ssl.provider").doc("Security provider of Java. Rarely needed.");
    static final ConfigKey<List<String>> CIPHERS = list("ssl.cipher.suites")
            .defaultsTo(List.of())
            .doc("Cipher suites that may be used. Empty for those that Java proposes.");
    static final ConfigKey<List<String>> PROTOCOLS = list("ssl.enabled.protocols")
            .defaultsTo(List.of("TLSv1.2", "TLSv1.3"))
            .doc("TLS versions that may be used.");
    static final ConfigKey<String> KEYSTORE_TYPE =
            storeType("ssl.keystore.type").doc("What the key store is: JKS, PKCS12 or PEM.");
    static final ConfigKey<String> KEYSTORE =
            kafka("ssl.keystore.location").doc("File with the key and certificate to show to the cluster.");
    static final ConfigKey<Password> KEYSTORE_PASSWORD =
            password("ssl.keystore.password").doc("Password of the key store.");
    static final ConfigKey<Password> KEYSTORE_KEY =
            password("ssl.keystore.key").doc("The private key itself as PEM, for the type PEM without a file.");
    static final ConfigKey<String> KEYSTORE_CHAIN =
            kafka("ssl.keystore.certificate.chain").doc("The certificates of that key as PEM.");
    static final ConfigKey<Password> STORED_KEY_PASSWORD = password("ssl.key.password")
            .doc("Password of the private key; that of the key store without it, where the type is not PEM.");
    static final ConfigKey<String> TRUSTSTORE_TYPE =
            storeType("ssl.truststore.type").doc("What the trust store is: JKS, PKCS12 or PEM.");
    static final ConfigKey<String> TRUSTSTORE =
            kafka("ssl.truststore.location").doc("File with the certificates of the authorities to trust.");
    static final ConfigKey<Password> TRUSTSTORE_PASSWORD =
            password("ssl.truststore.password").doc("Password of the trust store.");
    static final ConfigKey<String> TRUSTSTORE_CERTIFICATES = kafka("ssl.truststore.certificates")
            .doc("The certificates themselves as PEM, for the type PEM without a file.");
    static final ConfigKey<String> KEY_ALGORITHM =
            kafka("ssl.keymanager.algorithm").doc("Algorithm of Java's key manager. Rarely needed.");
    static final ConfigKey<String> TRUST_ALGORITHM =
            kafka("ssl.trustmanager.algorithm").doc("Algorithm of Java's trust manager. Rarely needed.");
    static final ConfigKey<String> IDENTIFICATION = kafka("ssl.endpoint.identification.algorithm")
            .defaultsTo("https")
            .doc("https: the certificate must name the host of the address. Empty: it need not, and who has any"
                    + " certificate that is trusted may answer in the cluster's place.");
    static final ConfigKey<String> RANDOM =
            kafka("ssl.secure.random.implementation").doc("Algorithm of Java's random numbers. Rarely needed.");
    static final ConfigKey<String> ENGINE =
            kafka("ssl.engine.factory.class").doc("Not supported: Kafka's own classes are not here. Leave it out.");

    /** Kafka's part, under the names that Kafka has for them. */
    static final ConfigSpec KAFKA = ConfigSpec.of(
                    KEYSTORE_TYPE,
                    KEYSTORE,
                    KEYSTORE_PASSWORD,
                    STORED_KEY_PASSWORD,
                    KEYSTORE_KEY,
                    KEYSTORE_CHAIN,
                    TRUSTSTORE_TYPE,
                    TRUSTSTORE,
                    TRUSTSTORE_PASSWORD,
                    TRUSTSTORE_CERTIFICATES,
                    IDENTIFICATION,
                    PROTOCOLS,
                    CIPHERS,
                    PROTOCOL,
                    PROVIDER,
                    KEY_ALGORITHM,
                    TRUST_ALGORITHM,
                    RANDOM,
                    ENGINE)
            .rule(TlsKeys::checkKafka);

    /** All of them. */
    public static final ConfigSpec SPEC = ConfigSpec.of(
                    CA_PATH, CA_FINGERPRINT, CERTIFICATE_PATH, KEY_PATH, KEY_PASSWORD)
            .plus(KAFKA.prefixed(PREFIX))
            .rule(TlsKeys::checkOwn);

    private TlsKeys() {}

    private static ConfigKey<String> own(String name) {
        return ConfigKey.string(name)
                .extended()
                .optional()
                .importance(Importance.MEDIUM)
                .group(GROUP)
                .width(Width.LONG);
    }

    private static ConfigKey<String> kafka(String name) {
        return ConfigKey.string(name)
                .optional()
                .importance(Importance.LOW)
                .group(GROUP)
                .width(Width.LONG);
    }

    private static ConfigKey<String> storeType(String name) {
        return kafka(name).defaultsTo("JKS").check(Check.oneOfIgnoringCase("JKS", "PKCS12", "PEM"));
    }

    private static ConfigKey<List<String>> list(String name) {
        return ConfigKey.list(name).importance(Importance.LOW).group(GROUP).width(Width.LONG);
    }

    private static ConfigKey<Password> password(String name) {
        return ConfigKey.password(name)
                .optional()
                .importance(Importance.LOW)
                .group(GROUP)
                .width(Width.SHORT);
    }

    /** Returns Kafka's part of settings that were read by {@link #SPEC}. */
    static Config kafkaPart(Config config) {
        return config.withPrefix(PREFIX);
    }

    private static void checkKafka(Config config, ConfigProblems problems) {
        if (config.find(ENGINE).filter(name -> !name.isBlank()).isPresent()) {
            problems.error(
                    ENGINE,
                    "Cannot use the setting " + ENGINE.name() + ": such a class belongs to Kafka, which is not here.",
                    "Give key store and trust store by their own settings.");
        }
        if (!List.of("", "https").contains(config.get(IDENTIFICATION).toLowerCase(java.util.Locale.ROOT))) {
            problems.error(
                    IDENTIFICATION,
                    "Cannot use " + IDENTIFICATION.name() + "=" + config.get(IDENTIFICATION)
                            + ": it must be https, or empty for no check of the host.");
        }
        if (config.find(KEYSTORE_KEY).isPresent() != config.find(KEYSTORE_CHAIN).isPresent()) {
            problems.error(
                    KEYSTORE_KEY,
                    "Cannot use one of " + KEYSTORE_KEY.name() + " and " + KEYSTORE_CHAIN.name()
                            + ": a key needs its certificate.",
                    "Give both or none.");
        }
    }

    private static void checkOwn(Config config, ConfigProblems problems) {
        if (config.find(CERTIFICATE_PATH).isPresent() != config.find(KEY_PATH).isPresent()) {
            problems.error(
                    CERTIFICATE_PATH,
                    "Cannot use one of connection.certificate.path and connection.key.path: a certificate needs its"
                            + " key.",
                    "Give both or none.");
        }
        Config kafka = kafkaPart(config);
        long trusts = Stream.of(
                        config.find(CA_PATH).isPresent(),
                        config.find(CA_FINGERPRINT).isPresent(),
                        kafka.find(TRUSTSTORE).isPresent()
                                || kafka.find(TRUSTSTORE_CERTIFICATES).isPresent())
                .filter(given -> given)
                .count();
        if (trusts > 1) {
            problems.error(
                    CA_PATH,
                    "Cannot tell whom to trust: more than one of connection.ca.path, connection.ca.fingerprint and"
                            + " elastic.https.ssl.truststore.* is set.",
                    "Keep one of them.");
        }
        if (config.find(CERTIFICATE_PATH).isPresent()
                && (kafka.find(KEYSTORE).isPresent() || kafka.find(KEYSTORE_KEY).isPresent())) {
            problems.error(
                    CERTIFICATE_PATH,
                    "Cannot tell which certificate to show: connection.certificate.path and"
                            + " elastic.https.ssl.keystore.* are set.",
                    "Keep one of them.");
        }
    }
}
