package dev.sluice.runtime.cli;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/** Looks at the data directory: rights, room, and whether another process has it. */
final class DataDirChecks {
    /** The file by which Kafka, and so the built-in broker, keeps a data directory for one process. */
    private static final String LOCK_FILE = ".lock";

    private static final long ROOM_BYTES_MIN = 100L << 20;
    private static final long ROOM_BYTES_GOOD = 1L << 30;

    private DataDirChecks() {}

    static List<Finding> all(Path dataDir) {
        List<Finding> findings = new ArrayList<>();
        if (!Files.exists(dataDir)) {
            Path parent = existingParent(dataDir);
            findings.add(
                    Files.isDirectory(parent) && Files.isWritable(parent)
                            ? Finding.ok("data directory " + dataDir + " does not exist yet and will be created")
                            : Finding.problem("data directory " + dataDir + " cannot be created in " + parent
                                    + ". Make that folder writable, or set broker.data.dir to another one."));
            findings.add(room(parent));
            return findings;
        }
        findings.add(rights(dataDir));
        findings.add(room(dataDir));
        findings.add(lock(dataDir));
        return findings;
    }

    private static Path existingParent(Path path) {
        Path parent = path.toAbsolutePath();
        while (!Files.exists(parent) && parent.getParent() != null) {
            parent = parent.getParent();
        }
        return parent;
    }

    private static Finding rights(Path dataDir) {
        if (!Files.isDirectory(dataDir)) {
            return Finding.problem("data directory " + dataDir + " is a file. Set broker.data.dir to a folder.");
        }
        return Files.isReadable(dataDir) && Files.isWritable(dataDir)
                ? Finding.ok("data directory " + dataDir + " can be read and written")
                : Finding.problem("data directory " + dataDir + " cannot be read and written by this user."
                        + " Change its rights, or set broker.data.dir to another folder.");
    }

    private static Finding room(Path folder) {
        try {
            long bytes = Files.getFileStore(folder).getUsableSpace();
            String found = Sizes.inWords(bytes) + " free on the disk of " + folder;
            if (bytes < ROOM_BYTES_MIN) {
                return Finding.problem(
                        found + ". Free some space, or set broker.data.dir to a folder of another disk.");
            }
            return bytes < ROOM_BYTES_GOOD ? Finding.warning(found + ". That fills up soon.") : Finding.ok(found);
        } catch (IOException e) {
            return Finding.warning("free space of " + folder + " is not known: " + e.getMessage() + ".");
        }
    }

    private static Finding lock(Path dataDir) {
        Path file = dataDir.resolve(LOCK_FILE);
        if (!Files.exists(file)) {
            return Finding.ok("data directory is used by no other process");
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null ? used(dataDir) : Finding.ok("data directory is used by no other process");
        } catch (OverlappingFileLockException e) {
            return used(dataDir);
        } catch (IOException e) {
            return Finding.problem("lock " + file + " cannot be opened: " + e.getMessage() + ". Change its rights.");
        }
    }

    private static Finding used(Path dataDir) {
        return Finding.problem("data directory " + dataDir + " is used by another process. Stop that one, or set"
                + " broker.data.dir to another folder.");
    }
}
