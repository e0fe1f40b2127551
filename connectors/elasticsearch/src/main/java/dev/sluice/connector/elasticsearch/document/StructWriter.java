package dev.sluice.connector.elasticsearch.document;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.SerializableString;
import com.fasterxml.jackson.core.io.SerializedString;
import dev.sluice.api.data.Field;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;

/** Writes structs of one schema as objects. */
final class StructWriter implements ValueWriter {
    private final List<Member> members;

    /** A field: its place in the struct, its name as JSON, and what writes its value, also null. */
    private record Member(int index, SerializableString name, MemberWriter writer) {}

    private StructWriter(List<Member> members) {
        this.members = List.copyOf(members);
    }

    static StructWriter of(
            StructSchema schema, FieldRules rules, Omitted omitted, BiFunction<Schema, Omitted, MemberWriter> writers) {
        List<Member> members = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Field field : schema.fields()) {
            String name = rules.name(field.name());
            if (name != null && !omitted.has(name)) {
                if (!names.add(name)) {
                    throw new DataException("Cannot write field " + field.name() + " as " + name
                            + ": another field has that name. Correct fields.rename.");
                }
                members.add(new Member(
                        field.index(), new SerializedString(name), writers.apply(field.schema(), omitted.in(name))));
            }
        }
        return new StructWriter(members);
    }

    @Override
    public void write(JsonGenerator out, Object value) throws IOException {
        out.writeStartObject();
        writeMembers(out, (Struct) value, Map.of());
        out.writeEndObject();
    }

    /** Writes the fields, but for those of which others stand in their place. */
    void writeMembers(JsonGenerator out, Struct struct, Map<String, ?> replaced) throws IOException {
        for (Member member : members) {
            if (!replaced.isEmpty() && replaced.containsKey(member.name.getValue())) {
                continue;
            }
            out.writeFieldName(member.name);
            try {
                member.writer.write(out, struct.get(member.index));
            } catch (BadValueException bad) {
                throw bad.in(member.name.getValue());
            }
        }
    }
}
