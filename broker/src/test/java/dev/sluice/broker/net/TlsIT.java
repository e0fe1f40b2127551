package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.Batches;
import dev.sluice.broker.LoggedLines;
import dev.sluice.broker.topic.NewTopic;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** TLS with Kafka's own client, and what comes to the wrong door. */
@Timeout(120)
class TlsIT {
    @TempDir
    static Path keyFolder;

    private static TestingKeys keys;

    @TempDir
    Path folder;

    private @Nullable RunningBroker opened;

    @BeforeAll
    static void makeKeys() {
        keys = new TestingKeys(keyFolder);
    }

    private RunningBroker open(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent("listeners", "PLAINTEXT://127.0.0.1:0,SSL://127.0.0.1:0");
        opened = RunningBroker.with(folder, all);
        return opened;
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private Map<String, Object> to(String listener, Map<String, String> security) {
        Map<String, Object> settings = new HashMap<>(security);
        settings.put("bootstrap.servers", Objects.requireNonNull(opened).address(listener));
        settings.put("max.block.ms", 30_000);
        settings.put("default.api.timeout.ms", 30_000);
        settings.put("request.timeout.ms", 20_000);
        return settings;
    }

    private void writesAndReads(String listener, Map<String, String> security, byte[]... values) throws Exception {
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                        to(listener, security), new ByteArraySerializer(), new ByteArraySerializer());
                KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                        to(listener, security), new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            for (byte[] value : values) {
                producer.send(new ProducerRecord<>("t", 0, null, value)).get(30, TimeUnit.SECONDS);
            }
            consumer.assign(List.of(new TopicPartition("t", 0)));
            consumer.seekToBeginning(consumer.assignment());
            List<byte[]> read = new ArrayList<>();
            while (read.size() < values.length) {
                ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ofSeconds(1));
                records.forEach(each -> read.add(each.value()));
            }
            assertThat(read).containsExactly(values);
        }
    }

    @Test
    void servesKafkasClientOverTls() throws Exception {
        open(keys.broker());
        byte[] large = new byte[900_000]; // many pieces of a file
        new Random(7).nextBytes(large);

        writesAndReads(
                "SSL",
                keys.client(),
                "a".getBytes(StandardCharsets.UTF_8),
                large,
                "b".getBytes(StandardCharsets.UTF_8),
                large);
    }

    @Test
    void readsKeysFromPem() throws Exception {
        open(Map.of(
                "ssl.keystore.type", "PEM",
                "ssl.keystore.location", keys.pem("broker").toString(),
                "ssl.truststore.type", "PEM",
                "ssl.truststore.location", keys.certificatePem("client").toString(),
                "ssl.client.auth", "required"));

        writesAndReads("SSL", keys.clientWithCertificate(), "a".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void tellsEachListenerItsOwnAddress() throws Exception {
        RunningBroker running = open(keys.broker());

        for (String listener : List.of("PLAINTEXT", "SSL")) {
            Map<String, String> security = listener.equals("SSL") ? keys.client() : Map.of();
            try (Admin admin = Admin.create(to(listener, security))) {
                assertThat(admin.describeCluster().nodes().get())
                        .singleElement()
                        .extracting(Node::port)
                        .isEqualTo(running.port(listener));
            }
        }
    }

    @Test
    void refusesClientsWithoutTheCertificateThatIsRequired() throws Exception {
        Map<String, String> settings = keys.broker();
        settings.put("listener.name.ssl.ssl.client.auth", "required");
        open(settings);

        try (Admin admin = Admin.create(to("SSL", keys.client()))) {
            assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(SslAuthenticationException.class);
        }
        writesAndReads("SSL", keys.clientWithCertificate(), "a".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void keepsNothingForASlowReader() throws Exception {
        RunningBroker running = open(keys.broker());
        SampleRequests samples = new SampleRequests(
                running.broker().topics().create(NewTopic.named("t")).join());
        String large = "x".repeat(900_000);
        for (int count = 0; count < 14; count++) {
            running.broker().append("t", 0, Batches.of(large)).join();
        }
        FetchRequestData wanted = (FetchRequestData) samples.fetch(12, 0, 1, 100);
        wanted.setMaxBytes(12 << 20);
        wanted.topics().get(0).partitions().get(0).setPartitionMaxBytes(12 << 20);
        long before = memoryTaken();
        List<RawClient> slow = new ArrayList<>();
        try {
            for (int count = 0; count < 10; count++) {
                RawClient client = new RawClient(tlsSocket(running));
                slow.add(client);
                client.send(ApiKeys.FETCH, 12, wanted);
            }
            for (RawClient client : slow) {
                client.awaitTheBeginningOfAFrame();
            }
            assertThat(memoryTaken() - before).as("bytes held for slow readers").isLessThan(30L << 20);
            try (RawClient next = new RawClient(tlsSocket(running))) {
                assertThat(next.call(ApiKeys.API_VERSIONS, 0, new ApiVersionsRequestData()))
                        .isNotNull();
            }
            assertThat(slow.get(0).receiveFrame().remaining()).isGreaterThan(11 << 20);
        } finally {
            for (RawClient client : slow) {
                client.close();
            }
        }
    }

    private static long memoryTaken() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory()
                - runtime.freeMemory()
                + PooledByteBufAllocator.DEFAULT.metric().usedDirectMemory();
    }

    private static Socket tlsSocket(RunningBroker running) throws IOException {
        try {
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            KeyStore store = KeyStore.getInstance("PKCS12");
            try (InputStream in = Files.newInputStream(Path.of(keys.file("trusts-broker.p12")))) {
                store.load(in, TestingKeys.PASSWORD.toCharArray());
            }
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, trust.getTrustManagers(), null);
            return context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), running.port("SSL"));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void endsConnectionsThatComeToTheWrongDoor() throws Exception {
        RunningBroker running = open(keys.broker());

        try (RawClient plain = new RawClient(running.port("SSL"))) {
            plain.send(ApiKeys.API_VERSIONS, 0, new ApiVersionsRequestData());
            assertThat(plain.endsWithoutAnAnswer()).isTrue();
        }
        try (RawClient secret = new RawClient(running.port("PLAINTEXT"))) {
            secret.sendBytes((byte) 0x16, (byte) 3, (byte) 1, (byte) 2, (byte) 0, (byte) 1, (byte) 0, (byte) 1);
            assertThat(secret.isEnded()).isTrue();
        }
        writesAndReads("SSL", keys.client(), "a".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void countsHandshakesThatAreUnderWay() throws Exception {
        Map<String, String> settings = keys.broker();
        settings.put("max.connections.per.ip", "2");
        settings.put("num.network.threads", "1");
        RunningBroker running = open(settings);

        try (RawClient first = new RawClient(running.port("SSL"));
                RawClient second = new RawClient(running.port("SSL"));
                RawClient third = new RawClient(running.port("SSL"))) {
            first.sendBytes((byte) 0x16, (byte) 3, (byte) 1);
            assertThat(third.endsWithoutAnAnswer()).isTrue();
            assertThat(second.isOpen()).isTrue();
        }
    }

    @Test
    void endsHandshakesThatNeverFinish() throws Exception {
        Map<String, String> settings = keys.broker();
        settings.put("connection.login.timeout.ms", "500");
        RunningBroker running = open(settings);

        try (RawClient first = new RawClient(running.port("SSL"));
                RawClient second = new RawClient(running.port("SSL"))) {
            second.sendBytes((byte) 0x16, (byte) 3, (byte) 1);
            assertThat(first.endsWithoutAnAnswer()).isTrue();
            assertThat(second.endsWithoutAnAnswer()).isTrue();
        }
        try (RawClient next = new RawClient(running.port("PLAINTEXT"))) {
            assertThat(next.call(ApiKeys.API_VERSIONS, 0, new ApiVersionsRequestData()))
                    .isNotNull();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ssl.keystore.password | wrong | ssl.keystore.password does not open ssl.keystore.location=",
                "ssl.key.password | wrong | ssl.key.password does not open the key 'broker' in ssl.keystore.location=",
                "ssl.keystore.location | none.p12 | ssl.keystore.location=none.p12 is no file that can be read. Correct",
                "ssl.keystore.type | XYZ | ssl.keystore.type=XYZ is no form of key file that this JVM knows. Use JKS,",
                "ssl.truststore.password | wrong | ssl.truststore.password does not open ssl.truststore.location=",
                "listener.name.ssl.ssl.keystore.location | none | listener.name.ssl.ssl.keystore.location=none is no",
                "ssl.cipher.suites | NONE_SUCH | its TLS settings cannot be used: Unsupported",
                "ssl.principal.mapping.rules | nonsense | ssl.principal.mapping.rules=nonsense cannot be understood"
            })
    void saysWhichSettingOfTheKeysIsWrong(String key, String value, String problem) {
        Map<String, String> settings = keys.broker();
        settings.put(key, value);

        assertThatThrownBy(() -> open(settings))
                .hasMessageContaining("Cannot open listener SSL: ")
                .hasMessageContaining(problem)
                .hasMessageNotContaining(TestingKeys.PASSWORD);
    }

    @Test
    void readsAChangedCertificateWithoutARestart() throws Exception {
        Path changing = folder.resolve("changing.p12");
        Files.copy(Path.of(keys.file("broker.p12")), changing);
        Map<String, String> settings = keys.broker();
        settings.put("ssl.keystore.location", changing.toString());
        RunningBroker running = open(settings);
        assertThat(subject(running)).isEqualTo("CN=localhost");

        Files.copy(Path.of(keys.file("client.p12")), changing, StandardCopyOption.REPLACE_EXISTING);
        String seen = "CN=localhost";
        while (seen.equals("CN=localhost")) { // until the broker looks, every 10 seconds
            seen = subject(running);
        }
        assertThat(seen).startsWith("CN=alice");
    }

    private static String subject(RunningBroker running) throws IOException, GeneralSecurityException {
        KeyStore both = KeyStore.getInstance("PKCS12");
        both.load(null, null);
        both.setCertificateEntry("broker", keys.certificate("broker"));
        both.setCertificateEntry("client", keys.certificate("client"));
        try (SSLSocket socket = (SSLSocket) socket(running, both, null)) {
            return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                    .getSubjectX500Principal()
                    .getName();
        }
    }

    @Test
    void knowsAClientByItsCertificate() throws Exception {
        Map<String, String> settings = keys.broker();
        settings.put("ssl.client.auth", "required");
        RunningBroker running = open(settings);
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("broker", keys.certificate("broker"));
        KeyManagerFactory own = KeyManagerFactory.getInstance("SunX509");
        own.init(
                KeyStore.getInstance(new File(keys.file("client.p12")), TestingKeys.PASSWORD.toCharArray()),
                TestingKeys.PASSWORD.toCharArray());

        try (LoggedLines lines = new LoggedLines();
                RawClient client = new RawClient(socket(running, trusted, own))) {
            client.sendFrame(
                    (byte) 0,
                    (byte) 3,
                    (byte) 0,
                    (byte) 9,
                    (byte) 0,
                    (byte) 0,
                    (byte) 0,
                    (byte) 1,
                    (byte) -1,
                    (byte) -1,
                    (byte) 0,
                    (byte) 120); // metadata, cut off: the complaint names who sent it
            assertThat(client.isEnded()).isTrue();
            assertThat(lines.containing("User:CN=alice,OU=pipelines,O=Example")).isNotEmpty();
        }
    }

    private static Socket socket(RunningBroker running, KeyStore trusted, @Nullable KeyManagerFactory own)
            throws IOException, GeneralSecurityException {
        TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(own == null ? null : own.getKeyManagers(), trust.getTrustManagers(), null);
        return context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), running.port("SSL"));
    }
}
