package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import java.time.Duration;
import java.util.List;
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
    private static final String GROUP = "Change data capture";

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

    /** The slot. */
    public static final ConfigKey<String> SLOT = ConfigKey.string("slot.name")
            .extended()
            .defaultsTo("sluice")
            .check(Check.matching("[a-z0-9_]{1,63}"))
            .doc("Replication slot, created if there is none. Each connector needs a slot of its own.")
            .importance(Importance.HIGH)
            .group(GROUP)
            .width(Width.MEDIUM);

    /** The publication. */
    public static final ConfigKey<String> PUBLICATION = ConfigKey.string("publication.name")
            .extended()
            .defaultsTo("sluice")
            .check(Check.nonEmpty())
            .doc("Publication whose tables are captured, as far as the connector's table filters let them through.")
            .importance(Importance.HIGH)
            .group(GROUP)
            .width(Width.MEDIUM);

    /** How the publication comes into being. */
    public static final ConfigKey<AutoCreate> AUTO_CREATE = ConfigKey.enumeration(
                    "publication.autocreate.mode", AutoCreate.class)
            .extended()
            .defaultsTo(AutoCreate.FILTERED)
            .doc(
                    "What happens if the publication or a table in it is missing: all_tables creates it for all tables of the"
                            + " database, which needs a superuser; filtered creates it for the captured tables, and adds those"
                            + " that an existing one lacks; disabled fails.")
            .importance(Importance.MEDIUM)
            .group(GROUP)
            .width(Width.SHORT);

    /** Whether partitions are published as their root. */
    public static final ConfigKey<Boolean> VIA_ROOT = ConfigKey.bool("publish.via.partition.root")
            .extended()
            .defaultsTo(true)
            .doc("In a publication that is created: changes of partitions are those of the partitioned table.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** What is read before the stream. */
    public static final ConfigKey<SnapshotMode> SNAPSHOT_MODE = ConfigKey.enumeration(
                    "snapshot.mode", SnapshotMode.class)
            .extended()
            .defaultsTo(SnapshotMode.INITIAL)
            .doc(
                    "What is read of the tables before the stream begins: initial reads them once; never, also called no_data,"
                            + " does not; initial_only reads them and ends there; when_needed also reads them again if the slot"
                            + " was lost.")
            .importance(Importance.HIGH)
            .group(GROUP)
            .width(Width.SHORT);

    /** Whether the slot is dropped. */
    public static final ConfigKey<Boolean> DROP_SLOT = ConfigKey.bool("slot.drop.on.stop")
            .extended()
            .defaultsTo(false)
            .doc("Drops the slot whenever the task stops. For tests only: what changes until the next start is lost.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** What records look like. */
    public static final ConfigKey<Shape> FORMAT = ConfigKey.enumeration("cdc.format", Shape.class)
            .extended()
            .defaultsTo(Shape.FLAT)
            .doc(
                    "What records look like: flat is the row itself, as in the other modes, with what happened in headers and"
                            + " a tombstone for a deleted row; envelope is Debezium's form with the row before and after.")
            .importance(Importance.HIGH)
            .group(GROUP)
            .width(Width.SHORT);

    /** What stands for large values that did not change. */
    public static final ConfigKey<Unchanged> UNCHANGED = ConfigKey.enumeration("toast.unchanged", Unchanged.class)
            .extended()
            .defaultsTo(Unchanged.PLACEHOLDER)
            .doc(
                    "What stands for a large value (TOAST) that an update left as it was, in tables without replica identity"
                            + " full: placeholder is a text, in columns that can hold one, and null in others; null is null;"
                            + " omit leaves the field out of that record. A header names such columns in any case.")
            .importance(Importance.MEDIUM)
            .group(GROUP)
            .width(Width.SHORT);

    /** The text for values that are unavailable. */
    public static final ConfigKey<String> PLACEHOLDER = ConfigKey.string("unavailable.value.placeholder")
            .extended()
            .defaultsTo("__debezium_unavailable_value")
            .doc("The text that stands for a large value that did not change.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.MEDIUM);

    /** Whether deletes are followed by tombstones. */
    public static final ConfigKey<Boolean> TOMBSTONES = ConfigKey.bool("tombstones.on.delete")
            .extended()
            .defaultsTo(true)
            .doc(
                    "In the envelope form, follows the record of a deleted row by a tombstone, so that compaction removes it.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Operations that are left out. */
    public static final ConfigKey<List<String>> SKIPPED = ConfigKey.list("skipped.operations")
            .extended()
            .defaultsTo(List.of("t"))
            .check(Check.each(Check.oneOf("c", "u", "d", "t", "none")))
            .doc(
                    "Operations that make no records: c inserts, u updates, d deletes, t truncates; none leaves nothing out.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Whether transactions are told. */
    public static final ConfigKey<Boolean> TRANSACTIONS = ConfigKey.bool("provide.transaction.metadata")
            .extended()
            .defaultsTo(false)
            .doc("Tells the begin and end of each transaction in a topic of its own, and in each record to which"
                    + " transaction it belongs and in what order.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Where transactions are told. */
    public static final ConfigKey<String> TRANSACTION_TOPIC = ConfigKey.string("topic.transaction")
            .extended()
            .defaultsTo("transaction")
            .check(Check.nonEmpty())
            .doc("Topic for the begin and end of transactions, behind the connector's topic prefix.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.MEDIUM);

    /** What to do about a slot that is ahead. */
    public static final ConfigKey<Boolean> TRUST_SLOT = ConfigKey.bool("slot.ahead.accept")
            .extended()
            .defaultsTo(false)
            .doc(
                    "Goes on at the slot's place though it is ahead of the stored offset, which loses what changed between."
                            + " Otherwise the task fails and says so.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Records per poll. */
    public static final ConfigKey<Integer> BATCH_COUNT_MAX = ConfigKey.integer("max.batch.size")
            .extended()
            .defaultsTo(2_048)
            .check(Check.between(1, 100_000))
            .doc("Changes that the task hands over at a time, at most.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Bytes read ahead. */
    public static final ConfigKey<Long> QUEUE_BYTES_MAX = ConfigKey.size("max.queue.size.in.bytes")
            .extended()
            .defaultsTo(16L << 20)
            .check(Check.between(64L << 10, 1L << 30))
            .doc("Bytes of changes that are read ahead of the task, at most; a longer one goes alone.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** How often the server is told. */
    public static final ConfigKey<Duration> STATUS = ConfigKey.duration("status.update.interval.ms")
            .extended()
            .defaultsTo(Duration.ofSeconds(10))
            .check(Check.between(Duration.ofMillis(100), Duration.ofMinutes(10)))
            .doc(
                    "How often the server is told how far the connector is. Must be below the server's wal_sender_timeout.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** How often the position moves on. */
    public static final ConfigKey<Duration> HEARTBEAT = ConfigKey.duration("heartbeat.interval.ms")
            .extended()
            .defaultsTo(Duration.ofSeconds(10))
            .check(Check.between(Duration.ofMillis(100), Duration.ofHours(1)))
            .doc(
                    "How often the stored position moves on while nothing captured changes, so that the slot holds no more of"
                            + " the log than it must. No records are written for it.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** All of them. */
    public static final ConfigSpec SPEC = ConfigSpec.of(
                    SLOT,
                    PUBLICATION,
                    AUTO_CREATE,
                    VIA_ROOT,
                    SNAPSHOT_MODE,
                    DROP_SLOT,
                    FORMAT,
                    UNCHANGED,
                    PLACEHOLDER,
                    TOMBSTONES,
                    SKIPPED,
                    TRANSACTIONS,
                    TRANSACTION_TOPIC,
                    TRUST_SLOT,
                    BATCH_COUNT_MAX,
                    QUEUE_BYTES_MAX,
                    STATUS,
                    HEARTBEAT)
            .removed("plugin.name", "The output plugin is pgoutput, which every PostgreSQL has; leave it out.")
            .removed("heartbeat.action.query", "Positions move on by themselves; leave it out.")
            .removed("heartbeat.topics.prefix", "Positions move on without records; leave it out.")
            .removed("slot.stream.params", "The connector knows what the stream needs; leave it out.");

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
                config.get(SLOT),
                new Publishing(config.get(PUBLICATION), config.get(AUTO_CREATE), config.get(VIA_ROOT)),
                config.get(SNAPSHOT_MODE),
                config.get(DROP_SLOT),
                new Format(
                        config.get(FORMAT),
                        config.get(PLACEHOLDER),
                        config.get(TOMBSTONES),
                        config.get(TRANSACTIONS),
                        config.get(TRANSACTION_TOPIC)),
                config.get(UNCHANGED),
                config.get(SKIPPED).stream()
                        .filter(each -> !each.equals("none"))
                        .collect(Collectors.toSet()),
                config.get(TRUST_SLOT),
                new Pace(
                        config.get(BATCH_COUNT_MAX),
                        config.get(QUEUE_BYTES_MAX),
                        config.get(STATUS),
                        config.get(HEARTBEAT)));
    }
}
