package dev.sluice.broker.net;

import static dev.sluice.broker.metrics.Metric.counter;
import static dev.sluice.broker.metrics.Metric.gauge;

import dev.sluice.broker.metrics.Metric;
import dev.sluice.broker.metrics.MetricSource;
import dev.sluice.broker.metrics.Samples;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** The metrics of connections, by listener, and of the memory that requests take. */
final class ConnectionMetrics implements MetricSource {
    private static final Metric OPEN = gauge("sluice_broker_connections", "Connections that are open.", "listener");
    private static final Metric OPENED =
            counter("sluice_broker_connections_opened_total", "Connections that were opened.", "listener");
    private static final Metric REFUSED = counter(
            "sluice_broker_connections_refused_total", "Connections that were closed as one too many.", "listener");
    private static final Metric MEMORY =
            gauge("sluice_broker_request_memory_bytes", "Memory of requests that are being read or worked on.");

    private final RequestMemory memory;
    private final Map<String, Cells> byListener = new ConcurrentHashMap<>();

    ConnectionMetrics(RequestMemory memory) {
        this.memory = memory;
    }

    /** Returns the cells of a listener. */
    Cells of(String listener) {
        return byListener.computeIfAbsent(listener, name -> new Cells());
    }

    @Override
    public List<Metric> definitions() {
        return List.of(OPEN, OPENED, REFUSED, MEMORY);
    }

    @Override
    public void read(Samples into) {
        byListener.forEach((listener, cells) -> {
            long closed = cells.closed.sum(); // first, so that no more are closed than were opened
            into.add(OPEN, cells.opened.sum() - closed, listener);
            into.add(OPENED, cells.opened.sum(), listener);
            into.add(REFUSED, cells.refused.sum(), listener);
        });
        into.add(MEMORY, memory.taken());
    }

    /** The numbers of one listener. */
    static final class Cells {
        private final LongAdder opened = new LongAdder();
        private final LongAdder closed = new LongAdder();
        private final LongAdder refused = new LongAdder();

        void onOpened() {
            opened.increment();
        }

        void onClosed() {
            closed.increment();
        }

        void onRefused() {
            refused.increment();
        }
    }
}
