package dev.sluice.connector.elasticsearch.bulk;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblems;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How items are sent, read once.
 *
 * @param itemsMax items of a request at most
 * @param bytesMax bytes of a request at most, but for a single larger item
 * @param requestsInFlightMax requests in flight at most
 * @param bufferedItemsMax unfinished items at most
 * @param bufferedBytesMax their bytes at most
 * @param linger how long a request may wait for more items
 * @param budget how long one item may be tried
 * @param retriesMax how often whole requests are tried again in a row, or null for no limit of their count
 * @param backoff the first pause before another try
 * @param isAdaptive whether size and number of requests follow what the cluster bears
 */
public record BulkConfig(
        int itemsMax,
        long bytesMax,
        int requestsInFlightMax,
        int bufferedItemsMax,
        long bufferedBytesMax,
        Duration linger,
        Duration budget,
        @Nullable Integer retriesMax,
        Duration backoff,
        boolean isAdaptive) {
    private static final String GROUP = "Bulk requests";

    /** Items of a request. */
    public static final ConfigKey<Integer> BATCH_SIZE = ConfigKey.integer("batch.size")
            .defaultsTo(2_000)
            .check(Check.between(1, 1_000_000))
            .doc("Records of one bulk request at most.")
            .importance(Importance.MEDIUM)
            .group(GROUP)
            .width(Width.SHORT);

    /** Bytes of a request. */
    public static final ConfigKey<Long> BULK_BYTES = ConfigKey.size("bulk.size.bytes")
            .defaultsTo(5L << 20)
            .check(Check.between(-1L, (long) Integer.MAX_VALUE))
            .doc("Bytes of one bulk request at most, but for a single larger document; -1 for no limit.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Requests in flight. */
    public static final ConfigKey<Integer> IN_FLIGHT = ConfigKey.integer("max.in.flight.requests")
            .defaultsTo(5)
            .check(Check.between(1, 1_000))
            .doc(
                    "Bulk requests that a task has under way at once, at most. The order of changes to one document is kept"
                            + " whatever the number.")
            .importance(Importance.MEDIUM)
            .group(GROUP)
            .width(Width.SHORT);

    /** Unfinished items. */
    public static final ConfigKey<Integer> BUFFERED_RECORDS = ConfigKey.integer("max.buffered.records")
            .defaultsTo(20_000)
            .check(Check.between(1, Integer.MAX_VALUE))
            .doc("Records that a task holds until the cluster has taken them, at most; then it reads no more.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Their bytes. */
    public static final ConfigKey<Long> BUFFERED_BYTES = ConfigKey.size("max.buffered.bytes")
            .extended()
            .defaultsTo(32L << 20)
            .check(Check.between(1L, 1L << 40))
            .doc(
                    "Bytes of bulk requests that a task holds until the cluster has taken them, at most; then it reads no more."
                            + " Only in Sluice.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Waiting for more. */
    public static final ConfigKey<Duration> LINGER = ConfigKey.duration("linger.ms")
            .defaultsTo(Duration.ofMillis(1))
            .check(Check.between(Duration.ZERO, Duration.ofDays(7)))
            .doc(
                    "How long a bulk request that is not full waits for more records. Up to 1 ms, it is sent as soon as the records"
                            + " at hand are in it; while the cluster is busy, records gather anyway.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** How long one item is tried. */
    public static final ConfigKey<Duration> FLUSH_TIMEOUT = ConfigKey.duration("flush.timeout.ms")
            .defaultsTo(Duration.ofMinutes(10))
            .check(Check.between(Duration.ofSeconds(1), Duration.ofDays(7)))
            .doc(
                    "How long a record that the cluster cannot take is tried before the task fails. Confluent's default is 3"
                            + " minutes.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** How often whole requests are tried again. */
    public static final ConfigKey<Integer> MAX_RETRIES = ConfigKey.integer("max.retries")
            .optional()
            .check(Check.between(0, Integer.MAX_VALUE))
            .doc(
                    "How often bulk requests that fail as a whole are tried again in a row before the task fails. Left out, the time"
                            + " counts and not the number: see flush.timeout.ms. Records that are refused one by one for want of room"
                            + " never count.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** The first pause. */
    public static final ConfigKey<Duration> BACKOFF = ConfigKey.duration("retry.backoff.ms")
            .defaultsTo(Duration.ofMillis(100))
            .check(Check.between(Duration.ZERO, Duration.ofDays(1)))
            .doc(
                    "The pause before the first other try. It doubles with each further one up to 30 seconds, and half of it is"
                            + " left to chance. Where the cluster says when to come again, that counts.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** Whether requests follow what the cluster bears. */
    public static final ConfigKey<Boolean> ADAPTIVE = ConfigKey.bool("bulk.adaptive")
            .extended()
            .defaultsTo(true)
            .doc(
                    "Whether number and size of requests shrink while the cluster refuses for want of room, and grow again after it."
                            + " Otherwise they stay at max.in.flight.requests and batch.size. Only in Sluice.")
            .importance(Importance.LOW)
            .group(GROUP)
            .width(Width.SHORT);

    /** All of them. */
    public static final ConfigSpec SPEC = ConfigSpec.of(
                    BATCH_SIZE,
                    BULK_BYTES,
                    IN_FLIGHT,
                    BUFFERED_RECORDS,
                    BUFFERED_BYTES,
                    LINGER,
                    FLUSH_TIMEOUT,
                    MAX_RETRIES,
                    BACKOFF,
                    ADAPTIVE)
            .rule(BulkConfig::checkLinger);

    private static void checkLinger(Config config, ConfigProblems problems) {
        if (config.get(LINGER).compareTo(config.get(FLUSH_TIMEOUT)) > 0) {
            problems.error(
                    LINGER,
                    "Cannot let requests linger longer than flush.timeout.ms, "
                            + config.get(FLUSH_TIMEOUT).toMillis() + " ms.",
                    "Set linger.ms to less than that; a few seconds are long.");
        }
    }

    /** Reads the settings. */
    public static BulkConfig of(Config config) {
        long bytes = config.get(BULK_BYTES);
        return new BulkConfig(
                config.get(BATCH_SIZE),
                bytes <= 0 ? Long.MAX_VALUE : bytes,
                config.get(IN_FLIGHT),
                config.get(BUFFERED_RECORDS),
                config.get(BUFFERED_BYTES),
                config.get(LINGER),
                config.get(FLUSH_TIMEOUT),
                config.find(MAX_RETRIES).orElse(null),
                config.get(BACKOFF),
                config.get(ADAPTIVE));
    }
}
