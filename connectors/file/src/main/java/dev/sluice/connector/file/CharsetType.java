package dev.sluice.connector.file;

import dev.sluice.api.config.ConfigKind;
import dev.sluice.api.config.ConfigType;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;

/** The names of charsets in which lines can be told apart. */
final class CharsetType {
    private static final String WORDS = "the name of a charset such as UTF-8, ISO-8859-1 or UTF-16LE";

    static final ConfigType<Charset> INSTANCE =
            ConfigType.of(ConfigKind.STRING, WORDS, CharsetType::parse, Charset::name);

    private CharsetType() {}

    private static Charset parse(String text) {
        Charset charset = named(text.trim());
        if (LineFormat.of(charset).isEmpty()) {
            throw new IllegalArgumentException("lines cannot be told apart in it without decoding everything");
        }
        return charset;
    }

    private static Charset named(String name) {
        try {
            return Charset.forName(name);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException unknown) {
            throw new IllegalArgumentException("it must be " + WORDS, unknown);
        }
    }
}
