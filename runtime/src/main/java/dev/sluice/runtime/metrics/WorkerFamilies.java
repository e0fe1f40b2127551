package dev.sluice.runtime.metrics;

import static dev.sluice.runtime.metrics.Meter.counter;
import static dev.sluice.runtime.metrics.Meter.gauge;
import static dev.sluice.runtime.metrics.Meter.text;

import dev.sluice.runtime.SluiceVersion;
import dev.sluice.runtime.control.RunState;
import dev.sluice.runtime.control.StartCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** The metrics of the worker. */
final class WorkerFamilies {
    private static final Family<WorkerSubject> WORKER =
            Family.ofConnect("connect-worker-metrics", "kafka_connect_worker", List.of(), Scene::worker, worker());

    private static final Family<WorkerSubject> REBALANCE = Family.ofConnect(
            "connect-worker-rebalance-metrics",
            "kafka_connect_worker_rebalance",
            List.of(),
            Scene::worker,
            List.of(
                    text("leader-name", subject -> subject.facts().workerId(), "The worker itself: it is alone."),
                    gauge("epoch", subject -> 1, "Always 1: a worker that is alone never rebalances."),
                    text(
                            "connect-protocol",
                            subject -> "sessioned",
                            "Always sessioned, as Kafka Connect's default is."),
                    gauge("rebalancing", subject -> 0, "Always 0."),
                    counter("completed-rebalances-total", subject -> 0, "Always 0."),
                    gauge("rebalance-avg-time-ms", subject -> 0, "Always 0."),
                    gauge("rebalance-max-time-ms", subject -> 0, "Always 0."),
                    gauge(
                            "time-since-last-rebalance-ms",
                            WorkerFamilies::uptimeMillis,
                            "Time since the worker started.")));

    static final Family<AppSubject> APP = Family.ofConnect(
            "app-info",
            "kafka_connect_app",
            List.of("client-id"),
            Scene::app,
            List.of(
                    text("version", subject -> SluiceVersion.current(), "The version of Sluice."),
                    text("commit-id", subject -> "unknown", "Always unknown; the version says enough."),
                    gauge("start-time-ms", subject -> subject.facts().startMillis(), "When the worker started.")));

    private static final Family<WorkerSubject> OWN = Family.own(
            "worker",
            List.of(),
            Scene::worker,
            List.of(
                    text("version", subject -> SluiceVersion.current(), "The version of Sluice."),
                    text("worker-id", subject -> subject.facts().workerId(), "The worker's address."),
                    text(
                            "cluster-id",
                            subject -> subject.facts().clusterId(),
                            "The identity of the cluster whose log it uses."),
                    gauge("uptime-seconds", subject -> uptimeMillis(subject) / 1e3, "Time since the worker started."),
                    gauge(
                            "abandoned-threads",
                            subject -> subject.facts().abandonedThreads(),
                            "Threads that were given up inside a plugin call and still live."),
                    gauge(
                            "stuck-tasks",
                            WorkerFamilies::stuckTasks,
                            "Tasks inside a plugin call that took longer than task.call.timeout.ms."),
                    gauge(
                            "buffered-bytes",
                            WorkerFamilies::bufferedBytes,
                            "Bytes of records that all tasks together hold on their way.")));

    static final List<Family<WorkerSubject>> ALL = List.of(WORKER, REBALANCE, OWN);

    private WorkerFamilies() {}

    private static List<Meter<WorkerSubject>> worker() {
        List<Meter<WorkerSubject>> meters = new ArrayList<>();
        meters.add(gauge("connector-count", subject -> subject.connectors().size(), "Connectors of this worker."));
        meters.add(gauge("task-count", WorkerSubject::taskCount, "Tasks of this worker."));
        meters.addAll(starts("connector", StartCounters::connectors));
        meters.addAll(starts("task", StartCounters::tasks));
        return meters;
    }

    private static List<Meter<WorkerSubject>> starts(String what, Function<StartCounters, StartCounters.Tally> of) {
        Function<WorkerSubject, StartCounters.Tally> tally =
                subject -> of.apply(subject.facts().starts());
        String name = what + "-startup-";
        return List.of(
                counter(
                        name + "attempts-total",
                        subject -> tally.apply(subject).attempts(),
                        "Starts of a " + what + "."),
                counter(
                        name + "success-total",
                        subject -> tally.apply(subject).successes(),
                        "Starts of a " + what + " that went well."),
                gauge(
                        name + "success-percentage",
                        subject -> share(tally.apply(subject).successes(), tally.apply(subject)),
                        "Share of the starts of a " + what + " that went well, 0 to 1."),
                counter(
                        name + "failure-total",
                        subject -> tally.apply(subject).failures(),
                        "Starts of a " + what + " that failed."),
                gauge(
                        name + "failure-percentage",
                        subject -> share(tally.apply(subject).failures(), tally.apply(subject)),
                        "Share of the starts of a " + what + " that failed, 0 to 1."));
    }

    private static double share(long count, StartCounters.Tally of) {
        long ended = of.successes() + of.failures();
        return ended == 0 ? 0 : (double) count / ended;
    }

    private static double uptimeMillis(WorkerSubject subject) {
        return subject.nowMillis() - subject.facts().startMillis();
    }

    private static double stuckTasks(WorkerSubject subject) {
        return subject.connectors().stream()
                .mapToLong(connector -> connector.tasks(RunState.STUCK))
                .sum();
    }

    private static double bufferedBytes(WorkerSubject subject) {
        return subject.tasks().stream()
                .mapToLong(task -> task.counters().activeBytes())
                .sum();
    }
}
