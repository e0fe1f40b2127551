package dev.sluice.broker.security;

import dev.sluice.broker.ListenerSecurity;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.KeyStoreException;
import java.security.UnrecoverableKeyException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.config.types.Password;
import org.jspecify.annotations.Nullable;

/** Looks at the key files of a listener before they are used, to say which setting is wrong. */
final class KeyStores {
    static final String PEM = "PEM";

    private final ListenerSecurity settings;

    KeyStores(ListenerSecurity settings) {
        this.settings = settings;
    }

    /** What is wrong with the broker's key; empty if nothing is. */
    Optional<String> keyProblem() {
        boolean hasKey = settings.tls().containsKey("ssl.keystore.key");
        if (!hasKey && !settings.tls().containsKey("ssl.keystore.location")) {
            return Optional.of(problem(
                    "ssl.keystore.location is missing", "Set it to the file with the broker's key and certificate"));
        }
        return hasKey ? Optional.empty() : fileProblem("ssl.keystore");
    }

    /** What is wrong with the authorities; empty if nothing is, or if there are none. */
    Optional<String> trustProblem() {
        return settings.tls().containsKey("ssl.truststore.location") ? fileProblem("ssl.truststore") : Optional.empty();
    }

    private Optional<String> fileProblem(String store) {
        String location = String.valueOf(settings.tls().get(store + ".location"));
        String type = String.valueOf(settings.tls().get(store + ".type"));
        String given = settings.key(store + ".location") + "=" + location;
        if (!isReadable(location)) {
            return Optional.of(
                    problem(given + " is no file that can be read", "Correct the path, or let this user read it"));
        }
        if (type.equals(PEM)) {
            return Optional.empty(); // read, and judged, as a whole
        }
        try {
            return contentProblem(store, given, load(store, location, type));
        } catch (KeyStoreException e) {
            return Optional.of(problem(
                    settings.key(store + ".type") + "=" + type + " is no form of key file that this JVM knows",
                    "Use JKS, PKCS12 or PEM"));
        } catch (IOException e) {
            boolean isPassword = e.getCause() instanceof UnrecoverableKeyException;
            return Optional.of(
                    isPassword
                            ? problem(
                                    settings.key(store + ".password") + " does not open " + given,
                                    "Correct the password")
                            : problem(
                                    given + " cannot be read as " + type + ": " + e.getMessage(),
                                    "Set " + settings.key(store + ".type") + " to the form of the file"));
        } catch (GeneralSecurityException e) {
            return Optional.of(problem(given + " cannot be read: " + e.getMessage(), "Check the file"));
        }
    }

    private static boolean isReadable(String location) {
        try {
            Path file = Path.of(location);
            return Files.isRegularFile(file) && Files.isReadable(file);
        } catch (InvalidPathException e) {
            return false;
        }
    }

    private KeyStore load(String store, String location, String type) throws IOException, GeneralSecurityException {
        KeyStore loaded = KeyStore.getInstance(type);
        try (InputStream in = Files.newInputStream(Path.of(location))) {
            loaded.load(in, password(store + ".password"));
        }
        return loaded;
    }

    private char @Nullable [] password(String key) {
        return settings.tls().get(key) instanceof Password password
                ? password.value().toCharArray()
                : null;
    }

    private Optional<String> contentProblem(String store, String given, KeyStore loaded)
            throws GeneralSecurityException {
        List<String> aliases = Collections.list(loaded.aliases());
        if (store.equals("ssl.truststore")) {
            return aliases.isEmpty()
                    ? Optional.of(problem(given + " holds no certificate", "Import those of your authorities"))
                    : Optional.empty();
        }
        if (!settings.tls().containsKey(store + ".password")) {
            return Optional.of(
                    problem(settings.key(store + ".password") + " is missing, and " + given + " needs one", "Set it"));
        }
        char[] own = password("ssl.key.password");
        for (String alias : aliases) {
            if (loaded.isKeyEntry(alias)) {
                return keyProblem(given, loaded, alias, own == null ? password(store + ".password") : own);
            }
        }
        return Optional.of(problem(given + " holds no private key", "Import the broker's key with its certificate"));
    }

    private Optional<String> keyProblem(String given, KeyStore loaded, String alias, char @Nullable [] password)
            throws GeneralSecurityException {
        try {
            var unused = loaded.getKey(alias, password);
            return Optional.empty();
        } catch (UnrecoverableKeyException e) {
            return Optional.of(problem(
                    settings.key("ssl.key.password") + " does not open the key '" + alias + "' in " + given,
                    "Correct the password"));
        }
    }

    String problem(String why, String fix) {
        return "Cannot open listener " + settings.listener() + ": " + why + ". " + fix + ".";
    }
}
