package dev.sluice.broker.net;

import static dev.sluice.broker.metrics.Metric.counter;
import static dev.sluice.broker.metrics.Metric.histogram;

import dev.sluice.broker.metrics.Histogram;
import dev.sluice.broker.metrics.Metric;
import dev.sluice.broker.metrics.MetricSource;
import dev.sluice.broker.metrics.Samples;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;
import org.apache.kafka.common.message.FetchResponseData;
import org.apache.kafka.common.message.ProduceResponseData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.FetchResponse;
import org.apache.kafka.common.requests.ProduceResponse;

/** The metrics of requests, by kind. Event loops count, without a lock and, after the first of a kind, without memory. */
final class RequestMetrics implements MetricSource {
    private static final Metric COUNT = counter("sluice_broker_requests_total", "Requests answered.", "request");
    private static final Metric ERRORS = counter(
            "sluice_broker_request_errors_total",
            "Error codes in answers; an answer may have one per partition.",
            "request",
            "error");
    private static final Metric TIME = histogram(
            "sluice_broker_request_seconds", "From the whole request to the answer that has left.", "request");
    private static final Metric HANDLING = histogram(
            "sluice_broker_request_handling_seconds",
            "From the whole request to its answer, without sending; a fetch includes its wait for records.",
            "request");
    private static final Metric BYTES_IN =
            counter("sluice_broker_request_bytes_total", "Bytes of requests, with records.", "request");
    private static final Metric BYTES_OUT =
            counter("sluice_broker_answer_bytes_total", "Bytes of answers, with records.", "request");

    private static final int KEY_MAX =
            Arrays.stream(ApiKeys.values()).mapToInt(key -> key.id).max().orElseThrow();

    private final AtomicReferenceArray<Cells> byKey = new AtomicReferenceArray<>(KEY_MAX + 1);

    /** Returns the cells of a kind of request. */
    Cells of(ApiKeys key) {
        Cells known = byKey.get(key.id);
        if (known != null) {
            return known;
        }
        byKey.compareAndSet(key.id, null, new Cells());
        return byKey.get(key.id);
    }

    @Override
    public List<Metric> definitions() {
        return List.of(COUNT, ERRORS, TIME, HANDLING, BYTES_IN, BYTES_OUT);
    }

    @Override
    public void read(Samples into) {
        for (ApiKeys key : ApiKeys.values()) {
            Cells cells = byKey.get(key.id);
            if (cells != null) {
                read(cells, key.name, into);
            }
        }
    }

    private static void read(Cells cells, String request, Samples into) {
        into.add(COUNT, cells.count.sum(), request);
        into.add(TIME, cells.time, request);
        into.add(HANDLING, cells.handling, request);
        into.add(BYTES_IN, cells.bytesIn.sum(), request);
        into.add(BYTES_OUT, cells.bytesOut.sum(), request);
        cells.errors.forEach((error, count) -> into.add(ERRORS, count.sum(), request, error.name()));
    }

    /** The numbers of one kind of request. */
    static final class Cells {
        private final LongAdder count = new LongAdder();
        private final LongAdder bytesIn = new LongAdder();
        private final LongAdder bytesOut = new LongAdder();
        private final Histogram time = new Histogram();
        private final Histogram handling = new Histogram();
        private final Map<Errors, LongAdder> errors = new ConcurrentHashMap<>();

        /** Counts a request whose outcome is known. */
        void onHandled(long nanos) {
            handling.record(nanos);
        }

        /** Counts the errors of an answer. */
        void onAnswer(AbstractResponse answer) {
            if (mayHaveErrors(answer)) {
                answer.errorCounts().forEach(this::onErrors);
            }
        }

        private void onErrors(Errors error, int times) {
            if (error != Errors.NONE) {
                errors.computeIfAbsent(error, first -> new LongAdder()).add(times);
            }
        }

        /** Counts a request that is over. */
        void onDone(long bytesReceived, long bytesSent, long nanos) {
            count.increment();
            bytesIn.add(bytesReceived);
            bytesOut.add(bytesSent);
            time.record(nanos);
        }
    }

    /** The two kinds that come by the thousand are looked through; the others make a map of their errors each time. */
    private static boolean mayHaveErrors(AbstractResponse answer) {
        if (answer instanceof ProduceResponse produced) {
            return hasError(produced.data());
        }
        return !(answer instanceof FetchResponse fetched) || hasError(fetched.data());
    }

    private static boolean hasError(ProduceResponseData answer) {
        for (var topic : answer.responses()) {
            for (var partition : topic.partitionResponses()) {
                if (partition.errorCode() != 0) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean hasError(FetchResponseData answer) {
        if (answer.errorCode() != 0) {
            return true;
        }
        for (var topic : answer.responses()) {
            for (var partition : topic.partitions()) {
                if (partition.errorCode() != 0) {
                    return true;
                }
            }
        }
        return false;
    }
}
