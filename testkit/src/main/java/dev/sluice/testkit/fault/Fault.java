package dev.sluice.testkit.fault;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;

/**
 * What happens to one request.
 *
 * @param name for records and failures
 * @param act what is done; on the thread of the connection
 */
public record Fault(String name, Act act) {
    private static final Duration NOTICED = Duration.ofMillis(20);

    /** Does something with a request. */
    @FunctionalInterface
    public interface Act {
        /** Forwards, answers, or breaks the connection. */
        void on(Exchange exchange) throws IOException, InterruptedException;
    }

    /** None: the server is asked and answers. */
    public static Fault none() {
        return new Fault("none", Exchange::pass);
    }

    /** The server never sees the request and a status comes back, as from a gateway or a busy node. */
    public static Fault status(int status) {
        return new Fault("status " + status, exchange -> exchange.answer(status, List.of()));
    }

    /** As {@link #status}, with a {@code Retry-After}. */
    public static Fault status(int status, Duration retryAfter) {
        return new Fault(
                "status " + status + " retry after " + retryAfter,
                exchange -> exchange.answer(status, List.of("Retry-After: " + retryAfter.toSeconds())));
    }

    /** 413 for a body of more bytes than that, else none. */
    public static Fault tooLargeOver(int bytes) {
        return new Fault("413 over " + bytes, exchange -> {
            if (exchange.bodyBytes() > bytes) {
                exchange.answer(413, List.of());
            } else {
                exchange.pass();
            }
        });
    }

    /** The server never sees some items of a bulk; their answers stand among those of the others, in the order of the request. */
    public static Fault refuseItems(Refusal refusal, Predicate<BulkLine> which) {
        return new Fault(
                "refuse items " + refusal.status(),
                exchange -> exchange.answer(exchange.forwardWithout(which, refusal)));
    }

    /** The server never sees any item of the bulk, and each is answered by a refusal. */
    public static Fault refuseAll(Refusal refusal) {
        return refuseItems(refusal, item -> true);
    }

    /** The server executes the request twice; the second answer comes back. */
    public static Fault twice() {
        return new Fault("twice", exchange -> {
            exchange.execute();
            exchange.pass();
        });
    }

    /** The connection breaks, and the server never saw the request. */
    public static Fault resetBefore() {
        return new Fault("reset before", Exchange::reset);
    }

    /** The server executes the request, and the connection breaks before the answer. */
    public static Fault resetAfter() {
        return new Fault("reset after", exchange -> {
            exchange.execute();
            exchange.reset();
        });
    }

    /** The server executes the request, and the connection breaks in the middle of the answer. */
    public static Fault cutAnswer() {
        return new Fault("cut answer", exchange -> {
            exchange.answerHalf(exchange.forward());
            // What was sent must reach the client before the reset, which discards what is under way.
            Gate.after(NOTICED).pass();
            exchange.reset();
        });
    }

    /** The request reaches the server when the gate opens: a client that gave up gets its writes after all, late. */
    public static Fault holdRequest(Gate gate) {
        return new Fault("hold request", exchange -> {
            gate.pass();
            exchange.pass();
        });
    }

    /** The server executes the request at once, and its answer leaves when the gate opens. */
    public static Fault holdAnswer(Gate gate) {
        return new Fault("hold answer", exchange -> {
            HttpMessage answer = exchange.forward();
            gate.pass();
            exchange.answer(answer);
        });
    }

    /** The server is that much slower. */
    public static Fault slow(Duration delay) {
        return new Fault("slow " + delay, holdRequest(Gate.after(delay)).act());
    }
}
