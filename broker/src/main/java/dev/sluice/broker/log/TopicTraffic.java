package dev.sluice.broker.log;

import java.util.concurrent.atomic.LongAdder;

/** Counts what goes through the partitions of one topic. Any thread may call; nobody waits. */
final class TopicTraffic {
    private final LongAdder recordsIn = new LongAdder();
    private final LongAdder bytesIn = new LongAdder();
    private final LongAdder bytesOut = new LongAdder();
    private final LongAdder refused = new LongAdder();

    void onAppended(long recordCount, long byteCount) {
        recordsIn.add(recordCount);
        bytesIn.add(byteCount);
    }

    void onRefused() {
        refused.increment();
    }

    void onRead(long byteCount) {
        bytesOut.add(byteCount);
    }

    long recordsIn() {
        return recordsIn.sum();
    }

    long bytesIn() {
        return bytesIn.sum();
    }

    long bytesOut() {
        return bytesOut.sum();
    }

    long refused() {
        return refused.sum();
    }
}
