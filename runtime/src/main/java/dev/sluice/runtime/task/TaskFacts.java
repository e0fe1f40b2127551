package dev.sluice.runtime.task;

import dev.sluice.api.plugin.Plugin;
import dev.sluice.runtime.config.TransformStep;
import dev.sluice.runtime.plugin.LoadedPlugin;
import java.util.ArrayList;
import java.util.List;

/**
 * Which plugins a task is made of; the same as long as it lives.
 *
 * @param connector the connector
 * @param taskClass the class of its task
 * @param key the key converter
 * @param value the value converter
 * @param header the header converter
 * @param transformations in their order
 * @param predicates those that a transformation uses, each once
 */
public record TaskFacts(
        Part connector,
        String taskClass,
        Part key,
        Part value,
        Part header,
        List<Step> transformations,
        List<Step> predicates) {
    /** Copies the lists. */
    public TaskFacts {
        transformations = List.copyOf(transformations);
        predicates = List.copyOf(predicates);
    }

    /** A plugin: its class, and its version for people. */
    public record Part(String className, String version) {
        static Part of(LoadedPlugin<? extends Plugin> plugin) {
            return new Part(plugin.descriptor().className(), plugin.descriptor().version());
        }
    }

    /** A plugin with its name in the connector's settings. */
    public record Step(String alias, Part part) {}

    static TaskFacts of(TaskJob<?> job, TaskParts<?> parts, Object task) {
        List<Step> transformations = new ArrayList<>();
        List<Step> predicates = new ArrayList<>();
        List<TransformStep> configured = job.settings().transforms();
        List<TransformChain.Link> links = parts.plugins().transforms().links();
        for (int i = 0; i < links.size(); i++) {
            TransformChain.Link link = links.get(i);
            transformations.add(new Step(link.alias(), Part.of(link.transformation())));
            String predicate = configured.get(i).predicate();
            LoadedPlugin<?> condition = link.condition();
            if (condition != null && predicate != null && isNew(predicates, predicate)) {
                predicates.add(new Step(
                        predicate,
                        new Part(
                                condition.descriptor().className(),
                                condition.descriptor().version())));
            }
        }
        Converters converters = parts.plugins().converters();
        return new TaskFacts(
                Part.of(parts.connector()),
                task.getClass().getName(),
                Part.of(converters.key()),
                Part.of(converters.value()),
                Part.of(converters.header()),
                transformations,
                predicates);
    }

    private static boolean isNew(List<Step> predicates, String alias) {
        return predicates.stream().noneMatch(step -> step.alias().equals(alias));
    }
}
