package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.error.DataException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with places that records fill in: {@code orders-{yyyy.MM}}, <code>${topic}</code>, <code>{field:customer.region}</code>.
 *
 * <p>Places: {@code topic}, {@code partition}, {@code offset}, {@code key}, {@code key:path}, {@code field:path}, {@code header:name},
 * and anything else is a pattern of {@link DateTimeFormatter} for the record's time. Immutable.
 */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\\$?\\{([^{}]*)}");

    private final String text;
    private final List<Part> parts;
    private final boolean isTopicAlone;

    private Template(String text, List<Part> parts) {
        this.text = text;
        this.parts = List.copyOf(parts);
        this.isTopicAlone = text.equals("${topic}") || text.equals("{topic}");
    }

    /** A part of the text: a function of the record; null where the record does not say it. */
    private record Part(String place, PartKind kind, Function<RecordView, @Nullable String> value) {}

    /** What a part needs. */
    private enum PartKind {
        LITERAL,
        TOPIC,
        PLACE,
        KEY,
        FIELD,
        HEADER,
        TIME
    }

    /**
     * Reads a template.
     *
     * @throws IllegalArgumentException that says which place cannot be understood
     */
    static Template parse(String text, ZoneId zone) {
        List<Part> parts = new ArrayList<>();
        Matcher matcher = PLACE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            addLiteral(parts, text.substring(end, matcher.start()));
            parts.add(part(matcher.group(1), zone));
            end = matcher.end();
        }
        addLiteral(parts, text.substring(end));
        return new Template(text, parts);
    }

    private static void addLiteral(List<Part> parts, String literal) {
        if (literal.indexOf('{') >= 0 || literal.indexOf('}') >= 0) {
            throw new IllegalArgumentException("a brace in '" + literal + "' has no other half");
        }
        if (!literal.isEmpty()) {
            parts.add(new Part(literal, PartKind.LITERAL, record -> literal));
        }
    }

    private static Part part(String place, ZoneId zone) {
        int colon = place.indexOf(':');
        String argument = place.substring(colon + 1);
        return switch (colon < 0 ? place : place.substring(0, colon + 1)) {
            case "topic" ->
                new Part(place, PartKind.TOPIC, view -> view.record().topic());
            case "partition" ->
                new Part(
                        place,
                        PartKind.PLACE,
                        view -> Integer.toString(
                                view.record().origin().partition().partition()));
            case "offset" ->
                new Part(
                        place,
                        PartKind.PLACE,
                        view -> Long.toString(view.record().origin().offset()));
            case "key" -> new Part(place, PartKind.KEY, RecordView::keyText);
            case "key:" -> new Part(place, PartKind.KEY, view -> view.keyText(FieldPath.parse(argument)));
            case "field:" -> fieldPart(place, FieldPath.parse(argument));
            case "header:" -> new Part(place, PartKind.HEADER, view -> view.headerText(argument));
            default -> new Part(place, PartKind.TIME, new TimeText(formatter(place, zone)));
        };
    }

    private static Part fieldPart(String place, FieldPath path) {
        return new Part(place, PartKind.FIELD, view -> view.fieldText(path));
    }

    private static DateTimeFormatter formatter(String pattern, ZoneId zone) {
        try {
            return DateTimeFormatter.ofPattern(pattern, Locale.ROOT).withZone(zone);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(
                    "{" + pattern + "} is neither topic, partition, offset, key, key:path, field:path, header:name"
                            + " nor a pattern of a time such as yyyy.MM (" + malformed.getMessage() + ")",
                    malformed);
        }
    }

    /** The time of a record as text; remembers the last one, since records that follow each other mostly share it. */
    private static final class TimeText implements Function<RecordView, @Nullable String> {
        private final DateTimeFormatter formatter;
        private volatile Made last = new Made(Long.MIN_VALUE, "");

        private record Made(long millis, String text) {}

        TimeText(DateTimeFormatter formatter) {
            this.formatter = formatter;
        }

        @Override
        public @Nullable String apply(RecordView view) {
            Long millis = view.timeMillis();
            if (millis == null) {
                return null;
            }
            Made made = last;
            if (made.millis != millis) {
                made = new Made(millis, formatter.format(Instant.ofEpochMilli(millis)));
                last = made;
            }
            return made.text;
        }
    }

    /**
     * Fills the places in.
     *
     * @param what what the text is for, for the message: {@code name an index}
     * @throws DataException if the record does not have what a place names
     */
    String fill(RecordView view, String what) {
        if (isTopicAlone) {
            return view.record().topic();
        }
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            String value = part.value.apply(view);
            if (value == null || value.isEmpty()) {
                throw new DataException("Cannot " + what + " by " + text + ": the record has nothing for {" + part.place
                        + "}. Send it with the record, or change the setting.");
            }
            filled.append(value);
        }
        return filled.toString();
    }

    /** Fills the places in; null if the record does not have what one of them names. */
    @Nullable
    String fillOrNull(RecordView view) {
        StringBuilder filled = new StringBuilder();
        for (Part part : parts) {
            String value = part.value.apply(view);
            if (value == null || value.isEmpty()) {
                return null;
            }
            filled.append(value);
        }
        return filled.toString();
    }

    /** Returns whether the topic is a part of the text. */
    boolean namesTopic() {
        return parts.stream().anyMatch(part -> part.kind == PartKind.TOPIC);
    }

    /** Returns whether it reads the value of records, which tombstones do not have. */
    boolean readsValue() {
        return parts.stream().anyMatch(part -> part.kind == PartKind.FIELD);
    }

    /** Returns whether it reads the record's time. */
    boolean readsTime() {
        return parts.stream().anyMatch(part -> part.kind == PartKind.TIME);
    }

    /** Returns the text with the topic and {@code *} in all other places: what its results match. */
    String pattern(String topic) {
        StringBuilder pattern = new StringBuilder();
        for (Part part : parts) {
            pattern.append(
                    switch (part.kind) {
                        case LITERAL -> part.place;
                        case TOPIC -> topic;
                        case PLACE, KEY, FIELD, HEADER, TIME -> "*";
                    });
        }
        return pattern.toString();
    }

    /** Returns the text as it was given. */
    @Override
    public String toString() {
        return text;
    }
}
