package dev.sluice.broker;

import static dev.sluice.broker.BrokerSetting.integer;
import static dev.sluice.broker.BrokerSetting.oneOf;
import static dev.sluice.broker.BrokerSetting.secret;
import static dev.sluice.broker.BrokerSetting.text;
import static dev.sluice.broker.BrokerSetting.wholeNumber;
import static dev.sluice.broker.BrokerSetting.words;

import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.config.types.Password;

/**
 * The settings of encryption and login. Each may also be given for one listener alone, as
 * {@code listener.name.<name>.<key>}, which wins.
 */
final class SecuritySettings {
    private static final String STORE_TYPE = "Form of the file: JKS, PKCS12 or PEM.";

    private static final List<BrokerSetting<?>> TLS = List.of(
            oneOf("ssl.client.auth", "none", "Whether clients show a certificate.", "none", "requested", "required"),
            text("ssl.keystore.type", "JKS", STORE_TYPE),
            text("ssl.keystore.location", null, "The file with the broker's key and certificate."),
            secret("ssl.keystore.password", "Password of that file; none for PEM."),
            secret("ssl.key.password", "Password of the key in it, where it has one of its own."),
            secret("ssl.keystore.key", "The key itself as PEM, instead of a file."),
            secret("ssl.keystore.certificate.chain", "The certificates of that key as PEM."),
            text("ssl.truststore.type", "JKS", STORE_TYPE),
            text("ssl.truststore.location", null, "The file with the authorities whose clients are trusted."),
            secret("ssl.truststore.password", "Password of that file; none for PEM."),
            secret("ssl.truststore.certificates", "Those certificates themselves as PEM, instead of a file."),
            words("ssl.enabled.protocols", List.of("TLSv1.2", "TLSv1.3"), "Versions of TLS that are spoken."),
            text("ssl.protocol", "TLSv1.3", "The version of TLS that the JVM is asked for."),
            words("ssl.cipher.suites", List.of(), "Ciphers that are spoken; none: those of the JVM."),
            text("ssl.provider", null, "Security provider of the JVM for TLS."),
            text("ssl.keymanager.algorithm", "SunX509", "Key manager of the JVM."),
            text("ssl.trustmanager.algorithm", "PKIX", "Trust manager of the JVM."),
            text("ssl.secure.random.implementation", null, "Source of random numbers of the JVM."));

    static final BrokerSetting<String> PRINCIPAL_RULES =
            text("ssl.principal.mapping.rules", "DEFAULT", "Rules that make a user's name of a certificate's subject.");

    /** Kafka's only default is GSSAPI, which needs Kerberos and is not spoken here. */
    static final BrokerSetting<List<String>> MECHANISMS = words(
            "sasl.enabled.mechanisms",
            List.of("SCRAM-SHA-256", "SCRAM-SHA-512"),
            "How users prove who they are.",
            "PLAIN",
            "SCRAM-SHA-256",
            "SCRAM-SHA-512");

    static final BrokerSetting<Long> REAUTH_MAX_MS =
            wholeNumber("connections.max.reauth.ms", 0L, 0, "Time after which a user must log in again; 0: never.");
    static final BrokerSetting<Integer> FAILURE_DELAY_MS =
            integer("connection.failed.authentication.delay.ms", 100, 0, "Wait before a failed login is answered.");
    /** Kafka takes 512 KB, for the tickets of Kerberos. What is spoken here needs less than 1 KB. */
    static final BrokerSetting<Integer> LOGIN_REQUEST_MAX_BYTES =
            integer("sasl.server.max.receive.size", 64 << 10, 128, "The largest request before the login.");
    /** Kafka has no such limit but connections.max.idle.ms. */
    static final BrokerSetting<Long> LOGIN_MAX_MS = wholeNumber(
            "connection.login.timeout.ms", 30_000L, 1, "Time for TLS handshake and login; then the connection ends.");

    static final List<BrokerSetting<?>> ALL = Stream.concat(
                    TLS.stream(),
                    Stream.of(
                            PRINCIPAL_RULES,
                            MECHANISMS,
                            REAUTH_MAX_MS,
                            FAILURE_DELAY_MS,
                            LOGIN_REQUEST_MAX_BYTES,
                            LOGIN_MAX_MS))
            .toList();

    /** What {@code listener.name.<name>.plain.sasl.jaas.config} ends with: users with their passwords. */
    static final BrokerSetting<Password> JAAS = secret("sasl.jaas.config", "Users and passwords of one listener.");

    private SecuritySettings() {}

    /** The settings of TLS, under Kafka's keys. */
    static List<BrokerSetting<?>> tls() {
        return TLS;
    }
}
