package dev.sluice.api.config;

import java.util.Objects;
import java.util.function.Predicate;

/** A check made of its words and a predicate. */
record PredicateCheck<T>(String words, Predicate<? super T> predicate) implements Check<T> {

    PredicateCheck {
        Objects.requireNonNull(words, "words");
        Objects.requireNonNull(predicate, "predicate");
    }

    @Override
    public boolean accepts(T value) {
        return predicate.test(value);
    }
}
