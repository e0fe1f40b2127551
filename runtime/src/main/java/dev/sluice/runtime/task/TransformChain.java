package dev.sluice.runtime.task;

import dev.sluice.api.record.ConnectRecord;
import dev.sluice.api.transform.Predicate;
import dev.sluice.api.transform.Transformation;
import dev.sluice.runtime.plugin.LoadedPlugin;
import dev.sluice.runtime.plugin.PluginContext;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The configured transformations of a connector in order, each with the predicate that may hold it back. */
public final class TransformChain implements AutoCloseable {
    /** No transformations. */
    public static final TransformChain EMPTY = new TransformChain(List.of());

    private final List<Link> links;
    private final List<String> names;

    /** Takes the links in the order in which they are applied; the chain closes their plugins. */
    public TransformChain(List<Link> links) {
        this.links = List.copyOf(links);
        this.names = this.links.stream().map(Link::name).toList();
    }

    /**
     * One transformation.
     *
     * @param alias its name in the connector's settings
     * @param transformation the configured plugin
     * @param condition the configured predicate, or null to apply it always
     * @param negated whether it is applied where the predicate does not hold
     */
    public record Link(
            String alias,
            LoadedPlugin<Transformation> transformation,
            @Nullable LoadedPlugin<Predicate> condition,
            boolean negated) {
        String name() {
            return alias + " (" + transformation.descriptor().className() + ")";
        }
    }

    /** Returns the alias in the name that failures use. */
    static String alias(String name) {
        return name.substring(0, name.lastIndexOf(" ("));
    }

    /** Returns the class in the name that failures use. */
    static String className(String name) {
        return name.substring(name.lastIndexOf(" (") + 2, name.length() - 1);
    }

    List<Link> links() {
        return links;
    }

    boolean isEmpty() {
        return links.isEmpty();
    }

    /** Returns the record behind the last transformation, or null if one of them dropped it. */
    <R extends ConnectRecord<R>> @Nullable R apply(R record, Supplier<String> coordinates, StepRetries retries)
            throws StepFailedException, InterruptedException {
        R current = record;
        for (int i = 0; i < links.size(); i++) {
            Link link = links.get(i);
            R input = current;
            R output = retries.run(Stage.TRANSFORMATION, names.get(i), coordinates, () -> applyOne(link, input));
            if (output == null) {
                return null;
            }
            current = output;
        }
        return current;
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private static <R extends ConnectRecord<R>> @Nullable R applyOne(Link link, R record) {
        LoadedPlugin<Predicate> condition = link.condition();
        if (condition != null && test(condition, record) == link.negated()) {
            return record;
        }
        try (PluginContext context = link.transformation().enter()) {
            return link.transformation().plugin().apply(record);
        }
    }

    @SuppressWarnings("try") // The context is entered for its effect on the thread.
    private static boolean test(LoadedPlugin<Predicate> condition, ConnectRecord<?> record) {
        try (PluginContext context = condition.enter()) {
            return condition.plugin().test(record);
        }
    }

    /** Closes all, also where one fails; the first failure is thrown in the end. */
    @Override
    public void close() {
        Closing closing = new Closing();
        for (Link link : links) {
            closing.close(link.transformation());
            closing.close(link.condition());
        }
        closing.throwFirst();
    }
}
