package dev.sluice.runtime.metrics;

import dev.sluice.runtime.meter.Latencies;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

/**
 * The definition of a metric: what it is called, how to read it, and what it says.
 *
 * @param attribute its name over JMX, in words joined by dashes, the unit last; Prometheus joins them by underscores
 * @param kind how it is read
 * @param reading where its value comes from
 * @param help what it says, in a sentence
 * @param <S> what it is a metric of
 */
record Meter<S>(String attribute, Kind kind, Reading<S> reading, String help) {
    /** Where a value comes from. */
    sealed interface Reading<S> permits Amount, Word, Spread {}

    /** A number. */
    record Amount<S>(ToDoubleFunction<S> of) implements Reading<S> {}

    /** A word. */
    record Word<S>(Function<S, String> of) implements Reading<S> {}

    /** How times spread. */
    record Spread<S>(Function<S, Latencies> of) implements Reading<S> {}

    static <S> Meter<S> counter(String attribute, ToDoubleFunction<S> of, String help) {
        return new Meter<>(attribute, Kind.COUNTER, new Amount<>(of), help);
    }

    static <S> Meter<S> gauge(String attribute, ToDoubleFunction<S> of, String help) {
        return new Meter<>(attribute, Kind.GAUGE, new Amount<>(of), help);
    }

    static <S> Meter<S> state(String attribute, Function<S, String> of, String help) {
        return new Meter<>(attribute, Kind.STATE, new Word<>(of), help);
    }

    static <S> Meter<S> text(String attribute, Function<S, String> of, String help) {
        return new Meter<>(attribute, Kind.TEXT, new Word<>(of), help);
    }

    static <S> Meter<S> spread(String attribute, Function<S, Latencies> of, String help) {
        return new Meter<>(attribute, Kind.HISTOGRAM, new Spread<>(of), help);
    }
}
