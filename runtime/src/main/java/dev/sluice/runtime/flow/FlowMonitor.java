package dev.sluice.runtime.flow;

import dev.sluice.runtime.transport.Transport;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at every connector and task each second, on a thread of its own, and publishes what they do. Whoever plans a change
 * says so by {@link #changed}, and that connector is looked at without delay. Everything but {@link #report} and {@link
 * #changed} belongs to that thread.
 */
public final class FlowMonitor implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FlowMonitor.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    /** What was seen longer ago says nothing about now. */
    private static final Duration CURRENT = Duration.ofSeconds(15);

    private static final Duration CLOSE_WAIT = Duration.ofSeconds(2);

    /** Each is one or two reads of some 60 bytes, mostly from the page cache. */
    private static final int AGE_READS_PER_ROUND = 200;

    private final FlowSubjects subjects;
    private final Transport transport;
    private final FlowLimits limits;
    private final Clock clock;
    private final AgeReads reads = new AgeReads(AGE_READS_PER_ROUND);
    private final Map<String, ConnectorTrack> tracks = new HashMap<>();
    private final Set<String> changed = ConcurrentHashMap.newKeySet();
    private final Semaphore wakeUps = new Semaphore(0);
    private final Thread thread;
    private volatile boolean isClosed;
    private volatile FlowReport report;

    /** Makes a monitor that does not look yet. */
    public FlowMonitor(FlowSubjects subjects, Transport transport, FlowLimits limits, Clock clock) {
        this.subjects = subjects;
        this.transport = transport;
        this.limits = limits;
        this.clock = clock;
        this.report = new FlowReport(clock.instant(), Map.of());
        // A thread of its own and no timer: it must notice when the timers of others are stuck.
        this.thread = new Thread(this::run, "flow");
        thread.setDaemon(true);
    }

    /** Begins to look. */
    public void start() {
        thread.start();
    }

    /** Returns what was seen last; any thread, at once. */
    public FlowReport report() {
        return report;
    }

    /** Returns who is not well; any thread, at once. */
    public HealthReport health() {
        FlowReport seen = report;
        Duration age = Duration.between(seen.at(), clock.instant());
        return new HealthReport(seen.at(), age.compareTo(CURRENT) < 0, seen.ailing());
    }

    /** Asks for a look at a connector whose plan changed; any thread, at once. */
    public void changed(String connector) {
        changed.add(connector);
        if (wakeUps.availablePermits() == 0) {
            wakeUps.release();
        }
    }

    /**
     * Ends the looking; waits for a look under way, but not for ever. The thread is woken and never interrupted: it reads files
     * of the log itself, and an interrupt there would close a segment for everybody.
     */
    @Override
    public void close() {
        isClosed = true;
        wakeUps.release();
        try {
            thread.join(CLOSE_WAIT.toMillis());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long nextRound = System.nanoTime();
        try {
            while (!isClosed) {
                long left = nextRound - System.nanoTime();
                if (left <= 0) {
                    nextRound = System.nanoTime() + PERIOD.toNanos();
                    guarded(this::lookAtAll);
                } else if (wakeUps.tryAcquire(left, TimeUnit.NANOSECONDS) && !isClosed) {
                    guarded(this::lookAtChanged);
                }
            }
        } catch (InterruptedException foreign) {
            LOG.atError().setCause(foreign).log("the monitor of flows was interrupted and ends");
        }
    }

    private void guarded(Runnable look) {
        try {
            look.run();
        } catch (Throwable unexpected) { // Even without memory it must look again: nobody else would say so.
            LOG.atError().setCause(unexpected).log("the monitor of flows stumbled and goes on");
        }
    }

    /** One round: looks at every connector. */
    void lookAtAll() {
        reads.refill();
        changed.clear();
        List<FlowSubject> all = subjects.all();
        Map<String, ConnectorFlow> flows = new HashMap<>();
        for (FlowSubject subject : all) {
            flows.put(subject.name(), look(subject));
        }
        tracks.keySet().retainAll(flows.keySet());
        report = new FlowReport(clock.instant(), flows);
    }

    private void lookAtChanged() {
        Set<String> names = new HashSet<>(changed);
        changed.removeAll(names);
        Map<String, ConnectorFlow> flows = new HashMap<>(report.connectors());
        for (String name : names) {
            subjects.find(name).map(this::look).ifPresentOrElse(flow -> flows.put(name, flow), () -> {
                flows.remove(name);
                tracks.remove(name);
            });
        }
        report = new FlowReport(report.at(), flows);
    }

    private ConnectorFlow look(FlowSubject subject) {
        ConnectorTrack track =
                tracks.computeIfAbsent(subject.name(), name -> new ConnectorTrack(name, limits, transport, reads));
        try {
            return track.look(subject, clock.millis());
        } catch (RuntimeException unexpected) { // One that cannot be looked at must not look well, nor hide the others.
            return track.blind(subject, unexpected, clock.millis());
        }
    }
}
