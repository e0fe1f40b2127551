package dev.sluice.plugin.standard.json;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A member's name, quoted and encoded once. Names with characters beyond U+FFFF are written as text each time, because
 * only then does the generator write these as escaped pairs, which Kafka Connect's bytes have.
 *
 * @param text the name
 * @param quoted the name ready for writing, or null
 */
record MemberName(String text, @Nullable SerializedString quoted) {
    static MemberName of(String text) {
        boolean hasPairs = text.chars().anyMatch(unit -> Character.isSurrogate((char) unit));
        return new MemberName(text, hasPairs ? null : new SerializedString(text));
    }

    void write(JsonGenerator out) throws IOException {
        if (quoted == null) {
            out.writeFieldName(text);
        } else {
            out.writeFieldName(quoted);
        }
    }
}
