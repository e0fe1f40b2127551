package dev.sluice.runtime.secret;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.Password;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.plugin.PluginSpecs;
import dev.sluice.runtime.plugin.Plugins;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Hides the secrets of connectors' settings from who reads them, and takes the mask back from who changes them.
 *
 * <p>Hidden are the values of password settings, of settings whose names say that they hold a secret, and passwords inside
 * addresses and connection strings. A value that is a variable is shown as it is. As long as a plugin has not said which
 * settings it has, all of its values are hidden. Any thread; never waits.
 */
public final class Masking {
    private final SecretKeys keys;

    /** Learns from the specs of plugins what is secret. */
    public Masking(Plugins plugins, PluginSpecs specs) {
        this.keys = new SecretKeys(plugins, specs);
    }

    /** Returns a connector's settings with {@value Password#HIDDEN} in place of secrets, also under names that tell nothing. */
    public Map<String, String> mask(Map<String, String> config) {
        return maskTask(config, config);
    }

    /**
     * Returns a task's settings with {@value Password#HIDDEN} in place of secrets, the connector's secrets under other
     * names included.
     *
     * @param connector the settings of its connector
     */
    public Map<String, String> maskTask(Map<String, String> connector, Map<String, String> task) {
        Set<String> secrets = secrets(connector);
        Map<String, String> masked = masked(connector, task);
        if (!secrets.isEmpty()) {
            masked.replaceAll((name, value) ->
                    ConnectorConfig.isFrameworkName(name) ? value : Redactor.PROCESS.redact(value, secrets));
        }
        return masked;
    }

    private Map<String, String> masked(Map<String, String> connector, Map<String, String> config) {
        SecretKeys.OfConnector known = keys.of(connector);
        CompletableFuture<Void> unused = known.learn();
        Map<String, String> masked = new LinkedHashMap<>();
        config.forEach((name, value) -> masked.put(name, masked(known, name, value)));
        return masked;
    }

    private static String masked(SecretKeys.OfConnector known, String name, String value) {
        if (value.isEmpty()) {
            return value;
        }
        if (known.isSecret(name)) {
            return VariableText.parse(value).isVariablesOnly() ? value : Password.HIDDEN;
        }
        SecretSpans spans = SecretSpans.in(value);
        return spans.isEmpty() ? value : spans.masked();
    }

    /**
     * Returns settings with the stored values in place of masks, for a change that sends back what was read.
     *
     * @param given new settings; null values are left as they are
     * @param stored the connector's settings before; empty for a new connector
     */
    public Unmasked unmask(Map<String, @Nullable String> given, Map<String, String> stored) {
        Map<String, String> shown = mask(stored);
        Map<String, @Nullable String> config = new LinkedHashMap<>();
        List<ConfigProblem> problems = new ArrayList<>();
        given.forEach((name, value) -> {
            if (value == null || !value.contains(Password.HIDDEN)) {
                config.put(name, value);
                return;
            }
            String before = stored.get(name);
            String kept = before == null ? null : unmasked(value, before, shown.get(name));
            config.put(name, kept == null ? value : kept);
            if (kept == null) {
                problems.add(orphan(name, before != null));
            }
        });
        return new Unmasked(config, problems);
    }

    /** Returns the value that the masks stand for; null if they fit nothing. */
    private static @Nullable String unmasked(String value, String before, @Nullable String shown) {
        if (value.equals(Password.HIDDEN) || value.equals(shown)) {
            return before;
        }
        List<String> secrets = SecretSpans.in(before).secrets();
        String[] around = value.split(Pattern.quote(Password.HIDDEN), -1);
        if (around.length - 1 != secrets.size()) {
            return null;
        }
        StringBuilder text = new StringBuilder(around[0]);
        for (int i = 0; i < secrets.size(); i++) {
            text.append(secrets.get(i)).append(around[i + 1]);
        }
        return text.toString();
    }

    private static ConfigProblem orphan(String name, boolean isStored) {
        return ConfigProblem.error(
                name,
                "Cannot use " + name + ": it contains " + Password.HIDDEN + ", which stands for a stored secret, and "
                        + (isStored
                                ? "the stored value has no secret in this place."
                                : "nothing is stored under this name."),
                "Give the secret itself, or a variable of a config provider such as ${file:/path/to/file:key}.");
    }

    /** Returns the secrets in a connector's settings, for who must recognise them elsewhere. */
    public Set<String> secrets(Map<String, String> config) {
        SecretKeys.OfConnector known = keys.of(config);
        Set<String> secrets = new LinkedHashSet<>();
        config.forEach((name, value) -> {
            if (!value.isEmpty() && known.isKnownSecret(name) && !VariableText.hasVariable(value)) {
                secrets.add(value);
            }
            secrets.addAll(SecretSpans.in(value).secrets());
        });
        return secrets;
    }

    /** Completes when everything is known that can be known about which settings of a connector are secret. */
    public CompletableFuture<Void> learn(Map<String, String> config) {
        return keys.of(config).learn();
    }
}
