package dev.sluice.testkit.fault;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** One request at the proxy, for the fault that deals with it. Used by the thread of its connection. */
public final class Exchange {
    private static final List<String> JSON =
            List.of("Content-Type: application/json", "X-elastic-product: Elasticsearch");

    private final int number;
    private final HttpMessage request;
    private final List<BulkLine> items;
    private final Wire wire;
    private final Consumer<SeenRequest> record;
    private @Nullable String fault;

    /** The two connections of an exchange. */
    interface Wire {
        /** Sends a request to the server and returns what it answers. */
        HttpMessage forward(HttpMessage request) throws IOException;

        /** Sends bytes to the client. */
        void answer(byte[] bytes) throws IOException;

        /** Breaks the connection to the client. */
        void reset() throws IOException;
    }

    Exchange(int number, HttpMessage request, Wire wire, Consumer<SeenRequest> record) throws IOException {
        this.number = number;
        this.request = request;
        this.items = BulkBody.isBulk(request) ? List.copyOf(BulkBody.parse(request)) : List.of();
        this.wire = wire;
        this.record = record;
    }

    /** Undergoes a fault. */
    void meet(Fault met) throws IOException, InterruptedException {
        fault = met.name();
        try {
            met.act().on(this);
        } finally {
            writeDown(null);
        }
    }

    /** Once, and before the client learns of it: a test that has an answer finds the request among those that were seen. */
    private void writeDown(@Nullable HttpMessage answer) throws IOException {
        if (fault != null) {
            String name = fault;
            fault = null;
            record.accept(seen(name, answer));
        }
    }

    /** Returns the method. */
    public String method() {
        return request.method();
    }

    /** Returns path and query. */
    public String target() {
        return request.target();
    }

    /** Returns whether it is a bulk request. */
    public boolean isBulk() {
        return BulkBody.isBulk(request);
    }

    /** Returns the items of a bulk; none of another request. */
    public List<BulkLine> items() {
        return items;
    }

    /** Returns how long the body is, as it came. */
    public int bodyBytes() {
        return request.body().length;
    }

    /** Has the server execute the request and hands its answer to the client. */
    public void pass() throws IOException {
        answer(forward());
    }

    /** Has the server execute the request and drops its answer. */
    public void execute() throws IOException {
        HttpMessage dropped = forward();
        assert dropped.status() > 0;
    }

    HttpMessage forward() throws IOException {
        return wire.forward(request);
    }

    HttpMessage forwardWithout(Predicate<BulkLine> which, Refusal refusal) throws IOException {
        // By identity: two items of one bulk may be equal.
        Set<BulkLine> refused = Collections.newSetFromMap(new IdentityHashMap<>());
        items.stream().filter(which).forEach(refused::add);
        if (refused.isEmpty()) {
            return forward();
        }
        List<BulkLine> kept =
                items.stream().filter(item -> !refused.contains(item)).toList();
        HttpMessage served = kept.isEmpty()
                ? HttpMessage.response(200, JSON, "{\"took\": 0, \"items\": []}")
                : wire.forward(request.withText(BulkBody.text(kept)));
        if (served.status() != 200) {
            return served;
        }
        return served.withText(BulkBody.merge(items, refused::contains, refusal, served.text()));
    }

    void answer(HttpMessage response) throws IOException {
        writeDown(response);
        wire.answer(response.bytes());
    }

    void answerHalf(HttpMessage response) throws IOException {
        byte[] bytes = response.bytes();
        wire.answer(Arrays.copyOf(bytes, bytes.length - response.body().length / 2 - 1));
    }

    /** Answers an error as the server words it; 413 as its HTTP layer does, without a body. */
    public void answer(int status, List<String> headers) throws IOException {
        List<String> all = new ArrayList<>(JSON);
        all.addAll(headers);
        String body = status == 413
                ? ""
                : "{\"error\":{\"type\":\"es_rejected_execution_exception\",\"reason\":\"rejected by the proxy of the test\"},"
                        + "\"status\":" + status + "}";
        answer(HttpMessage.response(status, all, body));
    }

    /** Breaks the connection to the client, as a lost host does. */
    public void reset() throws IOException {
        writeDown(null);
        wire.reset();
    }

    private SeenRequest seen(String name, @Nullable HttpMessage answer) throws IOException {
        List<Integer> statuses = answer == null ? List.of() : BulkBody.statuses(answer);
        List<SeenItem> seen = new ArrayList<>();
        for (BulkLine item : items) {
            int status = seen.size() < statuses.size() ? statuses.get(seen.size()) : 0;
            seen.add(new SeenItem(
                    item.op(),
                    item.index(),
                    item.id(),
                    item.action(),
                    item.text().length(),
                    status));
        }
        return new SeenRequest(
                number,
                method(),
                target(),
                request.headers(),
                bodyBytes(),
                seen,
                name,
                answer == null ? 0 : answer.status());
    }
}
