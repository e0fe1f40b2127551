package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker alone, and the first steps with the tools, as a user takes them. */
final class BrokerIT {
    private static final String LISTENER = "(PLAINTEXT)";

    @TempDir
    Path temporary;

    private WorkFolder folder;

    @BeforeEach
    void prepare() throws IOException {
        folder = new WorkFolder(temporary);
    }

    @AfterEach
    void endProcesses() {
        folder.close();
    }

    @Test
    void theFirstSteps() throws Exception {
        RunningWorker broker = start();
        String server = address(broker);

        assertThat(tool(
                        "topics --create --bootstrap-server %s --replication-factor 1 --partitions 1 --topic myTopic",
                        server))
                .isEqualTo(new Ran(0, "Created topic myTopic.\n"));
        assertThat(tool("topics --list --bootstrap-server %s", server).output()).contains("myTopic\n");
        assertThat(piped("one\ntwo\n", "console-producer --bootstrap-server %s --topic myTopic", server))
                .isEqualTo(new Ran(0, ""));
        assertThat(tool(
                                "console-consumer --bootstrap-server %s --topic myTopic --from-beginning --group g"
                                        + " --max-messages 2",
                                server)
                        .output())
                .contains("one\ntwo\n", "Processed a total of 2 messages");
        assertThat(tool("consumer-groups --bootstrap-server %s --describe --group g", server)
                        .output())
                .containsPattern("g +myTopic +0 +2 +2 +0 ");
        assertThat(tool("topics --describe --bootstrap-server %s --topic myTopic", server)
                        .output())
                .contains("PartitionCount: 1\tReplicationFactor: 1\tConfigs: \n");
        assertThat(broker.stop().exitCode()).isZero();
        assertThat(broker.output()).contains("Stopped cleanly.").doesNotContain("WARN", "ERROR");
    }

    @Test
    void keepsItsDataOverARestart() throws Exception {
        RunningWorker first = start();
        assertThat(piped("kept\n", "console-producer --bootstrap-server %s --topic t", address(first))
                        .exitCode())
                .isZero();
        assertThat(first.stop().exitCode()).isZero();

        RunningWorker second = start();

        assertThat(tool(
                                "console-consumer --bootstrap-server %s --topic t --from-beginning --max-messages 1",
                                address(second))
                        .output())
                .contains("kept\n");
        assertThat(second.stop().exitCode()).isZero();
    }

    @Test
    void aConsumerThatIsInterruptedSaysHowMuchItRead() throws Exception {
        RunningWorker broker = start();
        String server = address(broker);
        assertThat(piped("one\n", "console-producer --bootstrap-server %s --topic t", server)
                        .exitCode())
                .isZero();

        RunningWorker consumer =
                folder.launch("console-consumer", "--bootstrap-server", server, "--topic", "t", "--from-beginning");
        assertThat(consumer.awaitLine("one")).isEqualTo("one");
        Ran ran = consumer.interrupted();

        assertThat(ran.output()).contains("Processed a total of 1 messages");
        assertThat(broker.stop().exitCode()).isZero();
    }

    @Test
    void aFileOfKafkasOwnStartsAsItIs() throws Exception {
        int port = freePort();
        folder.write(
                "server.properties",
                "process.roles=broker,controller",
                "node.id=3",
                "controller.quorum.bootstrap.servers=localhost:9093",
                "listeners=PLAINTEXT://:" + port + ",CONTROLLER://:9093",
                "inter.broker.listener.name=PLAINTEXT",
                "advertised.listeners=PLAINTEXT://localhost:" + port + ",CONTROLLER://localhost:9093",
                "controller.listener.names=CONTROLLER",
                "listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT,SSL:SSL",
                "num.io.threads=8",
                "socket.send.buffer.bytes=102400",
                "log.dirs=" + folder.file("kraft"),
                "offsets.topic.replication.factor=1",
                "share.coordinator.state.topic.min.isr=1",
                "log.segment.byte=1");

        RunningWorker broker = folder.launch("broker", "server.properties");

        assertThat(tool("topics --list --bootstrap-server %s", address(broker)).exitCode())
                .isZero();
        assertThat(broker.stop().exitCode()).isZero();
        assertThat(broker.output())
                .contains(
                        "note: The setting process.roles has no effect in the built-in broker: one process does all,",
                        "note: The setting offsets.topic.replication.factor has no effect",
                        "warning: The setting log.segment.byte is unknown and ignored. Did you mean log.segment.bytes?");
        assertThat(folder.file("kraft/meta.properties")).content().contains("node.id=3");
    }

