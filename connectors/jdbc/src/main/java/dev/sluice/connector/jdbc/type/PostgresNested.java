package dev.sluice.connector.jdbc.type;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sluice.api.error.DataException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads arrays ({@code {a,"b c",NULL}}) and hstore ({@code "k"=>"v", "n"=>NULL}) from PostgreSQL's text. */
final class PostgresNested {
    private PostgresNested() {}

    /** Returns the elements of an array of one dimension; bounds in front of it ({@code [2:3]=}) are left out. */
    static List<@Nullable Object> array(byte[] text, int from, int to, char separator, PostgresDecoder element) {
        Scan scan = new Scan(text, from, to);
        scan.skipPast('{');
        List<@Nullable Object> elements = new ArrayList<>();
        while (!scan.isAt('}')) {
            if (scan.isAt('{')) {
                throw new DataException(
                        "Cannot read an array: it has several dimensions, and its schema has one. Read the"
                                + " column by a query that casts it to text or jsonb.");
            }
            byte[] part = scan.part(separator, '}');
            boolean isNull = !scan.wasQuoted && new String(part, UTF_8).equalsIgnoreCase("NULL");
            elements.add(isNull ? null : element.decode(part, 0, part.length));
            scan.skip(separator);
        }
        return elements;
    }

    /** Returns the entries of an hstore in its order. */
    static Map<String, @Nullable String> map(byte[] text, int from, int to) {
        Scan scan = new Scan(text, from, to);
        Map<String, @Nullable String> map = new LinkedHashMap<>();
        while (!scan.isDone()) {
            String key = new String(scan.part('=', '='), UTF_8);
            scan.skipPast('>');
            String value = new String(scan.part(',', ','), UTF_8);
            map.put(key, !scan.wasQuoted && value.equals("NULL") ? null : value);
            scan.skip(',');
            scan.skip(' ');
        }
        return map;
    }

    /** Goes through one text. */
    private static final class Scan {
        private final byte[] text;
        private final int to;
        private int at;
        private boolean wasQuoted;

        Scan(byte[] text, int from, int to) {
            this.text = text;
            this.at = from;
            this.to = to;
        }

        boolean isDone() {
            return at >= to;
        }

        boolean isAt(char c) {
            return isDone() || text[at] == c;
        }

        void skip(char c) {
            if (!isDone() && text[at] == c) {
                at++;
            }
        }

        void skipPast(char c) {
            while (!isDone() && text[at] != c) {
                at++;
            }
            at++;
        }

        /** Returns what comes before a separator or an end, without quotes and backslashes. */
        byte[] part(char separator, char end) {
            ByteArrayOutputStream part = new ByteArrayOutputStream();
            wasQuoted = false;
            boolean isQuoted = false;
            while (!isDone() && (isQuoted || (text[at] != separator && text[at] != end))) {
                if (text[at] == '"') {
                    isQuoted = !isQuoted;
                    wasQuoted = true;
                } else {
                    at += text[at] == '\\' ? 1 : 0;
                    part.write(text[at]);
                }
                at++;
            }
            return part.toByteArray();
        }
    }
}
