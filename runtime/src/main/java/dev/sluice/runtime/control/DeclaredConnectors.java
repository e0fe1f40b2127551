package dev.sluice.runtime.control;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.runtime.config.ConnectorFile;
import dev.sluice.runtime.config.InitialState;
import dev.sluice.runtime.secret.Masking;
import dev.sluice.runtime.secret.Unmasked;
import dev.sluice.runtime.store.ConfigStore;
import dev.sluice.runtime.store.StatusStore;
import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.store.StoredTarget;
import dev.sluice.runtime.store.TargetState;
import dev.sluice.runtime.validate.Checked;
import dev.sluice.runtime.validate.Validation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Takes the connectors of files as what is wanted, at the worker's start. Blocks; for the herder's thread. */
final class DeclaredConnectors {
    private final ConfigStore configs;
    private final StatusStore statuses;
    private final Validation check;
    private final Masking masking;

    DeclaredConnectors(ConfigStore configs, StatusStore statuses, Validation check, Masking masking) {
        this.configs = configs;
        this.statuses = statuses;
        this.check = check;
        this.masking = masking;
    }

    /**
     * Checks all files, then stores what differs.
     *
     * @return notes for people
     * @throws ConfigException naming file and setting if one of them is wrong, with nothing changed
     */
    List<String> apply(List<ConnectorFile> given, Prune prune) {
        Map<String, StoredConnector> stored = new LinkedHashMap<>(configs.connectors());
        List<ConnectorFile> files = unmasked(given, stored);
        List<String> notes = checkAll(files);
        for (ConnectorFile file : files) {
            apply(file, stored.get(file.name()), notes);
        }
        if (prune == Prune.DELETE_OTHERS_FROM_FILES) {
            prune(files, stored, notes);
        }
        return notes;
    }

    /** A file that was written from an answer holds masks, which stand for what is stored. */
    private List<ConnectorFile> unmasked(List<ConnectorFile> files, Map<String, StoredConnector> stored) {
        List<ConnectorFile> unmasked = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        for (ConnectorFile file : files) {
            StoredConnector old = stored.get(file.name());
            Unmasked config = masking.unmask(new LinkedHashMap<>(file.config()), old == null ? Map.of() : old.config());
            config.problems().forEach(problem -> problems.add(inFile(file, problem)));
            unmasked.add(
                    new ConnectorFile(file.file(), file.name(), config.texts(), file.initialState(), file.warnings()));
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return unmasked;
    }

    /** What a user paused or stopped stays so; a connector that is new begins as its file says. */
    private void apply(ConnectorFile file, @Nullable StoredConnector old, List<String> notes) {
        StoredConnector given = new StoredConnector(file.config(), file.file().toString());
        if (given.equals(old)) {
            return;
        }
        if (old != null && !old.config().equals(given.config())) {
            notes.add("Connector " + file.name() + ": its stored settings differed; those of " + file.file()
                    + " are taken.");
        }
        StoredTarget target = old == null ? initial(file.initialState()) : configs.target(file.name());
        configs.putConnector(file.name(), given, target, "file " + file.file()).join();
    }

    static StoredTarget initial(InitialState state) {
        return switch (state) {
            case RUNNING -> StoredTarget.STARTED;
            case PAUSED -> StoredTarget.of(TargetState.PAUSED);
            case STOPPED -> StoredTarget.of(TargetState.STOPPED);
        };
    }

    private void prune(List<ConnectorFile> files, Map<String, StoredConnector> stored, List<String> notes) {
        List<String> given = files.stream().map(ConnectorFile::name).toList();
        stored.forEach((name, connector) -> {
            String file = connector.file();
            if (file != null && !given.contains(name)) {
                configs.removeConnector(name).join();
                statuses.remove(name).join();
                notes.add("Connector " + name + ", which came from " + file
                        + ", is deleted; its topics and offsets stay.");
            }
        });
    }

    private List<String> checkAll(List<ConnectorFile> files) {
        List<String> notes = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        List<CompletableFuture<Checked>> checks =
                files.stream().map(file -> check.check(file.config())).toList();
        for (int i = 0; i < files.size(); i++) {
            ConnectorFile file = files.get(i);
            file.warnings().forEach(warning -> notes.add(file.file() + ": " + warning.text()));
            Checked checked = checks.get(i).join();
            checked.warnings().forEach(note -> notes.add(file.file() + ": " + note.text()));
            checked.errors().forEach(problem -> problems.add(inFile(file, problem)));
            if (!checked.isValid()) {
                // A name that nobody knows is often the reason of an error.
                checked.warnings().forEach(warning -> problems.add(inFile(file, warning)));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return notes;
    }

    private static ConfigProblem inFile(ConnectorFile file, ConfigProblem problem) {
        return new ConfigProblem(
                problem.severity(), problem.key(), file.file() + ": " + problem.message(), problem.fix());
    }
}
