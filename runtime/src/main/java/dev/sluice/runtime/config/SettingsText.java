package dev.sluice.runtime.config;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** The text of a settings file. */
record SettingsText(String content, List<ConfigProblem> warnings) {
    /** A settings file is small; a large one is a data file given by mistake. */
    private static final long SIZE_BYTES_MAX = 4L << 20;

    static SettingsText read(Path file, String purpose) {
        String cannot = "Cannot read " + purpose + " " + file + ": ";
        try {
            if (Files.isDirectory(file)) {
                throw new ConfigException(cannot + "it is a folder. Give the path of a file.");
            }
            if (Files.size(file) > SIZE_BYTES_MAX) {
                throw new ConfigException(cannot + "it is larger than " + SIZE_BYTES_MAX + " bytes, too large for"
                        + " settings. Give the path of a settings file.");
            }
            return decode(file, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            throw new ConfigException(
                    cannot + "there is no such file. Check the path; it starts at the working folder "
                            + Path.of("").toAbsolutePath() + ".",
                    e);
        } catch (AccessDeniedException e) {
            throw new ConfigException(cannot + "permission denied. Allow this user to read it.", e);
        } catch (IOException e) {
            throw new ConfigException(cannot + e.getMessage() + ". Check the file.", e);
        }
    }

    private static SettingsText decode(Path file, byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
            return new SettingsText(text.startsWith("\uFEFF") ? text.substring(1) : text, List.of());
        } catch (CharacterCodingException e) {
            // Kafka Connect reads ISO 8859-1, in which every sequence of bytes is a text.
            ConfigProblem warning = ConfigProblem.warning(
                    file.toString(),
                    "File " + file + " is not valid UTF-8 and was read as ISO 8859-1.",
                    "Save it as UTF-8 if it holds other characters.");
            return new SettingsText(new String(bytes, StandardCharsets.ISO_8859_1), List.of(warning));
        }
    }
}
