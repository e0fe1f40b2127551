package dev.sluice.connector.file;

import dev.sluice.api.error.ConnectorException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks whether a sink's file can be written, before anything is: the file itself, or the folder that it would get. */
final class SinkPlace {
    private SinkPlace() {}

    /** Fails in words if the file, or the nearest folder above it that exists, cannot be written. Changes nothing. */
    static void requireWritable(Path file) {
        if (Files.isDirectory(file)) {
            throw new ConnectorException(
                    "Cannot write to " + file + ": it is a directory. Set file to a file in it or elsewhere.");
        }
        Path present = file.toAbsolutePath();
        while (present != null && !Files.exists(present)) {
            present = present.getParent();
        }
        if (present == null) {
            return;
        }
        boolean isFile = present.equals(file.toAbsolutePath());
        if (!isFile && !Files.isDirectory(present)) {
            throw new ConnectorException("Cannot write to " + file + ": " + present
                    + " is a file, not a folder. Set file to another place.");
        }
        if (!Files.isWritable(present)) {
            throw new ConnectorException("Cannot write to " + file + ": there is no write access to " + present
                    + ". Grant it, or set file to another place.");
        }
    }
}
