package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where a column gets its value from. */
@FunctionalInterface
interface Source {
    /** Returns the value, or null. */
    @Nullable
    Object of(Row row);

    static Source valueField(int index) {
        return row -> {
            Object value = row.value();
            return value == null ? null : ((Struct) value).get(index);
        };
    }

    static Source keyField(int index) {
        return row -> {
            Object key = row.key();
            return key == null ? null : ((Struct) key).get(index);
        };
    }

    static Source valueMember(String name) {
        return row -> row.value() instanceof Map<?, ?> map ? map.get(name) : null;
    }

    static Source keyMember(String name) {
        return row -> row.key() instanceof Map<?, ?> map ? map.get(name) : null;
    }

    static Source header(String name) {
        return row ->
                row.record().headers().last(name).map(SchemaAndValue::value).orElse(null);
    }

    /** Replaces null by the default of a schema. */
    static Source orElse(Source source, Object standard) {
        return row -> {
            Object value = source.of(row);
            return value == null ? standard : value;
        };
    }
}
