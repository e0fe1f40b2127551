package dev.sluice.broker.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file with one offset per partition, in Kafka's format:
 *
 * <pre>
 * 0                     version
 * 2                     number of lines that follow
 * orders 0 1042         topic, partition, offset
 * orders 1 977
 * </pre>
 *
 * <p>A damaged file counts as missing: every checkpoint only saves work or moves a start forward, it holds no records.
 */
final class Checkpoint {
    private static final Logger LOG = LoggerFactory.getLogger(Checkpoint.class);

    private final Path file;
    private Map<TopicPartition, Long> written = Map.of();

    Checkpoint(Path file) {
        this.file = file;
    }

    /** Reads the offsets; none where the file is missing or damaged. */
    Map<TopicPartition, Long> read() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return parse(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("error", e.getMessage())
                    .log("the checkpoint is damaged and ignored; opening may take longer");
            return Map.of();
        }
    }

    void removeIfUnreadable() throws IOException {
        if (Files.exists(file) && Files.size(file) > 0 && read().isEmpty() && !isEmptyCheckpoint()) {
            Files.delete(file);
        }
    }

    private boolean isEmptyCheckpoint() throws IOException {
        return Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                .strip()
                .equals("0\n0");
    }

    private static Map<TopicPartition, Long> parse(String text) {
        List<String> lines = text.lines().toList();
        if (lines.size() < 2 || !lines.get(0).strip().equals("0")) {
            throw new IllegalArgumentException("expected version 0 and a number of lines");
        }
        int count = Integer.parseInt(lines.get(1).strip());
        if (lines.size() != count + 2) {
            throw new IllegalArgumentException("expected " + count + " lines, found " + (lines.size() - 2));
        }
        Map<TopicPartition, Long> offsets = new HashMap<>();
        for (int line = 2; line < lines.size(); line++) {
            String[] parts = lines.get(line).strip().split(" ", -1);
            if (parts.length != 3) {
                throw new IllegalArgumentException("expected topic, partition and offset, found " + lines.get(line));
            }
            offsets.put(new TopicPartition(parts[0], Integer.parseInt(parts[1])), Long.parseLong(parts[2]));
        }
        return offsets;
    }

    /** Removes the offsets of partitions that are gone, so that a new topic of an old name does not inherit them. */
    synchronized void keepOnly(Set<TopicPartition> partitions) throws IOException {
        Map<TopicPartition, Long> offsets = new HashMap<>(read());
        if (offsets.keySet().retainAll(partitions)) {
            write(offsets);
        }
    }

    /** Replaces the offsets; does nothing where they are those of the last write. */
    synchronized void write(Map<TopicPartition, Long> offsets) throws IOException {
        if (offsets.equals(written)) {
            return;
        }
        StringBuilder text = new StringBuilder("0\n").append(offsets.size()).append('\n');
        Map<String, Long> sorted = new TreeMap<>();
        offsets.forEach((partition, offset) -> sorted.put(partition.topic() + " " + partition.partition(), offset));
        sorted.forEach((partition, offset) ->
                text.append(partition).append(' ').append(offset).append('\n'));
        SafeFile.write(file, text.toString());
        written = Map.copyOf(offsets);
    }
}
