package dev.sluice.connector.file;

import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.SchemaAndValue;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;

/**
 * Makes lines out of values. Pure.
 *
 * <p>Text and JSON that come undecoded are written as they are, bytes too; anything else as its {@code toString()} says,
 * so null becomes {@code null}. Only undecoded JSON loses its line breaks, which stand between its tokens and would tear
 * the document apart.
 */
final class LineEncoder {
    static final Set<String> UNDECODED = Set.of(Encoded.UTF8_TEXT, Encoded.JSON);

    private final LineFormat format;
    private final byte[] terminator;

    LineEncoder(Charset charset) {
        format = LineFormat.of(charset).orElseThrow();
        terminator = "\n".getBytes(charset);
    }

    LineFormat format() {
        return format;
    }

    byte[] terminator() {
        return terminator;
    }

    /** Returns the line without its terminator; the array may be the value's own. */
    byte[] line(SchemaAndValue value) {
        Optional<byte[]> text = value.encodedAs(Encoded.UTF8_TEXT);
        if (text.isPresent()) {
            return transcoded(text.get());
        }
        Optional<byte[]> json = value.encodedAs(Encoded.JSON);
        if (json.isPresent()) {
            return transcoded(onOneLine(json.get()));
        }
        Object decoded = value.value();
        return decoded instanceof byte[] bytes ? bytes : String.valueOf(decoded).getBytes(format.charset());
    }

    private byte[] transcoded(byte[] utf8) {
        return format.isUtf8() ? utf8 : new String(utf8, StandardCharsets.UTF_8).getBytes(format.charset());
    }

    /** Raw line breaks cannot be part of a JSON string, so a blank in their place changes nothing. */
    private static byte[] onOneLine(byte[] json) {
        int at = LineScanner.indexOfEither((byte) '\n', (byte) '\r', json, 0, json.length);
        if (at == json.length) {
            return json;
        }
        byte[] line = json.clone();
        while (at < line.length) {
            line[at] = ' ';
            at = LineScanner.indexOfEither((byte) '\n', (byte) '\r', line, at + 1, line.length);
        }
        return line;
    }
}
