package dev.sluice.runtime.control;

import static dev.sluice.runtime.control.TestingWorker.awaitOutput;
import static dev.sluice.runtime.control.TestingWorker.sink;
import static dev.sluice.runtime.control.TestingWorker.source;
import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.fake.FakeWorld;
import dev.sluice.runtime.metrics.PrometheusLines;
import dev.sluice.runtime.metrics.WorkerMetrics;
import dev.sluice.runtime.task.TaskId;
import dev.sluice.testkit.Waiting;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** The numbers that a running worker shows, after records whose number is known. */
class WorkerMetricsTest {
    private static final int RECORDS = 300;

    @TempDir
    Path folder;

    private String in = "";
    private String out = "";
    private FakeWorld source = FakeWorld.of("");
    private FakeWorld sink = FakeWorld.of("");

    @BeforeEach
    void makeWorlds(TestInfo test) {
        in = "in-" + test.getTestMethod().orElseThrow().getName();
        out = "out-" + test.getTestMethod().orElseThrow().getName();
        source = FakeWorld.of(in);
        sink = FakeWorld.of(out);
        source.input().addAll(WorkerFlowTest.lines(0, RECORDS));
        source.input().addAll(List.of("drop", "drop", "poison"));
    }

    private static WorkerMetrics metrics(TestingWorker worker, String... settings) {
        return WorkerMetrics.start(
                worker.worker(),
                WorkerConfig.parse(TestingWorker.pairs(settings)).metrics());
    }

    private void run(TestingWorker worker) {
        worker.apply(
                source(
                        in,
                        "transforms",
                        "d",
                        "transforms.d.type",
                        "FakeText$Dropping",
                        "batch",
                        "50",
                        "errors.tolerance",
                        "all"),
                sink(out));
        awaitOutput(sink, RECORDS);
        Waiting.until(
                "the source knows that all is stored", () -> source.calls().contains("commit 303"));
        Waiting.until(
                "the sink has committed",
                () -> worker.worker()
                        .herder()
                        .counters(new TaskId(out, 0))
                        .map(counters -> counters.commits().completions().count() > 0)
                        .orElse(false));
    }

    @Test
    void theTextHoldsTheNumbersOfBothTasksAndTheLog() {
        try (TestingWorker worker = TestingWorker.in(folder, "metrics.context.cluster", "blue");
                WorkerMetrics metrics = metrics(worker, "metrics.context.cluster", "blue")) {
            run(worker);
            PrometheusLines text = PrometheusLines.read(metrics.prometheus());

            String[] inTask = {"connector", in, "task", "0"};
            String[] outTask = {"connector", out, "task", "0"};
            assertThat(text.value("kafka_connect_source_task_source_record_poll_total", inTask))
                    .isEqualTo(RECORDS + 3);
            assertThat(text.value("kafka_connect_source_task_source_record_write_total", inTask))
                    .isEqualTo(RECORDS);
            assertThat(text.value("sluice_task_records_dropped_total", inTask)).isEqualTo(2);
            assertThat(text.value("kafka_connect_task_error_total_records_skipped", inTask))
                    .isEqualTo(1);
            assertThat(text.value("kafka_connect_task_error_total_record_failures", inTask))
                    .isEqualTo(1);
            assertThat(text.value("kafka_connect_connector_task_batch_size_max", inTask))
                    .isEqualTo(50);
            assertThat(text.value("kafka_connect_source_task_source_record_active_count", inTask))
                    .isZero();
            assertThat(text.value("kafka_connect_sink_task_sink_record_read_total", outTask))
                    .isEqualTo(RECORDS);
            assertThat(text.value("kafka_connect_sink_task_sink_record_send_total", outTask))
                    .isEqualTo(RECORDS);
            assertThat(text.value("kafka_connect_sink_task_partition_count", outTask))
                    .isEqualTo(1);
            assertThat(text.value("kafka_connect_sink_task_sink_record_send_rate", outTask))
                    .isPositive();
            assertThat(text.value("kafka_connect_connector_task_offset_commit_success_percentage", outTask))
                    .isEqualTo(1);
            double bytes = WorkerFlowTest.lines(0, RECORDS).stream()
                    .mapToLong(String::length)
                    .sum();
            assertThat(text.value("sluice_task_bytes_out_total", inTask)).isGreaterThanOrEqualTo(bytes);
            assertThat(text.value("sluice_task_bytes_out_total", outTask)).isGreaterThanOrEqualTo(bytes);
            assertThat(text.value("sluice_task_latency_seconds_count", outTask)).isEqualTo(RECORDS);
            assertThat(text.value("sluice_task_stage_runs_total", "connector", out, "task", "0", "stage", "task_put"))
                    .isPositive();
            assertThat(text.value(
                            "sluice_task_transformation_runs_total", "connector", in, "task", "0", "transform", "d"))
                    .isPositive();
            assertThat(text.value("kafka_connect_worker_connector_count")).isEqualTo(2);
            assertThat(text.value("kafka_connect_worker_task_startup_success_total"))
                    .isEqualTo(2);
            assertThat(text.value("kafka_connect_worker_connector_running_task_count", "connector", in))
                    .isEqualTo(1);
            assertThat(text.value(
                            "kafka_connect_connector_task_status", "connector", in, "task", "0", "status", "running"))
                    .isEqualTo(1);
            assertThat(text.value("sluice_broker_topic_records_in_total", "topic", "lines"))
                    .isEqualTo(RECORDS);
            assertThat(metrics.prometheus()).contains("cluster=\"blue\"");
        }
    }

