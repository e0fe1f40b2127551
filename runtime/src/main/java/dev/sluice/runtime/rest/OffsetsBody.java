package dev.sluice.runtime.rest;

import dev.sluice.runtime.control.OffsetEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads offsets out of a body: {@code {"offsets": [{"partition": {…}, "offset": {…}}]}}, where null forgets an offset. */
final class OffsetsBody {
    static final String EXPECTED = "an object with offsets, a list of partition and offset";

    private OffsetsBody() {}

    static List<OffsetEntry> read(JsonValue body) {
        Map<String, JsonValue> fields = body.object(EXPECTED);
        fields.forEach((name, value) -> {
            if (!name.equals("offsets")) {
                throw value.refused("field " + name + " is not known, expected offsets", "Leave it out.");
            }
        });
        JsonValue list = fields.get("offsets");
        if (list == null
                || list.isNull()
                || (list.kind() == JsonValue.Kind.LIST && list.elements().isEmpty())) {
            throw body.at(Refusal.badRequest(
                    "Partitions / offsets need to be provided for an alter offsets request",
                    "offsets",
                    "Send at least one partition with its offset. To reset all, use DELETE."));
        }
        if (list.kind() != JsonValue.Kind.LIST) {
            throw list.refused("it is " + list.words() + ", expected a list", "Send a list.");
        }
        List<OffsetEntry> entries = new ArrayList<>();
        list.elements().forEach(element -> entries.add(entry(element)));
        return entries;
    }

    private static OffsetEntry entry(JsonValue value) {
        Map<String, JsonValue> fields = value.object("an object with partition and offset");
        fields.forEach((name, field) -> {
            if (!name.equals("partition") && !name.equals("offset")) {
                throw field.refused("it is not known, expected partition or offset", "Leave it out.");
            }
        });
        JsonValue partition = fields.get("partition");
        if (partition == null || partition.isNull()) {
            throw value.refused("its partition is missing", "Add the partition, as GET …/offsets shows it.");
        }
        return new OffsetEntry(map(partition), offset(fields.get("offset")));
    }

    private static @Nullable Map<String, @Nullable Object> offset(@Nullable JsonValue value) {
        return value == null || value.isNull() ? null : map(value);
    }

    private static Map<String, @Nullable Object> map(JsonValue value) {
        var unused = value.object("an object"); // refuses anything else
        return value.plainFields();
    }
}
