package dev.sluice.runtime.task;

import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.connector.Connector;
import dev.sluice.api.convert.Converter;
import dev.sluice.api.convert.ConverterRole;
import dev.sluice.api.convert.HeaderConverter;
import dev.sluice.api.plugin.Plugin;
import dev.sluice.api.plugin.PluginKind;
import dev.sluice.api.transform.Predicate;
import dev.sluice.api.transform.Transformation;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.config.ConverterChoice;
import dev.sluice.runtime.config.PredicateChoice;
import dev.sluice.runtime.config.TransformStep;
import dev.sluice.runtime.plugin.InstalledPlugin;
import dev.sluice.runtime.plugin.LoadedPlugin;
import dev.sluice.runtime.plugin.PluginContext;
import dev.sluice.runtime.plugin.Plugins;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes and configures the plugin objects that a task needs; called on the task's own thread. */
public final class PluginAssembly {
    private final Plugins plugins;

    /** Takes plugins from this registry. */
    public PluginAssembly(Plugins plugins) {
        this.plugins = plugins;
    }

    /**
     * Makes everything for one run of a task.
     *
     * @param connector the connector's plugin
     * @param type source or sink
     * @param settings the framework's settings of the connector
     * @param taskSettings the task's settings, as the connector gave them
     * @throws ConfigException naming the setting that does not fit
     */
    public <C extends Connector> TaskParts<C> parts(
            InstalledPlugin connector, Class<C> type, ConnectorConfig settings, Map<String, String> taskSettings) {
        LoadedPlugin<C> made = plugins.instantiate(connector, type);
        Config config = parse(made.plugin().taskConfigSpec(), taskSettings);
        return new TaskParts<>(made, config, taskPlugins(settings));
    }

    /**
     * Makes the transformations and converters alone.
     *
     * @throws ConfigException naming the setting that does not fit
     */
    public TaskPlugins taskPlugins(ConnectorConfig settings) {
        Converters converters = new Converters(
                converter(settings.keyConverter(), ConverterRole.KEY),
                converter(settings.valueConverter(), ConverterRole.VALUE),
                headerConverter(settings.headerConverter()));
        return new TaskPlugins(transforms(settings), converters);
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private LoadedPlugin<Converter> converter(ConverterChoice choice, ConverterRole role) {
        LoadedPlugin<Converter> made = make(PluginKind.CONVERTER, choice.className(), Converter.class);
        try (PluginContext context = made.enter()) {
            made.plugin().configure(parse(made.plugin().configSpec(), choice.settings()), role);
        }
        return made;
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private LoadedPlugin<HeaderConverter> headerConverter(ConverterChoice choice) {
        LoadedPlugin<HeaderConverter> made =
                make(PluginKind.HEADER_CONVERTER, choice.className(), HeaderConverter.class);
        try (PluginContext context = made.enter()) {
            made.plugin().configure(parse(made.plugin().configSpec(), choice.settings()));
        }
        return made;
    }

    private TransformChain transforms(ConnectorConfig settings) {
        List<TransformChain.Link> links = new ArrayList<>();
        for (TransformStep step : settings.transforms()) {
            links.add(new TransformChain.Link(
                    step.alias(), transformation(step), condition(step, settings.predicates()), step.isNegated()));
        }
        return links.isEmpty() ? TransformChain.EMPTY : new TransformChain(links);
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private LoadedPlugin<Transformation> transformation(TransformStep step) {
        LoadedPlugin<Transformation> made = make(PluginKind.TRANSFORMATION, step.type(), Transformation.class);
        try (PluginContext context = made.enter()) {
            made.plugin().configure(parse(made.plugin().configSpec(), step.settings()));
        }
        return made;
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private @Nullable LoadedPlugin<Predicate> condition(TransformStep step, List<PredicateChoice> predicates) {
        for (PredicateChoice choice : predicates) {
            if (choice.alias().equals(step.predicate())) {
                LoadedPlugin<Predicate> made = make(PluginKind.PREDICATE, choice.type(), Predicate.class);
                try (PluginContext context = made.enter()) {
                    made.plugin().configure(parse(made.plugin().configSpec(), choice.settings()));
                }
                return made;
            }
        }
        return null;
    }

    private <T extends Plugin> LoadedPlugin<T> make(PluginKind kind, String name, Class<T> type) {
        return plugins.instantiate(plugins.find(kind, name).plugin(), type);
    }

    /** Names that a spec does not know were warned about when the connector was configured. */
    static Config parse(ConfigSpec spec, Map<String, String> settings) {
        Map<String, @Nullable String> given = new LinkedHashMap<>(settings);
        return spec.openPrefix("").parse(given);
    }
}
