package dev.sluice.runtime.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads the two JSON forms of a connector file, token by token, so that each fault has its line. Used once. */
final class JsonConnectorFile {
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private final Path file;
    private final JsonParser parser;
    private final List<ConfigProblem> warnings;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private @Nullable Map<String, String> config;

    private JsonConnectorFile(Path file, JsonParser parser, List<ConfigProblem> warnings) {
        this.file = file;
        this.parser = parser;
        this.warnings = new ArrayList<>(warnings);
    }

    static ConnectorFile parse(Path file, SettingsText text) {
        try (JsonParser parser = JSON.createParser(text.content())) {
            return new JsonConnectorFile(file, parser, text.warnings()).connector();
        } catch (JsonProcessingException e) {
            throw new ConfigException(at(file, e.getLocation()) + e.getOriginalMessage() + ". Correct the JSON.", e);
        } catch (IOException e) {
            throw new UncheckedIOException("a text in memory should be readable", e);
        }
    }

    private ConnectorFile connector() throws IOException {
        parser.nextToken();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            if (field.equals("config") && value == JsonToken.START_OBJECT) {
                config = object();
            } else {
                settings.put(field, scalar(field, value));
            }
        }
        if (parser.nextToken() != null) {
            throw fault("more follows behind the object", "Give each connector a file of its own.");
        }
        Map<String, String> inner = config;
        return inner == null ? ConnectorFile.of(file, settings, InitialState.RUNNING, warnings) : nested(inner);
    }

    private Map<String, String> object() throws IOException {
        Map<String, String> object = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            object.put(field, scalar(field, parser.nextToken()));
        }
        return object;
    }

    /** Numbers and truth values count as their texts, as Kafka Connect takes them. */
    private String scalar(String field, JsonToken value) throws IOException {
        if (!value.isScalarValue() || value == JsonToken.VALUE_NULL) {
            String what = value == JsonToken.VALUE_NULL ? "null" : value.isStructStart() ? "no single value" : "odd";
            throw fault("the value of " + field + " is " + what, "Write a text, such as \"" + field + "\": \"…\".");
        }
        return parser.getText();
    }

    private ConnectorFile nested(Map<String, String> inner) {
        String name = settings.remove("name");
        String state = settings.remove("initial_state");
        settings.keySet()
                .forEach(field -> warnings.add(ConfigProblem.warning(
                        field,
                        "Field " + field + " of " + file + " is not known and has no effect.",
                        "A connector file has name, config and initial_state; settings belong into config.")));
        String innerName = inner.get("name");
        if (name != null && innerName != null && !name.equals(innerName)) {
            throw new ConfigException("Cannot read connector file " + file + ": its name is " + name
                    + ", but the name in its config is " + innerName + ". Keep one of them.");
        }
        if (name != null) {
            inner.put("name", name);
        }
        return ConnectorFile.of(file, inner, state(state), warnings);
    }

    private InitialState state(@Nullable String text) {
        if (text == null) {
            return InitialState.RUNNING;
        }
        return Arrays.stream(InitialState.values())
                .filter(state -> state.name().equals(text.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ConfigException("Cannot read connector file " + file + ": initial_state is "
                        + text + ", expected RUNNING, PAUSED or STOPPED. Correct it or leave it out."));
    }

    private ConfigException fault(String why, String fix) {
        return new ConfigException(at(file, parser.currentTokenLocation()) + why + ". " + fix);
    }

    private static String at(Path file, @Nullable JsonLocation location) {
        String where = location == null ? "" : ", line " + location.getLineNr() + ", column " + location.getColumnNr();
        return "Cannot read connector file " + file + where + ": ";
    }
}
