package dev.sluice.plugin.standard;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.ResolverStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Guesses the type of a header's text. The grammar, with white space allowed between its parts:
 *
 * <pre>
 * header := value | anything else, which is a string
 * value  := "null" | "true" | "false" | temporal | number | list | map
 * part   := value | '"' text '"'      a quoted temporal form is temporal, all other quoted text a string
 * list   := '[' [ part { ',' part } ] ']'
 * map    := '{' [ part ':' part { ',' part ':' part } ] '}'
 * </pre>
 *
 * One pass, a few comparisons per character; nesting deeper than {@value #DEPTH_MAX} makes the whole text a string.
 */
final class HeaderParser {
    private static final int DEPTH_MAX = 100;

    private final String text;
    private int index;
    private int depth;

    private HeaderParser(String text) {
        this.text = text;
    }

    /** Thrown where the text does not follow the grammar; it never leaves this class. */
    private static final class NoValueException extends Exception {
        private static final long serialVersionUID = 1L;

        private NoValueException() {
            super("no value", null, false, false);
        }
    }

    static SchemaAndValue parse(String text) {
        HeaderParser parser = new HeaderParser(text);
        try {
            SchemaAndValue value = parser.value();
            parser.skipSpace();
            if (parser.index == text.length()) {
                return value;
            }
        } catch (NoValueException plain) {
            return SchemaAndValue.string(text);
        }
        return SchemaAndValue.string(text);
    }

    private SchemaAndValue value() throws NoValueException {
        skipSpace();
        if (accept('[')) {
            return nested(this::list);
        }
        if (accept('{')) {
            return nested(this::map);
        }
        return scalar();
    }

    private interface Composite {
        SchemaAndValue parse() throws NoValueException;
    }

    private SchemaAndValue nested(Composite composite) throws NoValueException {
        if (++depth > DEPTH_MAX) {
            throw new NoValueException();
        }
        SchemaAndValue value = composite.parse();
        depth--;
        return value;
    }

    private SchemaAndValue part() throws NoValueException {
        skipSpace();
        return accept('"') ? quoted() : value();
    }

    private SchemaAndValue list() throws NoValueException {
        List<SchemaAndValue> items = new ArrayList<>();
        skipSpace();
        if (!accept(']')) {
            do {
                items.add(part());
                skipSpace();
            } while (accept(','));
            require(']');
        }
        return HeaderTypes.list(items);
    }

    private SchemaAndValue map() throws NoValueException {
        Map<SchemaAndValue, SchemaAndValue> entries = new LinkedHashMap<>();
        skipSpace();
        if (!accept('}')) {
            do {
                SchemaAndValue key = part();
                if (key.isNull()) {
                    throw new NoValueException();
                }
                require(':');
                entries.put(key, part());
                skipSpace();
            } while (accept(','));
            require('}');
        }
        return HeaderTypes.map(entries);
    }

    private SchemaAndValue quoted() throws NoValueException {
        StringBuilder content = new StringBuilder();
        while (!accept('"')) {
            if (accept('\\') && !isEscapable()) {
                content.append('\\');
                continue;
            }
            if (index == text.length()) {
                throw new NoValueException();
            }
            content.append(text.charAt(index++));
        }
        SchemaAndValue temporal = temporal(content.toString());
        return temporal == null ? SchemaAndValue.string(content.toString()) : temporal;
    }

    private boolean isEscapable() {
        return index < text.length() && (text.charAt(index) == '"' || text.charAt(index) == '\\');
    }

    /** A temporal form holds colons, which otherwise end a word, so it is tried first, by its length. */
    private SchemaAndValue scalar() throws NoValueException {
        for (int length : new int[] {24, 13, 10}) {
            SchemaAndValue temporal =
                    index + length > text.length() ? null : temporal(text.substring(index, index + length));
            if (temporal != null) {
                index += length;
                return temporal;
            }
        }
        int start = index;
        while (index < text.length() && ",:[]{}\"".indexOf(text.charAt(index)) < 0) {
            index++;
        }
        String word = text.substring(start, index).trim();
        return switch (word) {
            case "null" -> SchemaAndValue.NULL;
            case "true" -> SchemaAndValue.of(Schema.BOOLEAN, true);
            case "false" -> SchemaAndValue.of(Schema.BOOLEAN, false);
            default -> number(word);
        };
    }

    private static SchemaAndValue number(String word) throws NoValueException {
        char first = word.isEmpty() ? ' ' : word.charAt(0);
        if (!Character.isDigit(first) && first != '+' && first != '-') {
            throw new NoValueException();
        }
        try {
            return HeaderTypes.number(new BigDecimal(word));
        } catch (NumberFormatException notNumber) {
            throw new NoValueException();
        }
    }

    private static @Nullable SchemaAndValue temporal(String form) {
        try {
            return switch (form.length()) {
                case 10 ->
                    SchemaAndValue.of(
                            LogicalType.DATE.schema(),
                            LocalDate.parse(form, HeaderText.DAY.withResolverStyle(ResolverStyle.STRICT)));
                case 13 ->
                    SchemaAndValue.of(
                            LogicalType.TIME.schema(),
                            LocalTime.parse(form, HeaderText.TIME.withResolverStyle(ResolverStyle.STRICT)));
                case 24 ->
                    SchemaAndValue.of(
                            LogicalType.TIMESTAMP.schema(),
                            LocalDateTime.parse(form, HeaderText.INSTANT.withResolverStyle(ResolverStyle.STRICT))
                                    .toInstant(ZoneOffset.UTC));
                default -> null;
            };
        } catch (DateTimeException notTemporal) {
            return null;
        }
    }

    private boolean accept(char expected) {
        if (index < text.length() && text.charAt(index) == expected) {
            index++;
            return true;
        }
        return false;
    }

    private void require(char expected) throws NoValueException {
        skipSpace();
        if (!accept(expected)) {
            throw new NoValueException();
        }
    }

    private void skipSpace() {
        while (index < text.length() && Character.isWhitespace(text.charAt(index))) {
            index++;
        }
    }
}
