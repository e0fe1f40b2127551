package dev.sluice.runtime.task;

import java.util.function.LongSupplier;

/**
 * The bytes that all tasks of a worker may have in hand together: what sources have in flight, and what sinks have read and
 * not put yet. Any thread.
 *
 * <p>Half of it is divided into equal shares, which no other task can take; the other half is for whoever needs more. So a
 * task whose outside is slow can hold its share and all of the common half, and still each other task has its own share: it
 * works with smaller batches, but it is never starved. A task waits for nobody but itself.
 *
 * <p>Counted are bytes as they stand in the log. Decoded records take a multiple of that, which the default leaves room for.
 */
public final class ByteBudget {
    private final long total;
    /** What tasks hold beyond their shares. Guarded by this, for a few instructions once per batch. */
    private long common;

    private int accounts;

    /** Takes the bytes that there are. */
    public ByteBudget(long total) {
        this.total = total;
    }

    /** Returns a task's part, to be closed with it. */
    synchronized Account open() {
        accounts++;
        return new Account();
    }

    /** Returns how many bytes the tasks hold beyond their shares. */
    synchronized long common() {
        return common;
    }

    private long share() {
        return total / 2 / Math.max(accounts, 1);
    }

    /** What one task holds. */
    final class Account implements AutoCloseable {
        private long held;
        private long heldInCommon;
        private boolean isClosed;

        /** Returns how many bytes more the task may hold now; 0 or less where it must let go of some first. */
        long free() {
            synchronized (ByteBudget.this) {
                long free = Math.max(total - total / 2 - common, 0);
                return Math.max(share() - held, 0) + free;
            }
        }

        /** Sets what the task holds. It may be more than was free, for the size of a record is known when it was read. */
        void hold(long bytes) {
            synchronized (ByteBudget.this) {
                if (!isClosed) {
                    common -= heldInCommon;
                    held = bytes;
                    heldInCommon = Math.max(bytes - share(), 0);
                    common += heldInCommon;
                }
            }
        }

        /** Sets what the task holds to what a counter shows at this moment, so that of two threads none sets what is past. */
        void hold(LongSupplier bytes) {
            synchronized (ByteBudget.this) {
                hold(bytes.getAsLong());
            }
        }

        @Override
        public void close() {
            synchronized (ByteBudget.this) {
                if (!isClosed) {
                    hold(0);
                    isClosed = true;
                    accounts--;
                }
            }
        }
    }
}
