package dev.sluice.connector.file;

import java.io.IOException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import org.jspecify.annotations.Nullable;

/** What the file system says of the file behind a path, by one question. */
record FileState(Object key, long sizeBytes, FileTime modified) {

    /** Returns the state of what is behind a path now, or null if there is nothing. */
    static @Nullable FileState of(Path path) throws IOException {
        BasicFileAttributes attributes = FileFacts.attributes(path);
        return attributes == null
                ? null
                : new FileState(FileFacts.key(attributes), attributes.size(), attributes.lastModifiedTime());
    }
}
