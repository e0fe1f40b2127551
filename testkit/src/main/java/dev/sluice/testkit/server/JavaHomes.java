package dev.sluice.testkit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/** Finds a Java that is new enough for a server: the one that runs the test, else a newer one of this machine. */
final class JavaHomes {
    private static final List<String> VARIABLES = List.of("JAVA21_HOME", "JAVA25_HOME", "JDK21_HOME", "JDK25_HOME");
    private static final Path INSTALLED = Path.of("/usr/lib/jvm");

    private JavaHomes() {}

    static Optional<Path> atLeast(int release) {
        return Stream.of(Stream.of(Path.of(System.getProperty("java.home"))), named(), installed())
                .flatMap(homes -> homes)
                .filter(home -> release(home) >= release)
                .findFirst();
    }

    private static Stream<Path> named() {
        return VARIABLES.stream()
                .map(System::getenv)
                .filter(home -> home != null && !home.isBlank())
                .map(Path::of);
    }

    private static Stream<Path> installed() {
        if (!Files.isDirectory(INSTALLED)) {
            return Stream.empty();
        }
        try (Stream<Path> homes = Files.list(INSTALLED)) {
            return homes.sorted().toList().stream();
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot list " + INSTALLED + ".", unreadable);
        }
    }

    /** Every JDK says its version in a file; a folder without one is none, and older than all. */
    private static int release(Path home) {
        Path file = home.resolve("release");
        if (!Files.isReadable(file) || !Files.isExecutable(home.resolve("bin").resolve("java"))) {
            return 0;
        }
        Properties facts = new Properties();
        try (var in = Files.newInputStream(file)) {
            facts.load(in);
        } catch (IOException unreadable) {
            throw new UncheckedIOException("Cannot read " + file + ".", unreadable);
        }
        String version = facts.getProperty("JAVA_VERSION", "0").replace("\"", "");
        return Integer.parseInt(version.split("[.+-]", 2)[0]);
    }
}
