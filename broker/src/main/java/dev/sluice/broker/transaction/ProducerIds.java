package dev.sluice.broker.transaction;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.log.PartitionLogs;
import dev.sluice.broker.log.SafeFile;
import dev.sluice.broker.log.SerialThread;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.concurrent.CompletableFuture;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands out producer ids, each once for ever: an id that came twice would let the log take the batches of one producer for
 * repetitions of another's. The file {@code producer-ids} holds the first id that was never reserved, as a line of text;
 * ids are reserved in blocks, and a block is on disk before its first id is given. A crash wastes the rest of a block.
 */
public final class ProducerIds {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerIds.class);
    private static final int BLOCK_SIZE = 1000;
    private static final long IDS_PER_MILLI = 1024;

    private final Path file;
    private final PartitionLogs logs;
    private final Clock clock;
    private final SerialThread thread = new SerialThread("producer-ids");
    /** Both owned by the thread. */
    private long next;

    private long blockEnd;

    /**
     * Keeps the file in a directory.
     *
     * @param directory the data directory
     * @param logs tell of a failed directory
     * @param clock for the case that the file is damaged
     */
    public ProducerIds(Path directory, PartitionLogs logs, Clock clock) {
        file = directory.resolve("producer-ids");
        this.logs = logs;
        this.clock = clock;
    }

    /** Returns an id that nobody had before; completes on a thread of its own. */
    public CompletableFuture<Long> next() {
        return thread.submit(() -> {
            if (next == blockEnd) {
                reserve();
            }
            return next++;
        });
    }

    private void reserve() {
        logs.checkWritable();
        long start = blockEnd == 0 ? firstFree() : blockEnd;
        try {
            SafeFile.write(file, Long.toString(start + BLOCK_SIZE) + '\n');
        } catch (IOException e) {
            throw logs.failed("writing the producer ids failed", e);
        }
        next = start;
        blockEnd = start + BLOCK_SIZE;
    }

    private long firstFree() {
        try {
            long free = Long.parseLong(Files.readString(file).strip());
            if (free >= 0) {
                return free;
            }
        } catch (NoSuchFileException e) {
            return firstByClock();
        } catch (IOException | NumberFormatException e) {
            LOG.atDebug().setCause(e).log("the producer ids cannot be read");
        }
        long first = firstByClock();
        LOG.atWarn()
                .addKeyValue("file", file)
                .addKeyValue("first", first)
                .log("the file of producer ids is damaged; ids start far above all earlier ones");
        return first;
    }

    /**
     * Where the file is not there, earlier ids may stand in the logs all the same. They are below this, because nobody hands
     * out so many in each millisecond since 1970.
     */
    private long firstByClock() {
        return clock.millis() * IDS_PER_MILLI;
    }

    /** Ends the thread. Later calls fail with {@link BrokerException.Closed}. */
    public void close() {
        thread.close();
    }
}
