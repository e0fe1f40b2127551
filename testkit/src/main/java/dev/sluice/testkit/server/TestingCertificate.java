package dev.sluice.testkit.server;

import dev.sluice.testkit.process.ProcessUnderTest;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and its self-signed certificate for {@code localhost} and {@code 127.0.0.1}, which is its own authority.
 *
 * @param keystore a PKCS #12 file with both, under {@link #PASSWORD}
 * @param pem the certificate alone, as text
 * @param fingerprint the SHA-256 of the certificate, in lower case hexadecimal digits
 */
public record TestingCertificate(Path keystore, Path pem, String fingerprint) {
    /** The password of the store and the key in it. */
    public static final String PASSWORD = "changeit";

    private static final String PEM = ".pem";
    private static final Duration LIMIT = Duration.ofMinutes(1);

    /** Makes a new one: files {@code NAME.p12} and {@code NAME.pem} in a folder. */
    public static TestingCertificate create(Path folder, String name) {
        generate(keystore(folder, name), name);
        byte[] encoded = encoded(folder, name);
        try {
            Path pem = Files.writeString(folder.resolve(name + PEM), pem(encoded));
            return new TestingCertificate(keystore(folder, name), pem, fingerprint(encoded));
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot write the certificate " + name + " to " + folder + ".", failed);
        }
    }

    /** Returns the one of that name that was made in a folder. */
    static TestingCertificate in(Path folder, String name) {
        return new TestingCertificate(
                keystore(folder, name), folder.resolve(name + PEM), fingerprint(encoded(folder, name)));
    }

    private static Path keystore(Path folder, String name) {
        return folder.resolve(name + ".p12");
    }

    private static void generate(Path keystore, String name) {
        try (ProcessUnderTest keytool = ProcessUnderTest.command(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keystore",
                        keystore.toString(),
                        "-storetype",
                        "PKCS12",
                        "-storepass",
                        PASSWORD,
                        "-alias",
                        name,
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "san=dns:localhost,ip:127.0.0.1",
                        "-ext",
                        "bc:c=ca:true",
                        "-validity",
                        "3650")
                .start()) {
            int code = keytool.awaitExit(LIMIT);
            if (code != 0) {
                throw new IllegalStateException("keytool ended with code " + code + ": " + keytool.output());
            }
        }
    }

    private static KeyStore open(Path keystore) throws IOException, GeneralSecurityException {
        return KeyStore.getInstance(keystore.toFile(), PASSWORD.toCharArray());
    }

    private static byte[] encoded(Path folder, String name) {
        try {
            return open(keystore(folder, name)).getCertificate(name).getEncoded();
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException("Cannot read the certificate " + name + " in " + folder + ".", failed);
        }
    }

    private static String pem(byte[] encoded) {
        String base64 = Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                .encodeToString(encoded);
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    }

    private static String fingerprint(byte[] encoded) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(encoded));
        } catch (GeneralSecurityException missing) {
            throw new IllegalStateException("This Java has no SHA-256.", missing);
        }
    }

    /** Makes sockets that trust this certificate alone and show another one. */
    SSLSocketFactory socketsShowing(TestingCertificate own) {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(open(keystore));
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(open(own.keystore), PASSWORD.toCharArray());
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context.getSocketFactory();
        } catch (IOException | GeneralSecurityException failed) {
            throw new IllegalStateException(
                    "Cannot use the certificates " + keystore + " and " + own.keystore + ".", failed);
        }
    }
}
