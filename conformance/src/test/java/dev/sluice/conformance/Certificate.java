package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;

/**
 * A certificate of 127.0.0.1 that nobody has signed but itself.
 *
 * @param keyStore a PKCS12 file with certificate and key
 * @param authority the certificate alone, as PEM
 */
record Certificate(Path keyStore, Path authority) {
    /** Opens the key store. */
    static final String PASSWORD = "changeit";

    private static final String KEYTOOL =
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString();

    static Certificate make(Path folder) {
        Certificate made = new Certificate(folder.resolve("broker.p12"), folder.resolve("authority.pem"));
        made.keytool(
                folder,
                "-genkeypair",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=ip:127.0.0.1,dns:localhost");
        made.keytool(folder, "-exportcert", "-rfc", "-file", made.authority.toString());
        return made;
    }

    private void keytool(Path folder, String task, String... options) {
        String[] store = {
            KEYTOOL, task, "-keystore", keyStore.toString(), "-storetype", "PKCS12", "-storepass", PASSWORD
        };
        String[] words = new String[store.length + options.length];
        System.arraycopy(store, 0, words, 0, store.length);
        System.arraycopy(options, 0, words, store.length, options.length);
        Command.Ended ended = Command.run(folder, Map.of(), words);
        assertThat(ended.exitCode()).as(ended.output()).isZero();
    }
}
