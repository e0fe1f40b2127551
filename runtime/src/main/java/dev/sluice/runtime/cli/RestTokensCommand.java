package dev.sluice.runtime.cli;

import dev.sluice.runtime.rest.access.CredentialFile;
import dev.sluice.runtime.rest.access.CredentialFile.Credential;
import dev.sluice.runtime.rest.access.RestUser;
import dev.sluice.runtime.rest.access.Role;
import dev.sluice.runtime.rest.access.Tokens;
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

/** {@code sluice rest-tokens}: the tokens of the REST API. */
@Command(
        name = "rest-tokens",
        sortOptions = false,
        subcommands = CommandLine.HelpCommand.class,
        synopsisSubcommandLabel = "(add | list | delete)",
        description = {
            "List, add and delete the tokens with which programs may use the REST API.",
            "",
            "It works where the worker has rest.authentication=bearer. A new token is printed once, and only its hash is"
                    + " kept. Roles: read looks, operate also pauses, resumes, stops and restarts, admin may do everything.",
            ""
        })
final class RestTokensCommand implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--file",
            paramLabel = "FILE",
            defaultValue = "config/rest-tokens.txt",
            scope = ScopeType.INHERIT,
            description = "The worker's rest.tokens.file (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("config/rest-tokens.txt");

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Command(name = "add", description = "Add a token, or change token and role.")
    int add(
            @Parameters(paramLabel = "NAME", description = "Who uses it, as the log shall name it.") String name,
            @Option(names = "--role", required = true, paramLabel = "ROLE", description = "read, operate or admin.")
                    Role role) {
        RestUser user = new RestUser(name, CredentialList.requireGiven(role));
        String token = Tokens.random();
        credentials().add(new Credential(user, Tokens.hash(token)));
        terminal().say(token);
        return 0;
    }

    @Command(name = "list", description = "Print tokens and roles.")
    int list() {
        credentials().list();
        return 0;
    }

    @Command(name = "delete", description = "Delete a token.")
    int delete(@Parameters(paramLabel = "NAME", description = "The name.") String name) {
        credentials().delete(name);
        return 0;
    }

    private CredentialList credentials() {
        StartUp.logToConsole(options.isVerbose());
        return new CredentialList(new CredentialFile(file, CredentialFile.Kind.TOKENS), "Token", terminal());
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
