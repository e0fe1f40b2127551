package dev.sluice.runtime.secret;

import dev.sluice.api.config.ConfigData;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.config.ConfigProvider;
import dev.sluice.api.config.ConfigProvider.ChangeListener;
import dev.sluice.api.config.ConfigProvider.Subscription;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.runtime.config.ProviderChoice;
import dev.sluice.runtime.plugin.BudgetedCalls;
import dev.sluice.runtime.plugin.InstalledPlugin;
import dev.sluice.runtime.plugin.LoadedPlugin;
import dev.sluice.runtime.plugin.PluginContext;
import dev.sluice.runtime.plugin.Plugins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The config providers of a worker, each made and called on threads of its own, under a budget. Any thread. */
final class Providers implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Providers.class);
    private static final Duration CLOSE_LIMIT = Duration.ofSeconds(2);

    private final BudgetedCalls calls;
    private final Map<String, LoadedPlugin<ConfigProvider>> providers;

    private Providers(BudgetedCalls calls, Map<String, LoadedPlugin<ConfigProvider>> providers) {
        this.calls = calls;
        this.providers = providers;
    }

    /**
     * Makes all providers. Blocks, at most as long as one budget.
     *
     * @throws ConfigException naming every setting that does not fit
     */
    static Providers open(List<ProviderChoice> choices, Plugins plugins, Duration budget) {
        BudgetedCalls calls = new BudgetedCalls("provider-", budget, "task.call.timeout.ms");
        Map<String, CompletableFuture<LoadedPlugin<ConfigProvider>>> asked = new LinkedHashMap<>();
        List<ConfigProblem> problems = new ArrayList<>();
        for (ProviderChoice choice : choices) {
            asked.put(choice.alias(), calls.call(choice.alias(), () -> make(choice, plugins)));
        }
        Map<String, LoadedPlugin<ConfigProvider>> made = new LinkedHashMap<>();
        asked.forEach((alias, answer) -> {
            try {
                made.put(alias, answer.join());
            } catch (CompletionException refused) {
                problems.addAll(problems(alias, refused.getCause()));
            }
        });
        Providers providers = new Providers(calls, Map.copyOf(made));
        if (!problems.isEmpty()) {
            providers.close();
            throw new ConfigException(problems);
        }
        return providers;
    }

    private static LoadedPlugin<ConfigProvider> make(ProviderChoice choice, Plugins plugins) {
        InstalledPlugin plugin =
                plugins.find(PluginKind.CONFIG_PROVIDER, choice.className()).plugin();
        LoadedPlugin<ConfigProvider> loaded = plugins.instantiate(plugin, ConfigProvider.class);
        PluginContext context = loaded.enter();
        try (context) {
            Map<String, @Nullable String> settings = new LinkedHashMap<>(choice.settings());
            loaded.plugin().configure(loaded.plugin().configSpec().parse(settings));
        }
        return loaded;
    }

    private static List<ConfigProblem> problems(String alias, @Nullable Throwable refused) {
        String prefix = "config.providers." + alias + ".";
        if (refused instanceof ConfigException wrong && !wrong.problems().isEmpty()) {
            return wrong.problems().stream()
                    .map(problem -> new ConfigProblem(
                            problem.severity(), prefix + "param." + problem.key(), problem.message(), problem.fix()))
                    .toList();
        }
        String reason =
                refused == null || refused.getMessage() == null ? String.valueOf(refused) : refused.getMessage();
        return List.of(
                ConfigProblem.error(prefix + "class", "Cannot start config provider " + alias + ": " + reason, null));
    }

    /** Returns the aliases. */
    Set<String> aliases() {
        return providers.keySet();
    }

    /** Looks up keys; the provider must be there. */
    CompletableFuture<ConfigData> get(String alias, String path, Set<String> keys) {
        return call(alias, provider -> provider.get(path, keys));
    }

    /** Asks to be told of changes; empty if the provider cannot do that. */
    CompletableFuture<Optional<Subscription>> subscribe(
            String alias, String path, Set<String> keys, ChangeListener listener) {
        return call(alias, provider -> {
            try {
                return Optional.of(provider.subscribe(path, keys, listener));
            } catch (UnsupportedOperationException cannot) {
                return Optional.empty();
            }
        });
    }

    /** Ends a subscription; what goes wrong is logged. */
    void end(String alias, Subscription subscription) {
        CompletableFuture<Boolean> unused = call(alias, provider -> {
                    subscription.close();
                    return true;
                })
                .exceptionally(failed -> {
                    LOG.atDebug()
                            .addKeyValue("provider", alias)
                            .setCause(failed)
                            .log("a subscription does not end");
                    return false;
                });
    }

    /** What is asked of a provider. */
    private interface Question<T> {
        T ask(ConfigProvider provider) throws Exception;
    }

    private <T> CompletableFuture<T> call(String alias, Question<T> question) {
        LoadedPlugin<ConfigProvider> loaded = providers.get(alias);
        if (loaded == null) {
            throw new IllegalArgumentException("there is no provider " + alias + " among " + providers.keySet());
        }
        return calls.call(alias, entered(loaded, question));
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private static <T> Callable<T> entered(LoadedPlugin<ConfigProvider> loaded, Question<T> question) {
        return () -> {
            try (PluginContext context = loaded.enter()) {
                return question.ask(loaded.plugin());
            }
        };
    }

    /** Returns how many threads were left behind in providers. */
    int abandonedCount() {
        return calls.abandonedCount();
    }

    /** Closes all providers, each on a thread of its own; one that hangs is left behind. */
    @Override
    public void close() {
        List<CompletableFuture<?>> closing = new ArrayList<>();
        providers
                .keySet()
                .forEach(alias -> closing.add(call(alias, provider -> {
                            provider.close();
                            return true;
                        })
                        .exceptionally(failed -> {
                            LOG.atWarn()
                                    .addKeyValue("provider", alias)
                                    .setCause(failed)
                                    .log("a config provider does not close");
                            return false;
                        })));
        CompletableFuture.allOf(closing.toArray(CompletableFuture<?>[]::new))
                .completeOnTimeout(null, CLOSE_LIMIT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
        calls.close();
    }
}
