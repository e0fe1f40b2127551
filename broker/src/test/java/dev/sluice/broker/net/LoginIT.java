package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.security.Passwords;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ScramCredentialInfo;
import org.apache.kafka.clients.admin.ScramMechanism;
import org.apache.kafka.clients.admin.UserScramCredentialDeletion;
import org.apache.kafka.clients.admin.UserScramCredentialUpsertion;
import org.apache.kafka.clients.admin.UserScramCredentialsDescription;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.errors.ResourceNotFoundException;
import org.apache.kafka.common.errors.SaslAuthenticationException;
import org.apache.kafka.common.errors.UnacceptableCredentialException;
import org.apache.kafka.common.errors.UnsupportedSaslMechanismException;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.SaslAuthenticateRequestData;
import org.apache.kafka.common.message.SaslHandshakeRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.MetadataResponse;
import org.apache.kafka.common.requests.SaslAuthenticateResponse;
import org.apache.kafka.common.requests.SaslHandshakeResponse;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins of Kafka's own client, and of clients that do not keep to the order. */
@Timeout(120)
class LoginIT {
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

    private RunningBroker open(String... keysAndValues) {
        Map<String, String> settings = keys.broker();
        settings.put("listeners", "PLAINTEXT://127.0.0.1:0,SASL_PLAINTEXT://127.0.0.1:0,SASL_SSL://127.0.0.1:0");
        settings.put("sasl.enabled.mechanisms", "PLAIN,SCRAM-SHA-256,SCRAM-SHA-512");
        for (int index = 0; index < keysAndValues.length; index += 2) {
            settings.put(keysAndValues[index], keysAndValues[index + 1]);
        }
        opened = RunningBroker.with(folder, settings);
        for (String mechanism : List.of("SCRAM-SHA-256", "SCRAM-SHA-512")) {
            opened.broker()
                    .topics()
                    .alterUsers(users -> users.with("alice", mechanism, Passwords.salt(mechanism, "wonder", 4096)))
                    .join();
        }
        return opened;
    }

    @AfterEach
    void close() {
        if (opened != null) {
            opened.close();
        }
    }

    private Map<String, Object> client(String listener, String mechanism, String user, String password) {
        String module = mechanism.equals("PLAIN") ? "plain.PlainLoginModule" : "scram.ScramLoginModule";
        Map<String, Object> settings = new HashMap<>(keys.client());
        settings.put("security.protocol", listener);
        settings.put("sasl.mechanism", mechanism);
        settings.put(
                "sasl.jaas.config",
                "org.apache.kafka.common.security." + module + " required username=\"" + user + "\" password=\""
                        + password + "\";");
        settings.put("bootstrap.servers", Objects.requireNonNull(opened).address(listener));
        settings.put("max.block.ms", 30_000);
        settings.put("default.api.timeout.ms", 30_000);
        settings.put("request.timeout.ms", 20_000);
        return settings;
    }

