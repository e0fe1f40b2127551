package dev.sluice.connector.elasticsearch.tls;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.Password;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Opens what holds keys and certificates, and says by which setting it was named if that fails. */
final class Stores {
    /** Protects keys in memory only, where Java asks for a password. */
    static final char[] IN_MEMORY = "in-memory".toCharArray();

    private Stores() {}

    static KeyStore empty() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            return store;
        } catch (IOException impossible) {
            throw new GeneralSecurityException("Cannot make a key store in memory.", impossible);
        }
    }

    /** Opens a file of type JKS or PKCS12. */
    static KeyStore file(String setting, String location, String type, @Nullable Password password) {
        try (InputStream in = Files.newInputStream(Path.of(location))) {
            KeyStore store = KeyStore.getInstance(type.toUpperCase(Locale.ROOT));
            store.load(in, password == null ? null : password.reveal().toCharArray());
            return store;
        } catch (IOException | GeneralSecurityException | InvalidPathException failed) {
            throw unreadable(setting, location, failed);
        }
    }

    /** Reads a file of text. */
    static String text(String setting, String location) {
        try {
            return Files.readString(Path.of(location));
        } catch (IOException | InvalidPathException failed) {
            throw unreadable(setting, location, failed);
        }
    }

    private static ConfigException unreadable(String setting, String location, Exception failed) {
        String why = failed instanceof NoSuchFileException
                ? "there is no such file"
                : failed.getClass().getSimpleName() + ", " + failed.getMessage();
        return new ConfigException(
                "Cannot read " + location + ", which " + setting + " names: " + why + "."
                        + " Correct the path, the type or the password.",
                failed);
    }

    /** Makes a store of certificates to trust. */
    static KeyStore trusting(String setting, String pem) {
        try {
            KeyStore store = empty();
            List<X509Certificate> certificates = Pem.certificates(pem);
            for (int index = 0; index < certificates.size(); index++) {
                store.setCertificateEntry("ca-" + index, certificates.get(index));
            }
            return store;
        } catch (GeneralSecurityException wrong) {
            throw unusable(setting, wrong);
        }
    }

    /** Makes a store of one key, protected by {@link #IN_MEMORY}. */
    static KeyStore holding(String setting, String chainPem, String keyPem, @Nullable Password password) {
        try {
            KeyStore store = empty();
            PrivateKey key = Pem.privateKey(keyPem, password);
            store.setKeyEntry("key", key, IN_MEMORY, Pem.certificates(chainPem).toArray(X509Certificate[]::new));
            return store;
        } catch (GeneralSecurityException wrong) {
            throw unusable(setting, wrong);
        }
    }

    private static ConfigException unusable(String setting, GeneralSecurityException wrong) {
        return new ConfigException("Cannot use what " + setting + " gives: " + wrong.getMessage() + ".", wrong);
    }

    static String shown(ConfigKey<?> key) {
        return "elastic.https." + key.name();
    }
}
