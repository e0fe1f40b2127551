package dev.sluice.runtime.task;

import dev.sluice.runtime.meter.Count;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * How long a task spent in each stage. Calls of the plugin are measured one by one, which is once per batch; of single
 * transformations and converters, which run per record, one in {@link #SAMPLING} is. Written by the task's thread, read by
 * any.
 */
public final class StageTimes {
    /** One run of a transformation or converter of so many is measured. */
    public static final int SAMPLING = 64;

    private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
    private volatile List<Timer> transformations = List.of();

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

    /** Names the transformations in their order, before the first record. */
    void transformations(List<String> aliases) {
        transformations = aliases.stream().map(Timer::new).toList();
    }

    /** Returns the timer of a stage. */
    public Timer of(Stage stage) {
        return Objects.requireNonNull(stages.get(stage));
    }

    /** Returns the timers of the transformations, in their order. */
    public List<Timer> transformations() {
        return transformations;
    }
}
