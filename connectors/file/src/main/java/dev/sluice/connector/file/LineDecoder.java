package dev.sluice.connector.file;

import dev.sluice.api.data.Encoded;
import dev.sluice.api.data.SchemaAndValue;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * Makes values out of the bytes of lines.
 *
 * <p>Lines in UTF-8 stay as they are until somebody reads them, so malformed bytes reach the topic unchanged if the
 * converter passes text through. Whoever reads a line as a string, in whatever charset, sees the replacement character
 * in place of malformed bytes.
 */
final class LineDecoder {
    private LineDecoder() {}

    static SchemaAndValue value(byte[] line, LineFormat format) {
        if (format.isUtf8()) {
            return SchemaAndValue.undecoded(new Encoded(line, Encoded.UTF8_TEXT), LineDecoder::fromUtf8);
        }
        Charset charset = format.charset();
        return SchemaAndValue.string(new String(line, charset));
    }

    private static SchemaAndValue fromUtf8(byte[] bytes) {
        return SchemaAndValue.string(new String(bytes, StandardCharsets.UTF_8));
    }
}