    @Test
    void transactionsAreMeasuredInTheRecordsThatTheyBroughtIntoTheLog() {
        try (TestingWorker worker = TestingWorker.in(folder, "exactly.once.source.support", "enabled");
                WorkerMetrics metrics = metrics(worker)) {
            run(worker);
            PrometheusLines text = PrometheusLines.read(metrics.prometheus());

            assertThat(text.value("kafka_connect_source_task_transaction_size_max", "connector", in, "task", "0"))
                    .isEqualTo(50);
        }
    }

    @Test
    void aPausedTaskWaitsToBeResumed() {
        try (TestingWorker worker = TestingWorker.in(folder);
                WorkerMetrics metrics = metrics(worker)) {
            run(worker);
            worker.worker().herder().pause(in).join();
            worker.awaitTask(in, RunState.PAUSED);
            String[] waits = {"connector", in, "task", "0", "waits_for", "paused"};
            assertThat(PrometheusLines.read(metrics.prometheus()).value("sluice_task_waits_for", waits))
                    .isEqualTo(1);

            worker.worker().herder().resume(in).join();
            worker.awaitTask(in, RunState.RUNNING);

            PrometheusLines text = PrometheusLines.read(metrics.prometheus());
            assertThat(text.value("kafka_connect_connector_task_pause_ratio", "connector", in, "task", "0"))
                    .isBetween(0.0, 1.0);
            assertThat(text.value("kafka_connect_connector_task_running_ratio", "connector", in, "task", "0"))
                    .isPositive();
        }
    }

    @Test
    void noSettingAndNoRecordShowsInAnyMetric() {
        try (TestingWorker worker = TestingWorker.in(folder);
                WorkerMetrics metrics = metrics(worker, "metrics.recording.level", "DEBUG")) {
            source.input().add("secret-in-a-record");
            worker.apply(source(in, "errors.tolerance", "all", "password", "secret-in-a-setting"), sink(out));
            awaitOutput(sink, RECORDS + 3);

            assertThat(metrics.prometheus()).doesNotContain("secret-in");
        }
    }

    @Test
    void allMetricsOfKafkaConnectStandUnderTheirNamesInJmx() throws Exception {
        MBeanServer server = ManagementFactory.getPlatformMBeanServer();
        try (TestingWorker worker = TestingWorker.in(folder);
                WorkerMetrics metrics = metrics(worker)) {
            run(worker);
            assertThat(metrics.prometheus()).contains(out);
            ObjectName sinkTask = new ObjectName("kafka.connect:type=sink-task-metrics,connector=" + out + ",task=0");
            ObjectName sourceTask =
                    new ObjectName("kafka.connect:type=source-task-metrics,connector=" + in + ",task=0");
            Waiting.until(
                    "the beans are there", () -> server.isRegistered(sinkTask) && server.isRegistered(sourceTask));

            assertThat(server.getAttribute(sinkTask, "sink-record-read-total")).isEqualTo((double) RECORDS);
            assertThat(server.getAttribute(sinkTask, "sink-record-lag-max")).isEqualTo(0.0);
            assertThat(server.getAttribute(sourceTask, "source-record-write-total"))
                    .isEqualTo((double) RECORDS);
            assertThat(server.getAttribute(
                            new ObjectName("kafka.connect:type=connector-task-metrics,connector=" + in + ",task=0"),
                            "status"))
                    .isEqualTo("running");
            for (Map.Entry<String, Set<String>> bean : connectNames(in, out).entrySet()) {
                assertThat(attributes(server, bean.getKey())).as(bean.getKey()).containsAll(bean.getValue());
            }
            worker.worker().herder().delete(out).join();
            Waiting.until("the beans of a deleted connector are gone", () -> !server.isRegistered(sinkTask));
        }
        assertThat(server.queryNames(new ObjectName("kafka.connect:*"), null)).isEmpty();
        assertThat(server.queryNames(new ObjectName("sluice:*"), null)).isEmpty();
    }

