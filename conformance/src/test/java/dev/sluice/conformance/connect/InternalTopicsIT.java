package dev.sluice.conformance.connect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a worker keeps in its topics is what a distributed worker of Kafka Connect keeps after the same requests, key by key. */
@Timeout(120)
final class InternalTopicsIT {
    private static final Map<String, String> TOPICS =
            Map.of("config", "connect-configs", "offset", "connect-offsets", "status", "connect-status");

    /**
     * What is not compared: the key by which workers sign what they send each other, of whom there is one here; the class of a task, which
     * nobody knows before there is one; the configs of tasks that are gone, which Kafka Connect leaves behind; and the commit of a
     * connector that was stopped, which has no tasks there and is deleted here.
     */
    private static final Set<String> IGNORED = Set.of(
            "config/session-key",
            "task.class",
            "config/commit-internal-deleted",
            "config/commit-internal-stopped",
            "config/task-internal-deleted-0",
            "config/task-internal-stopped-0");

    @TempDir
    Path temporary;

    @Test
    void haveKafkaConnectsKeysAndValues() throws Exception {
        Path folder = temporary.toRealPath();
        Chapter chapter = Chapter.load("internal");
        String bootstrap = "127.0.0.1:" + PeerWorker.freePort();
        try (SluiceWorker worker =
                SluiceWorker.start(folder.resolve("worker"), Map.of("broker.listeners", "PLAINTEXT://" + bootstrap))) {
            Player player = new Player(worker.caller(), folder, Duration.ofSeconds(20));
            player.begin(chapter);
            for (Step step : chapter.steps()) {
                Answer answer = player.play(chapter, step);
                assertThat(step.isAwaited(answer))
                        .as(step.name() + ": " + answer.json())
                        .isTrue();
                assertThat(answer.status())
                        .as(step.name() + ": " + answer.json())
                        .isIn(200, 201, 202, 204, 404);
            }
            var topics = InternalTopics.read(bootstrap, TOPICS, folder.resolve(chapter.name()));

            assertThat(InternalTopics.differences(Json.resource("internal.topics.json"), topics, IGNORED))
                    .as("all of ours: " + Json.pretty(topics))
                    .isEmpty();
        }
    }
}
