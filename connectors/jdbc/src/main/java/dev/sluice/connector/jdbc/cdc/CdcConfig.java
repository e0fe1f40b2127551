package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigSpec;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The settings of change data capture, read once. Ten components: they are the settings.
 *
 * @param slot the replication slot
 * @param publication the publication and how it comes into being
 * @param snapshotMode what is read of the tables before the stream
 * @param dropsSlot whether a task that ends drops the slot
 * @param format what records look like
 * @param unchanged what stands for large values that did not change
 * @param skipped operations that are left out
 * @param trustsSlot whether to go on at the slot's place where it is ahead of the stored offset
 * @param pace how much at a time, and how often
 */
public record CdcConfig(
        String slot,
        Publishing publication,
        SnapshotMode snapshotMode,
        boolean dropsSlot,
        Format format,
        Unchanged unchanged,
        Set<String> skipped,
        boolean trustsSlot,
        Pace pace) {
    /** What is read of the tables before the stream begins. */
    public enum SnapshotMode {
        /** The tables as they are, once; then the stream. */
        INITIAL,
        /** Nothing: the stream alone. */
        NEVER,
        /** Debezium's name of {@link #NEVER}. */
        NO_DATA,
        /** The tables as they are, once, and no stream. */
        INITIAL_ONLY,
        /** As {@link #INITIAL}, and again whenever the slot no longer has what is needed to go on. */
        WHEN_NEEDED;

        boolean readsTables() {
            return this != NEVER && this != NO_DATA;
        }
    }

    /** How a publication comes into being. */
    public enum AutoCreate {
        /** For all tables of the database; needs a superuser. */
        ALL_TABLES,
        /** For the captured tables; those that are missing in an existing one are added. */
        FILTERED,
        /** Not at all: it must be there. */
        DISABLED
    }

    /** What records look like. */
    public enum Shape {
        /** The row itself, as the other modes have it; what happened is in headers, and a deleted row is a tombstone. */
        FLAT,
        /** Debezium's envelope: the row before and after, the operation, and where it comes from. */
        ENVELOPE
    }

    /** What stands for a large value that did not change and that the stream therefore does not have. */
    public enum Unchanged {
        /** A text that says so, where the column can hold one; null in other columns. */
        PLACEHOLDER,
        /** Null. */
        NULL,
        /** The field is left out of that record's schema. */
        OMIT
    }

    /**
     * The publication.
     *
     * @param name its name
     * @param autoCreate how it comes into being
     * @param viaRoot whether changes of partitions are those of the partitioned table, in a publication that is created
     */
    public record Publishing(String name, AutoCreate autoCreate, boolean viaRoot) {}

    /**
     * What records look like.
     *
     * @param shape the shape
     * @param placeholder the text for values that are unavailable
     * @param hasTombstones whether a deleted row is followed by a tombstone, in {@link Shape#ENVELOPE}
     * @param hasTransactions whether the begin and end of transactions are told too
     * @param transactionTopic where they go
     */
    public record Format(
            Shape shape, String placeholder, boolean hasTombstones, boolean hasTransactions, String transactionTopic) {}

    /**
     * How much at a time, and how often.
     *
     * @param batchCountMax records per poll
     * @param queueBytesMax bytes that are read ahead of the task
     * @param status how often the server is told how far we are
     * @param heartbeat how often the position moves on over what is of no interest
     */
    public record Pace(int batchCountMax, long queueBytesMax, Duration status, Duration heartbeat) {}

    /** All settings. */
    public static final ConfigSpec SPEC = CdcKeys.SPEC;

    /** Copies the set in. */
    public CdcConfig {
        skipped = Set.copyOf(skipped);
    }

    /**
     * Returns whether a restart repeats exactly the records behind the last one, whatever happened: so it is with the stream.
     * A snapshot that was interrupted goes on with the tables as they are then.
     */
    public boolean isExactlyOnce() {
        return !snapshotMode.readsTables();
    }

    /** Reads the settings. */
    public static CdcConfig of(Config config) {
        return new CdcConfig(
                config.get(CdcKeys.SLOT),
                new Publishing(
                        config.get(CdcKeys.PUBLICATION), config.get(CdcKeys.AUTO_CREATE), config.get(CdcKeys.VIA_ROOT)),
                config.get(CdcKeys.SNAPSHOT_MODE),
                config.get(CdcKeys.DROP_SLOT),
                new Format(
                        config.get(CdcKeys.FORMAT),
                        config.get(CdcKeys.PLACEHOLDER),
                        config.get(CdcKeys.TOMBSTONES),
                        config.get(CdcKeys.TRANSACTIONS),
                        config.get(CdcKeys.TRANSACTION_TOPIC)),
                config.get(CdcKeys.UNCHANGED),
                config.get(CdcKeys.SKIPPED).stream()
                        .filter(each -> !each.equals("none"))
                        .collect(Collectors.toSet()),
                config.get(CdcKeys.TRUST_SLOT),
                new Pace(
                        config.get(CdcKeys.BATCH_COUNT_MAX),
                        config.get(CdcKeys.QUEUE_BYTES_MAX),
                        config.get(CdcKeys.STATUS),
                        config.get(CdcKeys.HEARTBEAT)));
    }
}
