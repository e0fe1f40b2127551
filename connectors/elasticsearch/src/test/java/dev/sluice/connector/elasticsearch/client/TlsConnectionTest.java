package dev.sluice.connector.elasticsearch.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.sluice.testkit.server.TestingCertificate;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Connects to a server that speaks TLS and lets in only who shows a certificate. */
final class TlsConnectionTest {
    private static final Request HEALTH = Request.of("GET", "/_cluster/health");

    @TempDir
    static Path folder;

    private static TestingCertificate serverCertificate;
    private static TestingCertificate clientCertificate;
    private static HttpsServer server;
    private static HttpsServer elsewhere;
    private static final Set<String> HEADERS_SEEN = ConcurrentHashMap.newKeySet();

    @BeforeAll
    static void start() throws Exception {
        serverCertificate = TestingCertificate.create(folder, "server");
        clientCertificate = TestingCertificate.create(folder, "client");
        server = server("127.0.0.1", true);
        elsewhere = server(OS.LINUX.isCurrentOs() ? "127.0.0.2" : "127.0.0.1", false);
    }

    @AfterAll
    static void stop() {
        server.stop(0);
        elsewhere.stop(0);
    }

    private static HttpsServer server(String host, boolean asksForCertificate) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(store(serverCertificate), TestingCertificate.PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(store(clientCertificate));
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        HttpsServer made = HttpsServer.create(new InetSocketAddress(host, 0), 0);
        made.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters ours = getSSLContext().getDefaultSSLParameters();
                ours.setNeedClientAuth(asksForCertificate);
                parameters.setSSLParameters(ours);
            }
        });
        made.createContext("/", exchange -> {
            HEADERS_SEEN.addAll(exchange.getRequestHeaders().keySet());
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        made.start();
        return made;
    }

    private static KeyStore store(TestingCertificate certificate) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = new FileInputStream(certificate.keystore().toFile())) {
            store.load(in, TestingCertificate.PASSWORD.toCharArray());
        }
        return store;
    }

    @Test
    void trustsACertificateInAPemFileAndShowsOneOfPemFiles() throws Exception {
        assertThat(status(Map.of(
                        "connection.ca.path", serverCertificate.pem().toString(),
                        "connection.certificate.path", clientCertificate.pem().toString(),
                        "connection.key.path", keyPem().toString())))
                .isEqualTo(200);
    }

    @Test
    void trustsAFingerprintInEitherForm() throws Exception {
        String digits = serverCertificate.fingerprint();
        String colons = digits.toUpperCase(Locale.ROOT).replaceAll("(..)(?!$)", "$1:");

        assertThat(status(withClient(Map.of("connection.ca.fingerprint", digits))))
                .isEqualTo(200);
        assertThat(status(withClient(Map.of("connection.ca.fingerprint", colons))))
                .isEqualTo(200);
    }

    @Test
    void refusesAnotherFingerprint() {
        String other = clientCertificate.fingerprint();

        assertThatThrownBy(() -> status(withClient(Map.of("connection.ca.fingerprint", other))))
                .isInstanceOfSatisfying(IOException.class, failure -> {
                    assertThat(FailureKind.of(failure)).isEqualTo(FailureKind.INSECURE);
                    assertThat(FailureKind.exception("Cannot ask the cluster", failure))
                            .hasMessage("Cannot ask the cluster: no TLS connection (none of the 1 certificates that the"
                                    + " server sent has the fingerprint " + other + "; the last one has "
                                    + serverCertificate.fingerprint() + "). Correct connection.ca.path,"
                                    + " connection.ca.fingerprint or the settings elastic.https.ssl.*.");
                });
    }

    @Test
    void takesKafkasKeysWithPkcs12() throws Exception {
        assertThat(status(kafka("PKCS12", serverCertificate.keystore(), clientCertificate.keystore())))
                .isEqualTo(200);
    }

    @Test
    void takesKafkasKeysWithJks() throws Exception {
        assertThat(status(kafka("JKS", jks(serverCertificate), jks(clientCertificate))))
                .isEqualTo(200);
    }

    @Test
    void takesKafkasKeysWithPemFiles() throws Exception {
        Path both = folder.resolve("both.pem");
        Files.writeString(both, Files.readString(keyPem()) + Files.readString(clientCertificate.pem()));

        assertThat(status(kafka("PEM", serverCertificate.pem(), both))).isEqualTo(200);
    }

    @Test
    void takesKafkasKeysWithPemInThem() throws Exception {
        assertThat(status(Map.of(
                        "elastic.https.ssl.truststore.type", "PEM",
                        "elastic.https.ssl.truststore.certificates", Files.readString(serverCertificate.pem()),
                        "elastic.https.ssl.keystore.type", "PEM",
                        "elastic.https.ssl.keystore.key", Files.readString(keyPem()),
                        "elastic.https.ssl.keystore.certificate.chain", Files.readString(clientCertificate.pem()))))
                .isEqualTo(200);
    }

    @Test
    void withoutTrustNothingIsSaid() {
        assertThatThrownBy(() -> status(withClient(Map.of())))
                .isInstanceOfSatisfying(
                        IOException.class,
                        failure -> assertThat(FailureKind.exception("Cannot ask", failure))
                                .hasMessage("Cannot ask: no TLS connection (unable to find valid certification path to"
                                        + " requested target). Correct connection.ca.path,"
                                        + " connection.ca.fingerprint or the settings elastic.https.ssl.*."));
    }

    @Test
    void withoutACertificateTheServerEndsTheConnection() {
        assertThatThrownBy(() -> status(
                        Map.of("connection.ca.path", serverCertificate.pem().toString())))
                .isInstanceOf(IOException.class);
    }

    @Test
    void speakingTlsToAPlainServerIsTold() throws Exception {
        try (ServerSocket plain = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> refuse(plain), "plain-server");
            answering.start();

            assertThatThrownBy(() -> status("https://127.0.0.1:" + plain.getLocalPort(), Map.of()))
                    .isInstanceOfSatisfying(
                            IOException.class,
                            failure -> assertThat(FailureKind.exception("Cannot ask", failure))
                                    .hasMessage("Cannot ask: no TLS connection (Unrecognized SSL message, plaintext"
                                            + " connection?). Correct connection.ca.path,"
                                            + " connection.ca.fingerprint or the settings"
                                            + " elastic.https.ssl.*."));
            answering.join();
        }
    }

    private static void refuse(ServerSocket server) {
        try (Socket socket = server.accept()) {
            int first = socket.getInputStream().read();
            assertThat(first).isPositive();
            socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX) // Others have one address of the loopback only.
    void theHostIsCheckedUnlessTheSettingIsEmpty() throws Exception {
        String url = "https://127.0.0.2:" + elsewhere.getAddress().getPort();
        Map<String, String> trusting =
                Map.of("connection.ca.path", serverCertificate.pem().toString());
        Map<String, String> unchecked = new HashMap<>(trusting);
        unchecked.put("elastic.https.ssl.endpoint.identification.algorithm", "");

        assertThatThrownBy(() -> status(url, trusting))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("127.0.0.2");
        assertThat(status(url, unchecked)).isEqualTo(200);
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aProxyIsAskedForATunnelAndTheClusterNeverSeesItsLogin() throws Exception {
        String login = "Basic " + Base64.getEncoder().encodeToString("u:s".getBytes(StandardCharsets.UTF_8));
        try (FakeTunnel tunnel = new FakeTunnel(login)) {
            Map<String, String> settings = new HashMap<>(Map.of(
                    "connection.ca.path", serverCertificate.pem().toString(),
                    "elastic.https.ssl.endpoint.identification.algorithm", "",
                    "read.timeout.ms", "10000",
                    "proxy.host", "127.0.0.1",
                    "proxy.port", String.valueOf(tunnel.port()),
                    "proxy.username", "u",
                    "proxy.password", "s"));

            assertThat(status("https://127.0.0.2:" + elsewhere.getAddress().getPort(), settings))
                    .isEqualTo(200);
            assertThat(tunnel.heads()).isNotEmpty().allMatch(head -> head.startsWith("CONNECT 127.0.0.2:"));
            assertThat(HEADERS_SEEN).doesNotContain("Proxy-authorization");
        }
    }

    @Test
    void aWrongPasswordIsToldWithTheSetting() {
        assertThatThrownBy(() -> status(Map.of(
                        "elastic.https.ssl.truststore.type", "PKCS12",
                        "elastic.https.ssl.truststore.location",
                                serverCertificate.keystore().toString(),
                        "elastic.https.ssl.truststore.password", "wrong")))
                .hasMessage("Cannot read " + serverCertificate.keystore()
                        + ", which elastic.https.ssl.truststore.location names: IOException, keystore password was"
                        + " incorrect. Correct the path, the type or the password.");
    }

    private static int status(Map<String, String> settings) throws IOException {
        return status("https://127.0.0.1:" + server.getAddress().getPort(), settings);
    }

    private static int status(String url, Map<String, String> settings) throws IOException {
        Map<String, String> all = new HashMap<>(settings);
        all.put("connection.url", url);
        all.put("connection.timeout.ms", "10000");
        try (Cluster cluster = Cluster.of(ClusterConfig.of(ClusterConfig.SPEC.parse(new HashMap<>(all))))) {
            return cluster.call(HEALTH).status();
        }
    }

    private static Map<String, String> withClient(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put("elastic.https.ssl.keystore.type", "PKCS12");
        all.put(
                "elastic.https.ssl.keystore.location",
                clientCertificate.keystore().toString());
        all.put("elastic.https.ssl.keystore.password", TestingCertificate.PASSWORD);
        return all;
    }

    private static Map<String, String> kafka(String type, Path trust, Path keys) {
        Map<String, String> all = new HashMap<>(Map.of(
                "elastic.security.protocol",
                "SSL",
                "elastic.https.ssl.truststore.type",
                type,
                "elastic.https.ssl.truststore.location",
                trust.toString(),
                "elastic.https.ssl.keystore.type",
                type,
                "elastic.https.ssl.keystore.location",
                keys.toString()));
        if (!"PEM".equals(type)) {
            all.put("elastic.https.ssl.truststore.password", TestingCertificate.PASSWORD);
            all.put("elastic.https.ssl.keystore.password", TestingCertificate.PASSWORD);
            all.put("elastic.https.ssl.key.password", TestingCertificate.PASSWORD);
        }
        return all;
    }

    private static Path keyPem() throws Exception {
        KeyStore store = store(clientCertificate);
        Key key = store.getKey("client", TestingCertificate.PASSWORD.toCharArray());
        String base64 = Base64.getMimeEncoder().encodeToString(key.getEncoded());
        return Files.writeString(
                folder.resolve("client-key.pem"),
                "-----BEGIN PRIVATE KEY-----\n" + base64 + "\n-----END PRIVATE KEY-----\n");
    }

    private static Path jks(TestingCertificate certificate) throws Exception {
        KeyStore from = store(certificate);
        KeyStore to = KeyStore.getInstance("JKS");
        char[] password = TestingCertificate.PASSWORD.toCharArray();
        to.load(null, password);
        String alias = from.aliases().nextElement();
        to.setKeyEntry(alias, from.getKey(alias, password), password, from.getCertificateChain(alias));
        to.setCertificateEntry("trusted", from.getCertificate(alias));
        Path file = folder.resolve(alias + ".jks");
        try (OutputStream out = Files.newOutputStream(file)) {
            to.store(out, password);
        }
        return file;
    }
}
