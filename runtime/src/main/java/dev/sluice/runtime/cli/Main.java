package dev.sluice.runtime.cli;

import dev.sluice.runtime.cli.kafka.BrokerCommand;
import dev.sluice.runtime.cli.kafka.Tool;
import dev.sluice.runtime.cli.kafka.ToolRun;
import dev.sluice.runtime.cli.kafka.UsersCommand;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command {@code sluice}. */
@Command(
        name = "sluice",
        description = "Moves records between databases, search engines, files and a durable log, in one process.",
        subcommands = {
            StandaloneCommand.class,
            BrokerCommand.class,
            UsersCommand.class,
            RestUsersCommand.class,
            RestTokensCommand.class,
            DoctorCommand.class,
            VersionCommand.class,
            WarmUpCommand.class,
            PluginIndexCommand.class,
            CommandLine.HelpCommand.class
        },
        synopsisSubcommandLabel = "COMMAND",
        sortOptions = false,
        footer = {
            "",
            "Start the example, which copies a file through a topic into another file:",
            "  sluice standalone config/worker.properties \\",
            "      config/quickstart-source.properties config/quickstart-sink.properties",
            "",
            "Exit codes: 0 done or stopped cleanly, 1 a fault of Sluice, 2 something you can correct.",
            "Environment:",
            "  SLUICE_LOG_LEVEL  what the console shows: error, warn (default), info, debug",
            "  SLUICE_LOG_DIR    folder of the log file (default: logs in the working folder)"
        })
public final class Main implements Runnable {
    @Spec
    private @Nullable CommandSpec spec;

    @SuppressWarnings("UnusedVariable") // picocli itself reads it, by reflection
    @CommandLine.Option(
            names = {"-h", "--help"},
            usageHelp = true,
            description = "Show this help.")
    private boolean isHelpAsked;

    Main() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param args the words of the command line
     */
    public static void main(String[] args) {
        StartUp.prepareLibraries();
        PrintWriter out = new PrintWriter(System.out, true, console());
        PrintWriter err = new PrintWriter(System.err, true, console());
        Optional<Tool> tool = args.length == 0 ? Optional.empty() : Tool.named(args[0]);
        // A tool reads its own options, and starts the sooner without a parser of ours.
        System.exit(
                tool.isPresent()
                        ? runTool(tool.get(), List.of(args).subList(1, args.length), new Terminal(out, err))
                        : run(out, err, args));
    }

    private static int runTool(Tool tool, List<String> words, Terminal terminal) {
        StartUp.logBriefly();
        return ToolRun.run(tool, words, terminal);
    }

    /** Java 17 writes to a pipe in the platform's charset, which a terminal set to UTF-8 would not like. */
    private static Charset console() {
        return StandardCharsets.UTF_8;
    }

    static int run(PrintWriter out, PrintWriter err, String... args) {
        CommandLine main = new CommandLine(new Main());
        for (Tool tool : Tool.values()) {
            CommandSpec listed = CommandSpec.create();
            listed.usageMessage().description(tool.purpose());
            main.addSubcommand(tool.word(), listed);
        }
        return main.setOut(out)
                .setErr(err)
                .setUsageHelpWidth(100)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setExecutionExceptionHandler(new Complaints())
                .execute(args);
    }

    /** Without a command there is nothing to do but to say which there are. */
    @Override
    public void run() {
        throw new ParameterException(Objects.requireNonNull(spec).commandLine(), "Give a command.");
    }
}
