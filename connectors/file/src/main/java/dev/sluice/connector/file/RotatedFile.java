package dev.sluice.connector.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds a file again that was renamed within its folder. */
final class RotatedFile {
    private static final Logger LOG = LoggerFactory.getLogger(RotatedFile.class);

    /** Entries of the folder that are looked at. */
    private static final int ENTRIES_MAX = 10_000;

    private RotatedFile() {}

    /** Returns the file that an offset was stored for, opened, or null if it is not in the folder of the path. */
    static @Nullable TailedFile find(Path path, FileOffset offset) throws IOException {
        Long inode = offset.identity().inode();
        Path folder = path.toAbsolutePath().getParent();
        if (inode == null || folder == null || !Files.isDirectory(folder)) {
            return null;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
            int seen = 0;
            for (Path entry : entries) {
                if (++seen > ENTRIES_MAX) {
                    LOG.atWarn().addKeyValue("file", path).log("folder is too large to look for the rotated file");
                    return null;
                }
                TailedFile file = openIf(entry, inode, offset);
                if (file != null) {
                    return file;
                }
            }
            return null;
        } catch (DirectoryIteratorException failure) {
            throw failure.getCause();
        }
    }

    private static @Nullable TailedFile openIf(Path entry, Long inode, FileOffset offset) throws IOException {
        if (!Files.isRegularFile(entry, LinkOption.NOFOLLOW_LINKS) || !inode.equals(FileFacts.inode(entry))) {
            return null;
        }
        TailedFile file = TailedFile.open(entry);
        if (file == null) {
            return null;
        }
        if (inode.equals(file.inode()) && file.fits(offset)) {
            return file;
        }
        file.close();
        return null;
    }
}
