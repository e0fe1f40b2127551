package dev.sluice.runtime.cli;

import dev.sluice.runtime.config.WorkerConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sluice doctor}: looks at everything that a start needs, and changes nothing. */
@Command(
        name = "doctor",
        sortOptions = false,
        description = {
            "Check what a start needs: Java, settings, ports, disk, data directory, plugins.",
            "Exit code 0: nothing stands in the way of a start. 2: something does; each finding says what to do.",
            ""
        })
final class DoctorCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "WORKER_FILE", description = "Settings of the worker to be started.")
    private @Nullable Path workerFile;

    @Mixin
    private CommonOptions options = new CommonOptions();

    @Override
    public Integer call() {
        Terminal terminal = Terminal.of(Objects.requireNonNull(spec).commandLine());
        StartUp.logToConsole(options.isVerbose());
        WorkerFile file = WorkerFile.read(workerFile, () -> {});
        WorkerConfig config = file.config();
        List<Finding> findings = new ArrayList<>();
        findings.add(HostChecks.java(Runtime.version().feature()));
        file.warnings().forEach(warning -> findings.add(Finding.of(warning)));
        config.warnings().forEach(warning -> findings.add(Finding.of(warning)));
        config.listeners().forEach(listener -> findings.add(HostChecks.port(listener)));
        findings.addAll(DataDirChecks.all(config.dataDir()));
        findings.addAll(PluginChecks.all(config));
        findings.forEach(finding -> terminal.say(finding.line()));
        return conclude(findings, terminal);
    }

    private static int conclude(List<Finding> findings, Terminal terminal) {
        long problems = findings.stream().filter(Finding::standsInTheWay).count();
        if (problems == 0) {
            terminal.say("Nothing stands in the way of a start.");
            return 0;
        }
        terminal.say(
                problems == 1
                        ? "1 problem stands in the way of a start."
                        : problems + " problems stand in the way" + " of a start.");
        return Complaints.USER_ERROR;
    }
}
