package dev.sluice.runtime.cli;

import dev.sluice.api.config.ConfigException;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Asks for a password at the terminal, or takes the first line of the standard input where there is none. */
public final class TypedPassword {
    private static final int LINE_BYTES_MAX = 4096;

    private TypedPassword() {}

    /**
     * Returns what was typed. Blocks until then.
     *
     * @param name whose password it is
     * @throws ConfigException if it is empty
     */
    public static String read(String name) {
        String read = ask(name);
        if (read == null || read.isEmpty()) {
            throw new ConfigException("Cannot add user " + name + ": the password is empty. Type one, or give it as the"
                    + " first line of the standard input.");
        }
        return read;
    }

    /** From Java 22 on there is a console where the input is a file or a pipe, too. */
    private static boolean isTerminal(Console console) {
        try {
            return Boolean.TRUE.equals(Console.class.getMethod("isTerminal").invoke(console));
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    @SuppressWarnings("SystemConsoleNull") // what that warns of is looked at
    private static @Nullable String ask(String name) {
        Console console = System.console();
        if (console != null && isTerminal(console)) {
            char[] typed = console.readPassword("Password of %s: ", name);
            return typed == null ? null : new String(typed);
        }
        try {
            byte[] typed = System.in.readNBytes(LINE_BYTES_MAX);
            return new String(typed, StandardCharsets.UTF_8).lines().findFirst().orElse("");
        } catch (IOException e) {
            throw new ConfigException(
                    "Cannot read the password from the standard input: " + e.getMessage() + ". Give it there.", e);
        }
    }
}
