package dev.sluice.runtime.task;

import dev.sluice.runtime.meter.Count;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How long a task spent in each stage. Calls of the plugin are measured one by one, which is once per batch; of single
 * transformations and converters, which run per record, one in {@link #SAMPLING} is. Written by the task's thread, read by
 * any.
 */
public final class StageTimes {
    /** One run of a transformation or converter of so many is measured; a prime, so that each of several has its turn. */
    public static final int SAMPLING = 61;

    private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
    /** By the name that failures use; read through the snapshot beside it. */
    private final Map<String, Timer> byTransformation = new LinkedHashMap<>();

    private volatile List<Timer> transformations = List.of();
    private int untilSample = 1;

    StageTimes() {
        for (Stage stage : Stage.values()) {
            stages.put(stage, new Timer(stage.name()));
        }
    }

    /** The runs of one stage that were measured. */
    public static final class Timer {
        private final String name;
        private final Count count = new Count();
        private final Count nanos = new Count();

        Timer(String name) {
            this.name = name;
        }

        /** Adds one run; the task's thread only. */
        void record(long duration) {
            count.add(1);
            nanos.add(duration);
        }

        /** Returns the stage's name, or the alias of the transformation. */
        public String name() {
            return name;
        }

        /** Returns how many runs were measured. */
        public long count() {
            return count.value();
        }

        /** Returns how long they took together. */
        public long nanos() {
            return nanos.value();
        }
    }

    /** Returns whether the run of a transformation or converter that begins now is to be measured. */
    boolean isSampled() {
        if (--untilSample > 0) {
            return false;
        }
        untilSample = SAMPLING;
        return true;
    }

    /** Adds a measured run of a transformation or converter; the plugin is named as in failures. */
    void sample(Stage stage, String plugin, long duration) {
        of(stage).record(duration);
        if (stage == Stage.TRANSFORMATION) {
            transformation(plugin).record(duration);
        }
    }

    private Timer transformation(String plugin) {
        Timer known = byTransformation.get(plugin);
        if (known != null) {
            return known;
        }
        Timer added = new Timer(TransformChain.alias(plugin));
        byTransformation.put(plugin, added);
        transformations = List.copyOf(byTransformation.values());
        return added;
    }

    /** Returns the timer of a stage. */
    public Timer of(Stage stage) {
        return Objects.requireNonNull(stages.get(stage));
    }

    /** Returns the timers of the transformations of which a run was measured. */
    public List<Timer> transformations() {
        return transformations;
    }
}
