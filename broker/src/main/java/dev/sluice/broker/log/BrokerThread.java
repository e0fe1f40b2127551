package dev.sluice.broker.log;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A thread of the broker that may touch files. Nobody outside interrupts it: an interrupt inside a file channel would
 * close the channel for every other reader and writer.
 */
final class BrokerThread extends Thread {
    private BrokerThread(Runnable work, String name) {
        super(work, name);
        setDaemon(true);
    }

    /** Makes threads with one name, or with {@code <name>-<n>} when several are wanted. */
    static ThreadFactory named(String name, boolean isNumbered) {
        AtomicInteger count = new AtomicInteger();
        return work -> new BrokerThread(work, isNumbered ? name + "-" + count.getAndIncrement() : name);
    }

    /** Whether the caller runs on such a thread. */
    static boolean isCurrent() {
        return Thread.currentThread() instanceof BrokerThread;
    }
}
