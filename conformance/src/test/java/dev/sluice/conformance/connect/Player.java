package dev.sluice.conformance.connect;

import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;

/** Plays a chapter's steps on one worker, each with its own waiting. Used by one thread. */
final class Player {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final Caller worker;
    private final Path folder;
    private final Duration patience;

    /**
     * Prepares for a worker.
     *
     * @param folder where the chapters' folders are made
     * @param patience how long a step is repeated that waits for something
     */
    Player(Caller worker, Path folder, Duration patience) {
        this.worker = worker;
        this.folder = folder;
        this.patience = patience;
    }

    /** Takes away all connectors, and makes the chapter's folder. */
    void begin(Chapter chapter) {
        Set<String> undeletable = new TreeSet<>();
        worker.get("/connectors").body().forEach(name -> {
            Answer answer = worker.send("DELETE", "/connectors/" + encoded(name.asText()));
            if (answer.status() >= 400) {
                undeletable.add(name.asText() + ": " + answer.json());
            }
        });
        Waiting.until(
                "there are no connectors; cannot delete " + undeletable,
                patience,
                () -> worker.get("/connectors").body().isEmpty());
        try {
            Files.createDirectories(folder(chapter));
            for (var file : chapter.files().entrySet()) {
                Files.writeString(folder(chapter).resolve(file.getKey()), file.getValue());
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("Cannot make the folder of " + chapter.name() + ".", failed);
        }
    }

    private static String encoded(String name) {
        return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private Path folder(Chapter chapter) {
        return folder.resolve(chapter.name());
    }

    /** Sends a step's request, again and again if it waits for something, and returns the last answer, normalised. */
    Answer play(Chapter chapter, Step step) {
        String body = step.body();
        String sent =
                body == null ? null : body.replace("{folder}", folder(chapter).toString());
        long deadline = System.nanoTime() + patience.toNanos();
        while (true) {
            Answer answer = worker.send(step.method(), step.path(), step.headers(), sent);
            boolean isFinal = step.isAwaited(answer) && !isRebalancing(answer);
            if (isFinal || System.nanoTime() - deadline > 0) {
                return normal(chapter).of(answer);
            }
            Waiting.pause(PAUSE);
        }
    }

    /** A distributed worker of Kafka Connect wants to be asked again while it changes its mind about who does what. */
    private static boolean isRebalancing(Answer answer) {
        return answer.status() >= 400 && answer.message().contains("rebalance");
    }

    private Normal normal(Chapter chapter) {
        return new Normal(worker.base(), folder(chapter));
    }
}
