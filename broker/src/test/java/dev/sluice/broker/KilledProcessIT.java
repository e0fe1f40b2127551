package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.log.PartitionLog;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Invariants 3 and 9: kills a process that appends, at random moments, and looks for all that it acknowledged. */
class KilledProcessIT {
    private static final int ROUNDS = Boolean.getBoolean("sluice.soak") ? 100 : 4;
    private static final int LINES_MAX = 600;

    @TempDir
    Path folder;

    private final Map<Integer, List<String>> acknowledged = new HashMap<>();
    private final Map<Integer, Long> committed = new HashMap<>();
    private final List<String> topics = new ArrayList<>();

    @Test
    @Timeout(1_800)
    void losesNothingThatWasAcknowledged() throws Exception {
        long seed = Long.getLong("sluice.seed", System.nanoTime());
        System.out.println("KilledProcessIT: repeat with -Dsluice.seed=" + seed);
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            runAndKill(random.nextLong(), 1 + random.nextInt(LINES_MAX));
            boolean checksHere = round % 2 == 1; // else the next process recovers by itself
            if (checksHere || round == ROUNDS - 1) {
                check(seed, round);
            }
        }
    }

    private void runAndKill(long seed, int lines) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xmx256m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        AppendingProcess.class.getName(),
                        folder.toString(),
                        Long.toString(seed))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try (BufferedReader output =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (int line = 0; line < lines; line++) {
                book(output.readLine());
            }
            // Killed by its handle, because the process itself would close its output, which may hold more lines.
            assertThat(process.toHandle().destroyForcibly()).isTrue();
            String rest = output.readLine();
            while (rest != null) {
                book(rest);
                rest = output.readLine();
            }
        }
        assertThat(process.waitFor()).as("exit code of a killed process").isEqualTo(137);
    }

    /** A line that the kill cut in two was not acknowledged to anybody. */
    private void book(String line) {
        String[] words = line.split(" ", -1);
        if (words[0].equals("A") && words.length == 4 && words[3].matches("[0-9]+-[0-9]+")) {
            acknowledged
                    .computeIfAbsent(Integer.parseInt(words[1]), partition -> new ArrayList<>())
                    .add(words[2] + " " + words[3]);
        } else if (words[0].equals("C") && words.length == 3) {
            committed.put(Integer.parseInt(words[1]), Long.parseLong(words[2]));
        } else if (words[0].equals("T")) {
            topics.add(words[1]);
        }
    }

    private void check(long seed, int round) {
        try (Broker broker = Broker.open(BrokerConfig.of(Map.of("log.dirs", folder.toString())))) {
            acknowledged.forEach((partition, records) -> {
                List<String> found = read(broker.log("t", partition));
                assertThat(found)
                        .as("partition %d in round %d with seed %d", partition, round, seed)
                        .containsAll(records);
                for (int offset = 0; offset < found.size(); offset++) {
                    assertThat(found.get(offset)).as("offsets are dense").startsWith(offset + " ");
                }
            });
            committed.forEach((partition, offset) -> assertThat(
                            broker.groups().committed("g" + partition).get(new TopicPartition("t", partition)))
                    .as("committed offset of partition %d with seed %d", partition, seed)
                    .isGreaterThanOrEqualTo(offset));
            assertThat(broker.topics().all()).containsKeys(topics.toArray(String[]::new));
        }
    }

    private static List<String> read(PartitionLog log) {
        List<String> found = new ArrayList<>();
        long offset = log.startOffset();
        while (offset < log.endOffset()) {
            for (var record : log.read(offset, 1 << 20).records().records()) {
                String value = StandardCharsets.UTF_8.decode(record.value()).toString();
                found.add(record.offset() + " " + value.substring(0, value.indexOf(' ')));
                offset = record.offset() + 1;
            }
        }
        return found;
    }
}
