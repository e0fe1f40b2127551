package dev.sluice.testkit.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;

/**
 * The lines that a process writes: the newest are kept, and waits are woken by the thread that reads. Reading never pauses,
 * so the process cannot block on a full pipe.
 */
final class ProcessOutput {
    private static final int LINES_MAX = 2_000;
    private static final int LINE_LENGTH_MAX = 2_000;

    private record Wait(Predicate<String> wanted, CompletableFuture<String> line) {}

    private final Deque<String> lines = new ConcurrentLinkedDeque<>();
    private final AtomicInteger lineCount = new AtomicInteger();
    private final List<Wait> waits = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Boolean> end = new CompletableFuture<>();

    ProcessOutput(String name, InputStream output) {
        Thread reader = new Thread(() -> readAll(output), "output-" + name);
        reader.setDaemon(true);
        reader.start();
    }

    private void readAll(InputStream output) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(line);
            }
        } catch (IOException closed) {
            add("(output ends: " + closed.getMessage() + ")");
        } finally {
            end.complete(true);
            waits.forEach(wait -> wait.line.cancel(false));
        }
    }

    private void add(String line) {
        lines.add(line.length() > LINE_LENGTH_MAX ? line.substring(0, LINE_LENGTH_MAX) + " …" : line);
        if (lineCount.incrementAndGet() > LINES_MAX) {
            lines.poll();
        }
        // After the line was added: a wait that misses it here finds it among the lines.
        waits.stream().filter(wait -> wait.wanted.test(line)).forEach(wait -> wait.line.complete(line));
        waits.removeIf(wait -> wait.line.isDone());
    }

    /** Completes with the first line kept or still to come that is wanted; cancelled if the output ends without one. */
    CompletableFuture<String> line(Predicate<String> wanted) {
        Wait wait = new Wait(wanted, new CompletableFuture<>());
        waits.add(wait);
        boolean ended = end.isDone();
        lines.stream().filter(wanted).findFirst().ifPresent(wait.line::complete);
        if (ended) {
            wait.line.cancel(false);
        }
        return wait.line;
    }

    /** Completes when all was read. */
    CompletableFuture<Boolean> end() {
        return end;
    }

    /** Returns the newest lines in order. */
    List<String> lines() {
        return List.copyOf(lines);
    }
}
