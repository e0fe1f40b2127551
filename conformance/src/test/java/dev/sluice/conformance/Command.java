package dev.sluice.conformance;

import dev.sluice.testkit.process.ProcessUnderTest;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs a command of somebody else's to its end, within a limit. */
final class Command {
    /** Many times what any of them takes, for machines that are busy with other tests. */
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private static final int NOT_FOUND = 127;

    private Command() {}

    /**
     * What came of it.
     *
     * @param exitCode what it ended with; 127 if there is no such command
     * @param lines what it printed, errors included
     */
    record Ended(int exitCode, List<String> lines) {
        String output() {
            return String.join("\n", lines);
        }

        String lastLine() {
            return lines.isEmpty() ? "" : lines.get(lines.size() - 1);
        }

        /** Puts the output into the report. */
        void print(String name) {
            System.out.println("--- " + name + ": exit code " + exitCode);
            lines.forEach(System.out::println);
        }
    }

    static Ended run(Path folder, Map<String, String> environment, String... words) {
        ProcessUnderTest.Builder builder = ProcessUnderTest.command(words).directory(folder);
        environment.forEach(builder::env);
        try (ProcessUnderTest process = builder.start()) {
            int exitCode = process.awaitExit(LIMIT);
            return new Ended(exitCode, process.output());
        } catch (UncheckedIOException e) {
            return new Ended(NOT_FOUND, List.of(words[0] + " cannot be started: is what runs it installed?"));
        }
    }
}
