package dev.sluice.runtime.secret;

import dev.sluice.runtime.config.WorkerConfig;
import dev.sluice.runtime.plugin.BudgetedCalls;
import dev.sluice.runtime.plugin.PluginSpecs;
import dev.sluice.runtime.plugin.Plugins;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Everything about the secrets of one worker: what replaces variables, what masks answers, and which secrets its connectors
 * use now. Opened before the connectors start, closed after they ended. Any thread.
 */
public final class Secrets implements AutoCloseable {
    private static final String RELOAD = "config.action.reload";
    private static final String NONE = "none";
    private static final long LEARNING_SECONDS_MAX = 2;

    private final BudgetedCalls checks;
    private final PluginSpecs specs;
    private final Masking masking;
    private final SecretResolver resolver;
    private final ChangeWatch watch;
    private volatile Consumer<Set<String>> listener = nobody -> {};

    private Secrets(BudgetedCalls checks, PluginSpecs specs, Masking masking, SecretResolver resolver) {
        this.checks = checks;
        this.specs = specs;
        this.masking = masking;
        this.resolver = resolver;
        this.watch = new ChangeWatch(resolver, connectors -> listener.accept(connectors));
    }

    /**
     * Makes the worker's config providers. Blocks, at most as long as one plugin call may take.
     *
     * @throws dev.sluice.api.config.ConfigException naming every setting that does not fit
     */
    public static Secrets open(WorkerConfig worker, Plugins plugins) {
        BudgetedCalls checks = new BudgetedCalls("check-", worker.callTimeout(), "task.call.timeout.ms");
        PluginSpecs specs = new PluginSpecs(plugins, checks);
        SecretResolver resolver = SecretResolver.open(worker.configProviders(), plugins, worker.callTimeout());
        return new Secrets(checks, specs, new Masking(plugins, specs), resolver);
    }

    /** Who uses secrets, for the redactor: a connector of this worker. */
    private record Owner(Secrets worker, String connector) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Owner owner && owner.worker == worker && owner.connector.equals(connector);
        }

        @Override
        public int hashCode() {
            return 31 * System.identityHashCode(worker) + connector.hashCode();
        }
    }

    /**
     * Asks the plugins of stored connectors which of their settings are secret, so that nothing else need be hidden. Waits
     * for the answers, but not long: what is not known is hidden.
     */
    public void learn(Collection<Map<String, String>> configs) {
        List<CompletableFuture<Void>> asked =
                configs.stream().map(masking::learn).toList();
        CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, LEARNING_SECONDS_MAX, TimeUnit.SECONDS)
                .join();
    }

    /** Returns what hides secrets in answers. */
    public Masking masking() {
        return masking;
    }

    /** Returns what replaces variables. */
    public SecretResolver resolver() {
        return resolver;
    }

    /** Returns what plugins understand. */
    public PluginSpecs specs() {
        return specs;
    }

    /** Returns what makes calls into plugins that belong to no task. */
    public BudgetedCalls checks() {
        return checks;
    }

    /** Lets somebody be told which connectors use values that changed; on a thread of the watch, and to return at once. */
    public void onChanged(Consumer<Set<String>> connectors) {
        listener = connectors;
    }

    /**
     * Replaces the variables of a connector that is about to run, keeps its secrets out of logs and messages from now on, and
     * watches them, as its {@code config.action.reload} says. Returns at once.
     *
     * @return fails as {@link SecretResolver#resolve} does
     */
    public CompletableFuture<Resolved> use(String connector, Map<String, String> config) {
        return resolver.resolve(config).whenComplete((resolved, failed) -> {
            if (SecretResolver.hasVariables(config) && !NONE.equalsIgnoreCase(config.get(RELOAD))) {
                watch.watch(connector, config, failed == null ? resolved : null);
            }
            if (failed == null) {
                hide(connector, resolved);
                // A plugin that did not say yet which of its settings are secret does so later.
                CompletableFuture<Void> unused = masking.learn(config).thenRun(() -> hide(connector, resolved));
            }
        });
    }

    private void hide(String connector, Resolved resolved) {
        Set<String> secrets = new LinkedHashSet<>(resolved.secrets());
        secrets.addAll(masking.secrets(resolved.values()));
        Redactor.PROCESS.use(new Owner(this, connector), secrets);
    }

    /** Forgets the secrets of a connector that is gone. */
    public void forget(String connector) {
        watch.forget(connector);
        Redactor.PROCESS.forget(new Owner(this, connector));
    }

    /** Returns how many threads were left behind in plugins and config providers. */
    public int abandonedCount() {
        return checks.abandonedCount() + resolver.providers().abandonedCount();
    }

    /** Closes the config providers, and ends checks under way. */
    @Override
    public void close() {
        checks.close();
        watch.close();
        resolver.close();
        Redactor.PROCESS.forgetAll(owner -> owner instanceof Owner own && own.worker == this);
    }
}
