package dev.sluice.broker.log;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.server.util.KafkaScheduler;
import org.apache.kafka.storage.internals.log.UnifiedLog;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The clean shutdown, in Kafka's order: appends end, every log is fsynced and closed, the checkpoints are written, and
 * last the marker that lets the next start skip recovery. Whatever fails on the way only costs that marker.
 */
final class ShutDown {
    private static final Logger LOG = LoggerFactory.getLogger(ShutDown.class);

    private final LogDirectory directory;
    private final DirectoryFailure failure;
    private final Upkeep upkeep;

    ShutDown(LogDirectory directory, DirectoryFailure failure, Upkeep upkeep) {
        this.directory = directory;
        this.failure = failure;
        this.upkeep = upkeep;
    }

    void run(List<UnifiedPartitionLog> partitions, List<LogThread> threads, Readers readers, KafkaScheduler scheduler) {
        boolean isClean = true;
        try {
            readers.shutDown();
            isClean = readers.awaitEnd(PartitionLogs.stopMillisMax());
            scheduler.shutdown();
            upkeep.stop();
            isClean &= closeAll(partitions);
            threads.forEach(LogThread::shutDown);
            for (LogThread thread : threads) {
                isClean &= thread.awaitEnd(PartitionLogs.stopMillisMax());
            }
            finish(partitions, isClean && failure.reason().isEmpty());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            LOG.atWarn().log("interrupted while closing; the next start checks the ends of all partitions");
        }
    }

    private boolean closeAll(List<UnifiedPartitionLog> partitions) throws InterruptedException {
        List<CompletableFuture<Boolean>> closed = new ArrayList<>();
        for (UnifiedPartitionLog partition : partitions) {
            closed.add(partition.thread().submit(0, () -> close(partition)));
        }
        boolean isClean = true;
        for (CompletableFuture<Boolean> each : closed) {
            isClean &= await(each);
        }
        return isClean;
    }

    private static boolean await(CompletableFuture<Boolean> closed) throws InterruptedException {
        try {
            return closed.get(PartitionLogs.stopMillisMax(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | CompletionException | TimeoutException e) {
            LOG.atWarn().setCause(e).log("a partition could not be closed; the next start checks its end");
            return false;
        }
    }

    /** Runs behind the appends that waited; later ones are told that the broker is closed. */
    private boolean close(UnifiedPartitionLog partition) {
        UnifiedLog log = partition.log();
        partition.thread().round().end();
        partition.markClosed();
        if (failure.reason().isPresent()) {
            log.closeHandlers(); // nothing more goes to a failed disk
            return false;
        }
        log.flush(true);
        log.close();
        return true;
    }

    private void finish(List<UnifiedPartitionLog> partitions, boolean isClean) {
        if (!isClean) {
            return;
        }
        try {
            directory.recoveryPoints().write(offsets(partitions, UnifiedLog::recoveryPoint));
            directory.startOffsets().write(Upkeep.movedStarts(logs(partitions)));
            directory.markClean();
        } catch (IOException e) {
            LOG.atWarn().setCause(e).log("the clean shutdown cannot be noted; the next start checks all partitions");
        }
    }

    private static List<UnifiedLog> logs(List<UnifiedPartitionLog> partitions) {
        return partitions.stream().map(UnifiedPartitionLog::log).toList();
    }

    private static Map<TopicPartition, Long> offsets(
            List<UnifiedPartitionLog> partitions, java.util.function.ToLongFunction<UnifiedLog> offset) {
        Map<TopicPartition, Long> offsets = new HashMap<>();
        partitions.forEach(partition -> offsets.put(partition.partition(), offset.applyAsLong(partition.log())));
        return offsets;
    }
}
