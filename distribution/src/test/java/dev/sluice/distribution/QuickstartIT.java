package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's first command, with the files that are shipped. */
final class QuickstartIT {
    private static final String SOURCE = "examples/airports.jsonl";
    private static final String SINK = "quickstart-out.jsonl";
    private static final int PORT = 8083;
    private static final int APPENDS = 10;
    /** The promise is a second; a machine that is busy with other tests gets more. */
    private static final Duration APPEND_MAX = Duration.ofSeconds(5);

    private static final Duration STOP_MAX = Duration.ofSeconds(20);

    @TempDir
    Path temporary;

    private WorkFolder folder;

    @BeforeEach
    void copyWhatIsShipped() throws IOException {
        folder = new WorkFolder(temporary);
        for (String name : Installation.names("config")) {
            Scripts.copy(Installation.HOME.resolve("config/" + name), folder.file("config/" + name));
        }
        Scripts.copy(Installation.HOME.resolve(SOURCE), folder.file(SOURCE));
        if (!WorkFolder.isFree(PORT)) {
            Path worker = folder.file("config/worker.properties");
            Files.writeString(worker, Files.readString(worker).replace(":" + PORT, ":0"));
        }
    }

    @AfterEach
    void endProcesses() {
        folder.close();
    }

    @Test
    void everyLineArrivesAndTheTerminalTellsOfIt() throws Exception {
        RunningWorker worker = quickstart();

        awaitCopy();

        worker.awaitLine("quickstart-source read 3,376 records (");
        worker.awaitLine("quickstart-sink wrote 3,376 records (");
        assertThat(worker.output())
                .contains("  REST        " + worker.address())
                .contains("  data        " + folder.file("data"))
                .contains("  log         " + folder.file("logs/sluice.log"))
                .contains("Stop with Ctrl-C.")
                .doesNotContain("WARN", "ERROR", "warning:", "Exception");
    }

    @Test
    void appendedLinesArriveWithinASecond() throws Exception {
        RunningWorker worker = quickstart();
        awaitCopy();
        Duration slowest = Duration.ZERO;

        for (int i = 0; i < APPENDS; i++) {
            long begin = System.nanoTime();
            folder.append(SOURCE, "{\"appended\":" + i + ",\"name\":\"Z\u00fcrich \u6771\u4eac\"}");
            awaitCopy();
            Duration taken = Duration.ofNanos(System.nanoTime() - begin);
            slowest = taken.compareTo(slowest) > 0 ? taken : slowest;
        }

        System.out.printf("The slowest of %d appended lines took %d ms.%n", APPENDS, slowest.toMillis());
        assertThat(slowest).as(worker.output()).isLessThan(APPEND_MAX);
    }

    @Test
    void anInterruptStopsCleanlyAndTheSameCommandResumes() throws Exception {
        RunningWorker first = quickstart();
        awaitCopy();
        long begin = System.nanoTime();
        Ran stopped = first.stop();
        Duration taken = Duration.ofNanos(System.nanoTime() - begin);
        folder.append(SOURCE, "{\"written\":\"while nobody reads\"}", "{\"and\":\"another\"}");

        RunningWorker second = quickstart();
        awaitCopy();
        folder.append(SOURCE, "{\"written\":\"while it runs again\"}");
        awaitCopy();

        assertThat(stopped.exitCode()).as(stopped.output()).isZero();
        assertThat(stopped.output())
                .endsWith("Stopping.\nStopped cleanly. The same command resumes where it stopped.\n");
        assertThat(taken).as(stopped.output()).isLessThan(STOP_MAX);
        assertThat(second.stop().exitCode()).isZero();
        assertThat(second.output()).doesNotContain("WARN", "ERROR", "warning:");
        // Nothing more came with the stop: no line is lost, none is doubled.
        assertThat(folder.file(SINK)).hasSameBinaryContentAs(folder.file(SOURCE));
    }

    @Test
    void aStartWithoutConnectorsIsANormalStart() throws Exception {
        RunningWorker worker = folder.start();

        assertThat(worker.get("/connectors").json()).isEmpty();
        assertThat(worker.stop().exitCode()).isZero();
        assertThat(worker.output()).contains("  connectors  none; give the files of some behind the worker file");
    }

    @Test
    void aWorkerFileMayBeEmpty() throws Exception {
        assumeThat(WorkFolder.isFree(PORT)).as("the default port is free").isTrue();
        folder.write("worker.properties");

        RunningWorker worker = folder.start();

        assertThat(worker.address()).hasPort(PORT);
        assertThat(worker.stop().exitCode()).isZero();
    }

    private RunningWorker quickstart() {
        return folder.launch(
                "standalone",
                "config/worker.properties",
                "config/quickstart-source.properties",
                "config/quickstart-sink.properties");
    }

    /** Waits until both files have the same size, then requires the same bytes. */
    private void awaitCopy() throws IOException {
        Path sink = folder.file(SINK);
        long size = Files.size(folder.file(SOURCE));
        Waiting.until("the sink has written " + size + " bytes", () -> Files.exists(sink) && Files.size(sink) >= size);
        assertThat(sink).hasSameBinaryContentAs(folder.file(SOURCE));
    }
}
