package dev.sluice.testkit.process;

import dev.sluice.testkit.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * A process that a test starts, watches, and ends: politely, or with {@code kill -9} at any moment.
 *
 * <pre>{@code
 * try (ProcessUnderTest sluice = ProcessUnderTest.command("bin/sluice", "standalone", file).start()) {
 *     sluice.awaitLine(line -> line.contains("REST listens"));
 *     sluice.kill();
 * }
 * }</pre>
 */
public final class ProcessUnderTest implements AutoCloseable {
    private static final Set<ProcessUnderTest> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime()
                .addShutdownHook(new Thread(() -> RUNNING.forEach(ProcessUnderTest::killTree), "kill-tests"));
    }

    private final Process process;
    private final ProcessOutput output;

    private ProcessUnderTest(Process process) {
        this.process = process;
        this.output = new ProcessOutput(Long.toString(process.pid()), process.getInputStream());
        RUNNING.add(this);
    }

    /** Prepares a command. */
    public static Builder command(String... command) {
        return new Builder(List.of(command));
    }

    /** Prepares a Java program on the class path and with the Java of this test. */
    public static Builder java(Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.addAll(List.of(arguments));
        return new Builder(command);
    }

    /** What a process is started with; used by one thread. */
    public static final class Builder {
        private final ProcessBuilder builder;

        private Builder(List<String> command) {
            this.builder = new ProcessBuilder(command).redirectErrorStream(true);
        }

        /** Sets an environment variable; the others are those of the test. */
        public Builder env(String name, String value) {
            builder.environment().put(name, value);
            return this;
        }

        /** Sets the folder in which the process works. */
        public Builder directory(Path directory) {
            builder.directory(directory.toFile());
            return this;
        }

        /** Starts the process. */
        public ProcessUnderTest start() {
            try {
                return new ProcessUnderTest(builder.start());
            } catch (IOException failed) {
                throw new UncheckedIOException("Cannot start " + builder.command() + ".", failed);
            }
        }
    }

    /** Waits up to {@link Waiting#PATIENCE} for a line; see {@link #awaitLine(Predicate, Duration)}. */
    public String awaitLine(Predicate<String> wanted) {
        return awaitLine(wanted, Waiting.PATIENCE);
    }

    /**
     * Waits for a line of the output, or returns at once if it is there already.
     *
     * @param wanted tells the line; also called by the thread that reads
     * @param limit how long to wait at most
     * @return the line
     * @throws AssertionError if it did not come or the process ended without it; with the output
     */
    public String awaitLine(Predicate<String> wanted, Duration limit) {
        return await("a line of the output", output.line(wanted), limit);
    }

    /**
     * Waits until the process has ended and its output was read.
     *
     * @return the exit code
     * @throws AssertionError if it does not end within the limit; with the output
     */
    public int awaitExit(Duration limit) {
        return await("the end", process.onExit().thenCombine(output.end(), (ended, read) -> ended.exitValue()), limit);
    }

    /** Ends the process and all its children at once, as {@code kill -9} does, and waits until they are gone. */
    public void kill() {
        killTree();
        Process ended = await("the end after a kill", process.onExit(), Waiting.PATIENCE);
        assert !ended.isAlive();
    }

    /** Asks the process to end, as Ctrl-C or {@code kill} does. */
    public void terminate() {
        // By its handle: Process.destroy closes the streams too, and the last output would be lost.
        process.toHandle().destroy();
    }

    /** Returns whether the process runs. */
    public boolean isAlive() {
        return process.isAlive();
    }

    /** Returns the process id. */
    public long pid() {
        return process.pid();
    }

    /** Returns the newest 2,000 lines that the process wrote, standard output and error as they came. */
    public List<String> output() {
        return output.lines();
    }

    /** Kills the process if it still runs. */
    @Override
    public void close() {
        kill();
        RUNNING.remove(this);
    }

    private void killTree() {
        // Children first: once the parent is gone, they could not be found any more.
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.toHandle().destroyForcibly();
    }

    private <T> T await(String what, Future<T> future, Duration limit) {
        try {
            return future.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | CancellationException missed) {
            throw new AssertionError(
                    "Waited in vain for " + what + " of process " + pid() + ", limit " + limit + ", alive " + isAlive()
                            + ". Its output:\n" + String.join("\n", output()),
                    missed);
        } catch (ExecutionException failed) {
            throw new AssertionError("Could not wait for " + what + ".", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new AssertionError("Interrupted while waiting for " + what + ".", interrupted);
        }
    }
}
