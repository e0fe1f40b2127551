package dev.sluice.runtime.rest.tls;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.Password;
import dev.sluice.runtime.config.TlsConfig;
import dev.sluice.runtime.config.TlsConfig.Store;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.UnrecoverableKeyException;
import java.security.cert.X509Certificate;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * A key and the authorities that are trusted, as read once.
 *
 * @param keys shows the worker's certificate
 * @param trust judges those of clients; null: the JVM's own authorities
 */
record KeyMaterial(X509ExtendedKeyManager keys, @Nullable X509ExtendedTrustManager trust) {
    private static final String PEM = "PEM";
    private static final char[] IN_MEMORY = {};

    /**
     * Reads files. Blocks.
     *
     * @throws ConfigException naming the setting, the file and what is wrong with it
     */
    static KeyMaterial load(TlsConfig config) {
        return new KeyMaterial(keys(config), trust(config));
    }

    private static X509ExtendedKeyManager keys(TlsConfig config) {
        Store store = config.keyStore();
        String what = config.name("ssl.keystore.location");
        try {
            KeyManagerFactory factory = KeyManagerFactory.getInstance(config.keyAlgorithm());
            if (config.key().isPresent()) {
                String chain = config.chain().orElse("");
                factory.init(
                        pemKey(
                                config,
                                config.name("ssl.keystore.key"),
                                config.key().get().reveal(),
                                chain),
                        IN_MEMORY);
            } else if (store.type().equals(PEM)) {
                String text = text(store);
                factory.init(pemKey(config, what, text, text), IN_MEMORY);
            } else {
                factory.init(keyStore(config, store), keyPassword(config, store));
            }
            return first(factory.getKeyManagers(), X509ExtendedKeyManager.class);
        } catch (UnrecoverableKeyException e) {
            throw wrong(
                    config.name("ssl.key.password"),
                    "it does not open the key in " + store.location().orElse("the settings"),
                    "Correct the password.");
        } catch (GeneralSecurityException | IOException e) {
            throw wrong(what, e.getMessage() == null ? e.toString() : e.getMessage(), "Check the file.");
        }
    }

    private static <T> T first(Object[] managers, Class<T> type) throws GeneralSecurityException {
        for (Object manager : managers) {
            if (type.isInstance(manager)) {
                return type.cast(manager);
            }
        }
        throw new GeneralSecurityException("the JVM has no " + type.getSimpleName() + " of this name");
    }

    private static char[] keyPassword(TlsConfig config, Store store) {
        return config.keyPassword()
                .or(store::password)
                .map(Password::reveal)
                .orElse("")
                .toCharArray();
    }

    private static KeyStore keyStore(TlsConfig config, Store store) throws GeneralSecurityException, IOException {
        if (store.location().isEmpty()) {
            throw wrong(
                    config.name("ssl.keystore.location"),
                    "it is missing, and a listener begins with https",
                    "Set it to the file with the worker's key and certificate.");
        }
        KeyStore loaded = load(store);
        for (String alias : Collections.list(loaded.aliases())) {
            if (loaded.isKeyEntry(alias)) {
                return loaded;
            }
        }
        throw wrong(
                store.name() + ".location",
                store.location().get() + " holds no private key",
                "Import the worker's key with its certificate.");
    }

    private static KeyStore load(Store store) throws GeneralSecurityException {
        Path file = file(store);
        KeyStore loaded = KeyStore.getInstance(store.type());
        char @Nullable [] password =
                store.password().map(given -> given.reveal().toCharArray()).orElse(null);
        try (InputStream in = Files.newInputStream(file)) {
            loaded.load(in, password);
            return loaded;
        } catch (IOException e) {
            if (e.getCause() instanceof UnrecoverableKeyException) {
                throw wrong(store.name() + ".password", "it does not open " + file, "Correct the password.");
            }
            throw wrong(
                    store.name() + ".location",
                    file + " cannot be read as " + store.type() + ": " + e.getMessage(),
                    "Set " + store.name() + ".type to the form of the file.");
        }
    }

    private static Path file(Store store) {
        String location = store.location().orElse("");
        try {
            Path file = Path.of(location);
            if (!location.isEmpty() && Files.isRegularFile(file) && Files.isReadable(file)) {
                return file;
            }
        } catch (InvalidPathException e) {
            throw wrong(store.name() + ".location", "'" + location + "' is no path", "Correct it.");
        }
        throw wrong(
                store.name() + ".location",
                "'" + location + "' is no file that can be read",
                "Correct the path, or let this user read it.");
    }

    private static String text(Store store) throws IOException {
        return Files.readString(file(store));
    }

    private static KeyStore pemKey(TlsConfig config, String setting, String key, String chain)
            throws GeneralSecurityException, IOException {
        Optional<PrivateKey> found = Pem.key(key, config.keyPassword().map(Password::reveal));
        List<X509Certificate> certificates = Pem.certificates(chain);
        if (found.isEmpty()) {
            throw wrong(
                    setting,
                    "there is no key in the form of PKCS #8, which begins with BEGIN PRIVATE KEY or BEGIN ENCRYPTED PRIVATE KEY",
                    "Convert the key: openssl pkcs8 -topk8 -nocrypt -in key.pem.");
        }
        if (certificates.isEmpty()) {
            throw wrong(
                    setting, "there is no certificate beside the key", "Add the worker's certificate and its chain.");
        }
        KeyStore memory = KeyStore.getInstance("PKCS12");
        memory.load(null, null);
        memory.setKeyEntry("rest", found.get(), IN_MEMORY, certificates.toArray(X509Certificate[]::new));
        return memory;
    }

    private static @Nullable X509ExtendedTrustManager trust(TlsConfig config) {
        Store store = config.trustStore();
        String setting = config.name("ssl.truststore.location");
        if (config.trusted().isEmpty() && store.location().isEmpty()) {
            return null;
        }
        try {
            KeyStore trusted = trusted(config, store, setting);
            TrustManagerFactory factory = TrustManagerFactory.getInstance(config.trustAlgorithm());
            factory.init(trusted);
            return first(factory.getTrustManagers(), X509ExtendedTrustManager.class);
        } catch (GeneralSecurityException | IOException e) {
            throw wrong(setting, e.getMessage() == null ? e.toString() : e.getMessage(), "Check the file.");
        }
    }

    private static KeyStore trusted(TlsConfig config, Store store, String setting)
            throws GeneralSecurityException, IOException {
        boolean isText = config.trusted().isPresent() || store.type().equals(PEM);
        KeyStore trusted = isText
                ? pemTrust(config.trusted().isPresent() ? config.trusted().get() : text(store))
                : load(store);
        if (trusted.size() == 0) {
            throw wrong(setting, "it holds no certificate", "Import those of your authorities.");
        }
        return trusted;
    }

    private static KeyStore pemTrust(String text) throws GeneralSecurityException, IOException {
        KeyStore memory = KeyStore.getInstance("PKCS12");
        memory.load(null, null);
        for (X509Certificate certificate : Pem.certificates(text)) {
            memory.setCertificateEntry("authority-" + memory.size(), certificate);
        }
        return memory;
    }

    private static ConfigException wrong(String setting, String why, String fix) {
        return new ConfigException(
                List.of(ConfigProblem.error(setting, "Cannot use " + setting + " for REST: " + why + ".", fix)));
    }
}
