package dev.sluice.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Generated;
import dev.sluice.testkit.Waiting;
import dev.sluice.testkit.server.StoredDocument;
import dev.sluice.testkit.server.TestingElasticsearch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills the whole process at random moments, in the middle of bulk requests, while documents of a few ids are written over and over:
 * in the end each is there once, in its newest version.
 */
final class ElasticsearchKillLoopIT {
    private static final int KILLS = Boolean.getBoolean("sluice.soak") ? 40 : 4;
    private static final int LIFE_MILLIS_MAX = 6_000;
    private static final int LINES = 60_000;
    private static final int IDS = 2_000;

    @TempDir
    Path temporary;

    @Test
    void documentsAreThereOnceInTheirNewestVersion() {
        Generated.rounds(1, random -> {
            TestingElasticsearch server = TestingElasticsearch.shared();
            String index = server.freshIndex("kills");
            try (WorkFolder folder = new WorkFolder(temporary)) {
                folder.worker("offset.flush.interval.ms=200");
                Map<String, Integer> newest = new TreeMap<>();
                Path in = temporary.resolve("in.txt");
                List<String> lines = new ArrayList<>();
                for (int n = 0; n < LINES; n++) {
                    String id = "d" + random.below(IDS);
                    newest.put(id, n);
                    lines.add("{\"id\":\"" + id + "\",\"n\":" + n + "}");
                }
                Files.write(in, lines);
                connectors(folder, in, server.url(), index);
                for (int kill = 0; kill < KILLS; kill++) {
                    RunningWorker worker = folder.start("source", "sink");
                    Waiting.pause(Duration.ofMillis(random.below(LIFE_MILLIS_MAX)));
                    worker.kill();
                }
                RunningWorker worker = folder.start("source", "sink");
                awaitEqual(server, index, newest, worker);
                Ran ran = worker.stop();
                assertThat(ran.exitCode()).as(ran.output()).isZero();
                assertThat(ran.output()).doesNotContain("ERROR");
                assertThat(found(server, index)).isEqualTo(newest);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            } catch (InterruptedException interrupted) {
                throw new IllegalStateException("The test was interrupted.", interrupted);
            }
        });
    }

    private static void connectors(WorkFolder folder, Path in, String url, String index) throws IOException {
        folder.write(
                "source.properties",
                "name=source",
                "connector.class=FileStreamSource",
                "file=" + in,
                "topic=documents",
                "value.converter=StringConverter");
        folder.write(
                "sink.properties",
                "name=sink",
                "connector.class=dev.sluice.connector.elasticsearch.ElasticsearchSinkConnector",
                "topics=documents",
                "connection.url=" + url,
                "index.name=" + index,
                "id.mode=record_value",
                "id.fields=id",
                "batch.size=500",
                "read.timeout.ms=30000",
                "key.converter=StringConverter",
                "value.converter=JsonConverter",
                "value.converter.schemas.enable=false");
    }

    private static void awaitEqual(
            TestingElasticsearch server, String index, Map<String, Integer> newest, RunningWorker worker) {
        try {
            Waiting.until(
                    "all documents are there in their newest version",
                    Duration.ofMinutes(2),
                    () -> found(server, index).equals(newest));
        } catch (AssertionError late) {
            throw new AssertionError(late.getMessage() + " Output: " + worker.output(), late);
        }
    }

    private static Map<String, Integer> found(TestingElasticsearch server, String index) {
        Map<String, Integer> found = new TreeMap<>();
        if (server.call("HEAD", "/" + index, null).status() == 200) {
            server.refresh(index);
            for (StoredDocument document : server.documents(index)) {
                found.put(document.id(), (Integer)
                        Objects.requireNonNull(document.source().get("n")));
            }
        }
        return found;
    }
}
