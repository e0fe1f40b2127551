package dev.sluice.broker.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.storage.internals.log.LogFileUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at a partition before recovery, for two reasons. First, afterwards one line can say what was cut. Second, the
 * checksum of a batch does not cover its base offset and format number; where these are impossible the segment is cut
 * here, as recovery would accept them (invariant 3).
 *
 * <p>It walks the batch headers of the last segment only; recovery itself reads far more.
 *
 * @param sizeBytes all segments together
 * @param endOffset the offset behind the last header that can be read
 */
record TailCheck(long sizeBytes, long endOffset) {
    static final TailCheck NONE = new TailCheck(0, 0);

    private static final Logger LOG = LoggerFactory.getLogger(TailCheck.class);
    private static final int HEADER_BYTES = DefaultRecordBatch.RECORD_BATCH_OVERHEAD;
    private static final int SIZE_POSITION = 8;
    private static final int SIZE_END = 12;
    private static final int MAGIC_POSITION = 16;
    private static final int LAST_DELTA_POSITION = 23;

    /**
     * Looks at a partition.
     *
     * @param folder its folder
     * @param isDense whether offsets may have no gaps; those of a compacted topic may
     */
    static TailCheck of(Path folder, boolean isDense) throws IOException {
        if (!Files.isDirectory(folder)) {
            return NONE;
        }
        List<Path> segments = segments(folder);
        long sizeBytes = 0;
        for (Path segment : segments) {
            sizeBytes += Files.size(segment);
        }
        return segments.isEmpty() ? NONE : new TailCheck(sizeBytes, walk(segments.get(segments.size() - 1), isDense));
    }

    private static List<Path> segments(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().endsWith(LogFileUtils.LOG_FILE_SUFFIX))
                    .sorted()
                    .toList();
        }
    }

    private static long walk(Path segment, boolean isDense) throws IOException {
        long endOffset = LogFileUtils.offsetFromFile(segment.toFile());
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES);
            long position = 0;
            while (channel.read(header.clear(), position) == HEADER_BYTES) {
                int batchBytes = header.getInt(SIZE_POSITION);
                byte magic = header.get(MAGIC_POSITION);
                boolean isOldFormat = magic >= 0 && magic < RecordBatch.CURRENT_MAGIC_VALUE;
                if (batchBytes < HEADER_BYTES - SIZE_END || isOldFormat) {
                    return endOffset; // recovery sees by itself whether this is a batch
                }
                if (!isPossible(header, endOffset, isDense)) {
                    channel.truncate(position);
                    return endOffset;
                }
                endOffset = header.getLong(0) + Math.max(0, header.getInt(LAST_DELTA_POSITION)) + 1;
                position += SIZE_END + batchBytes;
            }
        }
        return endOffset;
    }

    private static boolean isPossible(ByteBuffer header, long expectedOffset, boolean isDense) {
        long baseOffset = header.getLong(0);
        return header.get(MAGIC_POSITION) == RecordBatch.CURRENT_MAGIC_VALUE
                && (isDense ? baseOffset == expectedOffset : baseOffset >= expectedOffset);
    }

    /** Says what was cut, if anything. */
    void report(TopicPartition partition, long sizeBytesAfter, long endOffsetAfter) {
        if (sizeBytesAfter >= sizeBytes) {
            return;
        }
        LOG.atWarn()
                .addKeyValue("topic", partition.topic())
                .addKeyValue("partition", partition.partition())
                .addKeyValue("cutBytes", sizeBytes - sizeBytesAfter)
                .addKeyValue("claimedEndOffset", endOffset)
                .addKeyValue("endOffset", endOffsetAfter)
                .log("cut a damaged end of the partition after a crash");
    }
}
