package dev.sluice.broker.net;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.sluice.broker.BrokerConfig;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts connections and says when one is too many. Half of the files that the process may open stay for the log, because
 * a log that cannot open a segment takes no more records. Any thread may call.
 */
final class Connections {
    private static final Logger LOG = LoggerFactory.getLogger(Connections.class);

    private final int allMax;
    private final String allReason;
    private final int perAddressMax;
    private final Map<InetAddress, Integer> overrides;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();

    Connections(BrokerConfig.Limits limits) {
        this(limits, openFilesMax());
    }

    Connections(BrokerConfig.Limits limits, long openFilesMax) {
        boolean isBoundByFiles = openFilesMax / 2 < limits.connectionsMax();
        allMax = isBoundByFiles ? (int) (openFilesMax / 2) : limits.connectionsMax();
        allReason = isBoundByFiles
                ? "there are " + allMax + " connections already, half of the " + openFilesMax
                        + " files that this process may open"
                : "there are max.connections=" + allMax + " already";
        perAddressMax = limits.connectionsPerAddressMax();
        overrides = resolved(limits.connectionsByHost());
    }

    private static long openFilesMax() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : Long.MAX_VALUE;
    }

    private static Map<InetAddress, Integer> resolved(Map<String, Integer> byHost) {
        Map<InetAddress, Integer> overrides = new HashMap<>();
        byHost.forEach((host, max) -> {
            try {
                overrides.put(InetAddress.getByName(host), max);
            } catch (UnknownHostException e) {
                LOG.atWarn()
                        .addKeyValue("host", host)
                        .log("max.connections.per.ip.overrides names a host that has no address; it has no effect");
            }
        });
        return Map.copyOf(overrides);
    }

    /** Counts a connection; returns why it must be closed, or an empty text. Either way {@link #remove} follows. */
    String add(InetAddress address) {
        int all = count.incrementAndGet();
        int same = perAddress.merge(address, 1, Integer::sum);
        if (all > allMax) {
            return allReason;
        }
        Integer own = overrides.get(address);
        if (own != null) {
            return same > own ? "max.connections.per.ip.overrides allows its address " + own : "";
        }
        return same > perAddressMax
                ? "there are max.connections.per.ip=" + perAddressMax + " from its address already"
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
