package dev.sluice.conformance;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;

/** The modules that a client's {@code package-lock.json} names, installed below {@code target/} with npm. */
final class NodeModules {
    /** Compiles a C library for some minutes at its installation. */
    private static final String COMPILED = "node-rdkafka";

    private final Path client;
    private final Path folder;

    NodeModules(Path client) {
        this.client = client;
        this.folder = Path.of("target/npm").toAbsolutePath().resolve(name(client));
    }

    private static String name(Path client) {
        return String.valueOf(client.getFileName());
    }

    /** Returns whether installing them is a matter of seconds. */
    boolean isCheap() {
        return !name(client).equals(COMPILED);
    }

    String reasonToWait() {
        return "Skipped: " + name(client) + " compiles for some minutes. Run mvn verify -Psoak.";
    }

    /** Installs what the lock file names, unless that was done; a client without such a file needs nothing. */
    void install() throws IOException {
        Path lock = client.resolve("package-lock.json");
        Path done = folder.resolve("installed.json");
        if (!Files.exists(lock) || (Files.exists(done) && Files.mismatch(lock, done) == -1)) {
            return;
        }
        Files.createDirectories(folder);
        for (String file : new String[] {"package.json", "package-lock.json"}) {
            Files.copy(client.resolve(file), folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
        }
        Command.Ended npm = Command.run(folder, Map.of(), "npm", "ci", "--no-audit", "--no-fund");
        assumeTrue(npm.exitCode() == 0, () -> "Skipped: npm cannot install " + name(client) + ". " + npm.output());
        Files.copy(lock, done, StandardCopyOption.REPLACE_EXISTING);
    }

    /** Returns the folder in which node looks for them. */
    Path path() {
        return folder.resolve("node_modules");
    }
}
