package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the line of a document behind its action, which stands in the buffer already. Belongs to the task's thread. */
final class BodyLines {
    private final LineBuffer buffer;
    private final Bodies bodies;
    private final boolean isUpdate;
    private final @Nullable Script script;
    private final Frame frame;
    private final List<FieldPath> cleared;

    BodyLines(DocumentConfig config, LineBuffer buffer) {
        this.buffer = buffer;
        this.bodies = new Bodies(config.bodies());
        this.isUpdate = config.method().isUpdate();
        this.script = config.script();
        this.frame = script == null ? frame(config.method()) : script.frame();
        this.cleared = config.clearedFields();
    }

    private static Frame frame(WriteMethod method) {
        return switch (method) {
            case INSERT, INDEX, CREATE, SCRIPT -> Frame.WHOLE;
            case UPDATE -> Frame.UPDATE;
            case UPSERT -> Frame.UPSERT;
        };
    }

    /**
     * Returns the value's own bytes, on one line, if they can be the document without being read.
     *
     * @param added members that shall stand in the document
     * @return null if it must be written anew
     * @throws DataException if they are no document
     */
    @Nullable
    ByteBuffer unparsed(SchemaAndValue value, Map<String, ?> added) {
        Optional<byte[]> json = value.encodedAs(Encoded.JSON);
        if (json.isEmpty()) {
            return null;
        }
        ByteBuffer line = JsonBytes.line(json.get());
        if (line == null) {
            throw new DataException(
                    "Cannot make a document of the value: it is no JSON object, or has a line feed within a text."
                            + " Correct it where it is made.");
        }
        for (String name : added.keySet()) {
            if (JsonBytes.mayName(line, ("\"" + name + "\"").getBytes(StandardCharsets.UTF_8))) {
                return null;
            }
        }
        if (isUpdate) {
            StrictJson.require(line);
        }
        return line;
    }

    /** Returns lines with the document's own bytes in them. */
    List<ByteBuffer> passed(SinkRecord record, ByteBuffer json, Map<String, ?> added) {
        begin(record);
        ByteBuffer document = json;
        if (!added.isEmpty()) {
            // {"a":1,  and then the members of the document behind its own brace
            bodies.write(buffer, added, FieldRules.ALL, Omitted.NONE, Map.of());
            buffer.cut(buffer.size() - 1);
            if (!JsonBytes.isEmptyObject(json)) {
                buffer.write(',');
            }
            document = json.duplicate().position(json.position() + 1);
        }
        List<ByteBuffer> lines = new ArrayList<>(4);
        lines.add(buffer.copyFrom(0));
        for (byte[] piece : frame.rest()) {
            lines.add(document.duplicate());
            lines.add(ByteBuffer.wrap(piece));
        }
        return lines;
    }

    /** Returns lines with the value written as a document. */
    List<ByteBuffer> written(SinkRecord record, FieldRules rules, Fit fit, Map<String, ?> added) {
        begin(record);
        for (byte[] piece : frame.rest()) {
            bodies.write(buffer, record.value().value(), rules, fit.omitted(), added);
            buffer.write(piece);
        }
        return List.of(buffer.copyFrom(0));
    }

    private void begin(SinkRecord record) {
        if (script != null) {
            script.begin(buffer, record);
        }
        buffer.write(frame.first());
    }

    /** Writes the line that empties fields. */
    void clear() {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        cleared.forEach(path -> putNull(fields, path.names()));
        buffer.write(Frame.UPDATE.first());
        bodies.write(buffer, fields, FieldRules.ALL, Omitted.NONE, Map.of());
        Frame.UPDATE.rest().forEach(buffer::write);
    }

    @SuppressWarnings("unchecked") // Only maps of this kind are put in.
    private static void putNull(Map<String, @Nullable Object> fields, List<String> names) {
        if (names.size() == 1) {
            fields.put(names.get(0), null);
            return;
        }
        Object inner = fields.computeIfAbsent(names.get(0), name -> new LinkedHashMap<String, @Nullable Object>());
        if (inner != null) {
            putNull((Map<String, @Nullable Object>) inner, names.subList(1, names.size()));
        }
    }
}
