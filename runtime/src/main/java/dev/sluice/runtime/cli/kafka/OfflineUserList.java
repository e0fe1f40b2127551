package dev.sluice.runtime.cli.kafka;

import dev.sluice.api.config.ConfigException;
import dev.sluice.broker.security.Passwords;
import dev.sluice.broker.topic.OfflineUsers;
import dev.sluice.broker.topic.Users;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The users in a data directory that no broker has open. */
record OfflineUserList(Path directory, int nodeId) implements UserList {
    private static final List<String> MECHANISMS = List.of("SCRAM-SHA-256", "SCRAM-SHA-512");

    @Override
    public List<String> describe() {
        List<String> lines = new ArrayList<>();
        OfflineUsers.alter(directory, nodeId, users -> users)
                .byName()
                .forEach((name, credentials) -> lines.add(name + "  " + String.join(", ", credentials.keySet())));
        return lines;
    }

    @Override
    public void add(String name, String password, int iterations) {
        var unused = OfflineUsers.alter(directory, nodeId, before -> {
            Users users = before;
            for (String mechanism : MECHANISMS) {
                users = users.with(name, mechanism, Passwords.salt(mechanism, password, iterations));
            }
            return users;
        });
    }

    @Override
    public void delete(String name) {
        var unused = OfflineUsers.alter(directory, nodeId, before -> {
            if (before.of(name).isEmpty()) {
                throw new ConfigException(
                        "Cannot delete user " + name + ": there is none of this name. See --list for those there are.");
            }
            Users users = before;
            for (String mechanism : before.of(name).keySet()) {
                users = users.without(name, mechanism);
            }
            return users;
        });
    }

    /** Holds nothing between its steps. */
    @Override
    public void close() {}
}
