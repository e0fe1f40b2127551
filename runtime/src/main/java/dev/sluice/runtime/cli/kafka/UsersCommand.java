package dev.sluice.runtime.cli.kafka;

import dev.sluice.api.config.ConfigException;
import dev.sluice.broker.BrokerException;
import dev.sluice.runtime.cli.CommonOptions;
import dev.sluice.runtime.cli.StartUp;
import dev.sluice.runtime.cli.Terminal;
import dev.sluice.runtime.cli.TypedPassword;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code sluice users}: who may log in at the broker. */
@Command(
        name = "users",
        sortOptions = false,
        description = {
            "List, add and delete the users who may log in at the built-in broker.",
            "",
            "A user gets a salted password for SCRAM-SHA-256 and SCRAM-SHA-512, which PLAIN is compared with too. Adding a"
                    + " user who is there changes the password. The password is asked for, or it is the first line of the"
                    + " standard input.",
            ""
        })
public final class UsersCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @ArgGroup(multiplicity = "1")
    private Action action = new Action();

    @ArgGroup(multiplicity = "1")
    private Place place = new Place();

    @Option(
            names = "--command-config",
            paramLabel = "FILE",
            description = "Settings of Kafka's client for the connection: security.protocol and the like.")
    private @Nullable Path clientFile;

    @Option(
            names = "--node-id",
            defaultValue = "1",
            paramLabel = "NUMBER",
            description = "With --data-dir: the node.id of the broker (default: 1).")
    private int nodeId;

    @Option(
            names = "--password",
            paramLabel = "TEXT",
            description = "The password. Others on this machine can see it while the command runs.")
    private @Nullable String password;

    @Option(
            names = "--iterations",
            defaultValue = "8192",
            paramLabel = "NUMBER",
            description = "Rounds of hashing, from 4096 to 16384 (default: 8192).")
    private int iterations;

    @Mixin
    private CommonOptions options = new CommonOptions();

    /** What to do. */
    static final class Action {
        @Option(names = "--list", description = "Print the users.")
        private boolean isList;

        @Option(names = "--add", paramLabel = "NAME", description = "Add a user, or change the password.")
        private @Nullable String added;

        @Option(names = "--delete", paramLabel = "NAME", description = "Delete a user.")
        private @Nullable String deleted;
    }

    /** Where to do it. */
    static final class Place {
        @Option(names = "--bootstrap-server", paramLabel = "HOST:PORT", description = "A broker that runs.")
        private @Nullable String server;

        @Option(
                names = "--data-dir",
                paramLabel = "FOLDER",
                description = "The data directory of a broker that does not run, to make its first user.")
        private @Nullable Path directory;
    }

    /** Made by picocli. */
    public UsersCommand() {}

    @Override
    public Integer call() {
        StartUp.logToConsole(options.isVerbose());
        Terminal terminal = Terminal.of(Objects.requireNonNull(spec).commandLine());
        if (iterations < UserList.ITERATIONS_MIN || iterations > UserList.ITERATIONS_MAX) {
            throw new ConfigException("Cannot use --iterations " + iterations + ": it must be from "
                    + UserList.ITERATIONS_MIN + " to " + UserList.ITERATIONS_MAX + ". Correct it or leave it out.");
        }
        try (UserList users = open()) {
            run(users, terminal);
        } catch (BrokerException e) {
            throw new ConfigException(String.valueOf(e.getMessage()), e);
        }
        return 0;
    }

    private UserList open() {
        return place.directory != null
                ? new OfflineUserList(place.directory, nodeId)
                : RemoteUserList.connect(Objects.requireNonNull(place.server), clientFile);
    }

    private void run(UserList users, Terminal terminal) {
        if (action.added != null) {
            if (action.added.isBlank()) {
                throw new ConfigException("Cannot add a user without a name. Give one after --add.");
            }
            users.add(action.added, readPassword(action.added), iterations);
            terminal.say("User " + action.added + " can log in.");
        } else if (action.deleted != null) {
            users.delete(action.deleted);
            terminal.say(
                    "User " + action.deleted + " is deleted. Connections that are open stay until they end, or until"
                            + " connections.max.reauth.ms.");
        } else if (action.isList) {
            users.describe().forEach(terminal::say);
        }
    }

    private String readPassword(String name) {
        String given = password;
        if (given == null) {
            return TypedPassword.read(name);
        }
        if (given.isEmpty()) {
            throw new ConfigException("Cannot add user " + name + ": the password is empty. Type one, or give it as the"
                    + " first line of the standard input.");
        }
        return given;
    }
}
