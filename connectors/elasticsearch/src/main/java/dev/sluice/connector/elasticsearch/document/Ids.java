package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.data.Field;
import dev.sluice.api.data.Struct;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SinkRecord;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Makes ids of documents. Pure. */
final class Ids {
    private static final int BYTES_MAX = 512;

    private final IdRules rules;
    private final List<FieldPath> paths;

    Ids(IdRules rules) {
        this.rules = rules;
        this.paths = rules.fields().stream().map(FieldPath::parse).toList();
    }

    /** Returns where the ids of a topic come from. */
    IdMode mode(String topic) {
        return rules.mode() == IdMode.RECORD_KEY && rules.keyIgnored().contains(topic) ? IdMode.KAFKA : rules.mode();
    }

    /**
     * Returns the id of a record's document.
     *
     * @return null where the server makes it
     * @throws DataException if the record does not say it
     */
    @Nullable
    String id(RecordView view) {
        SinkRecord record = view.record();
        return switch (mode(record.topic())) {
            case NONE -> null;
            case KAFKA ->
                record.origin().partition().topic() + "+"
                        + record.origin().partition().partition() + "+"
                        + record.origin().offset();
            case RECORD_KEY -> checked(keyId(record));
            case RECORD_VALUE -> checked(joined(fields("value", record.value().value())));
            case RECORD_HEADER ->
                checked(joined(rules.fields().stream()
                        .map(name -> required(view.headerText(name), "header " + name))
                        .toList()));
        };
    }

    private String keyId(SinkRecord record) {
        Object key = record.key().value();
        if (key == null) {
            throw new DataException(
                    "Cannot make an id: the record has no key. Send keys, set key.ignore=true to make ids of"
                            + " topic, partition and offset, or id.mode to make them of something else.");
        }
        if (key instanceof Struct || key instanceof Map) {
            return joined(paths.isEmpty() ? allFields(key) : fields("key", key));
        }
        if (!paths.isEmpty()) {
            throw new DataException("Cannot make an id of fields " + rules.fields() + " of the key: the key is a "
                    + RecordView.kind(key) + ". Leave id.fields out.");
        }
        if (key instanceof Float || key instanceof Double || isBytes(key)) {
            throw new DataException(
                    "Cannot make an id of a key that is a " + RecordView.kind(key)
                            + ": it must be a text, a whole number, or a struct of such. Change the key's converter, or set key.ignore=true.");
        }
        return required(RecordView.text(key), "the key");
    }

    private static boolean isBytes(Object key) {
        return key instanceof byte[] || key instanceof java.nio.ByteBuffer;
    }

    private static List<String> allFields(Object key) {
        List<String> parts = new ArrayList<>();
        if (key instanceof Struct struct) {
            for (Field field : struct.schema().fields()) {
                parts.add(
                        required(RecordView.text(struct.get(field.index())), "field " + field.name() + " of the key"));
            }
        } else {
            Map<String, Object> sorted = new TreeMap<>();
            ((Map<?, ?>) key).forEach((name, value) -> sorted.put(String.valueOf(name), value));
            sorted.forEach(
                    (name, value) -> parts.add(required(RecordView.text(value), "field " + name + " of the key")));
        }
        return parts;
    }

    private List<String> fields(String where, @Nullable Object value) {
        return paths.stream()
                .map(path -> required(RecordView.text(path.of(value)), "field " + path + " of the " + where))
                .toList();
    }

    private static String required(@Nullable String part, String what) {
        if (part == null || part.isEmpty()) {
            throw new DataException(
                    "Cannot make an id: " + what + " is missing, null or empty. Send it with every record.");
        }
        return part;
    }

    /** Joins so that different parts never make the same id: what looks like the separator is escaped. */
    private String joined(List<String> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        if (parts.isEmpty()) {
            throw new DataException("Cannot make an id: the key has no fields. Name others in id.fields.");
        }
        String separator = rules.separator();
        String escaped = "%" + HexFormat.of().withUpperCase().formatHex(separator.getBytes(StandardCharsets.UTF_8));
        List<String> safe = parts.stream()
                .map(part -> part.replace("%", "%25").replace(separator, escaped))
                .toList();
        return String.join(separator, safe);
    }

    private String checked(String id) {
        if (id.length() * 3 <= BYTES_MAX) {
            return id;
        }
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= BYTES_MAX) {
            return id;
        }
        if (rules.tooLong() == WriteKeys.LongIds.HASH) {
            return "sha256:" + digest(bytes);
        }
        throw new DataException("Cannot use an id of " + bytes.length + " bytes: servers take at most " + BYTES_MAX
                + ". Shorten the key, or set id.too.long=hash to write a digest of it.");
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException broken) {
            throw new IllegalStateException("Every JDK has SHA-256; this one says that it has not.", broken);
        }
    }
}
