package dev.sluice.conformance.connect;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each request of each chapter, answered by Sluice as Kafka Connect answered it, or as the request's own {@code ours} says. One worker for
 * all chapters with the same settings; the steps of a chapter build on each other, so the first that fails is the one to read.
 */
@Timeout(600)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ContractIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    /** All differences of a run in one file, gaps included. */
    private static final Path REPORT = Path.of("target", "connect", "differences.txt");

    private final List<String> report = new ArrayList<>();
    private final Map<Map<String, String>, SluiceWorker> workers = new HashMap<>();
    private final Map<String, String> gaps = new HashMap<>();

    @TempDir
    static Path temporary;

    private Path folder = Path.of("");

    @BeforeAll
    void readGaps() throws Exception {
        folder = temporary.toRealPath();
        Json.resource("gaps.json")
                .properties()
                .forEach(gap -> gaps.put(gap.getKey(), gap.getValue().asText()));
    }

    @AfterAll
    void endWorkers() throws Exception {
        workers.values().forEach(SluiceWorker::close);
        Files.createDirectories(REPORT.getParent());
        Files.write(REPORT, report);
    }

    @TestFactory
    Stream<DynamicContainer> answersAsKafkaConnectDoes() {
        return Chapter.all().stream().map(this::container);
    }

    /** Every plugin that Kafka Connect lists has its class name here too, as an alias at least. */
    @TestFactory
    Stream<DynamicTest> knowsEveryPluginOfKafkaConnect() {
        Chapter plugins = Chapter.all().stream()
                .filter(chapter -> chapter.name().equals("plugins"))
                .findFirst()
                .orElseThrow();
        JsonNode listed = Json.resource("plugins.answers.json")
                .path("GET /connector-plugins?connectorsOnly=false")
                .path("body");
        return StreamSupport.stream(listed.spliterator(), false)
                .map(plugin -> plugin.path("class").asText())
                .distinct()
                .map(name -> DynamicTest.dynamicTest(name, () -> {
                    Answer answer = worker(plugins).caller().get("/connector-plugins/" + name + "/config");
                    assertThat(answer.status()).as(name + " " + answer.body()).isEqualTo(200);
                }));
    }

    private DynamicContainer container(Chapter chapter) {
        Recording recording = Recording.of(chapter);
        DynamicTest begin =
                DynamicTest.dynamicTest("begins", () -> player(chapter).begin(chapter));
        Stream<DynamicTest> steps = chapter.steps().stream()
                .map(step -> DynamicTest.dynamicTest(step.name(), () -> check(chapter, step, recording)));
        return DynamicContainer.dynamicContainer(chapter.name(), Stream.concat(Stream.of(begin), steps));
    }

    private void check(Chapter chapter, Step step, Recording recording) {
        Answer answer = player(chapter).play(chapter, step);
        Map<String, List<String>> differences = new HashMap<>();
        recording
                .of(step)
                .forEach((mode, recorded) -> differences.put(mode, Comparison.differences(step, recorded, answer)));
        boolean isEqual = differences.values().stream().anyMatch(List::isEmpty);
        if (!isEqual) {
            report.add(chapter.name() + "/" + step.name() + " (" + step.method() + " " + step.path() + ")");
            differences.forEach((mode, each) -> each.forEach(line -> report.add("    " + mode + " " + line)));
        }
        String gap = gaps.get(chapter.name() + "/" + step.name());
        if (gap == null) {
            assertThat(isEqual)
                    .as(step.method() + " " + step.path() + ": " + differences)
                    .isTrue();
        } else {
            assertThat(isEqual).as("it is in gaps.json no more: " + gap).isFalse();
        }
    }

    private Player player(Chapter chapter) {
        return new Player(worker(chapter).caller(), folder, PATIENCE);
    }

    private SluiceWorker worker(Chapter chapter) {
        return workers.computeIfAbsent(
                chapter.worker(), settings -> SluiceWorker.start(folder.resolve("worker" + workers.size()), settings));
    }
}
