package dev.sluice.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.ErrorCategory;
import dev.sluice.runtime.config.ConnectorConfig;
import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.store.StoredTarget;
import dev.sluice.runtime.store.TargetState;
import dev.sluice.runtime.task.TaskId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * What follows from each event in each state of a connector {@code c}; commands in short. Runs are numbered in the order of the
 * starts: the connector is 1, its two tasks are 2 and 3.
 */
class PlannerTest {
    private static final StoredConnector OLD = new StoredConnector(Map.of("v", "1"), null);
    private static final StoredConnector NEW = new StoredConnector(Map.of("v", "2"), null);

    private ClusterState state = ClusterState.EMPTY;

    private String apply(Event event) {
        Plan plan = event.apply(state);
        state = plan.next();
        return plan.commands().stream().map(PlannerTest::inShort).collect(Collectors.joining(", "));
    }

    private static String inShort(Command command) {
        if (command instanceof Command.StartConnector start) {
            return "start c#" + start.run() + " v" + start.connector().config().get("v");
        }
        if (command instanceof Command.StartTasks start) {
            return "tasks c#" + start.firstRun() + "x" + start.tasks().size();
        }
        if (command instanceof Command.StartTask start) {
            return "task " + start.id() + "#" + start.run() + " of " + start.taskCount();
        }
        if (command instanceof Command.Stop stop) {
            return "stop " + stop.units();
        }
        if (command instanceof Command.Pause pause) {
            return "pause " + pause.units();
        }
        if (command instanceof Command.Resume resume) {
            return "resume " + resume.units();
        }
        if (command instanceof Command.RestartAt restart) {
            return "again " + restart.id() + "#" + restart.run() + " at " + restart.atMillis();
        }
        if (command instanceof Command.Publish publish) {
            return publish.id() + "=" + publish.unit().state();
        }
        return command instanceof Command.ForgetTasks ? "forget tasks" : "forget";
    }

    private static Event configured(StoredConnector connector) {
        return new Event.Configured("c", connector, StoredTarget.STARTED);
    }

    private static Event configured(TargetState target) {
        return new Event.Configured("c", NEW, StoredTarget.of(target));
    }

    private static Event targeted(TargetState target) {
        return new Event.Targeted("c", StoredTarget.of(target));
    }

    private static Event restored(TargetState target) {
        return new Event.Restored("c", OLD, StoredTarget.of(target), configs(2, "a"));
    }

    private static Event wanted(long run, int count, String value) {
        return new Event.TasksWanted("c", run, configs(count, value));
    }

