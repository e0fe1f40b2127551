package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import dev.sluice.api.error.DataException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Turns values into bytes with one generator and one buffer for all records of a task thread. */
final class JsonOutput {
    private static final int KEPT_SIZE_BYTES_MAX = 1 << 20;

    private ByteArrayOutputStream buffer = new ByteArrayOutputStream(1024);
    private @Nullable JsonGenerator generator;

    /** Returns prefix, the value's JSON and suffix. */
    byte[] write(byte[] prefix, ValueWriter writer, @Nullable Object value, byte[] suffix) {
        buffer.reset();
        try {
            buffer.write(prefix);
            JsonGenerator out = generator();
            writer.write(out, value);
            out.flush();
            buffer.write(suffix);
            return taken();
        } catch (StreamConstraintsException limit) {
            close();
            // Such messages hold sizes and limits only.
            throw new DataException("Cannot write JSON: the value passes a limit of the generator ("
                    + limit.getOriginalMessage() + "). Send values that are less deeply nested.");
        } catch (IOException failure) {
            close();
            // No cause: the generator's messages may quote the value.
            throw new DataException("Cannot write JSON: the value is refused by the generator ("
                    + failure.getClass().getSimpleName() + ").");
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    private JsonGenerator generator() throws IOException {
        JsonGenerator present = generator;
        if (present == null) {
            present = Json.generator(buffer);
            generator = present;
        }
        return present;
    }

    /** Copies the bytes; a buffer that one huge record blew up is not kept. */
    private byte[] taken() {
        byte[] bytes = buffer.toByteArray();
        if (bytes.length > KEPT_SIZE_BYTES_MAX) {
            close();
        }
        return bytes;
    }

    /** Forgets the generator, which may stand in the middle of a value, and the buffer. */
    void close() {
        JsonGenerator present = generator;
        generator = null;
        if (present != null) {
            try {
                present.close();
            } catch (IOException impossible) {
                throw new IllegalStateException("Cannot close a generator that writes to memory.", impossible);
            }
        }
        buffer = new ByteArrayOutputStream(1024);
    }
}
