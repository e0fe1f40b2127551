package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a user can get wrong: one clear message, exit code 2, and nothing is lost or half done. */
final class BadInputIT {
    private static final int USER_ERROR = 2;

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
    void missingFiles() throws IOException {
        Files.delete(folder.file("worker.properties"));
        assertRefused(
                folder.refused(),
                "sluice: Cannot read worker file worker.properties: there is no such file. Check the path;",
                "working folder " + folder.file(""));

        folder.worker();
        assertRefused(folder.refused("none"), "sluice: Cannot read connector file none.properties: there is no such");
        assertThat(folder.file("data")).doesNotExist();
    }

    @Test
    void aSyntaxErrorInAFile() throws IOException {
        folder.worker("key.converter=\\u00");

        assertRefused(
                folder.refused(), "sluice: worker.properties, line 2: Cannot read \\u00: four hexadecimal digits");
        assertThat(folder.file("data")).doesNotExist();
    }

    @Test
    void anUnknownConnectorClass() throws IOException {
        folder.write("a.properties", "name=a", "connector.class=FileStreamSuorce", "topic=t");

        assertRefused(
                folder.refused("a"),
                "a.properties: Failed to find any class",
                "Cannot find connector FileStreamSuorce: ",
                "Did you mean FileStreamSource");
    }

    @Test
    void aMissingRequiredKey() throws IOException {
        folder.write("a.properties", "name=a", "connector.class=FileStreamSource", "file=in.txt");

        assertRefused(folder.refused("a"), "a.properties: Cannot ", "topic", "required");
    }

    @Test
    void valuesOfTheWrongType() throws IOException {
        folder.source("a", "in.txt", "t", "tasks.max=many", "batch.size=few");
        Ran ran = folder.refused("a");
        assertRefused(ran, "a.properties: Cannot use tasks.max=many: it must be a whole number");
        folder.source("a", "in.txt", "t", "batch.size=few");
        assertRefused(folder.refused("a"), "a.properties: Cannot use batch.size=few: it must be a whole number");

        folder.worker("offset.flush.interval.ms=often");
        assertRefused(folder.refused(), "Cannot use offset.flush.interval.ms=often: it must be a duration such as");
    }

    @Test
    void aPortThatIsTaken() throws IOException {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String address = "http://127.0.0.1:" + other.getLocalPort();
            folder.write("worker.properties", "listeners=" + address);

            assertRefused(folder.refused(), "sluice: Cannot listen on " + address + " for REST: another process");
            assertThat(folder.file("data")).doesNotExist();
        }
    }

    @Test
    void theDataDirectoryOfAnotherProcess() throws Exception {
        RunningWorker first = folder.start();
        first.address();

        assertRefused(
                folder.refused(),
                "sluice: Cannot open data directory " + folder.file("data") + ": it is in use by process "
                        + first.pid());
        assertThat(first.get("/").code()).isEqualTo(200);
        assertThat(first.stop().exitCode()).isZero();
    }

    @Test
    void aBrokenJarLeavesTheOtherPluginsUsable() throws Exception {
        Files.createDirectories(folder.file("plugins/broken"));
        folder.write("plugins/broken/broken.jar", "no jar");
        folder.worker("plugin.path=plugins");
        folder.write("in.txt", "one");
        folder.source("source", "in.txt", "t");
        folder.sink("sink", "t", "out.txt");

        RunningWorker worker = folder.start("source", "sink");

        Waiting.until("the line arrived", () -> folder.content("out.txt").equals("one\n"));
        assertThat(worker.stop().exitCode()).isZero();
        assertThat(worker.output())
                .containsOnlyOnce("Cannot read " + folder.file("plugins/broken/broken.jar"))
                .doesNotContain("\tat ");
    }

    @Test
    void aSourceThatIsADirectory() throws IOException {
        Files.createDirectory(folder.file("in.txt"));
        folder.source("a", "in.txt", "t");

        assertRefused(folder.refused("a"), "a.properties: Cannot read lines from in.txt: it is a directory");
    }

    @Test
    void aSinkThatCannotBeWritten() throws IOException {
        // Also the superuser, who runs builds in containers, cannot make a folder of a file.
        folder.write("file", "content");
        folder.sink("a", "t", "file/out.txt");

        assertRefused(folder.refused("a"), "a.properties: Cannot write to file/out.txt: ");
        assertThat(folder.file("file")).hasContent("content");
    }

    @Test
    void anOutsideKafka() throws IOException {
        folder.worker("bootstrap.servers=kafka-1:9092");

        assertRefused(folder.refused(), "Cannot work with bootstrap.servers=kafka-1:9092: an outside Kafka is not");
        assertThat(folder.file("data")).doesNotExist();
    }

    @Test
    void unknownKeysAreWarnedOfWithTheNearestOne() throws Exception {
        folder.worker("ofset.flush.interval.ms=1000");
        folder.source("a", "in.txt", "t", "tasks.maxx=1");

        RunningWorker worker = folder.start("a");

        worker.address();
        assertThat(worker.stop().exitCode()).isZero();
        assertThat(worker.output())
                .containsOnlyOnce("Setting ofset.flush.interval.ms is not known and has no effect."
                        + " Did you mean offset.flush.interval.ms?")
                .containsOnlyOnce(
                        "a.properties: Setting tasks.maxx is not known and has no effect. Did you mean tasks.max?");
    }

    @Test
    void aRefusedStartChangesNothingThatIsStored() throws Exception {
        folder.write("in.txt", "one", "two");
        folder.source("source", "in.txt", "t");
        folder.sink("sink", "t", "out.txt");
        RunningWorker first = folder.start("source", "sink");
        Waiting.until("the lines arrived", () -> folder.content("out.txt").equals("one\ntwo\n"));
        JsonNode config = first.get("/connectors/source/config").json();
        assertThat(first.stop().exitCode()).isZero();

        folder.source("source", "other.txt", "t");
        folder.source("wrong", "in.txt", "t", "batch.size=few");
        assertRefused(folder.refused("source", "sink", "wrong"), "wrong.properties: Cannot use batch.size=few");
        folder.append("in.txt", "three");

        RunningWorker second = folder.start();
        Waiting.until("the line arrived", () -> folder.content("out.txt").endsWith("three\n"));
        assertThat(second.get("/connectors").json()).map(JsonNode::asText).containsExactlyInAnyOrder("sink", "source");
        assertThat(second.get("/connectors/source/config").json()).isEqualTo(config);
        assertThat(second.stop().exitCode()).isZero();
        assertThat(folder.file("out.txt")).hasContent("one\ntwo\nthree");
    }

    private static void assertRefused(Ran ran, String... parts) {
        assertThat(ran.exitCode()).as(ran.output()).isEqualTo(USER_ERROR);
        assertThat(ran.output())
                .contains(parts)
                .doesNotContain("is running.", "\tat ", "Exception")
                .satisfies(output -> assertThat(output.lines().filter(line -> line.startsWith("sluice: ")))
                        .hasSize(1));
    }
}
