package dev.sluice.connector.file;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Tells by its state whether a file can have changed since it was read to its end.
 *
 * <p>File systems note the time of a change coarsely, down to two seconds, so that two changes may look like one. Only a
 * file that was looked at in full after it had not changed for longer than that is trusted to look different after a change.
 */
final class QuietFile {
    private static final long COARSEST_NANOS = 3_000_000_000L;

    private @Nullable FileState last;
    private long sinceNanos;
    private boolean isTrusted;

    /**
     * Takes note of the state before the file is looked at in full, or is not.
     *
     * @param now null if there is no file
     * @return whether it need not be looked at
     */
    boolean isUnchanged(@Nullable FileState now, long nanoTime) {
        if (now == null || !Objects.equals(now, last)) {
            last = now;
            sinceNanos = nanoTime;
            isTrusted = false;
            return false;
        }
        boolean wasTrusted = isTrusted;
        isTrusted = nanoTime - sinceNanos > COARSEST_NANOS;
        return wasTrusted;
    }

    /** Returns the state that a change would change, or null where not every change would. */
    @Nullable
    FileState trusted() {
        return isTrusted ? last : null;
    }
}
