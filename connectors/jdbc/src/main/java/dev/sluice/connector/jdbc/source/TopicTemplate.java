package dev.sluice.connector.jdbc.source;

import dev.sluice.api.config.Check;
import dev.sluice.connector.jdbc.table.TableId;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes the topic's name of a table's. */
record TopicTemplate(String template, String prefix) {
    static final Check<String> CHECK = Check.of(
            "a text with ${table} in it; besides, it may hold ${prefix}, ${catalog} and ${schema}",
            text -> text.contains("${table}")
                    && !text.replaceAll("\\$\\{(prefix|catalog|schema|table)}", "")
                            .contains("${"));

    private static final Pattern PLACE = Pattern.compile("\\$\\{(\\w+)}");

    String topic(TableId table) {
        return PLACE.matcher(template).replaceAll(place -> Matcher.quoteReplacement(value(place.group(1), table)));
    }

    private String value(String place, TableId table) {
        return switch (place) {
            case "prefix" -> prefix;
            case "catalog" -> Objects.requireNonNullElse(table.catalog(), "");
            case "schema" -> Objects.requireNonNullElse(table.schema(), "");
            default -> table.name();
        };
    }
}
