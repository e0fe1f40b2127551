package dev.sluice.api.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Limits the values of a setting and has the words for it. The words stand in error messages, on the reference page and
 * in forms, so that the limit is written down once.
 *
 * <p>Implementations are immutable, free of side effects and usable from any thread.
 *
 * @param <T> the class of the values
 */
public interface Check<T> {

    /**
     * Returns the words that complete "must be …".
     *
     * @return a phrase in lower case without a stop, such as {@code at least 1}
     */
    String words();

    /**
     * Decides about a value.
     *
     * @param value a value of the setting's type, never null
     * @return whether it is within the limit
     */
    boolean accepts(T value);

    /**
     * Explains why a value was not accepted. Secret values are never explained: there only {@link #words()} are used.
     *
     * @param value a value that {@link #accepts} refused
     * @return a clause without a stop that follows "Cannot use key=value: "
     */
    default String problem(T value) {
        return "it must be " + words();
    }

    /**
     * Makes a check out of a predicate.
     *
     * @param words what completes "must be …"
     * @param predicate true for values within the limit
     */
    static <T> Check<T> of(String words, Predicate<? super T> predicate) {
        return new PredicateCheck<>(words, predicate);
    }

    /**
     * Accepts values from one limit to the other, both included.
     *
     * @param min the smallest value accepted
     * @param max the largest value accepted
     */
    static <T extends Comparable<? super T>> Check<T> between(T min, T max) {
        if (min.compareTo(max) > 0) {
            throw new IllegalArgumentException("Cannot check between " + min + " and " + max + ": nothing lies there.");
        }
        return of(
                "between " + shown(min) + " and " + shown(max),
                value -> value.compareTo(min) >= 0 && value.compareTo(max) <= 0);
    }

    /**
     * Accepts a limit and what is larger.
     *
     * @param min the smallest value accepted
     */
    static <T extends Comparable<? super T>> Check<T> atLeast(T min) {
        return of("at least " + shown(min), value -> value.compareTo(min) >= 0);
    }

    /**
     * Accepts a limit and what is smaller.
     *
     * @param max the largest value accepted
     */
    static <T extends Comparable<? super T>> Check<T> atMost(T max) {
        return of("at most " + shown(max), value -> value.compareTo(max) <= 0);
    }

    /**
     * Accepts a few texts, as they are written.
     *
     * @param values the texts accepted
     */
    static Check<String> oneOf(String... values) {
        List<String> known = List.of(values);
        return of("one of " + String.join(", ", known), known::contains);
    }

    /**
     * Accepts a few texts in any case. An enumeration ({@link ConfigKey#enumeration}) is often the better choice.
     *
     * @param values the texts accepted
     */
    static Check<String> oneOfIgnoringCase(String... values) {
        List<String> known = List.of(values);
        return of(
                "one of " + String.join(", ", known) + " (in any case)",
                value -> known.stream().anyMatch(value::equalsIgnoreCase));
    }

    /** Accepts texts of which something is left when blanks are taken off. */
    static Check<String> nonEmpty() {
        return of("a text that is not empty", value -> !value.isBlank());
    }

    /** Accepts texts without control characters (line feed, tab, NUL and the like). */
    static Check<String> noControlCharacters() {
        return of("a text without control characters", value -> value.chars().noneMatch(Character::isISOControl));
    }

    /**
     * Accepts texts that a pattern matches as a whole.
     *
     * @param regex a regular expression of {@link Pattern}
     */
    static Check<String> matching(String regex) {
        Pattern pattern = Pattern.compile(regex);
        return of(
                "a text that matches " + regex, value -> pattern.matcher(value).matches());
    }

    /** Accepts lists with at least one element. */
    static Check<List<?>> nonEmptyList() {
        return of("a list that is not empty", value -> !value.isEmpty());
    }

    /**
     * Accepts lists up to a length.
     *
     * @param countMax the largest number of elements, at least 0
     */
    static Check<List<?>> lengthAtMost(int countMax) {
        return of("a list of at most " + countMax + " elements", value -> value.size() <= countMax);
    }

    /** Accepts lists in which no element stands twice. */
    static Check<List<?>> distinct() {
        return of("a list without duplicates", value -> new HashSet<>(value).size() == value.size());
    }

    /** Accepts lists of which each element passes a check. */
    static <E> Check<List<E>> each(Check<? super E> check) {
        return of(
                "a list of which each element is " + check.words(),
                value -> value.stream().allMatch(check::accepts));
    }

    /** Accepts what both this check and another one accept. */
    default Check<T> and(Check<? super T> other) {
        return of(words() + " and " + other.words(), value -> accepts(value) && other.accepts(value));
    }

    /** Accepts what this check or another one accepts. */
    default Check<T> or(Check<? super T> other) {
        return of(words() + " or " + other.words(), value -> accepts(value) || other.accepts(value));
    }

    private static String shown(Object limit) {
        Objects.requireNonNull(limit, "limit");
        return limit instanceof Duration duration ? QuantityTypes.DURATION.format(duration) : limit.toString();
    }
}
