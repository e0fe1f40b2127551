package dev.sluice.api.config;

import java.util.Objects;
import java.util.function.Function;

/** A type made of a parsing and a formatting function; a class, not a record, so that it equals only itself. */
final class FunctionType<T> implements ConfigType<T> {

    private final ConfigKind kind;
    private final String words;
    private final Function<String, T> parser;
    private final Function<? super T, String> formatter;

    FunctionType(ConfigKind kind, String words, Function<String, T> parser, Function<? super T, String> formatter) {
        this.kind = Objects.requireNonNull(kind, "kind");
        this.words = Objects.requireNonNull(words, "words");
        this.parser = Objects.requireNonNull(parser, "parser");
        this.formatter = Objects.requireNonNull(formatter, "formatter");
    }

    @Override
    public ConfigKind kind() {
        return kind;
    }

    @Override
    public String words() {
        return words;
    }

    @Override
    public T parse(String text) {
        return parser.apply(text);
    }

    @Override
    public String format(T value) {
        return formatter.apply(value);
    }

    @Override
    public String toString() {
        return words;
    }
}
