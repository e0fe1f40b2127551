package dev.sluice.distribution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Writes shell scripts that stand in for programs, and runs them. */
final class Scripts {
    private static final long LIMIT_SECONDS = 60;

    private Scripts() {}

    /** Writes an executable shell script. */
    static void write(Path file, String lines) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + lines);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** Copies a file with its permissions, into folders made on the way. */
    static void copy(Path from, Path to) throws IOException {
        Files.createDirectories(to.getParent());
        Files.copy(from, to, StandardCopyOption.COPY_ATTRIBUTES);
    }

    /** Runs a command to its end. */
    static Ran run(Path folder, Map<String, String> variables, String... command) throws Exception {
        return end(start(folder, variables, command));
    }

    /** Starts a command in a folder, with these variables and none of ours that would change what a launcher does. */
    static Process start(Path folder, Map<String, String> variables, String... command) throws IOException {
        var builder = new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("SLUICE_"));
        builder.environment().putAll(variables);
        return builder.start();
    }

    /** Waits for a command to end. */
    static Ran end(Process process) throws InterruptedException {
        var output = CompletableFuture.supplyAsync(() -> output(process));
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
            throw new IllegalStateException("The command did not end within " + LIMIT_SECONDS + " s");
        }
        return new Ran(process.exitValue(), output.join());
    }

    private static String output(Process process) {
        try {
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
