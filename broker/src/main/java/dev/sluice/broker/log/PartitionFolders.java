package dev.sluice.broker.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Utils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The folders of partitions, named {@code <topic>-<partition>}. */
final class PartitionFolders {
    /** Ends the name of a folder whose partition was deleted. */
    static final String DELETED_SUFFIX = "-delete";

    private static final Logger LOG = LoggerFactory.getLogger(PartitionFolders.class);
    private static final String METADATA_FILE = "partition.metadata";

    private PartitionFolders() {}

    static Map<TopicPartition, Path> in(Path directory, List<Path> folders) {
        Map<TopicPartition, Path> found =
                new TreeMap<>(Comparator.comparing(TopicPartition::topic).thenComparing(TopicPartition::partition));
        for (Path folder : folders) {
            parse(folder.getFileName().toString())
                    .ifPresent(partition -> found.put(partition, directory.resolve(folder)));
        }
        return found;
    }

    /** Reads a folder name; empty for folders that are none of a partition. */
    static Optional<TopicPartition> parse(String name) {
        int dash = name.lastIndexOf('-');
        if (dash <= 0 || !name.substring(dash + 1).matches("0|[1-9][0-9]{0,8}")) {
            return Optional.empty();
        }
        return Optional.of(new TopicPartition(name.substring(0, dash), Integer.parseInt(name.substring(dash + 1))));
    }

    /** Reads the topic id from {@code partition.metadata}; empty where the file is missing or damaged. */
    static Optional<Uuid> topicId(Path folder) {
        try {
            for (String line :
                    Files.readString(folder.resolve(METADATA_FILE)).lines().toList()) {
                if (line.startsWith("topic_id: ")) {
                    return Optional.of(Uuid.fromString(
                                    line.substring("topic_id: ".length()).strip()))
                            .filter(id -> !id.equals(Uuid.ZERO_UUID));
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            LOG.atDebug().setCause(e).addKeyValue("folder", folder).log("no topic id in the folder");
        }
        return Optional.empty();
    }

    static Path metadataFile(Path folder) {
        return folder.resolve(METADATA_FILE);
    }

    static void remove(Path folder) {
        try {
            Utils.delete(folder.toFile());
        } catch (IOException e) {
            LOG.atWarn()
                    .addKeyValue("folder", folder)
                    .addKeyValue("error", e.getMessage())
                    .log("the folder of a deleted partition cannot be removed; the next start tries again");
        }
    }
}
