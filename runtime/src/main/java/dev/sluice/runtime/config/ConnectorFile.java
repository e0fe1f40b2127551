package dev.sluice.runtime.config;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A connector as a file describes it. Three forms are read: properties, a flat JSON object of settings, and a JSON
 * object with {@code name}, {@code config} and perhaps {@code initial_state}.
 *
 * @param file where it was read
 * @param name the connector's name
 * @param config its settings, {@code name} among them
 * @param initialState the state in which it begins when it is new
 * @param warnings what is remarkable about the file
 */
public record ConnectorFile(
        Path file, String name, Map<String, String> config, InitialState initialState, List<ConfigProblem> warnings) {
    private static final String PURPOSE = "connector file";

    /** Copies the collections in. */
    public ConnectorFile {
        config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads files.
     *
     * @param files the paths
     * @return one connector for each, in the same order
     * @throws ConfigException with the faults of all files, names that stand in two of them included
     */
    public static List<ConnectorFile> readAll(List<Path> files) {
        List<ConnectorFile> connectors = new ArrayList<>();
        List<ConfigProblem> problems = new ArrayList<>();
        Map<String, Path> owners = new HashMap<>();
        for (Path file : files) {
            try {
                ConnectorFile connector = read(file);
                connectors.add(connector);
                Path owner = owners.putIfAbsent(connector.name, file);
                if (owner != null) {
                    problems.add(duplicate(connector, owner));
                }
            } catch (ConfigException e) {
                problems.addAll(problems(file, e));
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        return connectors;
    }

    private static ConfigProblem duplicate(ConnectorFile connector, Path owner) {
        return ConfigProblem.error(
                connector.file.toString(),
                "Cannot start connector " + connector.name + " of " + connector.file + ": "
                        + (owner.equals(connector.file) ? "the file is given twice." : owner + " has the same name."),
                owner.equals(connector.file) ? "Give it once." : "Give one of them another name.");
    }

    private static List<ConfigProblem> problems(Path file, ConfigException e) {
        String message = String.valueOf(e.getMessage());
        return e.problems().isEmpty() ? List.of(ConfigProblem.error(file.toString(), message, null)) : e.problems();
    }

    /**
     * Reads one file.
     *
     * @param file the path
     * @return the connector
     * @throws ConfigException with every fault of the file that can be told
     */
    public static ConnectorFile read(Path file) {
        SettingsText text = SettingsText.read(file, PURPOSE);
        if (text.content().stripLeading().startsWith("{")) {
            return JsonConnectorFile.parse(file, text);
        }
        if (String.valueOf(file.getFileName()).endsWith(".json")) {
            throw new ConfigException("Cannot read connector file " + file + ": it is no JSON object. Begin it with {"
                    + " or give it another ending, if it is a properties file.");
        }
        PropertiesFile properties = PropertiesFile.parse(file, text);
        return of(file, properties.settings(), InitialState.RUNNING, properties.warnings());
    }

    static ConnectorFile of(Path file, Map<String, String> settings, InitialState state, List<ConfigProblem> warnings) {
        Map<String, String> config = new LinkedHashMap<>(settings);
        String name = config.getOrDefault("name", "").trim();
        if (name.isEmpty()) {
            throw new ConfigException("Cannot read connector file " + file + ": the setting name is missing. Add a name"
                    + " that no other connector has.");
        }
        config.put("name", name);
        return new ConnectorFile(file, name, config, state, warnings);
    }

    /** Returns the file, the name and the names of the settings, never their values. */
    @Override
    public String toString() {
        return name + " of " + file + " " + config.keySet();
    }
}
