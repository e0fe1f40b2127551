package dev.sluice.connector.jdbc.sink;

import dev.sluice.connector.jdbc.type.FieldType;
import java.util.List;

/**
 * What records of one kind would write, before anybody has looked at the table.
 *
 * @param fields the columns that they fill, those of the key among them
 */
record Shape(List<Field> fields) {
    Shape {
        fields = List.copyOf(fields);
    }

    /**
     * One column that is wanted.
     *
     * @param column the column's name as the settings make it
     * @param name what the record calls it, for messages
     * @param type what the record holds there
     * @param source where the value comes from
     * @param isKey whether it belongs to the key
     */
    record Field(String column, String name, FieldType type, Source source, boolean isKey) {}
}
