package dev.sluice.connector.file;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a file sink, read once.
 *
 * @param file the file's name as it was given, or null for standard output
 * @param charset how texts are encoded
 */
record FileSinkConfig(@Nullable String file, Charset charset) {

    static final ConfigKey<String> FILE = ConfigKey.string("file")
            .optional()
            .check(Check.nonEmpty())
            .doc("The file to append to; it and its folders are created. If left out, lines go to standard output.")
            .importance(Importance.HIGH)
            .width(Width.LONG);

    static final ConfigKey<Charset> CHARSET = ConfigKey.of("charset", CharsetType.INSTANCE)
            .extended()
            .defaultsTo(StandardCharsets.UTF_8)
            .check(Check.of(
                    "a charset that names its byte order, such as UTF-16LE", charset -> !LineFormat.isMarked(charset)))
            .doc("The charset of the file. Characters that it lacks become its replacement, mostly a question mark.")
            .importance(Importance.MEDIUM)
            .width(Width.SHORT);

    static final ConfigSpec SPEC = ConfigSpec.of(FILE, CHARSET);

    static FileSinkConfig of(Config config) {
        return new FileSinkConfig(config.find(FILE).orElse(null), config.get(CHARSET));
    }

    /** Returns the name for messages. */
    String target() {
        return file == null ? "standard output" : file;
    }
}
