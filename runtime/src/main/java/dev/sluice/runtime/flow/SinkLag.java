package dev.sluice.runtime.flow;

import org.jspecify.annotations.Nullable;

/**
 * How far a task of a sink is behind, over all its partitions.
 *
 * @param records the offsets between what is committed and what can be read
 * @param oldestMillis when the oldest of these records was made, in milliseconds since 1970-01-01T00:00Z; null where there is
 *     none, or it has no time
 * @param committedSum the committed offsets added up; changes when something was committed
 */
record SinkLag(long records, @Nullable Long oldestMillis, long committedSum) {
    static final SinkLag NONE = new SinkLag(0, null, 0);

    SinkLag plus(SinkLag other) {
        return new SinkLag(
                records + other.records, older(oldestMillis, other.oldestMillis), committedSum + other.committedSum);
    }

    private static @Nullable Long older(@Nullable Long one, @Nullable Long other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return Math.min(one, other);
    }
}
