package dev.sluice.broker.log;

import dev.sluice.broker.BrokerException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.storage.internals.checkpoint.CleanShutdownFileHandler;
import org.apache.kafka.storage.internals.log.LogCleanerManager;
import org.apache.kafka.storage.internals.log.LogManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The data directory, locked by this process. Its files are those of a Kafka server:
 *
 * <pre>
 * .lock                             held while the process lives; contains its process id
 * .kafka_cleanshutdown              there only after a clean shutdown: then nothing needs recovery
 * meta.properties                   cluster id, node id, directory id
 * recovery-point-offset-checkpoint  up to where each partition was fsynced
 * log-start-offset-checkpoint       the first readable offset of partitions whose records were deleted
 * cleaner-offset-checkpoint         up to where each compacted partition was cleaned
 * topics.catalog                    ours: the topics, their ids and settings
 * &lt;topic&gt;-&lt;n&gt;/                       one folder per partition
 * </pre>
 */
public final class LogDirectory implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LogDirectory.class);

    private final Path path;
    private final DirectoryLock lock;
    private final Checkpoint recoveryPoints;
    private final Checkpoint startOffsets;
    private final Checkpoint cleanedOffsets;
    private final MetaProperties meta;
    private final boolean wasShutDownCleanly;

    private LogDirectory(Path path, DirectoryLock lock, MetaProperties meta) {
        this.path = path;
        this.lock = lock;
        this.meta = meta;
        recoveryPoints = new Checkpoint(path.resolve(LogManager.RECOVERY_POINT_CHECKPOINT_FILE));
        startOffsets = new Checkpoint(path.resolve(LogManager.LOG_START_OFFSET_CHECKPOINT_FILE));
        cleanedOffsets = new Checkpoint(path.resolve(LogCleanerManager.OFFSET_CHECKPOINT_FILE));
        wasShutDownCleanly = Files.exists(cleanMarker());
    }

    /**
     * Creates the directory if it is missing, and locks it.
     *
     * @param directory the data directory
     * @param nodeId the number of this broker
     * @return the locked directory
     * @throws BrokerException.DirectoryUnusable with the reason
     */
    public static LogDirectory lock(Path directory, int nodeId) {
        Path path = directory.toAbsolutePath().normalize();
        createDirectory(path);
        DirectoryLock lock = DirectoryLock.acquire(path);
        try {
            return new LogDirectory(path, lock, MetaProperties.load(path, nodeId));
        } catch (IOException e) {
            lock.release();
            throw unusable(path, e);
        }
    }

    private static void createDirectory(Path path) {
        try {
            Files.createDirectories(path);
        } catch (FileAlreadyExistsException e) {
            throw new BrokerException.DirectoryUnusable(
                    "Cannot open data directory " + path + ": " + e.getFile()
                            + " is a file. Remove it or choose another directory.",
                    e);
        } catch (IOException e) {
            throw unusable(path, e);
        }
        if (!Files.isReadable(path) || !Files.isWritable(path) || !Files.isExecutable(path)) {
            throw new BrokerException.DirectoryUnusable("Cannot open data directory " + path
                    + ": this user may not read and write it. Change its permissions or choose another directory.");
        }
    }

    static BrokerException unusable(Path path, IOException cause) {
        String why = cause instanceof AccessDeniedException denied
                ? "permission denied for " + denied.getFile()
                : String.valueOf(cause.getMessage());
        return new BrokerException.DirectoryUnusable(
                "Cannot open data directory " + path + ": " + why
                        + ". Check its permissions and free space or choose another directory.",
                cause);
    }

    /** Returns the absolute path. */
    public Path path() {
        return path;
    }

    /** Returns the id that was drawn when the directory was first used. */
    public String clusterId() {
        return meta.clusterId();
    }

    /** Whether the last process that used it closed it; if not, the ends of the partitions need a check. */
    public boolean wasShutDownCleanly() {
        return wasShutDownCleanly;
    }

    /** Removes the marker of the clean shutdown, before the first write. */
    void beginWriting() throws IOException {
        Files.deleteIfExists(cleanMarker());
        cleanedOffsets.removeIfUnreadable();
    }

    /** Writes the marker; the last step of a clean shutdown. */
    void markClean() throws IOException {
        SafeFile.write(cleanMarker(), "{\"version\":0,\"brokerEpoch\":-1}");
    }

    private Path cleanMarker() {
        return path.resolve(CleanShutdownFileHandler.CLEAN_SHUTDOWN_FILE_NAME);
    }

    Checkpoint recoveryPoints() {
        return recoveryPoints;
    }

    Checkpoint startOffsets() {
        return startOffsets;
    }

    /** Removes what the checkpoints say about partitions that are gone. */
    void forgetOthers(Set<TopicPartition> partitions) throws IOException {
        for (Checkpoint checkpoint : List.of(recoveryPoints, startOffsets, cleanedOffsets)) {
            checkpoint.keepOnly(partitions);
        }
    }

    /** Returns the folders in the directory whose names can be those of partitions, by partition. */
    public Map<TopicPartition, Path> partitionFolders() {
        return PartitionFolders.in(path, folders());
    }

    private List<Path> folders() {
        try (Stream<Path> children = Files.list(path)) {
            return children.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw unusable(path, e);
        }
    }

    /** Removes folders of deleted partitions that an earlier process left. */
    void removeDeletedFolders() {
        for (Path folder : folders()) {
            if (folder.getFileName().toString().endsWith(PartitionFolders.DELETED_SUFFIX)) {
                PartitionFolders.remove(folder);
                LOG.atInfo().addKeyValue("folder", folder).log("removed the rest of a deleted partition");
            }
        }
    }

    @Override
    public void close() {
        lock.release();
    }
}
