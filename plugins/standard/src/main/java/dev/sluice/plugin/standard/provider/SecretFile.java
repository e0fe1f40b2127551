package dev.sluice.plugin.standard.provider;

import dev.sluice.api.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;

/** Reads small text files whose contents nobody may see. */
final class SecretFile {
    /** As much as a secret of Kubernetes may hold. */
    static final int SIZE_BYTES_MAX = 1 << 20;

    private SecretFile() {}

    /**
     * Returns the text of a file in UTF-8.
     *
     * @throws ConfigException saying why not, without a word of the contents
     */
    static String read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(SIZE_BYTES_MAX + 1);
            try {
                return text(file, bytes);
            } finally {
                Arrays.fill(bytes, (byte) 0);
            }
        } catch (NoSuchFileException missing) {
            throw failed(file, "it does not exist", "Create it, or correct the path in the setting.");
        } catch (java.nio.charset.CharacterCodingException notText) {
            throw failed(file, "it is not text in UTF-8", "Save it as UTF-8.");
        } catch (IOException e) {
            throw failed(
                    file, "reading fails (" + e.getClass().getSimpleName() + ")", "Let the worker's user read it.");
        }
    }

    private static String text(Path file, byte[] bytes) throws java.nio.charset.CharacterCodingException {
        if (bytes.length > SIZE_BYTES_MAX) {
            throw failed(
                    file,
                    "it is larger than " + SIZE_BYTES_MAX + " bytes",
                    "Name a file that holds nothing but settings.");
        }
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** Makes the exception without its cause, which might quote the contents. */
    static ConfigException failed(Path file, String why, String fix) {
        return new ConfigException("Cannot read " + file + " for a setting: " + why + ". " + fix);
    }
}
