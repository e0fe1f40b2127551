package dev.sluice.runtime.metrics;

import static dev.sluice.runtime.metrics.Meter.gauge;
import static dev.sluice.runtime.metrics.Meter.state;
import static dev.sluice.runtime.metrics.Meter.text;

import dev.sluice.runtime.control.RunState;
import java.util.List;

/** The metrics of connectors. */
final class ConnectorFamilies {
    private static final List<String> LABELS = List.of("connector");

    private static final Family<ConnectorSubject> TASKS = Family.ofConnect(
            "connect-worker-metrics",
            "kafka_connect_worker",
            LABELS,
            Scene::connectors,
            List.of(
                    gauge(
                            "connector-total-task-count",
                            subject -> subject.view().tasks().size(),
                            "Tasks of the connector."),
                    gauge(
                            "connector-running-task-count",
                            subject -> subject.tasks(RunState.RUNNING) + subject.tasks(RunState.STUCK),
                            "Tasks that run, those included that are stuck."),
                    gauge(
                            "connector-paused-task-count",
                            subject -> subject.tasks(RunState.PAUSED),
                            "Tasks that are paused."),
                    gauge(
                            "connector-failed-task-count",
                            subject -> subject.tasks(RunState.FAILED),
                            "Tasks that failed."),
                    gauge(
                            "connector-unassigned-task-count",
                            subject -> subject.tasks(RunState.UNASSIGNED),
                            "Tasks that are about to start."),
                    gauge(
                            "connector-destroyed-task-count",
                            subject -> 0,
                            "Always 0: a task that is gone is not counted."),
                    gauge(
                            "connector-restarting-task-count",
                            subject -> subject.tasks(RunState.RESTARTING),
                            "Tasks that are being restarted.")));

    private static final Family<ConnectorSubject> CONNECTORS = Family.ofConnect(
            "connector-metrics",
            "kafka_connect_connector",
            LABELS,
            Scene::connectors,
            List.of(
                    state(
                            "status",
                            subject -> ConnectorSubject.word(
                                    subject.view().status().state()),
                            "What the connector itself does."),
                    text("connector-type", subject -> subject.view().kind().word(), "Source or sink."),
                    text("connector-class", ConnectorSubject::connectorClass, "The class, once a task is made."),
                    text("connector-version", subject -> subject.view().status().version(), "The plugin's version.")));

    private static final Family<ConnectorSubject> OWN = Family.own(
            "connector",
            LABELS,
            Scene::connectors,
            List.of(
                    state(
                            "verdict",
                            subject ->
                                    ConnectorSubject.word(subject.view().flow().verdict()),
                            "What the connector and its tasks do, by what moves; the worst of its tasks."),
                    gauge(
                            "lag-records",
                            subject -> ConnectorSubject.number(
                                    subject.view().flow().lagRecords()),
                            "Records that wait to be written, as far as that is known."),
                    gauge(
                            "lag-seconds",
                            subject -> ConnectorSubject.number(
                                            subject.view().flow().lagMillis())
                                    / 1e3,
                            "Age of the oldest of them.")));

    static final List<Family<ConnectorSubject>> ALL = List.of(TASKS, CONNECTORS, OWN);

    private ConnectorFamilies() {}
}
