package dev.sluice.runtime.validate;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.ConfigValidation;
import dev.sluice.api.connector.Connector;
import dev.sluice.api.connector.SourceConnector;
import dev.sluice.api.connector.ValidationProbe;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.config.DeadLetterSettings;
import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.plugin.BudgetedCalls;
import dev.sluice.runtime.plugin.CallTimeoutException;
import dev.sluice.runtime.plugin.ConnectorPlugins.Embedded;
import dev.sluice.runtime.plugin.InstalledPlugin;
import dev.sluice.runtime.plugin.LoadedPlugin;
import dev.sluice.runtime.plugin.PluginContext;
import dev.sluice.runtime.plugin.PluginSpec;
import dev.sluice.runtime.plugin.PluginSpecs;
import dev.sluice.runtime.plugin.Plugins;
import dev.sluice.runtime.secret.Masking;
import dev.sluice.runtime.secret.ProviderUnavailableException;
import dev.sluice.runtime.secret.Redactor;
import dev.sluice.runtime.secret.Resolved;
import dev.sluice.runtime.secret.SecretResolver;
import dev.sluice.runtime.secret.Secrets;
import dev.sluice.runtime.task.PluginAssembly;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Checks connectors' settings: the framework's part, the connector's, those of its converters, transformations and
 * predicates, and what the plugins themselves say. Every method returns at once, on any thread; futures complete on threads
 * of the checks.
 *
 * <p>A plugin that does not answer in time is no mistake in the settings: that is one of the warnings, and the connector shows
 * as STUCK or FAILED once it runs.
 */
public final class Validation {
    private final Plugins plugins;
    private final PluginSpecs specs;
    private final WorkerConfig worker;
    private final SecretResolver resolver;
    private final Masking masking;
    private final BudgetedCalls calls;

    /** Makes the checks of a worker. Closing the secrets ends checks under way. */
    public Validation(Plugins plugins, WorkerConfig worker, Secrets secrets) {
        this.plugins = plugins;
        this.worker = worker;
        this.specs = secrets.specs();
        this.resolver = secrets.resolver();
        this.masking = secrets.masking();
        this.calls = secrets.checks();
    }

    /**
     * Checks settings before they are stored.
     *
     * @param config unmasked, variables unresolved
     * @return what was found; never fails because of the settings
     */
    public CompletableFuture<Checked> check(Map<String, String> config) {
        return examine(nullable(config), ValidationProbe.OFFLINE)
                .thenApply(Findings::checked)
                .exceptionally(failed -> refused(cause(failed)));
    }

    private static Checked refused(Throwable failed) {
        if (failed instanceof ConfigException wrong && !wrong.problems().isEmpty()) {
            return new Checked(wrong.problems(), List.of(), false);
        }
        String message = failed instanceof ConnectorException
                ? failed.getMessage()
                : "Cannot check the settings: " + failed + ".";
        return new Checked(
                List.of(ConfigProblem.error("connector.class", String.valueOf(message), null)), List.of(), false);
    }

    /**
     * Says everything about settings.
     *
     * @param plugin the connector that is asked about, by class or alias
     * @param config unmasked, variables unresolved; nulls are problems
     * @param probe what the connector's own check may do
     * @param extended whether settings are listed that only Sluice has and that were not given
     * @return the answer; fails with a {@link ConfigException} if the settings name no connector, or another one
     */
    public CompletableFuture<ConfigInfos> validate(
            String plugin, Map<String, @Nullable String> config, ValidationProbe probe, boolean extended) {
        return examine(config, probe).thenApply(findings -> {
            requireSame(plugin, findings.subject());
            return new Answer(findings, masking, new Proposals(plugins, worker)).infos(extended);
        });
    }

    private void requireSame(String plugin, Subject subject) {
        InstalledPlugin asked = plugins.findConnector(plugin).plugin();
        if (!asked.equals(subject.connector().plugin())) {
            String given = subject.texts().getOrDefault("connector.class", "");
            throw new ConfigException(List.of(ConfigProblem.error(
                    "connector.class",
                    "Included connector type " + given + " does not match request type " + plugin + ".",
                    "Ask for the type of the settings, or correct connector.class.")));
        }
    }

