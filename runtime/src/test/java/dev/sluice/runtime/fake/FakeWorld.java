package dev.sluice.runtime.fake;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The outside of the fake plugins: what a source finds, what a sink wrote, which calls came, and what a call shall do.
 *
 * <p>Test and plugins have this class twice, under two class loaders; they meet in an object of the JDK alone, which the
 * system properties hold under the world's name. Any thread.
 */
public final class FakeWorld {
    private final Map<String, Object> shared;

    private FakeWorld(Map<String, Object> shared) {
        this.shared = shared;
    }

    /** Returns the world of that name, new if there is none. */
    @SuppressWarnings("unchecked") // Only this class puts it there.
    public static FakeWorld of(String name) {
        return new FakeWorld((Map<String, Object>) System.getProperties()
                .computeIfAbsent("fake-world-" + name, key -> new ConcurrentHashMap<String, Object>()));
    }

    /** Returns the lines that a source reads; add to it at any time. */
    public List<String> input() {
        return list("input");
    }

    /** Returns what sinks were given, as {@code topic-partition@offset value}, in order of arrival. */
    public List<String> output() {
        return list("output");
    }

    /** Returns the calls of note, such as {@code commit 5}, in order. */
    public List<String> calls() {
        return list("calls");
    }

    @SuppressWarnings("unchecked") // Only this class puts it there.
    private List<String> list(String name) {
        return (List<String>) shared.computeIfAbsent(name, key -> new CopyOnWriteArrayList<String>());
    }

    /** Returns the values that a config provider has, by {@code path:key}; change them at any time. */
    @SuppressWarnings("unchecked") // Only this class puts it there.
    public Map<String, String> values() {
        return (Map<String, String>) shared.computeIfAbsent("values", key -> new ConcurrentHashMap<String, String>());
    }

    /** Returns what is to be told of changed values. */
    @SuppressWarnings("unchecked") // Only this class puts it there.
    List<Runnable> listeners() {
        return (List<Runnable>) shared.computeIfAbsent("listeners", key -> new CopyOnWriteArrayList<Runnable>());
    }

    /** Changes a value and lets the provider tell who subscribed to it. */
    public void change(String pathAndKey, String value) {
        values().put(pathAndKey, value);
        listeners().forEach(Runnable::run);
    }

    /** Returns how many subscriptions there are. */
    public int subscriptionCount() {
        return listeners().size();
    }

    /** Lets a call do this before it goes on; the argument is what the plugin told of the call. */
    public void at(String call, Consumer<String> action) {
        shared.put("at " + call, action);
    }

    /** Lets a call do nothing of note again. */
    public void calm(String call) {
        shared.remove("at " + call);
    }

    /** Does now what a plugin offers to do under that name. */
    public void perform(String call, String what) {
        enter(call, what);
    }

    /** For the plugins: a call begins. */
    @SuppressWarnings("unchecked") // Only this class puts it there.
    void enter(String call, String what) {
        @Nullable Object action = shared.get("at " + call);
        if (action != null) {
            ((Consumer<String>) action).accept(what);
        }
    }
}
