package dev.sluice.testkit.server;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** The folder into which the build unpacks servers, one below the other, once for all modules and runs. */
final class ServerFiles {
    /** Set by the build for every test. */
    private static final String PROPERTY = "sluice.servers";

    private static final Path BELOW_THE_ROOT = Path.of("target", "servers");

    private ServerFiles() {}

    /** Returns an unpacked server's folder, if the build laid it out. */
    static Optional<Path> unpacked(String name) {
        return folder().map(servers -> servers.resolve(name)).filter(Files::isDirectory);
    }

    /** Outside a build, in an editor, no property tells: looks from the working folder upwards. */
    private static Optional<Path> folder() {
        String set = System.getProperty(PROPERTY);
        if (set != null) {
            return Optional.of(Path.of(set));
        }
        return Stream.iterate(Path.of("").toAbsolutePath(), Objects::nonNull, Path::getParent)
                .map(folder -> folder.resolve(BELOW_THE_ROOT))
                .filter(Files::isDirectory)
                .findFirst();
    }

    /** Copies a resource beside this class into a folder and returns the file. */
    static Path copyResource(String name, Path folder) throws IOException {
        try (InputStream resource = ServerFiles.class.getResourceAsStream(name)) {
            return Files.write(
                    folder.resolve(name), Objects.requireNonNull(resource, name).readAllBytes());
        }
    }

    /** Deletes a folder and all in it; what is gone already is fine. */
    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException left) {
            throw new UncheckedIOException("Cannot delete " + folder + ".", left);
        }
    }
}
