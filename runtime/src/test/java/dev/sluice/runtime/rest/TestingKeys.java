package dev.sluice.runtime.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * A key with a certificate of 127.0.0.1 that nobody has signed but itself, in the forms that files have.
 *
 * @param file with the key, in the form of the type
 * @param type JKS or PKCS12
 */
record TestingKeys(Path file, String type) {
    static final String PASSWORD = "changeit";

    static TestingKeys make(Path file, String type) throws IOException, InterruptedException {
        Files.deleteIfExists(file);
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString()));
        words.addAll(List.of("-genkeypair", "-alias", "rest", "-keyalg", "EC", "-dname", "CN=localhost"));
        words.addAll(List.of("-ext", "san=ip:127.0.0.1,dns:localhost", "-validity", "2"));
        words.addAll(List.of("-keystore", file.toString(), "-storetype", type));
        words.addAll(List.of("-storepass", PASSWORD, "-keypass", PASSWORD));
        Process keytool = new ProcessBuilder(words).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).as(said).isTrue();
        assertThat(keytool.exitValue()).as(said).isZero();
        return new TestingKeys(file, type);
    }

    KeyStore load() throws GeneralSecurityException, IOException {
        KeyStore loaded = KeyStore.getInstance(type);
        try (InputStream in = Files.newInputStream(file)) {
            loaded.load(in, PASSWORD.toCharArray());
        }
        return loaded;
    }

    String certificate() throws GeneralSecurityException, IOException {
        return pem("CERTIFICATE", load().getCertificate("rest").getEncoded());
    }

    private Key privateKey() throws GeneralSecurityException, IOException {
        Key found = load().getKey("rest", PASSWORD.toCharArray());
        assertThat(found).isNotNull();
        return found;
    }

    String key() throws GeneralSecurityException, IOException {
        return pem("PRIVATE KEY", privateKey().getEncoded());
    }

    private static String pem(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes) + "\n-----END " + label
                + "-----\n";
    }

    /** What a client uses that trusts this certificate, and shows another one if there is one. */
    SSLContext client(@Nullable TestingKeys own) throws GeneralSecurityException, IOException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("rest", load().getCertificate("rest"));
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        if (own == null) {
            context.init(null, trust.getTrustManagers(), null);
            return context;
        }
        KeyManagerFactory keys = KeyManagerFactory.getInstance("SunX509");
        keys.init(own.load(), PASSWORD.toCharArray());
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }
}
