package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import dev.sluice.connector.jdbc.cdc.CdcConfig.AutoCreate;
import dev.sluice.connector.jdbc.cdc.CdcConfig.Shape;
import dev.sluice.connector.jdbc.cdc.CdcConfig.SnapshotMode;
import dev.sluice.connector.jdbc.cdc.CdcConfig.Unchanged;
import java.time.Duration;
import java.util.List;

/** The settings of change data capture; those that Debezium has too bear its names. */
final class CdcKeys {
    private static final String GROUP = "Change data capture";

    /** The slot. */
    static final ConfigKey<String> SLOT = ConfigKey.string("slot.name")
            .extended()
            .defaultsTo("sluice")
            .check(Check.matching("[a-z0-9_]{1,63}"))
            .doc("Replication slot, created if there is none. Each connector needs a slot of its own.")
            .importance(Importance.HIGH)
            .group(GROUP)
            .width(Width.MEDIUM);

    /** The publication. */
    static final ConfigKey<String> PUBLICATION = ConfigKey.string("publication.name")
            .extended()
            .defaultsTo("sluice")
            .check(Check.nonEmpty())
            .doc("Publication whose tables are captured, as far as the connector's table filters let them through.")
            .importance(Importance.HIGH)
            .group(GROUP)
            .width(Width.MEDIUM);

    /** How the publication comes into being. */
    static final ConfigKey<AutoCreate> AUTO_CREATE = ConfigKey.enumeration(
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
    static final ConfigKey<Boolean> VIA_ROOT = ConfigKey.bool("publish.via.partition.root")
            .extended()
            .defaultsTo(true)
            .doc("In a publication that is created: changes of partitions are those of the partitioned table.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** What is read before the stream. */
    static final ConfigKey<SnapshotMode> SNAPSHOT_MODE = ConfigKey.enumeration("snapshot.mode", SnapshotMode.class)
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
    static final ConfigKey<Boolean> DROP_SLOT = ConfigKey.bool("slot.drop.on.stop")
            .extended()
            .defaultsTo(false)
            .doc("Drops the slot whenever the task stops. For tests only: what changes until the next start is lost.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** What records look like. */
    static final ConfigKey<Shape> FORMAT = ConfigKey.enumeration("cdc.format", Shape.class)
            .extended()
            .defaultsTo(Shape.FLAT)
            .doc(
                    "What records look like: flat is the row itself, as in the other modes, with what happened in headers and"
                            + " a tombstone for a deleted row; envelope is Debezium's form with the row before and after.")
            .importance(Importance.HIGH)
            .group(GROUP)
            .width(Width.SHORT);

    /** What stands for large values that did not change. */
    static final ConfigKey<Unchanged> UNCHANGED = ConfigKey.enumeration("toast.unchanged", Unchanged.class)
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
    static final ConfigKey<String> PLACEHOLDER = ConfigKey.string("unavailable.value.placeholder")
            .extended()
            .defaultsTo("__debezium_unavailable_value")
            .doc("The text that stands for a large value that did not change.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.MEDIUM);

    /** Whether deletes are followed by tombstones. */
    static final ConfigKey<Boolean> TOMBSTONES = ConfigKey.bool("tombstones.on.delete")
            .extended()
            .defaultsTo(true)
            .doc(
                    "In the envelope form, follows the record of a deleted row by a tombstone, so that compaction removes it.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Operations that are left out. */
    static final ConfigKey<List<String>> SKIPPED = ConfigKey.list("skipped.operations")
            .extended()
            .defaultsTo(List.of("t"))
            .check(Check.each(Check.oneOf("c", "u", "d", "t", "none")))
            .doc(
                    "Operations that make no records: c inserts, u updates, d deletes, t truncates; none leaves nothing out.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Whether transactions are told. */
    static final ConfigKey<Boolean> TRANSACTIONS = ConfigKey.bool("provide.transaction.metadata")
            .extended()
            .defaultsTo(false)
            .doc("Tells the begin and end of each transaction in a topic of its own, and in each record to which"
                    + " transaction it belongs and in what order.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Where transactions are told. */
    static final ConfigKey<String> TRANSACTION_TOPIC = ConfigKey.string("topic.transaction")
            .extended()
            .defaultsTo("transaction")
            .check(Check.nonEmpty())
            .doc("Topic for the begin and end of transactions, behind the connector's topic prefix.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.MEDIUM);

    /** What to do about a slot that is ahead. */
    static final ConfigKey<Boolean> TRUST_SLOT = ConfigKey.bool("slot.ahead.accept")
            .extended()
            .defaultsTo(false)
            .doc(
                    "Goes on at the slot's place though it is ahead of the stored offset, which loses what changed between."
                            + " Otherwise the task fails and says so.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Records per poll. */
    static final ConfigKey<Integer> BATCH_COUNT_MAX = ConfigKey.integer("max.batch.size")
            .extended()
            .defaultsTo(2_048)
            .check(Check.between(1, 100_000))
            .doc("Changes that the task hands over at a time, at most.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Bytes read ahead. */
    static final ConfigKey<Long> QUEUE_BYTES_MAX = ConfigKey.size("max.queue.size.in.bytes")
            .extended()
            .defaultsTo(16L << 20)
            .check(Check.between(64L << 10, 1L << 30))
            .doc("Bytes of changes that are read ahead of the task, at most; a longer one goes alone.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** How often the server is told. */
    static final ConfigKey<Duration> STATUS = ConfigKey.duration("status.update.interval.ms")
            .extended()
            .defaultsTo(Duration.ofSeconds(10))
            .check(Check.between(Duration.ofMillis(100), Duration.ofMinutes(10)))
            .doc(
                    "How often the server is told how far the connector is. Must be below the server's wal_sender_timeout.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** How often the position moves on. */
    static final ConfigKey<Duration> HEARTBEAT = ConfigKey.duration("heartbeat.interval.ms")
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
    static final ConfigSpec SPEC = ConfigSpec.of(
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

    private CdcKeys() {}
}