    @Test
    void aFileFromTheTimeOfZooKeeperStartsToo() throws Exception {
        folder.write(
                "server.properties",
                "broker.id=0",
                "num.network.threads=3",
                "log.dirs=" + folder.file("older"),
                "num.recovery.threads.per.data.dir=1",
                "log.retention.check.interval.ms=300000",
                "zookeeper.connect=localhost:2181",
                "zookeeper.connection.timeout.ms=18000",
                "group.initial.rebalance.delay.ms=0");

        RunningWorker broker =
                folder.launch("broker", "server.properties", "--override", "listeners=PLAINTEXT://localhost:0");

        broker.awaitLine(LISTENER);
        assertThat(broker.stop().exitCode()).isZero();
        assertThat(broker.output()).contains("note: The setting zookeeper.connect has no effect");
        assertThat(folder.file("older/meta.properties")).content().contains("node.id=0");
    }

    @Test
    void whatAUserCanGetWrong() throws Exception {
        assertRefused("sluice: Cannot read broker file none: there is no such file.", "none");
        assertRefused("sluice: Cannot use --override port: it must be a key and a value,", "--override", "port");
        assertRefused(
                "sluice: Cannot use num.partitions=many: must be a whole number", "--override", "num.partitions=many");
        assertRefused("Cannot use log.dirs=a,b: must be the path of one directory", "--override", "log.dirs=a,b");
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertRefused(
                    "sluice: Cannot listen on 127.0.0.1:" + other.getLocalPort(),
                    "--override",
                    "listeners=PLAINTEXT://127.0.0.1:" + other.getLocalPort());
        }
        RunningWorker broker = start();
        broker.awaitLine(LISTENER);
        assertRefused("it is in use by process " + broker.pid(), "--override", "listeners=PLAINTEXT://localhost:0");
        assertThat(broker.stop().exitCode()).isZero();
    }

    @Test
    void aToolThatReachesNoBroker() throws Exception {
        int port = freePort();

        Ran ran = tool("topics --list --bootstrap-server localhost:%s", Integer.toString(port));

        assertThat(ran)
                .isEqualTo(new Ran(
                        1,
                        "sluice: Cannot reach a broker at localhost:" + port
                                + ": Connection refused. Start one with 'sluice broker', or correct the address.\n"));
    }

    private RunningWorker start() {
        return folder.launch("broker", "--override", "listeners=PLAINTEXT://localhost:0");
    }

    private static String address(RunningWorker broker) {
        return broker.awaitLine(LISTENER)
                .replaceFirst("broker", "")
                .replace(LISTENER, "")
                .strip();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void assertRefused(String problem, String... words) {
        Ran ran = folder.launch(
                        Stream.concat(Stream.of("broker"), Stream.of(words)).toArray(String[]::new))
                .end();
        assertThat(ran.exitCode()).as(ran.output()).isEqualTo(2);
        assertThat(ran.output()).contains(problem);
    }

    private Ran tool(String command, String server) throws Exception {
        return piped("", command, server);
    }

    private Ran piped(String in, String command, String server) throws Exception {
        List<String> words = List.of(command.formatted(server).split(" "));
        Files.writeString(folder.file("stdin.txt"), in);
        return Scripts.run(
                folder.file(""),
                Map.of(),
                Stream.concat(
                                Stream.of(
                                        "sh", "-c", "exec \"$0\" \"$@\" <stdin.txt", Installation.HOME + "/bin/sluice"),
                                words.stream())
                        .toArray(String[]::new));
    }
}
