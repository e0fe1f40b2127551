package dev.sluice.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The installation that this build made, next to the checkout that it was made from. */
final class Installation {
    static final Path CHECKOUT = Path.of("..").toAbsolutePath().normalize();
    static final Path HOME = CHECKOUT.resolve("distribution/target/sluice");

    private Installation() {}

    /** Returns the names of what a folder of the installation holds, in alphabetical order. */
    static List<String> names(String folder) throws IOException {
        try (var entries = Files.list(HOME.resolve(folder))) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
