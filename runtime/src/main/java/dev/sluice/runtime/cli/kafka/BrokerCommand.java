package dev.sluice.runtime.cli.kafka;

import dev.sluice.broker.BrokerException;
import dev.sluice.runtime.SluiceVersion;
import dev.sluice.runtime.cli.CommonOptions;
import dev.sluice.runtime.cli.Complaints;
import dev.sluice.runtime.cli.StartUp;
import dev.sluice.runtime.cli.StopSignal;
import dev.sluice.runtime.cli.Terminal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice broker}: the broker alone, until it is stopped. */
@Command(
        name = "broker",
        sortOptions = false,
        description = {
            "Start the built-in broker alone: every Kafka client can use it.",
            "",
            "The file is Kafka's server.properties. Without one it listens on localhost:9092 and keeps its data in"
                    + " ./data. Ctrl-C or SIGTERM stops cleanly, with exit code 0; the same command goes on.",
            ""
        })
public final class BrokerCommand implements Callable<Integer> {
    private static final Duration TICK = Duration.ofMillis(500);
    /** What stopping may take: answers that are under way, then closing every log. */
    private static final Duration STOP_MAX = Duration.ofSeconds(60);

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "SERVER_FILE",
            description = "Settings of the broker. It may be empty; without it, all settings are the defaults.")
    private @Nullable Path file;

    @Option(
            names = "--override",
            paramLabel = "KEY=VALUE",
            description = "A setting that wins over the file. May be given several times.")
    private List<String> overrides = new ArrayList<>();

    @Mixin
    private CommonOptions options = new CommonOptions();

    /** Made by picocli. */
    public BrokerCommand() {}

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = Terminal.of(Objects.requireNonNull(spec).commandLine());
        BrokerFile settings = BrokerFile.read(file, overrides);
        settings.warnings().forEach(terminal::remark);
        settings.config().warnings().forEach(terminal::warn);
        settings.config().notes().forEach(terminal::note);
        StartUp.logToFile(options.isVerbose());
        return run(settings, terminal);
    }

    private static int run(BrokerFile settings, Terminal terminal) throws InterruptedException {
        StopSignal stop = StopSignal.install(STOP_MAX);
        int exitCode = Complaints.FAULT;
        try {
            Optional<BrokerException> failure;
            try (RunningBroker broker = RunningBroker.start(settings.config())) {
                summary(broker).forEach(terminal::say);
                failure = awaitEnd(broker, stop);
                terminal.say("Stopping.");
            }
            if (failure.isPresent()) {
                terminal.problem(failure.get().getMessage());
                return exitCode;
            }
            terminal.say("Stopped cleanly. The same command goes on where it stopped.");
            exitCode = 0;
        } finally {
            stop.finish(exitCode);
        }
        return exitCode;
    }

    /** Waits for a signal, or for the data directory to fail: then nothing can be written until somebody sees to it. */
    private static Optional<BrokerException> awaitEnd(RunningBroker broker, StopSignal stop)
            throws InterruptedException {
        while (!stop.await(TICK)) {
            Optional<BrokerException> failure = broker.failure();
            if (failure.isPresent()) {
                return failure;
            }
        }
        return Optional.empty();
    }

    static List<String> summary(RunningBroker broker) {
        List<String> lines = new ArrayList<>();
        lines.add("Sluice " + SluiceVersion.current() + " is running.");
        String label = "  broker      ";
        for (var listener : broker.addresses().entrySet()) {
            lines.add(label + listener.getValue() + " (" + listener.getKey() + ")");
            label = " ".repeat(label.length());
        }
        lines.add("  data        " + broker.directory());
        StartUp.logFile().ifPresent(file -> lines.add("  log         " + file));
        lines.add("  topics      " + broker.topicCount());
        lines.add("Stop with Ctrl-C.");
        return lines;
    }
}
