package dev.sluice.runtime.rest;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value of a request's body, and where it stands, so that a refusal can point at it.
 *
 * @param kind what it is
 * @param path how it is reached from the top, such as {@code config.topic}; empty for the top
 * @param text the text of a text, number or truth value; empty for others
 * @param fields those of an object, in order; empty for others
 * @param elements those of a list; empty for others
 * @param position where it begins
 */
record JsonValue(
        Kind kind,
        String path,
        String text,
        Map<String, JsonValue> fields,
        List<JsonValue> elements,
        Position position) {

    /** The kinds of value, in words. */
    enum Kind {
        OBJECT("an object"),
        LIST("a list"),
        TEXT("a text"),
        NUMBER("a number"),
        FLAG("true or false"),
        NULL("null");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** A place in the body, both from 1. */
    record Position(int line, int column) {
        @Override
        public String toString() {
            return "line " + line + ", column " + column;
        }
    }

    /** What it is, in words. */
    String words() {
        return kind.words;
    }

    boolean isNull() {
        return kind == Kind.NULL;
    }

    /** Refuses the value. */
    Refusal refused(String why, String fix) {
        String what = path.isEmpty() ? "the body" : path;
        return at(Refusal.badRequest("Cannot read " + what + " (" + position + "): " + why + ".", path, fix));
    }

    /** Adds the place to a refusal. */
    Refusal at(Refusal refusal) {
        return refusal.with("line", position.line).with("column", position.column);
    }

    /**
     * The fields of an object.
     *
     * @throws Refusal if it is something else
     */
    Map<String, JsonValue> object(String expected) {
        if (kind != Kind.OBJECT) {
            throw refused("it is " + words() + ", expected " + expected, "Send " + expected + ".");
        }
        return fields;
    }

    /** The value as Java's own types: maps, lists, texts, whole numbers as {@link Long}, others as {@link Double}. */
    @Nullable
    Object plain() {
        return switch (kind) {
            case OBJECT -> plainFields();
            case LIST -> {
                List<@Nullable Object> list = new ArrayList<>();
                elements.forEach(element -> list.add(element.plain()));
                yield list;
            }
            case TEXT -> text;
            case NUMBER -> number();
            case FLAG -> Boolean.valueOf(text);
            case NULL -> null;
        };
    }

    /** The fields of an object as Java's own types. */
    Map<String, @Nullable Object> plainFields() {
        Map<String, @Nullable Object> map = new LinkedHashMap<>();
        fields.forEach((name, value) -> map.put(name, value.plain()));
        return map;
    }

    private Object number() {
        if (text.chars().noneMatch(digit -> ".eE".indexOf(digit) >= 0)) {
            BigInteger whole = new BigInteger(text);
            if (whole.bitLength() < Long.SIZE) {
                return whole.longValue();
            }
        }
        return Double.valueOf(text);
    }
}
