package dev.sluice.broker.net;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The memory for requests that are being received or worked on, over all connections. Invariant 6: a large request begins to
 * be read while fewer than {@code queued.max.request.bytes} are taken, so the most is that bound and one request on top. Small
 * requests never wait, so that heartbeats and fetches go on while large appends fill the memory; they are bounded by the
 * number of connections. Any thread may call.
 */
final class RequestMemory {
    static final int SMALL_BYTES = 64 << 10;

    private final long bytesMax;
    private final AtomicLong taken = new AtomicLong();
    private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    RequestMemory(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    /** Takes memory unless all is taken; then {@code retry} is called once when some is free again, on any thread. */
    boolean tryTake(int byteCount, Runnable retry) {
        if (byteCount <= SMALL_BYTES) {
            take(byteCount);
            return true;
        }
        if (tryTake(byteCount)) {
            return true;
        }
        waiting.add(retry);
        // Some may have been given back between the two steps above, when nobody was waiting yet.
        if (taken.get() < bytesMax) {
            wakeUp();
        }
        return false;
    }

    private boolean tryTake(int byteCount) {
        long before = taken.get();
        while (before < bytesMax) {
            if (taken.compareAndSet(before, before + byteCount)) {
                return true;
            }
            before = taken.get();
        }
        return false;
    }

    /** Takes memory without asking, for what is there already. */
    void take(long byteCount) {
        taken.addAndGet(byteCount);
    }

    /** Whether others wait until some is given back. */
    boolean isShort() {
        return !waiting.isEmpty();
    }

    void giveBack(long byteCount) {
        if (taken.addAndGet(-byteCount) < bytesMax) {
            wakeUp();
        }
    }

    private void wakeUp() {
        for (Runnable retry = waiting.poll(); retry != null; retry = waiting.poll()) {
            retry.run();
        }
    }

    long taken() {
        return taken.get();
    }
}
