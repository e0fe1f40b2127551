package dev.sluice.runtime.config;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Password;
import java.util.List;

/** The settings of TLS at REST listeners, under Kafka Connect's names. */
final class TlsKeys {
    static final String JKS = "JKS";
    private static final String GROUP = "REST over TLS";

    static final ConfigKey<String> CLIENT_AUTH = text("ssl.client.auth")
            .defaultsTo("none")
            .check(Check.oneOfIgnoringCase("none", "requested", "required"))
            .doc("Whether clients show a certificate: none, requested (with or without) or required.");

    static final ConfigKey<String> KEY_STORE_TYPE = storeType("ssl.keystore.type");
    static final ConfigKey<String> KEY_STORE = text("ssl.keystore.location")
            .optional()
            .doc("The file with the worker's key and certificate. It is read again within ten seconds of a change.")
            .importance(Importance.HIGH);
    static final ConfigKey<Password> KEY_STORE_PASSWORD = secret("ssl.keystore.password")
            .doc("Password of that file; none for PEM.")
            .importance(Importance.HIGH);
    static final ConfigKey<Password> KEY_PASSWORD =
            secret("ssl.key.password").doc("Password of the key itself, where it has one of its own.");
    static final ConfigKey<Password> KEY = secret("ssl.keystore.key").doc("The key itself as PEM, instead of a file.");
    static final ConfigKey<String> CHAIN = text("ssl.keystore.certificate.chain")
            .optional()
            .doc("The certificates of that key as PEM, the worker's own first.");

    static final ConfigKey<String> TRUST_STORE_TYPE = storeType("ssl.truststore.type");
    static final ConfigKey<String> TRUST_STORE =
            text("ssl.truststore.location").optional().doc("The file with the authorities whose clients are trusted.");
    static final ConfigKey<Password> TRUST_STORE_PASSWORD =
            secret("ssl.truststore.password").doc("Password of that file; none for PEM.");
    static final ConfigKey<String> TRUSTED = text("ssl.truststore.certificates")
            .optional()
            .doc("Those certificates themselves as PEM, instead of a file.");

    static final ConfigKey<List<String>> PROTOCOLS = ConfigKey.list("ssl.enabled.protocols")
            .defaultsTo(List.of("TLSv1.2", "TLSv1.3"))
            .check(Check.nonEmptyList())
            .doc("Versions of TLS that are spoken.")
            .group(GROUP);
    static final ConfigKey<List<String>> CIPHERS = ConfigKey.list("ssl.cipher.suites")
            .defaultsTo(List.of())
            .doc("Ciphers that are spoken; none given: those of the JVM.")
            .group(GROUP)
            .importance(Importance.LOW);
    static final ConfigKey<String> KEY_ALGORITHM = text("ssl.keymanager.algorithm")
            .defaultsTo("SunX509")
            .doc("Key manager of the JVM.")
            .importance(Importance.LOW);
    static final ConfigKey<String> TRUST_ALGORITHM = text("ssl.trustmanager.algorithm")
            .defaultsTo("PKIX")
            .doc("Trust manager of the JVM.")
            .importance(Importance.LOW);

    static final ConfigSpec SPEC = ConfigSpec.of(
            CLIENT_AUTH,
            KEY_STORE_TYPE,
            KEY_STORE,
            KEY_STORE_PASSWORD,
            KEY_PASSWORD,
            KEY,
            CHAIN,
            TRUST_STORE_TYPE,
            TRUST_STORE,
            TRUST_STORE_PASSWORD,
            TRUSTED,
            PROTOCOLS,
            CIPHERS,
            KEY_ALGORITHM,
            TRUST_ALGORITHM);

    private TlsKeys() {}

    /** The same settings under a prefix; they are read, yet the reference page does not repeat them. */
    static ConfigSpec prefixed(String prefix) {
        return ConfigSpec.of(SPEC.keys().stream().map(ConfigKey::internal).toArray(ConfigKey<?>[]::new))
                .prefixed(prefix);
    }

    private static ConfigKey<String> storeType(String name) {
        return text(name)
                .defaultsTo(JKS)
                .check(Check.oneOfIgnoringCase(JKS, "PKCS12", "PEM"))
                .doc("Form of the file: JKS, PKCS12 or PEM.");
    }

    private static ConfigKey<String> text(String name) {
        return ConfigKey.string(name).group(GROUP);
    }

    private static ConfigKey<Password> secret(String name) {
        return ConfigKey.password(name).optional().group(GROUP);
    }
}
