package dev.sluice.runtime.rest.access;

import dev.sluice.api.config.ConfigException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file of users or tokens. One line each: {@code name:role:hash}; empty lines and those that begin with # are passed over.
 * Reads and writes files: not for an event loop.
 */
public final class CredentialFile {
    /** What is kept in a file. */
    public enum Kind {
        /** Names with passwords. */
        USERS("rest-users"),
        /** Names with tokens. */
        TOKENS("rest-tokens");

        private final String command;

        Kind(String command) {
            this.command = command;
        }

        private boolean isHash(String text) {
            return this == USERS ? Passwords.isHash(text) : Tokens.isHash(text);
        }
    }

    /**
     * Who may come in.
     *
     * @param user name and role
     * @param hash of the password or token
     */
    public record Credential(RestUser user, String hash) {
        /** Shows no hash. */
        @Override
        public String toString() {
            return "Credential[" + user + "]";
        }
    }

    private static final String OWNER_ONLY = "rw-------";

    private final Path path;
    private final Kind kind;

    /** Names a file, which need not be there. */
    public CredentialFile(Path path, Kind kind) {
        this.path = path;
        this.kind = kind;
    }

    /** Returns where the file is. */
    public Path path() {
        return path;
    }

    /**
     * Reads the file.
     *
     * @return credentials by name, in the order of the file; empty if there is no file
     * @throws ConfigException naming the line that cannot be used
     */
    public Map<String, Credential> read() {
        try {
            Map<String, Credential> found = new LinkedHashMap<>();
            int number = 0;
            for (String line : Files.readAllLines(path)) {
                number++;
                if (!line.isBlank() && !line.startsWith("#")) {
                    add(found, line, number);
                }
            }
            return found;
        } catch (NoSuchFileException e) {
            return new LinkedHashMap<>();
        } catch (CharacterCodingException e) {
            throw new ConfigException("Cannot read " + path + ": it is no text in UTF-8. " + remedy(), e);
        } catch (IOException e) {
            throw new ConfigException("Cannot read " + path + ": " + e + ". Let this user read it.", e);
        }
    }

    private void add(Map<String, Credential> found, String line, int number) {
        String[] parts = line.split(":", 3);
        Role role = parts.length == 3 ? role(parts[1]) : null;
        if (role == null || parts[0].isBlank() || !kind.isHash(parts[2])) {
            throw new ConfigException(
                    "Cannot use line " + number + " of " + path + ": it must be name:role:hash. " + remedy());
        }
        if (found.put(parts[0], new Credential(new RestUser(parts[0], role), parts[2])) != null) {
            throw new ConfigException("Cannot use line " + number + " of " + path + ": " + parts[0]
                    + " is there already. Keep one of the lines.");
        }
    }

    private String remedy() {
        return "Correct it, or write it with sluice " + kind.command + " add.";
    }

    private static @Nullable Role role(String word) {
        for (Role role : Role.values()) {
            if (role != Role.ANYONE && role.word().equals(word.toLowerCase(Locale.ROOT))) {
                return role;
            }
        }
        return null;
    }

    /**
     * Adds a credential, or replaces the one of that name.
     *
     * @return whether the name was there before
     * @throws ConfigException if the name cannot be used or the file cannot be written
     */
    public boolean put(Credential credential) {
        requireUsable(credential.user().name());
        Map<String, Credential> all = read();
        boolean wasThere = all.put(credential.user().name(), credential) != null;
        write(all.values());
        return wasThere;
    }

    private static void requireUsable(String name) {
        if (name.isBlank()
                || name.startsWith("#")
                || name.contains(":")
                || name.chars().anyMatch(Character::isISOControl)) {
            throw new ConfigException("Cannot add '" + name
                    + "': a name is not empty, has no colon and no control character, and does not begin with #. Choose"
                    + " another one.");
        }
    }

    /**
     * Takes a credential away.
     *
     * @return whether it was there
     */
    public boolean remove(String name) {
        Map<String, Credential> all = read();
        boolean wasThere = all.remove(name) != null;
        if (wasThere) {
            write(all.values());
        }
        return wasThere;
    }

    /** Writes a new file beside the old one and moves it over: who reads sees one of both. */
    private void write(Collection<Credential> credentials) {
        List<String> lines = new ArrayList<>();
        lines.add(
                "# name:role:hash, written by sluice " + kind.command + ". Keep it from other users of this machine.");
        credentials.forEach(credential -> lines.add(
                credential.user().name() + ":" + credential.user().role().word() + ":" + credential.hash()));
        Path absolute = path.toAbsolutePath();
        Path folder = absolute.getParent();
        try {
            if (folder != null) {
                Files.createDirectories(folder);
            }
            Path written = temporary(absolute);
            Files.write(written, lines);
            Files.move(written, absolute, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ConfigException("Cannot write " + path + ": " + e + ". Let this user write there.", e);
        }
    }

    private static Path temporary(Path file) throws IOException {
        Path temporary = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        boolean isPosix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return isPosix
                ? Files.createFile(
                        temporary, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(OWNER_ONLY)))
                : Files.createFile(temporary);
    }
}
