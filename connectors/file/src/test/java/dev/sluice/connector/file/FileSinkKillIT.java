package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.testkit.Generated;
import dev.sluice.testkit.Waiting;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kills a process that runs the sink, again and again: whole lines may double, but none is lost, torn or mixed. */
final class FileSinkKillIT {
    private static final int KILLS = 6;

    @TempDir
    private Path folder;

    @Test
    void leavesWholeLinesInOrderWhenKilled() {
        Generated.rounds(1, random -> {
            Path file = folder.resolve("out.txt");
            long committed = 0;
            for (int kill = 0; kill < KILLS; kill++) {
                committed = runUntilKilled(file, committed, 1 + random.below(8), random.below(2_000_000));
            }
            finish(file);
            assertWholeLines(file, committed);
        });
    }

    /** Returns the last offset that the process could commit. */
    private long runUntilKilled(Path file, long from, int commits, int spins) {
        try {
            Path told = Files.createTempFile(folder, "told", ".txt");
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            EndlessSink.class.getName(),
                            file.toString(),
                            Long.toString(from))
                    .redirectOutput(told.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            Waiting.until("the process committed", () -> committed(told).size() >= commits);
            for (int i = 0; i < spins; i++) {
                // The kill shall hit any moment of a batch.
                Thread.onSpinWait();
            }
            int exit = process.destroyForcibly().waitFor();
            assertThat(exit).as("exit code of a killed process").isNotZero();
            List<Long> all = committed(told);
            return all.get(all.size() - 1);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } catch (InterruptedException interrupted) {
            throw new IllegalStateException("The test was interrupted.", interrupted);
        }
    }

    /** Returns the offsets on whole lines. */
    private static List<Long> committed(Path told) throws IOException {
        String text = Files.readString(told);
        return text.substring(0, text.lastIndexOf('\n') + 1)
                .lines()
                .map(Long::valueOf)
                .toList();
    }

    /** Lets the sink repair what the last kill left. */
    private static void finish(Path file) {
        FileLines lines =
                new FileLines(file, new LineEncoder(StandardCharsets.UTF_8), AppendFile.REAL, System::nanoTime);
        try {
            lines.open();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        } finally {
            lines.close();
        }
    }

    private static void assertWholeLines(Path file, long committed) {
        List<String> strange = new ArrayList<>();
        long expected = 0;
        try (BufferedReader reader = Files.newBufferedReader(file)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                long number = line.length() == EndlessSink.LINE_CHARS
                        ? Long.parseLong(line.substring(0, line.indexOf(':')))
                        : -1;
                if (number < 0 || number > expected || !line.equals(EndlessSink.line(number))) {
                    strange.add(line.substring(0, Math.min(60, line.length())) + " where " + expected + " was due");
                }
                expected = number + 1;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        assertThat(strange).as("lines that are torn, mixed or come too early").isEmpty();
        assertThat(expected).as("lines up to the last commit").isGreaterThanOrEqualTo(committed);
    }
}