    /**
     * Describes the settings of a plugin: its own, and for a connector those of the framework after them.
     *
     * @param plugin class or alias of a connector, transformation, predicate or converter
     * @param version latest, a version or a range that must be installed; null for what there is
     * @return fails with a {@link ConfigException} if no such plugin is installed, or not in such a version
     */
    public CompletableFuture<List<ConfigKeyInfo>> keys(String plugin, @Nullable String version) {
        InstalledPlugin found;
        try {
            found = new PluginLookup(plugins).find(plugin);
            VersionPins.require(found, version);
        } catch (ConfigException unknown) {
            return CompletableFuture.failedFuture(unknown);
        }
        PluginKind kind = found.descriptor().kind();
        return specs.load(found).thenApply(spec -> {
            List<ConfigKeyInfo> infos = new ArrayList<>(Answer.keys(spec.config()));
            if (kind.isConnector()) {
                infos.addAll(Answer.frameworkKeys(kind, spec.config()));
            }
            return infos;
        });
    }

    private CompletableFuture<Findings> examine(Map<String, @Nullable String> config, ValidationProbe probe) {
        Map<String, @Nullable String> given = new LinkedHashMap<>(config);
        // The first step is made off the caller's thread, which may be an event loop.
        return CompletableFuture.supplyAsync(() -> new Findings(Subject.of(given, plugins)))
                .thenCompose(findings -> resolve(findings)
                        .thenCompose(resolved -> learn(findings)
                                .thenCompose(isKnown -> askPlugins(findings, resolved, probe, isKnown))
                                .thenApply(asked -> concluded(findings, resolved))));
    }

    /** Replaces variables; what cannot be replaced is a problem, and the settings are looked at as they are. */
    private CompletableFuture<Resolved> resolve(Findings findings) {
        Map<String, String> texts = findings.subject().texts();
        return resolver.resolve(texts).exceptionally(failed -> {
            problems(cause(failed)).forEach(findings::add);
            return Resolved.plain(texts);
        });
    }

    private static List<ConfigProblem> problems(Throwable failed) {
        if (failed instanceof ConfigException wrong) {
            return wrong.problems();
        }
        if (failed instanceof ProviderUnavailableException unavailable) {
            return unavailable.problems();
        }
        throw new CompletionException(failed);
    }

    /** Asks all plugins for their specs; returns whether the connector's is known. */
    private CompletableFuture<Boolean> learn(Findings findings) {
        Subject subject = findings.subject();
        List<CompletableFuture<?>> asked = new ArrayList<>();
        for (Embedded part : subject.plugins().embedded()) {
            part.plugin().ifPresent(plugin -> asked.add(specs.load(plugin).exceptionally(failed -> null)));
        }
        CompletableFuture<Boolean> connector = specs.load(subject.connector().plugin())
                .thenApply(spec -> true)
                .exceptionally(failed -> {
                    findings.add(unanswered(subject.className(), cause(failed)));
                    return false;
                });
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenCombine(connector, (done, isKnown) -> isKnown);
    }

    private CompletableFuture<Void> askPlugins(
            Findings findings, Resolved resolved, ValidationProbe probe, boolean isKnown) {
        Subject subject = findings.subject();
        boolean isResolved = !findings.hasErrors();
        Map<String, @Nullable String> texts = new LinkedHashMap<>(subject.given());
        texts.putAll(resolved.values());
        findings.add(subject.framework().openPrefix("").validate(texts));
        subject.missing(plugins).forEach(findings::add);
        VersionPins.problems(subject).forEach(findings::add);
        worker.overridePolicy()
                .problems(subject.texts().keySet(), worker.overrideAllowlist())
                .forEach(findings::add);
        DeadLetterSettings.problem(resolved.values().getOrDefault("errors.deadletterqueue.topic.name", ""), worker)
                .ifPresent(findings::add);
        ConfigSpec embedded = subject.embedded(specs);
        findings.add(embedded.openPrefix("").validate(texts));
        ConfigSpec own = specs.known(subject.connector().plugin())
                .map(PluginSpec::config)
                .orElseGet(ConfigSpec::of);
        findings.setSpecs(own, embedded);
        if (!isKnown) {
            return CompletableFuture.completedFuture(null);
        }
        if (!isResolved) {
            findings.add(own.openPrefix("").validate(texts));
            return CompletableFuture.completedFuture(null);
        }
        return ask(findings, () -> ownCheck(subject, resolved.values(), probe)).thenCompose(found -> {
            findings.add(found == null ? own.openPrefix("").validate(texts) : ofOwnNames(own, found));
            return found == null || findings.hasErrors()
                    ? CompletableFuture.completedFuture(null)
                    : askAssembled(findings, resolved);
        });
    }

    /** A plugin knows its own settings only: what it says of others, but for errors, is not its business. */
    private static ConfigValidation ofOwnNames(ConfigSpec own, ConfigValidation found) {
        return new ConfigValidation(
                found.values(),
                found.problems().stream()
                        .filter(problem ->
                                problem.isError() || own.key(problem.key()).isPresent())
                        .toList());
    }

