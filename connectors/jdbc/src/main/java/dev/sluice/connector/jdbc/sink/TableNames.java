package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.table.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says into which table a record goes. One thread. */
final class TableNames {
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{([^}]*)}");
    private static final String SOURCE = "source.";

    private final String format;
    private final Map<String, TableId> byTopic = new HashMap<>();
    private final boolean normalizes;
    private final UnaryOperator<String> folding;
    private final boolean asksSource;

    private TableNames(String format, boolean normalizes, UnaryOperator<String> folding) {
        this.format = format;
        this.normalizes = normalizes;
        this.folding = folding;
        this.asksSource = format.contains("${" + SOURCE);
    }

    static TableNames of(String format, List<String> mapping, boolean normalizes, UnaryOperator<String> folding) {
        TableNames names = new TableNames(format, normalizes, folding);
        mapping.forEach(text -> {
            int colon = text.indexOf(':');
            names.byTopic.put(text.substring(0, colon), names.parsed(text.substring(colon + 1)));
        });
        return names;
    }

    /**
     * Returns the table of a record.
     *
     * @throws DataException if the format asks for something that the record does not say
     */
    TableId of(Row row) {
        String topic = row.record().topic();
        TableId known = byTopic.get(topic);
        if (known != null) {
            return known;
        }
        TableId made = parsed(filled(topic, row));
        if (!asksSource) {
            byTopic.put(topic, made);
        }
        return made;
    }

    /** Within double quotes, what is filled in has its own doubled. */
    private String filled(String topic, Row row) {
        Matcher variables = VARIABLE.matcher(format);
        StringBuilder text = new StringBuilder();
        while (variables.find()) {
            String value = value(variables.group(1), topic, row);
            boolean isQuoted = format.substring(0, variables.start())
                                    .chars()
                                    .filter(c -> c == '"')
                                    .count()
                            % 2
                    == 1;
            variables.appendReplacement(text, Matcher.quoteReplacement(isQuoted ? value.replace("\"", "\"\"") : value));
        }
        return variables.appendTail(text).toString();
    }

    private String value(String variable, String topic, Row row) {
        if (variable.equals("topic")) {
            return normalizes ? topic.replaceAll("[^A-Za-z0-9_]", "_") : topic;
        }
        Object value = variable.startsWith(SOURCE) ? row.source(variable.substring(SOURCE.length())) : null;
        if (value == null) {
            throw new DataException("Cannot choose a table for a record of topic " + topic + ": it has no " + variable
                    + ", which table.name.format asks for. Send Debezium's envelopes, or use ${topic}.");
        }
        return value.toString();
    }

    /** A text that is no name of one to three parts is the name of a table as it stands. */
    private TableId parsed(String text) {
        TableId id;
        try {
            id = TableId.parse(text);
        } catch (IllegalArgumentException noParts) {
            id = TableId.of(text);
        }
        String catalog = id.catalog();
        String schema = id.schema();
        return new TableId(
                catalog == null ? null : folding.apply(catalog),
                schema == null ? null : folding.apply(schema),
                folding.apply(id.name()));
    }
}
