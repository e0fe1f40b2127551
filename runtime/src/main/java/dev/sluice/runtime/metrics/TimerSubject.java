package dev.sluice.runtime.metrics;

import dev.sluice.runtime.task.Stage;
import dev.sluice.runtime.task.StageTimes;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** A stage or a transformation of a task that was measured. */
record TimerSubject(TaskSubject task, String name, StageTimes.Timer timer) implements Subject {
    @Override
    public List<String> labels() {
        List<String> of = task.labels();
        return List.of(of.get(0), of.get(1), name);
    }

    /** Returns the stages that the task has come to. */
    static Stream<TimerSubject> stagesOf(TaskSubject task) {
        StageTimes times = task.counters().stages();
        return Arrays.stream(Stage.values())
                .map(stage -> new TimerSubject(task, word(stage), times.of(stage)))
                .filter(subject -> subject.timer().count() > 0);
    }

    private static String word(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    static Stream<TimerSubject> transformationsOf(TaskSubject task) {
        return task.counters().stages().transformations().stream()
                .map(timer -> new TimerSubject(task, timer.name(), timer));
    }
}
