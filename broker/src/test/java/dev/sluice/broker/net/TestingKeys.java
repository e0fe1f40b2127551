package dev.sluice.broker.net;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Keys and certificates made on the spot with the JDK's keytool, and the settings that use them. */
public final class TestingKeys {
    public static final String PASSWORD = "changeit-" + "test";

    private final Path folder;

    /** Makes a key for the broker and one for a client, each trusted by the other. */
    public TestingKeys(Path folder) {
        this.folder = folder;
        try {
            Process broker = generate("broker", "CN=localhost", "-ext", "SAN=dns:localhost,ip:127.0.0.1");
            Process client = generate("client", "CN=alice,OU=pipelines,O=Example");
            finish(broker);
            finish(client);
            trust("broker");
            trust("client");
        } catch (IOException | GeneralSecurityException e) {
            throw new AssertionError("keys should be made", e);
        }
    }

    private Process generate(String name, String subject, String... more) throws IOException {
        String keytool =
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
        String[] command = {
            keytool,
            "-genkeypair",
            "-alias",
            name,
            "-keyalg",
            "EC",
            "-dname",
            subject,
            "-validity",
            "2",
            "-storetype",
            "PKCS12",
            "-keystore",
            file(name + ".p12"),
            "-storepass",
            PASSWORD
        };
        String[] all = new String[command.length + more.length];
        System.arraycopy(command, 0, all, 0, command.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return new ProcessBuilder(all)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve(name + ".log").toFile())
                .start();
    }

    private static void finish(Process keytool) {
        try {
            if (!keytool.waitFor(60, TimeUnit.SECONDS) || keytool.exitValue() != 0) {
                throw new AssertionError("keytool failed: " + keytool.info());
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void trust(String name) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry(name, store(name).getCertificate(name));
        try (OutputStream out = Files.newOutputStream(folder.resolve("trusts-" + name + ".p12"))) {
            trusted.store(out, PASSWORD.toCharArray());
        }
    }

    private KeyStore store(String name) throws IOException, GeneralSecurityException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(folder.resolve(name + ".p12"))) {
            store.load(in, PASSWORD.toCharArray());
        }
        return store;
    }

    public String file(String name) {
        return folder.resolve(name).toString();
    }

    public Certificate certificate(String name) throws IOException, GeneralSecurityException {
        return store(name).getCertificate(name);
    }

    /** The broker's side, with key files. */
    public Map<String, String> broker() {
        return new HashMap<>(Map.of(
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                file("broker.p12"),
                "ssl.keystore.password",
                PASSWORD,
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                file("trusts-client.p12"),
                "ssl.truststore.password",
                PASSWORD));
    }

    /** A client that trusts the broker. */
    public Map<String, String> client() {
        return new HashMap<>(Map.of(
                "security.protocol",
                "SSL",
                "ssl.truststore.type",
                "PKCS12",
                "ssl.truststore.location",
                file("trusts-broker.p12"),
                "ssl.truststore.password",
                PASSWORD));
    }

    /** A client that trusts the broker and shows its certificate. */
    public Map<String, String> clientWithCertificate() {
        Map<String, String> settings = client();
        settings.putAll(Map.of(
                "ssl.keystore.type",
                "PKCS12",
                "ssl.keystore.location",
                file("client.p12"),
                "ssl.keystore.password",
                PASSWORD));
        return settings;
    }

    /** A key with its certificate as PEM, in one file. */
    public Path pem(String name) throws IOException, GeneralSecurityException {
        Key key = store(name).getKey(name, PASSWORD.toCharArray());
        return Files.writeString(
                folder.resolve(name + ".pem"),
                pemOf("PRIVATE KEY", key.getEncoded())
                        + pemOf("CERTIFICATE", certificate(name).getEncoded()));
    }

    /** A certificate as PEM. */
    public Path certificatePem(String name) throws IOException, GeneralSecurityException {
        return Files.writeString(
                folder.resolve(name + ".crt"),
                pemOf("CERTIFICATE", certificate(name).getEncoded()));
    }

    private static String pemOf(String kind, byte[] bytes) {
        String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(bytes);
        return "-----BEGIN " + kind + "-----\n" + body + "\n-----END " + kind + "-----\n";
    }
}
