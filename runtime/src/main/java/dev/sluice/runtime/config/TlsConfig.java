package dev.sluice.runtime.config;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.Password;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The settings of TLS at one kind of REST listener. Immutable. */
public final class TlsConfig {
    private final String prefix;
    private final Config config;

    TlsConfig(String prefix, Config config) {
        this.prefix = prefix;
        this.config = config;
    }

    /**
     * Where a key or certificates come from.
     *
     * @param name what its settings begin with, such as {@code listeners.https.ssl.keystore}
     * @param type JKS, PKCS12 or PEM
     * @param location the file
     * @param password of the file
     */
    public record Store(String name, String type, Optional<String> location, Optional<Password> password) {}

    /** Whether clients show a certificate. */
    public enum ClientCertificates {
        /** They are not asked. */
        NONE,
        /** They are asked, and come in without one too. */
        REQUESTED,
        /** None comes in without. */
        REQUIRED
    }

    /** Returns the full name that a setting has here, for messages. */
    public String name(String key) {
        return prefix + key;
    }

    /** Returns whether clients show a certificate. */
    public ClientCertificates clientCertificates() {
        return ClientCertificates.valueOf(config.get(TlsKeys.CLIENT_AUTH).toUpperCase(Locale.ROOT));
    }

    /** Returns where the worker's key is. */
    public Store keyStore() {
        return store("ssl.keystore", TlsKeys.KEY_STORE_TYPE, TlsKeys.KEY_STORE, TlsKeys.KEY_STORE_PASSWORD);
    }

    /** Returns where the certificates of trusted authorities are. */
    public Store trustStore() {
        return store("ssl.truststore", TlsKeys.TRUST_STORE_TYPE, TlsKeys.TRUST_STORE, TlsKeys.TRUST_STORE_PASSWORD);
    }

    private Store store(String name, ConfigKey<String> type, ConfigKey<String> location, ConfigKey<Password> password) {
        return new Store(
                prefix + name, config.get(type).toUpperCase(Locale.ROOT), config.find(location), config.find(password));
    }

    /** Returns the password of the key itself. */
    public Optional<Password> keyPassword() {
        return config.find(TlsKeys.KEY_PASSWORD);
    }

    /** Returns the key as PEM, given instead of a file. */
    public Optional<Password> key() {
        return config.find(TlsKeys.KEY);
    }

    /** Returns the certificates of that key as PEM. */
    public Optional<String> chain() {
        return config.find(TlsKeys.CHAIN);
    }

    /** Returns the certificates of trusted authorities as PEM, given instead of a file. */
    public Optional<String> trusted() {
        return config.find(TlsKeys.TRUSTED);
    }

    /** Returns the versions of TLS. */
    public List<String> protocols() {
        return config.get(TlsKeys.PROTOCOLS);
    }

    /** Returns the ciphers; empty for those of the JVM. */
    public List<String> ciphers() {
        return config.get(TlsKeys.CIPHERS);
    }

    /** Returns the name of the JVM's key manager. */
    public String keyAlgorithm() {
        return config.get(TlsKeys.KEY_ALGORITHM);
    }

    /** Returns the name of the JVM's trust manager. */
    public String trustAlgorithm() {
        return config.get(TlsKeys.TRUST_ALGORITHM);
    }
}