    private static List<Map<String, String>> configs(int count, String value) {
        List<Map<String, String>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(Map.of("t", value + i));
        }
        return tasks;
    }

    private static Event changed(int index, long run, RunState to) {
        return new Event.Changed(new TaskId("c", index), run, to, null, 1_000);
    }

    private static Event failed(int index, long run, ErrorCategory category) {
        return new Event.Failed(new TaskId("c", index), run, "why", category, null);
    }

    private static Event ended(int index, long run) {
        return new Event.Ended(new TaskId("c", index), run, 5_000, 0.5);
    }

    private static Event due(int index, long run) {
        return new Event.RestartDue(new TaskId("c", index), run);
    }

    private static Event restart(Integer... units) {
        return new Event.RestartAsked("c", Set.of(units));
    }

    private static final List<Event> RUNNING = List.of(
            configured(OLD),
            wanted(1, 2, "a"),
            changed(TaskId.CONNECTOR, 1, RunState.RUNNING),
            changed(0, 2, RunState.RUNNING),
            changed(1, 3, RunState.RUNNING));

    /** Brings the connector into a state by name. */
    private void given(String name) {
        List<Event> events = new ArrayList<>();
        switch (name) {
            case "absent" -> {}
            case "starting" -> events.add(configured(OLD));
            case "restPaused" -> events.add(restored(TargetState.PAUSED));
            case "restStopped" -> events.add(restored(TargetState.STOPPED));
            default -> events.addAll(RUNNING);
        }
        switch (name) {
            case "tasksEnding" -> events.add(wanted(1, 1, "b"));
            case "ending" -> events.add(configured(NEW));
            case "deleting" -> events.add(new Event.Deleted("c"));
            case "stopping" -> events.add(targeted(TargetState.STOPPED));
            case "paused" -> {
                events.add(targeted(TargetState.PAUSED));
                events.add(changed(0, 2, RunState.PAUSED));
            }
            case "taskFailed" -> {
                events.add(failed(0, 2, ErrorCategory.TASK));
                events.add(ended(0, 2));
            }
            case "taskPoisoned" -> {
                events.add(failed(0, 2, ErrorCategory.RECORD));
                events.add(ended(0, 2));
            }
            case "pausedFailed" -> {
                events.add(failed(0, 2, ErrorCategory.TASK));
                events.add(ended(0, 2));
                events.add(targeted(TargetState.PAUSED));
                events.add(due(0, 2));
            }
            case "taskRestarting" -> events.add(restart(0));
            default -> {}
        }
        events.forEach(this::apply);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "absent      | configure   | c=UNASSIGNED, start c#1 v2",
                "absent      | configurePaused  | c=PAUSED",
                "absent      | configureStopped | c=STOPPED, forget tasks",
                "absent      | restorePaused    | c=PAUSED, c-0=PAUSED, c-1=PAUSED",
                "absent      | restoreStopped   | c=STOPPED",
                "starting    | restore          | ''",
                "running     | restore          | ''",
                "running     | restorePaused    | stop [c-0, c-1, c]",
                "ending      | restore          | stop [c-0, c-1, c]",
                "paused      | restorePaused    | ''",
                "restPaused  | restorePaused    | ''",
                "absent      | delete      | ''",
                "absent      | wanted      | ''",
                "absent      | taskEnds    | ''",
                "absent      | pause       | ''",
                "absent      | restartAll  | ''",
                "starting    | configure   | stop [c]",
                "starting    | delete      | stop [c]",
                "starting    | wanted      | tasks c#2x1",
                "starting    | wantedStale | ''",
                "starting    | taskRuns    | ''",
                "starting    | connectorEnds | ''",
                "starting    | connectorFails | c=FAILED, stop [c]",
                "starting    | connectorFailsAndEnds | again c#1 at 6000",
                "starting    | pause       | pause [c]",
                "starting    | stop        | stop [c]",
                "running     | configure   | stop [c-0, c-1, c]",
                "running     | delete      | stop [c-0, c-1, c]",
                "running     | wanted      | stop [c-0, c-1]",
                "running     | wantedSame  | ''",
                "running     | wantedStale | ''",
                "running     | taskRuns    | c-0=RUNNING",
                "running     | taskStale   | ''",
                "running     | taskStuck   | c-0=STUCK",
                "running     | taskEnds    | ''",
                "running     | connectorEnds | ''",
                "running     | taskFails   | c-0=FAILED, stop [c-0]",
                "running     | pause       | pause [c-0, c-1, c]",
                "running     | stop        | stop [c-0, c-1, c]",
                "running     | resume      | resume [c-0, c-1, c]",
                "running     | restartConnector | c=RESTARTING, stop [c]",
                "running     | restartAll  | c=RESTARTING, stop [c], c-0=RESTARTING, stop [c-0], c-1=RESTARTING, stop [c-1]",
                "running     | restartGone | ''",
                "tasksEnding | configure   | stop [c-0, c-1, c]",
                "tasksEnding | delete      | stop [c-0, c-1, c]",
                "tasksEnding | wanted      | stop [c-0, c-1]",
                "tasksEnding | taskEnds    | ''",
                "tasksEnding | bothEnd     | tasks c#4x1",
                "tasksEnding | restart0    | ''",
                "ending      | configure   | stop [c-0, c-1, c]",
                "ending      | delete      | stop [c-0, c-1, c]",
                "ending      | wanted      | ''",
                "ending      | bothEnd     | ''",
                "ending      | allEnd      | c=UNASSIGNED, start c#4 v2",
                "ending      | pause       | ''",
                "ending      | pausedAllEnd | c=PAUSED, c-0=PAUSED, c-1=PAUSED",
                "ending      | restartAll  | ''",
                "deleting    | configure   | stop [c-0, c-1, c]",
                "deleting    | wanted      | ''",
                "deleting    | bothEnd     | ''",
                "deleting    | allEnd      | forget",
                "deleting    | pause       | ''",
                "stopping    | bothEnd     | ''",
                "stopping    | allEnd      | c=STOPPED, forget tasks",
                "stopping    | resumeAllEnd | c=UNASSIGNED, start c#4 v1",
                "paused      | taskRuns    | c-0=RUNNING",
                "paused      | pause       | ''",
                "paused      | resume      | resume [c-0, c-1, c]",
                "paused      | stop        | stop [c-0, c-1, c]",
                "paused      | restart0Ends | c-0=PAUSED",
                "restPaused  | resume      | resume [], c=UNASSIGNED, start c#1 v1",
                "restPaused  | configurePaused | c=PAUSED, c-0=PAUSED, c-1=PAUSED",
                "restPaused  | stop        | c=STOPPED, forget tasks",
                "restPaused  | restart0    | c-0=PAUSED",
                "restPaused  | resumedWantsSame | tasks c#2x2",
                "restStopped | resume      | resume [], c=UNASSIGNED, start c#1 v1",
                "restStopped | pause       | c=PAUSED",
                "restStopped | restartAll  | ''",
                "restStopped | delete      | forget",
                "taskFailed  | taskRuns    | ''",
                "taskFailed  | wantedSame  | ''",
                "taskFailed  | wanted      | stop [c-1]",
                "taskFailed  | delete      | stop [c-1, c]",
                "taskFailed  | due         | c-0=UNASSIGNED, task c-0#4 of 2",
                "taskFailed  | dueStale    | ''",
                "taskFailed  | restart0    | c-0=UNASSIGNED, task c-0#4 of 2",
                "taskFailed  | failsAgain  | again c-0#4 at 7000",
                "taskPoisoned | due        | ''",
                "taskPoisoned | restart0   | c-0=UNASSIGNED, task c-0#4 of 2",
                "taskPoisoned | pauseResume | resume [c-1, c]",
                "pausedFailed | due        | ''",
                "pausedFailed | resume     | resume [c-1, c], c-0=UNASSIGNED, task c-0#4 of 2",
                "taskRestarting | taskEnds | c-0=UNASSIGNED, task c-0#4 of 2",
                "taskRestarting | taskRuns | ''",
                "taskRestarting | failsWhileStopping | c-0=UNASSIGNED, task c-0#4 of 2"
            })
    void plans(String given, String event, String commands) {
        given(given);
        String last = "";
        for (Event each : events(event)) {
            last = apply(each);
        }
        assertThat(last).isEqualTo(commands);
    }

    private static List<Event> events(String name) {
        return switch (name) {
            case "configure" -> List.of(configured(NEW));
            case "configurePaused" -> List.of(configured(TargetState.PAUSED));
            case "configureStopped" -> List.of(configured(TargetState.STOPPED));
            case "restore" -> List.of(restored(TargetState.STARTED));
            case "restorePaused" -> List.of(restored(TargetState.PAUSED));
            case "restoreStopped" -> List.of(restored(TargetState.STOPPED));
            case "delete" -> List.of(new Event.Deleted("c"));
            case "wanted" -> List.of(wanted(1, 1, "c"));
            case "wantedSame" -> List.of(wanted(1, 2, "a"));
            case "wantedStale" -> List.of(wanted(0, 1, "c"));
            case "taskRuns" -> List.of(changed(0, 2, RunState.RUNNING));
            case "taskStuck" -> List.of(changed(0, 2, RunState.STUCK));
            case "taskStale" -> List.of(changed(0, 1, RunState.RUNNING));
            case "taskFails" -> List.of(failed(0, 2, ErrorCategory.TASK));
            case "taskEnds" -> List.of(ended(0, 2));
            case "bothEnd" -> List.of(ended(0, 2), ended(1, 3));
            case "allEnd" -> List.of(ended(0, 2), ended(TaskId.CONNECTOR, 1), ended(1, 3));
            case "connectorEnds" -> List.of(ended(TaskId.CONNECTOR, 1));
            case "connectorFails" -> List.of(failed(TaskId.CONNECTOR, 1, ErrorCategory.TASK));
            case "connectorFailsAndEnds" ->
                List.of(failed(TaskId.CONNECTOR, 1, ErrorCategory.TASK), ended(TaskId.CONNECTOR, 1));
            case "pause" -> List.of(targeted(TargetState.PAUSED));
            case "resume" -> List.of(targeted(TargetState.STARTED));
            case "stop" -> List.of(targeted(TargetState.STOPPED));
            case "pauseResume" -> List.of(targeted(TargetState.PAUSED), targeted(TargetState.STARTED));
            case "pausedAllEnd" ->
                List.of(targeted(TargetState.PAUSED), ended(0, 2), ended(TaskId.CONNECTOR, 1), ended(1, 3));
            case "resumeAllEnd" ->
                List.of(targeted(TargetState.STARTED), ended(0, 2), ended(TaskId.CONNECTOR, 1), ended(1, 3));
            case "resumedWantsSame" -> List.of(targeted(TargetState.STARTED), wanted(1, 2, "a"));
            case "restartConnector" -> List.of(restart(TaskId.CONNECTOR));
            case "restartAll" -> List.of(new Event.RestartAsked("c", new TreeSet<>(Set.of(TaskId.CONNECTOR, 0, 1))));
            case "restartGone" -> List.of(restart(7));
            case "restart0" -> List.of(restart(0));
            case "restart0Ends" -> List.of(restart(0), ended(0, 2));
            case "due" -> List.of(due(0, 2));
            case "dueStale" -> List.of(due(0, 1));
            case "failsAgain" ->
                List.of(due(0, 2), changed(0, 4, RunState.RUNNING), failed(0, 4, ErrorCategory.RETRIABLE), ended(0, 4));
            case "failsWhileStopping" -> List.of(failed(0, 2, ErrorCategory.TASK), ended(0, 2));
            default -> throw new IllegalArgumentException(name);
        };
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                // policy      | fails by  | restarts | ran for ms | expected
                "on-failure    | TASK      | 0        | 0          | 1 at 101000",
                "on-failure    | RETRIABLE | 0        | 0          | 1 at 101000",
                "on-failure    | TASK      | 1        | 0          | 2 at 102000",
                "on-failure    | TASK      | 3        | 599999     | 4 at 108000",
                "on-failure    | TASK      | 3        | 600000     | 1 at 101000",
                "on-failure    | TASK      | 9        | 0          | 10 at 400000",
                "on-failure    | TASK      | 10       | 0          | null",
                "on-failure    | TASK      | 10       | 600000     | 1 at 101000",
                "on-failure    | CONFIG    | 0        | 0          | null",
                "on-failure    | RECORD    | 0        | 0          | null",
                "never         | TASK      | 0        | 0          | null",
                "no word       | TASK      | 0        | 0          | 1 at 101000"
            })
    void decidesAboutRestarts(
            String policy, ErrorCategory category, int restarts, long ranMillis, @Nullable String expected) {
        long now = 100_000 + ranMillis;
        Recovery recovery = new Recovery(restarts, ranMillis == 0 ? 0 : 100_000, category, null, 0);
        var settings = ConnectorConfig.restarts(Map.of("restart.policy", policy));

        String decided = RestartPolicy.decide(settings, recovery, now, 0.5)
                .map(restart -> restart.number() + " at " + (restart.atMillis() - ranMillis))
                .orElse(null);

        assertThat(decided).isEqualTo(expected);
    }
}
