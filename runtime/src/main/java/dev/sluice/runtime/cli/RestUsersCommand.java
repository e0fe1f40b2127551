package dev.sluice.runtime.cli;

import dev.sluice.runtime.rest.access.CredentialFile;
import dev.sluice.runtime.rest.access.CredentialFile.Credential;
import dev.sluice.runtime.rest.access.Passwords;
import dev.sluice.runtime.rest.access.RestUser;
import dev.sluice.runtime.rest.access.Role;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** {@code sluice rest-users}: who may use the REST API with a password. */
@Command(
        name = "rest-users",
        sortOptions = false,
        subcommands = CommandLine.HelpCommand.class,
        synopsisSubcommandLabel = "(add | list | delete)",
        description = {
            "List, add and delete the users who may use the REST API with a name and a password.",
            "",
            "It works where the worker has rest.authentication=basic. Roles: read looks, operate also pauses, resumes, stops"
                    + " and restarts, admin may do everything. Adding a user who is there changes password and role. The"
                    + " password is asked for, or it is the first line of the standard input.",
            ""
        })
final class RestUsersCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            defaultValue = "config/rest-users.txt",
            scope = ScopeType.INHERIT,
            description = "The worker's rest.users.file (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("config/rest-users.txt");

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Command(name = "add", description = "Add a user, or change password and role.")
    int add(
            @Parameters(paramLabel = "NAME", description = "The name.") String name,
            @Option(names = "--role", required = true, paramLabel = "ROLE", description = "read, operate or admin.")
                    Role role) {
        RestUser user = new RestUser(name, CredentialList.requireGiven(role));
        String password = TypedPassword.read(name);
        credentials().add(new Credential(user, Passwords.hash(password.toCharArray())));
        return 0;
    }

    @Command(name = "list", description = "Print users and roles.")
    int list() {
        credentials().list();
        return 0;
    }

    @Command(name = "delete", description = "Delete a user.")
    int delete(@Parameters(paramLabel = "NAME", description = "The name.") String name) {
        credentials().delete(name);
        return 0;
    }

    private CredentialList credentials() {
        StartUp.logToConsole(options.isVerbose());
        return new CredentialList(new CredentialFile(file, CredentialFile.Kind.USERS), "User", terminal());
    }

    private Terminal terminal() {
        return Terminal.of(Objects.requireNonNull(spec).commandLine());
    }

    /** Without a word for what to do there is nothing to do but to say which there are. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                Objects.requireNonNull(spec).commandLine(), "Give one of add, list or delete.");
    }
}
