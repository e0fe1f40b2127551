package dev.sluice.connector.jdbc.source;

import dev.sluice.connector.jdbc.table.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Columns by table: {@code regex:[a|b],regex:c}. */
record ColumnMapping(List<Entry> entries) {
    static final ColumnMapping NONE = new ColumnMapping(List.of());

    private static final Pattern ENTRY =
            Pattern.compile("\\s*(?<table>[^,]+?):(?:\\[(?<list>[^]]*)]|(?<one>[^,\\[\\]]+))\\s*(?:,|$)");

    ColumnMapping {
        entries = List.copyOf(entries);
    }

    /** The columns of the tables that a pattern matches. */
    record Entry(Pattern table, List<String> columns) {
        Entry {
            columns = List.copyOf(columns);
        }
    }

    /**
     * Reads the text of a setting.
     *
     * @throws IllegalArgumentException if it has another form; the message is a clause
     */
    static ColumnMapping parse(String text) {
        List<Entry> entries = new ArrayList<>();
        var matcher = ENTRY.matcher(text);
        int at = 0;
        while (at < text.length()) {
            if (!matcher.find(at) || matcher.start() != at) {
                throw new IllegalArgumentException(
                        "'" + text.substring(at) + "' has not the form regex:column or regex:[column|column]");
            }
            String columns = matcher.group("list") == null ? matcher.group("one") : matcher.group("list");
            entries.add(new Entry(pattern(matcher.group("table")), names(columns)));
            at = matcher.end();
        }
        return new ColumnMapping(entries);
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException wrong) {
            throw new IllegalArgumentException("'" + text + "' is no regular expression", wrong);
        }
    }

    private static List<String> names(String columns) {
        return Pattern.compile("\\|")
                .splitAsStream(columns)
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList();
    }

    /** Returns the columns of the first entry that matches; empty if none does. */
    List<String> columns(TableId table) {
        return entries.stream()
                .filter(entry -> TableFilter.matches(entry.table(), table))
                .map(Entry::columns)
                .findFirst()
                .orElse(List.of());
    }
}
