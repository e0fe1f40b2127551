package dev.sluice.broker.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.record.internal.Records;
import org.apache.kafka.storage.internals.log.LogFileUtils;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repairs before opening what Kafka's loader would trip over or would not notice: small files that are empty or torn,
 * indexes that lost their content, and a folder that belongs to an earlier topic of the same name. What is removed here
 * is made anew from the segments; segments themselves are never touched.
 */
final class FolderCheck {
    private static final Logger LOG = LoggerFactory.getLogger(FolderCheck.class);
    private static final String EPOCH_FILE = "leader-epoch-checkpoint";
    /** An index that lacks fewer is as good as whole: what it would save a reader is soon read. */
    private static final int LOST_ENTRIES_MIN = 16;

    private FolderCheck() {}

    static void repair(Path folder, Uuid topicId, int indexIntervalBytes) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        Path metadata = PartitionFolders.metadataFile(folder);
        if (Files.exists(metadata)) {
            Optional<Uuid> found = PartitionFolders.topicId(folder);
            if (found.isEmpty()) {
                remove(metadata, "it names no topic id");
            } else if (!found.get().equals(topicId)) {
                moveAside(folder, found.get());
                return;
            }
        }
        repairEpochs(folder.resolve(EPOCH_FILE));
        repairIndexes(folder, indexIntervalBytes);
    }

    private static void remove(Path file, String reason) throws IOException {
        LOG.atWarn().addKeyValue("file", file).log("damaged file is made anew: " + reason);
        Files.delete(file);
    }

    private static void moveAside(Path folder, Uuid foundId) throws IOException {
        TopicPartition partition =
                PartitionFolders.parse(folder.getFileName().toString()).orElseThrow();
        Path aside = folder.resolveSibling(UnifiedLog.logStrayDirName(partition));
        LOG.atWarn()
                .addKeyValue("folder", folder)
                .addKeyValue("movedTo", aside)
                .addKeyValue("topicId", foundId)
                .log("the folder belongs to another topic of the same name and is moved aside");
        Files.move(folder, aside);
    }

    /** An empty file is an empty checkpoint to Kafka; any other that it cannot read would stop the start. */
    private static void repairEpochs(Path file) throws IOException {
        if (!Files.exists(file) || Files.size(file) == 0) {
            return;
        }
        List<String> lines = Files.readString(file, java.nio.charset.StandardCharsets.ISO_8859_1)
                .lines()
                .toList();
        boolean isWhole = lines.size() >= 2
                && lines.get(0).equals("0")
                && lines.get(1).equals(Integer.toString(lines.size() - 2))
                && lines.stream().skip(2).allMatch(line -> line.matches("[0-9]{1,9} [0-9]{1,18}"));
        if (!isWhole) {
            remove(file, "it is torn");
        }
    }

    private static void repairIndexes(Path folder, int indexIntervalBytes) throws IOException {
        for (Path log : segments(folder)) {
            String name = log.getFileName().toString();
            String base = name.substring(0, name.length() - LogFileUtils.LOG_FILE_SUFFIX.length());
            Path index = folder.resolve(base + LogFileUtils.INDEX_FILE_SUFFIX);
            Path timeIndex = folder.resolve(base + LogFileUtils.TIME_INDEX_FILE_SUFFIX);
            boolean lostIndex = isEmpty(index) && hasManyEntries(log, indexIntervalBytes);
            boolean lostTimeIndex = isEmpty(timeIndex) && Files.size(log) > 0;
            if (lostIndex || lostTimeIndex) {
                remove(index, "an index of the segment is empty"); // its absence makes the loader build all of them
            }
        }
    }

    private static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(LogFileUtils.LOG_FILE_SUFFIX))
                    .toList();
        }
    }

    private static boolean isEmpty(Path file) throws IOException {
        return Files.exists(file) && Files.size(file) == 0;
    }

    /**
     * Whether the segment would have many index entries if it was written in one go. Few may be missing rightly: the first
     * interval after each opening gets none.
     */
    private static boolean hasManyEntries(Path log, int indexIntervalBytes) throws IOException {
        try (FileChannel channel = FileChannel.open(log)) {
            ByteBuffer header = ByteBuffer.allocate(Records.LOG_OVERHEAD);
            long position = 0;
            long indexed = 0;
            int entries = 0;
            while (entries < LOST_ENTRIES_MIN && channel.read(header.clear(), position) == Records.LOG_OVERHEAD) {
                if (position - indexed > indexIntervalBytes) {
                    entries++;
                    indexed = position;
                }
                position += Records.LOG_OVERHEAD + Math.max(0, header.getInt(Records.SIZE_OFFSET));
            }
            return entries == LOST_ENTRIES_MIN;
        }
    }
}