    /** Makes what a task would make, once; only for settings without errors. */
    private CompletableFuture<Void> askAssembled(Findings findings, Resolved resolved) {
        Subject subject = findings.subject();
        ConnectorConfig parsed = ConnectorConfig.parse(resolved.values(), subject.kind(), worker);
        return ask(findings, () -> assemble(parsed)).thenCompose(wrong -> {
            addAll(findings, wrong);
            return ask(findings, () -> checkDelivery(subject, parsed)).thenAccept(more -> addAll(findings, more));
        });
    }

    private static void addAll(Findings findings, @Nullable List<ConfigProblem> problems) {
        if (problems != null) {
            problems.forEach(findings::add);
        }
    }

    /** Asks the connector's plugin; completes with null, and a warning, if it does not answer. */
    private <T> CompletableFuture<@Nullable T> ask(Findings findings, Callable<T> question) {
        String className = findings.subject().className();
        return calls.call(className, question).<@Nullable T>handle((found, failed) -> {
            if (failed != null) {
                findings.add(unanswered(className, cause(failed)));
                return null;
            }
            return found;
        });
    }

    /** A plugin that hangs or lacks threads is no fault of the settings; one that fails may be, and is not asked again. */
    private static ConfigProblem unanswered(String className, Throwable failed) {
        if (failed instanceof CallTimeoutException late) {
            return ConfigProblem.warning(
                    "connector.class", "Its settings could not be checked: " + late.getMessage(), null);
        }
        if (failed instanceof ConfigException wrong && !wrong.problems().isEmpty()) {
            return wrong.problems().get(0);
        }
        String message = failed instanceof ConnectorException && failed.getMessage() != null
                ? failed.getMessage()
                : "Cannot check the settings: " + className + " failed with " + failed + ".";
        return ConfigProblem.error("connector.class", message, null);
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private ConfigValidation ownCheck(Subject subject, Map<String, String> settings, ValidationProbe probe) {
        LoadedPlugin<Connector> loaded = plugins.instantiate(subject.connector().plugin(), Connector.class);
        try (PluginContext context = loaded.enter()) {
            return loaded.plugin().validate(settings, probe);
        }
    }

    /** Makes converters and transformations once, as a task would; returns what is wrong with their settings. */
    private List<ConfigProblem> assemble(ConnectorConfig settings) {
        try {
            new PluginAssembly(plugins).taskPlugins(settings).close();
            return List.of();
        } catch (ConfigException wrong) {
            return wrong.problems().isEmpty()
                    ? List.of(ConfigProblem.error("connector.class", String.valueOf(wrong.getMessage()), null))
                    : wrong.problems();
        }
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private List<ConfigProblem> checkDelivery(Subject subject, ConnectorConfig settings) {
        if (settings.kind() != PluginKind.SOURCE
                || (!settings.requiresExactlyOnce() && settings.transactions().isEmpty())) {
            return List.of();
        }
        LoadedPlugin<SourceConnector> loaded =
                plugins.instantiate(subject.connector().plugin(), SourceConnector.class);
        try (PluginContext context = loaded.enter()) {
            SourceConnector connector = loaded.plugin();
            Config config = connector.configSpec().openPrefix("").parse(nullable(settings.originals()));
            return ExactlyOnceCheck.problems(settings, connector, config);
        }
    }

    /** Adds what can only be said in the end, and takes secrets out of what plugins said. */
    private Findings concluded(Findings findings, Resolved resolved) {
        Subject subject = findings.subject();
        if (specs.known(subject.connector().plugin()).isPresent()) {
            Set<String> closed = new HashSet<>();
            for (Embedded part : subject.plugins().embedded()) {
                if (part.plugin().flatMap(specs::known).isPresent()) {
                    closed.add(part.prefix());
                }
            }
            new UnknownNames(List.of(subject.framework(), findings.plugin(), findings.embedded()), closed)
                    .among(subject.texts().keySet())
                    .forEach(findings::add);
        }
        Set<String> secrets = new LinkedHashSet<>(resolved.secrets());
        secrets.addAll(masking.secrets(resolved.values()));
        findings.redact(text -> Redactor.PROCESS.redact(text, secrets));
        return findings;
    }

    private static Throwable cause(Throwable failed) {
        return failed instanceof CompletionException && failed.getCause() != null ? failed.getCause() : failed;
    }

    private static Map<String, @Nullable String> nullable(Map<String, String> settings) {
        return new LinkedHashMap<>(settings);
    }
}
