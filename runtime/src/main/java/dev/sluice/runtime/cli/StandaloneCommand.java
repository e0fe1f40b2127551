package dev.sluice.runtime.cli;

import dev.sluice.runtime.SluiceVersion;
import dev.sluice.runtime.config.ConnectorFile;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.control.ConnectorView;
import dev.sluice.runtime.control.HerderView;
import dev.sluice.runtime.control.Prune;
import dev.sluice.runtime.control.RunState;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice standalone}: the worker, until it is stopped. */
@Command(
        name = "standalone",
        aliases = "connect-standalone",
        sortOptions = false,
        description = {
            "Start a worker with its built-in broker, its REST API and the connectors of the given files.",
            "",
            "Files are those of Kafka Connect standalone: properties, or JSON for connectors. A connector whose file is"
                    + " no longer given goes on as it was stored; --prune deletes it.",
            "Ctrl-C or SIGTERM stops cleanly, with exit code 0; the same command resumes.",
            ""
        })
final class StandaloneCommand implements Callable<Integer> {
    private static final Duration TICK = Duration.ofSeconds(1);
    private static final int SETTLING_TICKS_MAX = 20;
    private static final Duration SETTLING_TICK = Duration.ofMillis(50);
    /** What stopping may take beyond the time that tasks are given: closing the log, REST and Vert.x. */
    private static final Duration STOP_MARGIN = Duration.ofSeconds(20);

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm:ss");

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            index = "0",
            arity = "0..1",
            paramLabel = "WORKER_FILE",
            description = "Settings of the worker. It may be empty; without it, all settings are the defaults.")
    private @Nullable Path workerFile;

    @Parameters(index = "1..*", arity = "0..*", paramLabel = "CONNECTOR_FILE", description = "One connector each.")
    private List<Path> connectorFiles = new ArrayList<>();

    @Option(names = "--prune", description = "Delete connectors that came from files which are no longer given.")
    private boolean prunes;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Override
    public Integer call() throws InterruptedException {
        Terminal terminal = Terminal.of(Objects.requireNonNull(spec).commandLine());
        WorkerFile file = WorkerFile.read(workerFile, () -> StartUp.logToFile(options.isVerbose()));
        WorkerConfig config = file.config();
        List<ConnectorFile> connectors = ConnectorFile.readAll(connectorFiles);
        file.warnings().forEach(terminal::remark);
        config.warnings().forEach(terminal::remark);
        StartUp.logAs(config.logFormat());
        StartUp.logToFile(options.isVerbose());
        run(config, connectors, terminal);
        return 0;
    }

    private void run(WorkerConfig config, List<ConnectorFile> connectors, Terminal terminal)
            throws InterruptedException {
        StopSignal stop = StopSignal.install(config.shutdownTimeout().plus(STOP_MARGIN));
        int exitCode = Complaints.FAULT;
        try {
            try (StandaloneWorker worker = StandaloneWorker.start(config)) {
                worker.apply(connectors, prunes ? Prune.DELETE_OTHERS_FROM_FILES : Prune.KEEP_OTHERS)
                        .forEach(terminal::warn);
                show(worker, config, stop, terminal);
                terminal.say("Stopping.");
            }
            terminal.say("Stopped cleanly. The same command resumes where it stopped.");
            exitCode = 0;
        } finally {
            stop.finish(exitCode);
        }
    }

    private static void show(StandaloneWorker worker, WorkerConfig config, StopSignal stop, Terminal terminal)
            throws InterruptedException {
        for (int tick = 0; tick < SETTLING_TICKS_MAX && isStarting(worker.view()); tick++) {
            if (stop.await(SETTLING_TICK)) {
                return;
            }
        }
        HerderView first = worker.view();
        summary(first, worker, config).forEach(terminal::say);
        Progress progress = new Progress();
        progress.begin(first);
        while (!stop.await(TICK)) {
            long now = TimeUnit.NANOSECONDS.toMillis(System.nanoTime());
            progress.next(worker.view(), now)
                    .forEach(line -> terminal.say(TIME.format(LocalTime.now(ZoneId.systemDefault())) + "  " + line));
        }
    }

    private static boolean isStarting(HerderView view) {
        return view.connectors().stream()
                .anyMatch(connector -> connector.status().state() == RunState.UNASSIGNED);
    }

    private static List<String> summary(HerderView view, StandaloneWorker worker, WorkerConfig config) {
        List<String> lines = new ArrayList<>();
        lines.add("Sluice " + SluiceVersion.current() + " is running.");
        lines.add("  REST        "
                + worker.addresses().stream().map(URI::toString).collect(Collectors.joining(", ")));
        if (!worker.brokerAddresses().isEmpty()) {
            lines.add("  broker      " + String.join(", ", worker.brokerAddresses()));
        }
        lines.add("  data        " + config.dataDir());
        StartUp.logFile().ifPresent(file -> lines.add("  log         " + file));
        String label = "  connectors  ";
        for (ConnectorView connector : view.connectors()) {
            lines.add(label + connector.name() + " (" + connector.kind().word() + ") " + Progress.state(connector));
            label = " ".repeat(label.length());
        }
        if (view.connectors().isEmpty()) {
            lines.add(label + "none; give the files of some behind the worker file");
        }
        lines.add("Stop with Ctrl-C.");
        return lines;
    }
}
