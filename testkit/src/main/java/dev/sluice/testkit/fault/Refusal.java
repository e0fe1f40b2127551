package dev.sluice.testkit.fault;

/**
 * Why a server does not take an item.
 *
 * @param status the item's status
 * @param type the error's type
 * @param reason the error's reason; {@code {index}} stands for the index
 */
public record Refusal(int status, String type, String reason) {
    /** The queue of the index's shard is full. */
    public static final Refusal REJECTED = new Refusal(
            429,
            "es_rejected_execution_exception",
            "rejected execution of TimedRunnable on TaskExecutionTimeTrackingEsThreadPoolExecutor[queue capacity = 1]");

    /** A shard is not there, as after the loss of a node. */
    public static final Refusal UNAVAILABLE =
            new Refusal(503, "unavailable_shards_exception", "[{index}][0] primary shard is not active Timeout: [1m]");

    /** The disk is full beyond the flood stage, so that the server has made the index read-only. */
    public static final Refusal DISK_FULL = new Refusal(
            429,
            "cluster_block_exception",
            "index [{index}] blocked by: [TOO_MANY_REQUESTS/12/disk usage exceeded flood-stage watermark, "
                    + "index has read-only-allow-delete block];");

    /** Somebody has forbidden writes to the index. */
    public static final Refusal WRITES_BLOCKED =
            new Refusal(403, "cluster_block_exception", "index [{index}] blocked by: [FORBIDDEN/8/index write (api)];");
}
