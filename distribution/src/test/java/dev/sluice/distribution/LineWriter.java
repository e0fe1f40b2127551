package dev.sluice.distribution;

import dev.sluice.testkit.Generated;
import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Appends numbered lines of all kinds of characters to a file, on a thread of its own, until it is told to finish. */
final class LineWriter implements AutoCloseable {
    private static final Duration PAUSE = Duration.ofMillis(5);
    private static final int LINES_AT_ONCE_MAX = 40;

    private final WorkFolder folder;
    private final String file;
    private final Generated random;
    private final CompletableFuture<List<String>> written = new CompletableFuture<>();
    private volatile boolean isFinishing;

    LineWriter(WorkFolder folder, String file, Generated seed) {
        this.folder = folder;
        this.file = file;
        // A generator of its own: one object serves one thread.
        this.random = new Generated(seed.wholeNumber());
        Thread thread = new Thread(() -> written.completeAsync(this::writeAll, Runnable::run), "line-writer");
        thread.setDaemon(true);
        thread.start();
    }

    private List<String> writeAll() {
        List<String> lines = new ArrayList<>();
        try {
            do {
                List<String> next = new ArrayList<>();
                for (int i = random.below(LINES_AT_ONCE_MAX); i >= 0; i--) {
                    next.add(lines.size() + next.size() + " " + random.line());
                }
                folder.append(file, next.toArray(String[]::new));
                lines.addAll(next);
                Waiting.pause(PAUSE);
            } while (!isFinishing);
            return lines;
        } catch (IOException failed) {
            throw new CompletionException(failed);
        }
    }

    /** Lets the last line be written, and returns them all. */
    List<String> finish() {
        isFinishing = true;
        return written.join();
    }

    @Override
    public void close() {
        isFinishing = true;
    }
}
