package dev.sluice.runtime.config;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The settings of a properties file, with what looks like a mistake in it. The format is that of
 * {@code java.util.Properties}, which itself reads anything without a word. The text is UTF-8, or ISO 8859-1 where it is
 * no valid UTF-8.
 *
 * @param file where it was read
 * @param settings in the order of the file
 * @param warnings lines that probably do not mean what they say
 */
public record PropertiesFile(Path file, Map<String, String> settings, List<ConfigProblem> warnings) {
    /** Copies the collections in. */
    public PropertiesFile {
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a file.
     *
     * @param file the path
     * @param purpose what the file is for in messages, such as {@code worker file}
     * @return its settings
     * @throws ConfigException if it cannot be read, with every fault and its line
     */
    public static PropertiesFile read(Path file, String purpose) {
        return parse(file, SettingsText.read(file, purpose));
    }

    static PropertiesFile parse(Path file, SettingsText text) {
        PropertiesParser parser = new PropertiesParser(file.toString(), text.content());
        List<ConfigProblem> errors =
                parser.problems().stream().filter(ConfigProblem::isError).toList();
        if (!errors.isEmpty()) {
            throw new ConfigException(errors);
        }
        List<ConfigProblem> warnings = new ArrayList<>(text.warnings());
        warnings.addAll(parser.problems());
        return new PropertiesFile(file, parser.settings(), warnings);
    }

    /** Returns the file and the names of its settings, never their values. */
    @Override
    public String toString() {
        return file + " " + settings.keySet();
    }
}