    private static KafkaProducer<byte[], byte[]> producer(Map<String, Object> settings) {
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    private static void send(KafkaProducer<byte[], byte[]> producer) throws Exception {
        producer.send(new ProducerRecord<>("t", 0, null, new byte[] {1})).get(30, TimeUnit.SECONDS);
    }

    private static void cannotComeIn(Map<String, Object> settings, Class<? extends Throwable> why, String message) {
        try (Admin admin = Admin.create(settings)) {
            assertThatThrownBy(() -> admin.describeCluster().nodes().get())
                    .isInstanceOf(ExecutionException.class)
                    .cause()
                    .isInstanceOf(why)
                    .hasMessageContaining(message);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "SASL_PLAINTEXT, PLAIN",
        "SASL_PLAINTEXT, SCRAM-SHA-256",
        "SASL_SSL, PLAIN",
        "SASL_SSL, SCRAM-SHA-256",
        "SASL_SSL, SCRAM-SHA-512"
    })
    void letsUsersIn(String listener, String mechanism) throws Exception {
        open();

        try (KafkaProducer<byte[], byte[]> producer = producer(client(listener, mechanism, "alice", "wonder"))) {
            send(producer);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512"})
    void tellsNobodyWhichPartWasWrong(String mechanism) {
        open();
        String message = mechanism.equals("PLAIN")
                ? "Authentication failed: Invalid username or password"
                : "Authentication failed during authentication due to invalid credentials with SASL mechanism "
                        + mechanism;

        cannotComeIn(client("SASL_PLAINTEXT", mechanism, "alice", "other"), SaslAuthenticationException.class, message);
        cannotComeIn(
                client("SASL_PLAINTEXT", mechanism, "nobody", "wonder"), SaslAuthenticationException.class, message);
    }

    @Test
    void refusesAMechanismThatIsNotEnabled() {
        open("listener.name.sasl_plaintext.sasl.enabled.mechanisms", "SCRAM-SHA-512");

        cannotComeIn(
                client("SASL_PLAINTEXT", "PLAIN", "alice", "wonder"),
                UnsupportedSaslMechanismException.class,
                "[SCRAM-SHA-512]");
    }

    @Test
    void readsUsersOfKafkasServerProperties() throws Exception {
        open(
                "listener.name.sasl_plaintext.plain.sasl.jaas.config",
                "org.apache.kafka.common.security.plain.PlainLoginModule required user_bob=\"builder\";");

        try (KafkaProducer<byte[], byte[]> producer = producer(client("SASL_PLAINTEXT", "PLAIN", "bob", "builder"))) {
            send(producer);
        }
        cannotComeIn(
                client("SASL_SSL", "PLAIN", "bob", "builder"), SaslAuthenticationException.class, "Invalid username");
    }

    @Test
    void managesUsersByKafkasAdmin() throws Exception {
        open();
        Map<String, Object> settings = client("SASL_SSL", "SCRAM-SHA-512", "alice", "wonder");
        try (Admin admin = Admin.create(settings)) {
            admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                            "carol", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 8192), "sings")))
                    .all()
                    .get();
            Map<String, UserScramCredentialsDescription> described =
                    admin.describeUserScramCredentials().all().get();
            assertThat(described).containsOnlyKeys("alice", "carol");
            assertThat(Objects.requireNonNull(described.get("carol")).credentialInfos())
                    .containsExactly(new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 8192));
            try (KafkaProducer<byte[], byte[]> producer =
                    producer(client("SASL_SSL", "SCRAM-SHA-256", "carol", "sings"))) {
                send(producer);
                admin.alterUserScramCredentials(
                                List.of(new UserScramCredentialDeletion("carol", ScramMechanism.SCRAM_SHA_256)))
                        .all()
                        .get();
                send(producer); // whoever is in stays in
            }
            cannotComeIn(
                    client("SASL_SSL", "SCRAM-SHA-256", "carol", "sings"),
                    SaslAuthenticationException.class,
                    "invalid credentials");
            assertThatThrownBy(() -> admin.alterUserScramCredentials(
                                    List.of(new UserScramCredentialDeletion("carol", ScramMechanism.SCRAM_SHA_256)))
                            .all()
                            .get())
                    .hasCauseInstanceOf(ResourceNotFoundException.class)
                    .hasMessageContaining("it has no SCRAM_SHA_256");
            assertThatThrownBy(() -> admin.alterUserScramCredentials(List.of(new UserScramCredentialUpsertion(
                                    "dan", new ScramCredentialInfo(ScramMechanism.SCRAM_SHA_256, 100), "weak")))
                            .all()
                            .get())
                    .hasCauseInstanceOf(UnacceptableCredentialException.class)
                    .hasMessageContaining("from 4096 to 16384");
        }
    }

    @Test
    void keepsUsersOverARestart() throws Exception {
        open().close();
        assertThat(open().broker().topics().users().names()).isEqualTo(Set.of("alice"));
    }

    @Test
    void changesAPasswordWhileItsUserIsIn() throws Exception {
        RunningBroker running = open();
        try (KafkaProducer<byte[], byte[]> producer =
                producer(client("SASL_PLAINTEXT", "SCRAM-SHA-256", "alice", "wonder"))) {
            send(producer);
            running.broker()
                    .topics()
                    .alterUsers(users ->
                            users.with("alice", "SCRAM-SHA-256", Passwords.salt("SCRAM-SHA-256", "changed", 4096)))
                    .join();
            send(producer);
        }
        cannotComeIn(
                client("SASL_PLAINTEXT", "SCRAM-SHA-256", "alice", "wonder"),
                SaslAuthenticationException.class,
                "invalid credentials");
        try (KafkaProducer<byte[], byte[]> producer =
                producer(client("SASL_PLAINTEXT", "SCRAM-SHA-256", "alice", "changed"))) {
            send(producer);
        }
    }

    @Test
    void asksForTheLoginAgainWhenTheSessionEnds() throws Exception {
        open("connections.max.reauth.ms", "1500");
        try (KafkaProducer<byte[], byte[]> producer =
                producer(client("SASL_PLAINTEXT", "SCRAM-SHA-256", "alice", "wonder"))) {
            double again = 0;
            while (again < 2) { // a send each round trip, until the client has logged in again
                send(producer);
                again = producer.metrics().entrySet().stream()
                        .filter(metric -> metric.getKey().name().equals("successful-reauthentication-total"))
                        .mapToDouble(metric -> (Double) metric.getValue().metricValue())
                        .sum();
            }
            assertThat(again).isGreaterThanOrEqualTo(2);
        }
    }

    private RawClient raw() throws IOException {
        return new RawClient(Objects.requireNonNull(opened).port("SASL_PLAINTEXT"));
    }

    private static byte[] plain(String user, String password) {
        return ("\0" + user + "\0" + password).getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void answersNothingButTheLoginBeforeIt() throws IOException {
        open();
        try (RawClient client = raw()) {
            assertThat(client.call(
                                    ApiKeys.API_VERSIONS,
                                    3,
                                    new ApiVersionsRequestData()
                                            .setClientSoftwareName("raw")
                                            .setClientSoftwareVersion("1"))
                            .errorCounts())
                    .containsOnlyKeys(Errors.NONE);
            client.send(ApiKeys.METADATA, 9, new MetadataRequestData());
            assertThat(client.isEnded()).isTrue();
        }
        try (RawClient client = raw()) {
            client.call(ApiKeys.SASL_HANDSHAKE, 1, new SaslHandshakeRequestData().setMechanism("PLAIN"));
            client.send(ApiKeys.METADATA, 9, new MetadataRequestData());
            assertThat(client.isEnded()).isTrue();
        }
        try (RawClient client = raw()) {
            client.sendBytes(ByteBuffer.allocate(4).putInt((64 << 10) + 1).array());
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void speaksTheFirstVersionOfTheHandshake() throws IOException {
        open();
        try (RawClient client = raw()) {
            SaslHandshakeResponse shaken = (SaslHandshakeResponse)
                    client.call(ApiKeys.SASL_HANDSHAKE, 0, new SaslHandshakeRequestData().setMechanism("PLAIN"));
            assertThat(shaken.enabledMechanisms()).contains("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");
            client.sendFrame(plain("alice", "wonder"));
            assertThat(client.receiveFrame().remaining()).isZero();
            assertThat(client.call(ApiKeys.METADATA, 9, new MetadataRequestData()))
                    .isInstanceOf(MetadataResponse.class);
        }
        try (RawClient client = raw()) {
            client.call(ApiKeys.SASL_HANDSHAKE, 0, new SaslHandshakeRequestData().setMechanism("PLAIN"));
            client.sendFrame(plain("alice", "wrong"));
            assertThat(client.isEnded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void answersARefusalBeforeItEndsTheConnection(int version) throws IOException {
        open();
        try (RawClient client = raw()) {
            client.call(ApiKeys.SASL_HANDSHAKE, 1, new SaslHandshakeRequestData().setMechanism("PLAIN"));
            SaslAuthenticateResponse answer = (SaslAuthenticateResponse) client.call(
                    ApiKeys.SASL_AUTHENTICATE,
                    version,
                    new SaslAuthenticateRequestData().setAuthBytes(plain("alice", "wrong")));
            assertThat(answer.error()).isEqualTo(Errors.SASL_AUTHENTICATION_FAILED);
            assertThat(answer.errorMessage()).isEqualTo("Authentication failed: Invalid username or password");
            assertThat(client.isEnded()).isTrue();
        }
    }

    @Test
    void endsASessionOfAClientThatDoesNotLogInAgain() throws IOException {
        open("connections.max.reauth.ms", "1");
        try (RawClient client = raw()) {
            client.call(ApiKeys.SASL_HANDSHAKE, 1, new SaslHandshakeRequestData().setMechanism("PLAIN"));
            SaslAuthenticateResponse answer = (SaslAuthenticateResponse) client.call(
                    ApiKeys.SASL_AUTHENTICATE,
                    2,
                    new SaslAuthenticateRequestData().setAuthBytes(plain("alice", "wonder")));
            assertThat(answer.sessionLifetimeMs()).isEqualTo(1);
            boolean isEnded = false;
            while (!isEnded) {
                try {
                    client.call(ApiKeys.METADATA, 9, new MetadataRequestData());
                } catch (IOException e) {
                    isEnded = true;
                }
            }
            assertThat(isEnded).isTrue();
        }
    }

    @Test
    void endsConnectionsThatNeverLogIn() throws IOException {
        open("connection.login.timeout.ms", "300");
        try (RawClient silent = raw();
                RawClient halfOpen = raw()) {
            halfOpen.sendBytes(ByteBuffer.allocate(10).putInt(1000).array());
            assertThat(silent.isEnded()).isTrue();
            assertThat(halfOpen.isEnded()).isTrue();
        }
    }

    @Test
    void hasNoLoginWhereNoneIsAskedFor() throws IOException {
        RunningBroker running = open();
        try (RawClient client = new RawClient(running.port())) {
            assertThat(client.call(ApiKeys.SASL_HANDSHAKE, 1, new SaslHandshakeRequestData().setMechanism("PLAIN"))
                            .errorCounts())
                    .containsOnlyKeys(Errors.ILLEGAL_SASL_STATE);
            assertThat(client.call(
                                    ApiKeys.SASL_AUTHENTICATE,
                                    2,
                                    new SaslAuthenticateRequestData().setAuthBytes(plain("alice", "wonder")))
                            .errorCounts())
                    .containsOnlyKeys(Errors.ILLEGAL_SASL_STATE);
        }
    }
}
