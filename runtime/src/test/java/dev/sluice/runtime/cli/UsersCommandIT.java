package dev.sluice.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Broker;
import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.net.BrokerServer;
import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The users of a broker that does not run, and of one that lets nobody in without a login. */
@Timeout(120)
class UsersCommandIT {
    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int users(String... words) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = new String[words.length + 1];
        all[0] = "users";
        System.arraycopy(words, 0, all, 1, words.length);
        return Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    private String data() {
        return folder.resolve("data").toString();
    }

    @Test
    void makesTheFirstUserOfABrokerThatHasNeverRun() throws Exception {
        assertThat(users("--add", "alice", "--password", "wonder", "--data-dir", data()))
                .isZero();
        assertThat(out).hasToString("User alice can log in." + System.lineSeparator());

        assertThat(users("--list", "--data-dir", data())).isZero();
        assertThat(out).hasToString("alice  SCRAM-SHA-256, SCRAM-SHA-512" + System.lineSeparator());
        assertThat(Files.readString(folder.resolve("data/topics.catalog"))).doesNotContain("wonder");

        assertThat(users("--delete", "alice", "--data-dir", data())).isZero();
        assertThat(users("--delete", "alice", "--data-dir", data())).isEqualTo(2);
        assertThat(err.toString())
                .contains("Cannot delete user alice: there is none of this name. See --list for those there are.");
    }

    @Test
    void managesTheUsersOfABrokerThatRuns() throws Exception {
        assertThat(users("--add", "alice", "--password", "wonder", "--data-dir", data()))
                .isZero();
        BrokerConfig config = BrokerConfig.of(Map.of("log.dirs", data(), "listeners", "SASL_PLAINTEXT://127.0.0.1:0"));
        Vertx vertx = Vertx.vertx();
        try (Broker broker = Broker.open(config)) {
            BrokerServer server = BrokerServer.start(broker, config, vertx).get(30, TimeUnit.SECONDS);
            String address = Objects.requireNonNull(server.addresses().get("SASL_PLAINTEXT"))
                    .toString();
            String client =
                    Files.writeString(folder.resolve("client.properties"), """
                            security.protocol=SASL_PLAINTEXT
                            sasl.mechanism=SCRAM-SHA-256
                            sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required \
                            username="alice" password="wonder";
                            """).toString();

            String[] there = {"--bootstrap-server", address, "--command-config", client};
            assertThat(users(with(there, "--add", "bob", "--password", "builder")))
                    .isZero();
            assertThat(users(with(there, "--list"))).isZero();
            assertThat(out.toString().lines())
                    .containsExactly("alice  SCRAM-SHA-256, SCRAM-SHA-512", "bob  SCRAM-SHA-256, SCRAM-SHA-512");
            assertThat(users(with(there, "--delete", "bob"))).isZero();
            assertThat(users(with(there, "--delete", "bob"))).isEqualTo(2);
            assertThat(err.toString()).contains("Cannot delete user bob at " + address + ":");
            assertThat(users("--list", "--data-dir", data())).isEqualTo(2);
            assertThat(err.toString()).contains("it is in use by this process");
            server.close().get(30, TimeUnit.SECONDS);
        } finally {
            vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
        }
    }

    private static String[] with(String[] first, String... then) {
        String[] all = new String[first.length + then.length];
        System.arraycopy(first, 0, all, 0, first.length);
        System.arraycopy(then, 0, all, first.length, then.length);
        return all;
    }

    @Test
    void wantsAPasswordAndEnoughRounds() {
        assertThat(users("--add", "alice", "--password", "", "--data-dir", data()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("Cannot add user alice: the password is empty.");
        assertThat(users("--add", "alice", "--password", "x", "--iterations", "100", "--data-dir", data()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("Cannot use --iterations 100: it must be from 4096 to 16384.");
    }
}
