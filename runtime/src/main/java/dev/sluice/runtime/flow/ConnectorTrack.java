package dev.sluice.runtime.flow;

import dev.sluice.runtime.transport.Transport;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** Follows one connector from look to look, and logs when its verdict changes. Monitor thread. */
final class ConnectorTrack {
    private static final Logger LOG = LoggerFactory.getLogger(ConnectorTrack.class);

    private final String name;
    private final FlowLimits limits;
    private final SinkLags lags;
    private final TaskTrack own;
    private final List<TaskTrack> tasks = new ArrayList<>();
    private @Nullable Flow flow;

    ConnectorTrack(String name, FlowLimits limits, Transport transport, AgeReads reads) {
        this.name = name;
        this.limits = limits;
        this.lags = new SinkLags(transport, reads);
        this.own = new TaskTrack(limits);
    }

    ConnectorFlow look(FlowSubject subject, long now) {
        SinkReads sink = subject.reads();
        List<SinkLag> measured =
                sink == null ? List.of() : lags.measure(sink, subject.tasks().size());
        List<Flow> flows = lookAtTasks(subject, measured, now);
        SinkLag ofAll = flows.isEmpty() && !measured.isEmpty() ? measured.get(0) : null;
        Flow itself = own.lookAtConnector(subject.connector(), ofAll, now);
        Flow next = FlowRules.ofConnector(itself, flows).after(flow);
        log(flow, next);
        flow = next;
        return new ConnectorFlow(next, flows, sink == null ? Map.of() : lags.byPartition());
    }

    /** Tells that it could not be looked at. */
    ConnectorFlow blind(FlowSubject subject, RuntimeException why, long now) {
        Flow next = new Flow(
                        Verdict.STALLED,
                        Instant.ofEpochMilli(now),
                        "Cannot tell what it does: " + why,
                        "Look at the log of the worker.",
                        null,
                        null,
                        null,
                        null)
                .after(flow);
        log(flow, next);
        flow = next;
        LOG.atDebug().setCause(why).addKeyValue("connector", name).log("cannot be looked at");
        return new ConnectorFlow(next, Collections.nCopies(subject.tasks().size(), next), Map.of());
    }

    private List<Flow> lookAtTasks(FlowSubject subject, List<SinkLag> measured, long now) {
        int count = subject.tasks().size();
        while (tasks.size() > count) {
            tasks.remove(tasks.size() - 1);
        }
        List<Flow> flows = new ArrayList<>(count);
        for (int index = 0; index < count; index++) {
            if (index == tasks.size()) {
                tasks.add(new TaskTrack(limits));
            }
            SinkLag lag = measured.isEmpty() ? null : measured.get(index);
            flows.add(tasks.get(index).lookAtTask(subject.tasks().get(index), lag, now));
        }
        return flows;
    }

    private void log(@Nullable Flow before, Flow after) {
        if (before == null || before.verdict() == after.verdict()) {
            return;
        }
        LOG.atLevel(level(before.verdict(), after.verdict()))
                .addKeyValue("connector", name)
                .addKeyValue("verdict", after.verdict())
                .addKeyValue("lagRecords", after.lagRecords())
                .log("is {} after {}: {}", after.verdict(), before.verdict(), after.reason());
    }

    /** That records come and go is no news. */
    private static Level level(Verdict before, Verdict after) {
        if (after.isAlarm()) {
            return Level.WARN;
        }
        return isOrdinary(before) && isOrdinary(after) ? Level.DEBUG : Level.INFO;
    }

    private static boolean isOrdinary(Verdict verdict) {
        return verdict == Verdict.FLOWING || verdict == Verdict.IDLE || verdict == Verdict.STARTING;
    }
}