    private static Set<String> attributes(MBeanServer server, String name) throws Exception {
        List<String> names = new ArrayList<>();
        for (MBeanAttributeInfo info : server.getMBeanInfo(new ObjectName(name)).getAttributes()) {
            names.add(info.getName());
            assertThat(server.getAttribute(new ObjectName(name), info.getName()))
                    .isInstanceOfAny(Double.class, String.class);
        }
        return new TreeSet<>(names);
    }

    /** The beans of Kafka Connect 4.3.1 with their attributes, as its workers register them. */
    private static Map<String, Set<String>> connectNames(String in, String out) {
        String task = ",connector=" + in + ",task=0";
        return Map.of(
                "kafka.connect:type=connect-worker-metrics",
                names(
                        "connector-count task-count",
                        "connector-startup-{attempts-total,success-total,success-percentage,failure-total,failure-percentage}",
                        "task-startup-{attempts-total,success-total,success-percentage,failure-total,failure-percentage}"),
                "kafka.connect:type=connect-worker-metrics,connector=" + in,
                names("connector-{total,running,paused,failed,unassigned,destroyed,restarting}-task-count"),
                "kafka.connect:type=connect-worker-rebalance-metrics",
                names(
                        "leader-name epoch connect-protocol rebalancing completed-rebalances-total",
                        "rebalance-{avg,max}-time-ms time-since-last-rebalance-ms"),
                "kafka.connect:type=connector-metrics,connector=" + in,
                names("status connector-{type,class,version}"),
                "kafka.connect:type=connector-task-metrics" + task,
                names(
                        "status running-ratio pause-ratio batch-size-{avg,max} offset-commit-{avg,max}-time-ms",
                        "offset-commit-{success,failure}-percentage connector-{class,type,version}",
                        "task-{class,version} key-converter-{class,version} value-converter-{class,version}",
                        "header-converter-{class,version}"),
                "kafka.connect:type=source-task-metrics" + task,
                names(
                        "source-record-poll-{rate,total} source-record-write-{rate,total}",
                        "source-record-active-{count,count-avg,count-max} poll-batch-{avg,max}-time-ms",
                        "transaction-size-{min,avg,max}"),
                "kafka.connect:type=sink-task-metrics,connector=" + out + ",task=0",
                names(
                        "sink-record-read-{rate,total} sink-record-send-{rate,total}",
                        "sink-record-active-{count,count-avg,count-max} sink-record-lag-max partition-count",
                        "offset-commit-seq-no offset-commit-completion-{rate,total} offset-commit-skip-{rate,total}",
                        "put-batch-{avg,max}-time-ms"),
                "kafka.connect:type=task-error-metrics" + task,
                names(
                        "total-record-{failures,errors} total-records-skipped total-retries total-errors-logged",
                        "deadletterqueue-produce-{requests,failures} last-error-timestamp"),
                "kafka.connect:type=connector-transform-metrics" + task + ",transform=d",
                names("transform-{class,version}"),
                "kafka.connect:type=app-info,client-id=\"127.0.0.1:8083\"",
                names("version commit-id start-time-ms"));
    }

    /** Spells names out: {@code a-{b,c}} is a-b and a-c. */
    private static Set<String> names(String... shorthand) {
        return Stream.of(String.join(" ", shorthand).split(" ", -1))
                .flatMap(WorkerMetricsTest::spelt)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static Stream<String> spelt(String name) {
        int open = name.indexOf('{');
        if (open < 0) {
            return Stream.of(name);
        }
        int close = name.indexOf('}');
        return Stream.of(name.substring(open + 1, close).split(",", -1))
                .map(choice -> name.substring(0, open) + choice + name.substring(close + 1));
    }
}
