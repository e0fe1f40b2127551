package dev.sluice.broker.net;

import dev.sluice.broker.BrokerConfig;
import java.net.InetAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts connections and says when one is too many. Any thread may call. */
final class Connections {
    private final BrokerConfig.Limits limits;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

    Connections(BrokerConfig.Limits limits) {
        this.limits = limits;
    }

    /** Counts a connection; returns why it must be closed, or an empty text. Either way {@link #remove} follows. */
    String add(InetAddress address) {
        int all = count.incrementAndGet();
        int same = perAddress.merge(address, 1, Integer::sum);
        if (all > limits.connectionsMax()) {
            return "there are max.connections=" + limits.connectionsMax() + " already";
        }
        return same > limits.connectionsPerAddressMax()
                ? "there are max.connections.per.ip=" + limits.connectionsPerAddressMax() + " from its address already"
                : "";
    }

    void remove(InetAddress address) {
        count.decrementAndGet();
        perAddress.computeIfPresent(address, (key, same) -> same == 1 ? null : same - 1);
    }

    int count() {
        return count.get();
    }
}
