package dev.sluice.conformance.connect;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.conformance.connect.PeerWorker.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Sends the requests of all chapters, or of those that are named, to a standalone and a distributed worker
 * of Kafka Connect and writes their answers. {@code conformance/connect/record.sh} runs it; see docs/conformance.md.
 */
final class Recorder {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final Path peer;
    private final Path work;
    private final Map<Mode, String> brokers;
    private final Path target;
    private final List<String> complaints = new ArrayList<>();

    private Recorder(List<String> arguments) {
        peer = Path.of(arguments.get(0));
        work = Path.of(arguments.get(1));
        brokers = Map.of(Mode.STANDALONE, arguments.get(2), Mode.DISTRIBUTED, arguments.get(3));
        target = Path.of(arguments.get(4));
    }

    /**
     * Records.
     *
     * @param arguments the folder of Kafka Connect, a new folder to work in, the address of a broker for each worker, the folder
     *     of the answers,
     *     and the chapters, if not all
     */
    public static void main(String[] arguments) throws IOException {
        List<String> wanted = List.of(arguments).subList(5, arguments.length);
        Map<Map<String, String>, List<Chapter>> bySettings = new LinkedHashMap<>();
        for (Chapter chapter : Chapter.all()) {
            if (wanted.isEmpty() || wanted.contains(chapter.name())) {
                bySettings
                        .computeIfAbsent(chapter.worker(), any -> new ArrayList<>())
                        .add(chapter);
            }
        }
        Recorder recorder = new Recorder(List.of(arguments));
        for (var group : bySettings.entrySet()) {
            recorder.record(group.getKey(), group.getValue());
        }
        if (wanted.isEmpty() || wanted.contains("internal")) {
            recorder.recordTopics(Chapter.load("internal"));
        }
        recorder.complaints.forEach(System.err::println);
        // Threads of the HTTP clients would keep this process alive.
        System.exit(recorder.complaints.isEmpty() ? 0 : 1);
    }

    private void record(Map<String, String> settings, List<Chapter> chapters) throws IOException {
        String first = chapters.get(0).name();
        Path alone = work.resolve("standalone-" + first);
        Path together = work.resolve("distributed-" + first);
        try (PeerWorker standalone = start(Mode.STANDALONE, alone, settings);
                PeerWorker distributed = start(Mode.DISTRIBUTED, together, settings)) {
            for (Chapter chapter : chapters) {
                Map<String, Answer> one = play(chapter, standalone, alone);
                Map<String, Answer> other = play(chapter, distributed, together);
                Path file = target.resolve(chapter.name() + ".answers.json");
                Files.writeString(file, Json.pretty(answers(chapter, one, other)));
                System.out.println("wrote " + file.getFileName());
            }
        }
    }

    /** Records what a distributed worker has in its topics after a chapter. */
    private void recordTopics(Chapter chapter) throws IOException {
        Path folder = work.resolve("distributed-" + chapter.name());
        try (PeerWorker worker = start(Mode.DISTRIBUTED, folder, Map.of())) {
            play(chapter, worker, folder);
            ObjectNode topics = InternalTopics.read(
                    brokers.getOrDefault(Mode.DISTRIBUTED, ""), worker.topics(), folder.resolve(chapter.name()));
            Path file = target.resolve(chapter.name() + ".topics.json");
            Files.writeString(file, Json.pretty(topics));
            System.out.println("wrote " + file.getFileName());
        }
    }

    private PeerWorker start(Mode mode, Path folder, Map<String, String> settings) {
        return PeerWorker.start(mode, peer, folder, brokers.getOrDefault(mode, ""), settings);
    }

    private Map<String, Answer> play(Chapter chapter, PeerWorker worker, Path folder) {
        Player player = new Player(new Caller(worker.base()), folder, PATIENCE);
        player.begin(chapter);
        Map<String, Answer> answers = new LinkedHashMap<>();
        for (Step step : chapter.steps()) {
            Answer answer = player.play(chapter, step);
            if (!step.isAwaited(answer)) {
                complaints.add("Waited in vain for " + chapter.name() + "/" + step.name() + " in "
                        + folder.getFileName() + ": " + answer.json());
            }
            answers.put(step.name(), answer);
        }
        return answers;
    }

    private static ObjectNode answers(
            Chapter chapter, Map<String, Answer> standalone, Map<String, Answer> distributed) {
        ObjectNode all = Json.object();
        for (Step step : chapter.steps()) {
            ObjectNode one = Objects.requireNonNull(standalone.get(step.name())).json();
            ObjectNode other =
                    Objects.requireNonNull(distributed.get(step.name())).json();
            if (one.equals(other)) {
                all.set(step.name(), one);
            } else {
                ObjectNode both = all.putObject(step.name());
                both.set(Mode.STANDALONE.word(), one);
                both.set(Mode.DISTRIBUTED.word(), other);
            }
        }
        return all;
    }
}
