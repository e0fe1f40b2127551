package dev.sluice.runtime.validate;

import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValue;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.plugin.ConnectorPlugins.Embedded;
import dev.sluice.runtime.secret.Masking;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts findings into the shape and the order of Kafka Connect's answer: the framework's settings, those of each
 * transformation and predicate, the connector's own, overrides of clients, those of its converters. Pure.
 */
final class Answer {
    private final Findings findings;
    private final Map<String, String> shown;
    private final Proposals proposals;
    private final Map<String, ConfigInfo> infos = new LinkedHashMap<>();

    Answer(Findings findings, Masking masking, Proposals proposals) {
        this.findings = findings;
        this.shown = masking.mask(findings.subject().texts());
        this.proposals = proposals;
    }

    ConfigInfos infos(boolean extended) {
        Subject subject = findings.subject();
        ConfigSpec framework = subject.framework();
        List<String> connectNames = ConnectorConfig.connectNames(subject.kind());
        connectNames.forEach(name -> add(framework, name));
        subject.plugins().embedded().stream().filter(Answer::isStep).forEach(part -> addStep(framework, part));
        findings.plugin().keys().stream()
                .filter(key -> extended || !key.isExtended() || subject.given().containsKey(key.name()))
                .forEach(key -> add(findings.plugin(), key.name()));
        for (ConfigKey<?> key : framework.keys()) {
            if (extended || subject.given().containsKey(key.name())) {
                add(framework, key.name());
            }
        }
        subject.given().keySet().forEach(this::addOverride);
        findings.embedded().keys().forEach(key -> add(findings.embedded(), key.name()));
        List<ConfigInfo> configs = new ArrayList<>(unlisted());
        configs.addAll(infos.values());
        Checked checked = findings.checked();
        return new ConfigInfos(
                subject.texts().getOrDefault("connector.class", ""),
                checked.errors().size(),
                groups(),
                configs,
                checked.warnings());
    }

    private static boolean isStep(Embedded part) {
        return part.kind() == PluginKind.TRANSFORMATION || part.kind() == PluginKind.PREDICATE;
    }

    /** Of a class that is not installed only class and version are listed: nobody knows the rest. */
    private void addStep(ConfigSpec framework, Embedded part) {
        List<String> names = new ArrayList<>(List.of(part.prefix() + "type", part.prefix() + "plugin.version"));
        if (part.plugin().isPresent()) {
            findings.embedded().keys().stream()
                    .map(ConfigKey::name)
                    .filter(name -> name.startsWith(part.prefix()))
                    .forEach(names::add);
            names.add(part.prefix() + "negate");
            names.add(part.prefix() + "predicate");
        }
        int order = 0;
        for (String name : names) {
            ConfigSpec spec = findings.embedded().key(name).isPresent() ? findings.embedded() : framework;
            Optional<ConfigKey<?>> key = spec.key(name);
            if (key.isPresent()) {
                put(ConfigKeyInfo.of(key.get(), spec).withOrder(order++), key.get());
            }
        }
    }

    private void addOverride(String name) {
        ConnectorConfig.override(name).ifPresent(key -> put(ConfigKeyInfo.of(key, ConfigSpec.of(key)), key));
    }

    private void add(ConfigSpec spec, String name) {
        spec.key(name).ifPresent(key -> put(ConfigKeyInfo.of(key, spec), key));
    }

    private void put(ConfigKeyInfo definition, ConfigKey<?> key) {
        ConfigKeyInfo completed = proposals
                .defaultOf(key.name(), findings.subject())
                .map(definition::withDefault)
                .orElse(definition);
        infos.putIfAbsent(key.name(), new ConfigInfo(completed, value(key, completed.defaultValue())));
    }

    private List<String> groups() {
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
    private Collection<ConfigInfo> unlisted() {
        Map<String, ConfigInfo> unlisted = new LinkedHashMap<>();
        for (ConfigProblem error : findings.checked().errors()) {
            String name = error.key();
            if (!infos.containsKey(name)) {
                unlisted.putIfAbsent(
                        name,
                        new ConfigInfo(
                                null, new ConfigValueInfo(name, shown.get(name), List.of(), errors(name), true)));
            }
        }
        return unlisted.values();
    }

    private ConfigValueInfo value(ConfigKey<?> key, @Nullable String defaultValue) {
        ConfigValue found = findings.values().get(key.name());
        String given = shown.get(key.name());
        for (String alias : key.aliases()) {
            given = given == null ? shown.get(alias) : given;
        }
        List<String> recommended = proposals.of(key.name(), findings.subject());
        if (recommended.isEmpty() && found != null) {
            recommended = found.recommendedValues();
        }
        return new ConfigValueInfo(
                key.name(),
                given == null ? defaultValue : given,
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
        return ConnectorConfig.connectNames(kind).stream()
                .filter(name -> plugin.key(name).isEmpty())
                .flatMap(name -> framework.key(name).stream())
                .map(key -> ConfigKeyInfo.of(key, framework))
                .toList();
    }
}
