package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.error.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads envelopes, {@code {"schema":…,"payload":…}}, at three speeds.
 *
 * <ol>
 *   <li>The text starts with the same bytes, up to the payload, as the one before it: only the payload is parsed.
 *   <li>Schema, then payload, and nothing else: one pass; the schema is found by its bytes or parsed and kept.
 *   <li>Anything else, such as the payload first or a name twice: a pass that looks, and one that reads.
 * </ol>
 */
final class EnvelopeReader {
    private static final String SCHEMA = "schema";
    private static final String PAYLOAD = "payload";

    private final ValueReaders readers;
    private final LruCache<ByteBuffer, Plan> plans;
    private byte[] lastStart = {};
    private @Nullable Plan lastPlan;

    EnvelopeReader(ValueReaders readers, int cacheSize) {
        this.readers = readers;
        this.plans = new LruCache<>(cacheSize);
    }

    /** A schema and the reader made for it. */
    private record Plan(@Nullable Schema schema, ValueReader reader) {
        SchemaAndValue data(@Nullable Object value) {
            return SchemaAndValue.of(schema, value);
        }
    }

    /** A value read, wrapped so that a null value differs from none. */
    private record Read(SchemaAndValue data) {}

    SchemaAndValue read(byte[] bytes) throws IOException {
        Read read = readSameStart(bytes);
        if (read == null) {
            read = readInOrder(bytes);
        }
        return read == null ? readInTwoPasses(bytes) : read.data();
    }

    private @Nullable Read readSameStart(byte[] bytes) {
        Plan plan = lastPlan;
        int from = lastStart.length;
        int to = bytes.length - 1;
        if (plan == null || from >= to || bytes[to] != '}' || !startsWith(bytes, lastStart)) {
            return null;
        }
        try {
            return new Read(plan.data(Json.readWhole(plan.reader(), bytes, from, to)));
        } catch (IOException | DataException failure) {
            // The other ways know the position in the whole text, and whether the envelope has more members.
            return null;
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private @Nullable Read readInOrder(byte[] bytes) throws IOException {
        try (JsonParser in = Json.parser(bytes, 0, bytes.length)) {
            if (in.nextToken() != JsonToken.START_OBJECT || !SCHEMA.equals(in.nextFieldName())) {
                return null;
            }
            in.nextToken();
            Plan plan = plan(in, bytes);
            if (!PAYLOAD.equals(in.nextFieldName())) {
                return null;
            }
            in.nextToken();
            long payloadStart = in.currentTokenLocation().getByteOffset();
            Object value = plan.reader().read(in);
            if (in.nextToken() != JsonToken.END_OBJECT) {
                return null;
            }
            Json.requireEnd(in);
            remember(bytes, payloadStart, plan);
            return new Read(plan.data(value));
        }
    }

    private void remember(byte[] bytes, long payloadStart, Plan plan) {
        if (payloadStart > 0) {
            lastStart = Arrays.copyOf(bytes, (int) payloadStart);
            lastPlan = plan;
        }
    }

    /** Returns the plan of the schema that starts at the current token; byte offsets are known in UTF-8 only. */
    private Plan plan(JsonParser in, byte[] bytes) throws IOException {
        long from = in.currentTokenLocation().getByteOffset();
        if (from < 0 || in.currentToken() != JsonToken.START_OBJECT) {
            return parsed(in);
        }
        in.skipChildren();
        int length = (int) (in.currentLocation().getByteOffset() - from);
        Plan kept = plans.get(ByteBuffer.wrap(bytes, (int) from, length));
        if (kept != null) {
            return kept;
        }
        byte[] text = Arrays.copyOfRange(bytes, (int) from, (int) from + length);
        try (JsonParser again = Json.parser(text, 0, length)) {
            again.nextToken();
            Plan plan = parsed(again);
            plans.put(ByteBuffer.wrap(text), plan);
            return plan;
        }
    }

    private Plan parsed(JsonParser in) throws IOException {
        Schema schema = SchemaReader.read(in, readers);
        return new Plan(schema, readers.reader(schema));
    }

    private SchemaAndValue readInTwoPasses(byte[] bytes) throws IOException {
        Plan plan = schemaOf(bytes);
        try (JsonParser in = Json.parser(bytes, 0, bytes.length)) {
            in.nextToken();
            Object value = null;
            String name;
            while ((name = in.nextFieldName()) != null) {
                in.nextToken();
                if (name.equals(PAYLOAD)) {
                    value = plan.reader().read(in);
                } else {
                    in.skipChildren();
                }
            }
            Json.requireEnd(in);
            return plan.data(value);
        }
    }

    /** Finds the schema, which is the last one of that name, and checks that both members are there and no other. */
    private Plan schemaOf(byte[] bytes) throws IOException {
        try (JsonParser in = Json.parser(bytes, 0, bytes.length)) {
            if (in.nextToken() != JsonToken.START_OBJECT) {
                throw noEnvelope("it is " + JsonFaults.kind(in.currentToken()));
            }
            Plan plan = null;
            boolean hasPayload = false;
            String name;
            while ((name = in.nextFieldName()) != null) {
                in.nextToken();
                if (name.equals(SCHEMA)) {
                    plan = plan(in, bytes);
                    continue;
                }
                if (!name.equals(PAYLOAD)) {
                    throw noEnvelope("it has a third member " + JsonFaults.position(in));
                }
                hasPayload = true;
                in.skipChildren();
            }
            if (plan == null || !hasPayload) {
                throw noEnvelope("it has no '" + (plan == null ? SCHEMA : PAYLOAD) + "'");
            }
            return plan;
        }
    }

    private static DataException noEnvelope(String reason) {
        return new DataException("Cannot read JSON with schemas.enable=true: the text must be an object with exactly"
                + " 'schema' and 'payload', but " + reason + ". For plain JSON set schemas.enable=false.");
    }
}
