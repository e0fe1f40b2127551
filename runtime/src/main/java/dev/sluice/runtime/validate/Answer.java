package dev.sluice.runtime.validate;

import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValue;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.secret.Masking;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Puts findings into the shape of Kafka Connect's answer. Pure. */
final class Answer {
    private final Findings findings;
    private final Map<String, String> shown;
    private final Proposals proposals;

    Answer(Findings findings, Masking masking, Plugins plugins) {
        this.findings = findings;
        this.shown = masking.mask(findings.subject().texts());
        this.proposals = new Proposals(plugins);
    }

    ConfigInfos infos(boolean extended) {
        ConfigSpec framework = findings.subject().framework();
        Map<String, ConfigInfo> infos = new LinkedHashMap<>();
        for (ConfigSpec spec : List.of(framework, findings.plugin(), findings.embedded())) {
            for (ConfigKey<?> key : spec.keys()) {
                if (extended || isGiven(key) || isConnects(key, spec == framework)) {
                    infos.putIfAbsent(key.name(), new ConfigInfo(ConfigKeyInfo.of(key, spec), value(key)));
                }
            }
        }
        List<ConfigInfo> configs = new ArrayList<>(unlisted(infos.keySet()));
        configs.addAll(infos.values());
        Checked checked = findings.checked();
        return new ConfigInfos(
                findings.subject().texts().getOrDefault("connector.class", ""),
                checked.errors().size(),
                groups(infos),
                configs,
                checked.warnings());
    }

    private boolean isGiven(ConfigKey<?> key) {
        return findings.subject().given().containsKey(key.name());
    }

    /** Kafka Connect's system test compares the set of names, so that ours stand there only where they have a meaning. */
    private boolean isConnects(ConfigKey<?> key, boolean ofFramework) {
        return ofFramework ? ConnectorConfig.isConnectName(findings.subject().kind(), key.name()) : !key.isExtended();
    }

    private static List<String> groups(Map<String, ConfigInfo> infos) {
        Set<String> groups = new LinkedHashSet<>();
        for (ConfigInfo info : infos.values()) {
            ConfigKeyInfo definition = info.definition();
            if (definition != null && definition.group() != null) {
                groups.add(definition.group());
            }
        }
        return List.copyOf(groups);
    }

    /** Names that nobody describes, yet about which there is an error; Kafka Connect lists them first. */
    private List<ConfigInfo> unlisted(Set<String> listed) {
        Map<String, ConfigInfo> infos = new LinkedHashMap<>();
        for (ConfigProblem error : findings.checked().errors()) {
            if (!listed.contains(error.key())) {
                infos.putIfAbsent(
                        error.key(),
                        new ConfigInfo(
                                null,
                                new ConfigValueInfo(
                                        error.key(), shown.get(error.key()), List.of(), errors(error.key()), true)));
            }
        }
        return List.copyOf(infos.values());
    }

    private ConfigValueInfo value(ConfigKey<?> key) {
        ConfigValue found = findings.values().get(key.name());
        String given = shown.get(key.name());
        for (String alias : key.aliases()) {
            given = given == null ? shown.get(alias) : given;
        }
        List<String> recommended = proposals.of(key.name());
        if (recommended.isEmpty() && found != null) {
            recommended = found.recommendedValues();
        }
        return new ConfigValueInfo(
                key.name(),
                given == null ? key.defaultText().orElse(null) : given,
                recommended,
                errors(key.name()),
                found == null || found.visible());
    }

    private List<String> errors(String name) {
        return findings.checked().errors().stream()
                .filter(error -> error.key().equals(name))
                .map(ConfigProblem::text)
                .toList();
    }

    /** Describes all settings of a spec. */
    static List<ConfigKeyInfo> keys(ConfigSpec spec) {
        return spec.keys().stream()
                .filter(key -> !key.isInternal())
                .map(key -> ConfigKeyInfo.of(key, spec))
                .toList();
    }

    /** Describes Kafka Connect's settings of every connector that the plugin does not describe itself. */
    static List<ConfigKeyInfo> frameworkKeys(PluginKind kind, ConfigSpec plugin) {
        ConfigSpec framework = ConnectorConfig.spec(kind, Map.of());
        return framework.keys().stream()
                .filter(key -> ConnectorConfig.isConnectName(kind, key.name()))
                .filter(key -> plugin.key(key.name()).isEmpty())
                .map(key -> ConfigKeyInfo.of(key, framework))
                .toList();
    }
}
