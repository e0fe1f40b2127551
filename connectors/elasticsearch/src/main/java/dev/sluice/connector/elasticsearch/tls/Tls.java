package dev.sluice.connector.elasticsearch.tls;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.Password;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * What an encrypted connection needs, made from settings. Files are read when it is made.
 *
 * @param context keys and trust
 * @param protocols TLS versions, at least one
 * @param ciphers cipher suites, empty for Java's own choice
 * @param checksHost whether the certificate must name the host
 */
public record Tls(SSLContext context, List<String> protocols, List<String> ciphers, boolean checksHost) {
    /** Copies the lists in. */
    public Tls {
        protocols = List.copyOf(protocols);
        ciphers = List.copyOf(ciphers);
    }

    /**
     * Reads the settings and the files that they name.
     *
     * @param config settings that were read by a spec with {@link TlsKeys#SPEC}
     * @throws ConfigException if a file cannot be read or does not hold what it should; the message names the setting
     */
    public static Tls of(Config config) {
        Config kafka = TlsKeys.kafkaPart(config);
        try {
            SSLContext context = kafka.find(TlsKeys.PROVIDER).isPresent()
                    ? SSLContext.getInstance(
                            kafka.get(TlsKeys.PROTOCOL),
                            kafka.find(TlsKeys.PROVIDER).orElseThrow())
                    : SSLContext.getInstance(kafka.get(TlsKeys.PROTOCOL));
            context.init(keys(config, kafka), trust(config, kafka), random(kafka));
            return new Tls(
                    context,
                    kafka.get(TlsKeys.PROTOCOLS),
                    kafka.get(TlsKeys.CIPHERS),
                    !kafka.get(TlsKeys.IDENTIFICATION).isBlank());
        } catch (GeneralSecurityException failed) {
            throw new ConfigException(
                    "Cannot prepare encrypted connections: " + failed.getMessage()
                            + ". Correct connection.* or elastic.https.ssl.*.",
                    failed);
        }
    }

    private static @Nullable SecureRandom random(Config kafka) throws GeneralSecurityException {
        String name = kafka.find(TlsKeys.RANDOM).orElse("");
        return name.isBlank() ? null : SecureRandom.getInstance(name);
    }

    /** Returns who may answer; null for whom Java trusts anyway. */
    private static TrustManager @Nullable [] trust(Config config, Config kafka) throws GeneralSecurityException {
        Optional<String> fingerprint = config.find(TlsKeys.CA_FINGERPRINT);
        if (fingerprint.isPresent()) {
            return new TrustManager[] {Fingerprint.of(fingerprint.get())};
        }
        KeyStore store = trustStore(config, kafka);
        if (store == null) {
            return null;
        }
        TrustManagerFactory factory = TrustManagerFactory.getInstance(
                kafka.find(TlsKeys.TRUST_ALGORITHM).orElseGet(TrustManagerFactory::getDefaultAlgorithm));
        factory.init(store);
        return factory.getTrustManagers();
    }

    private static @Nullable KeyStore trustStore(Config config, Config kafka) {
        Optional<String> path = config.find(TlsKeys.CA_PATH);
        if (path.isPresent()) {
            return Stores.trusting(TlsKeys.CA_PATH.name(), Stores.text(TlsKeys.CA_PATH.name(), path.get()));
        }
        Optional<String> inline = kafka.find(TlsKeys.TRUSTSTORE_CERTIFICATES);
        if (inline.isPresent()) {
            return Stores.trusting(shown(TlsKeys.TRUSTSTORE_CERTIFICATES), inline.get());
        }
        String location = kafka.find(TlsKeys.TRUSTSTORE).orElse("");
        if (location.isBlank()) {
            return null;
        }
        String setting = shown(TlsKeys.TRUSTSTORE);
        String type = kafka.get(TlsKeys.TRUSTSTORE_TYPE);
        return isPem(type)
                ? Stores.trusting(setting, Stores.text(setting, location))
                : Stores.file(
                        setting,
                        location,
                        type,
                        kafka.find(TlsKeys.TRUSTSTORE_PASSWORD).orElse(null));
    }

    /** Returns what to show when the cluster asks for it; null for nothing. */
    private static KeyManager @Nullable [] keys(Config config, Config kafka) throws GeneralSecurityException {
        KeyStore store = keyStore(config, kafka);
        if (store == null) {
            return null;
        }
        KeyManagerFactory factory = KeyManagerFactory.getInstance(
                kafka.find(TlsKeys.KEY_ALGORITHM).orElseGet(KeyManagerFactory::getDefaultAlgorithm));
        boolean isPem = config.find(TlsKeys.CERTIFICATE_PATH).isPresent() || isPem(kafka.get(TlsKeys.KEYSTORE_TYPE));
        factory.init(store, isPem ? Stores.IN_MEMORY : keyPassword(kafka));
        return factory.getKeyManagers();
    }

    private static char @Nullable [] keyPassword(Config kafka) {
        Optional<Password> password =
                kafka.find(TlsKeys.STORED_KEY_PASSWORD).or(() -> kafka.find(TlsKeys.KEYSTORE_PASSWORD));
        return password.map(given -> given.reveal().toCharArray()).orElse(null);
    }

    private static @Nullable KeyStore keyStore(Config config, Config kafka) {
        Optional<String> path = config.find(TlsKeys.CERTIFICATE_PATH);
        if (path.isPresent()) {
            return Stores.holding(
                    TlsKeys.KEY_PATH.name(),
                    Stores.text(TlsKeys.CERTIFICATE_PATH.name(), path.get()),
                    Stores.text(
                            TlsKeys.KEY_PATH.name(),
                            config.find(TlsKeys.KEY_PATH).orElseThrow()),
                    config.find(TlsKeys.KEY_PASSWORD).orElse(null));
        }
        Password password = kafka.find(TlsKeys.STORED_KEY_PASSWORD).orElse(null);
        Optional<Password> inline = kafka.find(TlsKeys.KEYSTORE_KEY);
        if (inline.isPresent() && isPem(kafka.get(TlsKeys.KEYSTORE_TYPE))) {
            return Stores.holding(
                    shown(TlsKeys.KEYSTORE_KEY),
                    kafka.find(TlsKeys.KEYSTORE_CHAIN).orElseThrow(),
                    inline.get().reveal(),
                    password);
        }
        String location = kafka.find(TlsKeys.KEYSTORE).orElse("");
        if (location.isBlank()) {
            return null;
        }
        String setting = shown(TlsKeys.KEYSTORE);
        if (isPem(kafka.get(TlsKeys.KEYSTORE_TYPE))) {
            String both = Stores.text(setting, location);
            return Stores.holding(setting, both, both, password);
        }
        return Stores.file(
                setting,
                location,
                kafka.get(TlsKeys.KEYSTORE_TYPE),
                kafka.find(TlsKeys.KEYSTORE_PASSWORD).orElse(null));
    }

    private static boolean isPem(String type) {
        return "PEM".equalsIgnoreCase(type);
    }

    private static String shown(ConfigKey<?> key) {
        return Stores.shown(key);
    }
}
