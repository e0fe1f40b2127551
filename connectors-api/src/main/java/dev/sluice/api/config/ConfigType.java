package dev.sluice.api.config;

import java.util.List;
import java.util.function.Function;

/**
 * Turns the text of a setting into a value and back. The types most plugins need come with the factories of
 * {@link ConfigKey}; write one of your own for a value that deserves its own class.
 *
 * <p>Implementations are immutable and usable from any thread. Keep one instance: {@link Config} tells types apart by
 * {@code equals}.
 *
 * @param <T> the class of the values; immutable
 */
public interface ConfigType<T> {

    /**
     * Returns the family of the type.
     *
     * @return what REST and forms call it
     */
    ConfigKind kind();

    /**
     * Returns the words that complete "must be …".
     *
     * @return a noun phrase in lower case without a stop, such as {@code a duration such as 500ms or 10s}
     */
    String words();

    /**
     * Reads a value. Blanks around the text are the type's own affair: numbers ignore them, texts keep them.
     *
     * @param text the text as given; never null, may be empty
     * @return the value, never null
     * @throws IllegalArgumentException if the text is no such value; the message is a clause that says why, such as
     *     {@code it must be a whole number}. For a secret type the message is not shown.
     */
    T parse(String text);

    /**
     * Writes a value so that {@link #parse} reads an equal one.
     *
     * @param value a value of the type
     * @return its text
     * @throws IllegalArgumentException if the value has no text, such as a list element that contains a comma
     */
    String format(T value);

    /**
     * Returns the texts that are possible, if they are few.
     *
     * @return all possible texts; empty if they cannot be listed
     */
    default List<String> possibleValues() {
        return List.of();
    }

    /**
     * Returns whether values must be hidden wherever they could be seen.
     *
     * @return true for the family {@link ConfigKind#PASSWORD} unless overridden
     */
    default boolean isSecret() {
        return kind() == ConfigKind.PASSWORD;
    }

    /**
     * Makes a type out of two functions.
     *
     * @param words what completes "must be …"
     * @param parser reads a value; throws {@link IllegalArgumentException} as {@link #parse} says
     * @param formatter writes a value
     * @return the type; equal only to itself
     */
    static <T> ConfigType<T> of(
            ConfigKind kind, String words, Function<String, T> parser, Function<? super T, String> formatter) {
        return new FunctionType<>(kind, words, parser, formatter);
    }
}
