package dev.sluice.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.task.TaskId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What follows from each event in each state of a connector {@code c}; commands in short. */
class PlannerTest {
    private static final StoredConnector OLD = new StoredConnector(Map.of("v", "1"), null);
    private static final StoredConnector NEW = new StoredConnector(Map.of("v", "2"), null);
    private static final TaskId CONNECTOR = TaskId.connector("c");

    private ClusterState state = ClusterState.EMPTY;

    private String apply(Event event) {
        Plan plan = event.apply(state);
        state = plan.next();
        return String.join(
                ", ", plan.commands().stream().map(PlannerTest::inShort).toList());
    }

    private static String inShort(Command command) {
        if (command instanceof Command.StartConnector start) {
            return "start c#" + start.generation() + " v"
                    + start.connector().config().get("v");
        }
        if (command instanceof Command.StartTasks start) {
            return "tasks c#" + start.generation() + "x" + start.tasks().size();
        }
        if (command instanceof Command.Stop stop) {
            return "stop " + stop.units();
        }
        if (command instanceof Command.Publish publish) {
            return publish.id() + "=" + publish.unit().state();
        }
        return "forget";
    }

    private static Event configured(StoredConnector connector) {
        return new Event.Configured("c", connector);
    }

    private static Event wanted(long generation, int count, String value) {
        List<Map<String, String>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            tasks.add(Map.of("t", value + i));
        }
        return new Event.TasksWanted("c", generation, tasks);
    }

    private static Event changed(int index, long generation, RunState to) {
        return new Event.Changed(new TaskId("c", index), generation, to, null);
    }

    private static Event ended(int index, long generation) {
        return new Event.Ended(new TaskId("c", index), generation);
    }

    /** Brings the connector into a state by name. */
    private void given(String name) {
        List<Event> events = new ArrayList<>();
        if (!name.equals("absent")) {
            events.add(configured(OLD));
        }
        if (Set.of("running", "tasksEnding", "ending", "deleting", "taskFailed").contains(name)) {
            events.add(wanted(1, 2, "a"));
            events.add(changed(TaskId.CONNECTOR, 1, RunState.RUNNING));
            events.add(changed(0, 1, RunState.RUNNING));
        }
        switch (name) {
            case "tasksEnding" -> events.add(wanted(1, 1, "b"));
            case "ending" -> events.add(configured(NEW));
            case "deleting" -> events.add(new Event.Deleted("c"));
            case "taskFailed" -> {
                events.add(changed(0, 1, RunState.FAILED));
                events.add(ended(0, 1));
            }
            default -> {}
        }
        events.forEach(this::apply);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "absent      | configure   | c=UNASSIGNED, start c#1 v2",
                "absent      | delete      | ''",
                "absent      | wanted      | ''",
                "absent      | taskEnds    | ''",
                "starting    | configure   | stop [c]",
                "starting    | delete      | stop [c]",
                "starting    | wanted      | tasks c#1x1",
                "starting    | wantedStale | ''",
                "starting    | taskRuns    | ''",
                "starting    | connectorEnds | ''",
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
                "tasksEnding | configure   | stop [c-0, c-1, c]",
                "tasksEnding | delete      | stop [c-0, c-1, c]",
                "tasksEnding | wanted      | stop [c-0, c-1]",
                "tasksEnding | taskEnds    | ''",
                "tasksEnding | bothEnd     | tasks c#1x1",
                "ending      | configure   | stop [c-0, c-1, c]",
                "ending      | delete      | stop [c-0, c-1, c]",
                "ending      | wanted      | ''",
                "ending      | bothEnd     | ''",
                "ending      | allEnd      | c=UNASSIGNED, start c#2 v2",
                "deleting    | configure   | stop [c-0, c-1, c]",
                "deleting    | wanted      | ''",
                "deleting    | bothEnd     | ''",
                "deleting    | allEnd      | forget",
                "taskFailed  | taskRuns    | ''",
                "taskFailed  | wantedSame  | ''",
                "taskFailed  | wanted      | stop [c-1]",
                "taskFailed  | delete      | stop [c-1, c]"
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
            case "delete" -> List.of(new Event.Deleted("c"));
            case "wanted" -> List.of(wanted(1, 1, "c"));
            case "wantedSame" -> List.of(wanted(1, 2, "a"));
            case "wantedStale" -> List.of(wanted(0, 1, "c"));
            case "taskRuns" -> List.of(changed(0, 1, RunState.RUNNING));
            case "taskStuck" -> List.of(changed(0, 1, RunState.STUCK));
            case "taskStale" -> List.of(changed(0, 0, RunState.RUNNING));
            case "taskEnds" -> List.of(ended(0, 1));
            case "bothEnd" -> List.of(ended(0, 1), ended(1, 1));
            case "allEnd" -> List.of(ended(0, 1), ended(TaskId.CONNECTOR, 1), ended(1, 1));
            case "connectorEnds" -> List.of(new Event.Ended(CONNECTOR, 1));
            default -> throw new IllegalArgumentException(name);
        };
    }

    /** Plays the executor with random events: nothing ever runs twice, and in the end the last wish runs. */
    @Test
    void neverRunsAnythingTwiceWhateverTheOrder() {
        long seed = System.nanoTime();
        System.out.println("PlannerTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 300; round++) {
            new Play(random).run();
        }
    }

    /** Threads by id, each with the generation that it was started for. */
    private static final class Play {
        private final Random random;
        private final Map<TaskId, Long> alive = new HashMap<>();
        private final Set<TaskId> asked = new HashSet<>();
        private ClusterState state = ClusterState.EMPTY;

        Play(Random random) {
            this.random = random;
        }

        void run() {
            for (int i = 0; i < 60; i++) {
                step();
            }
            apply(configured(NEW));
            for (int i = 0; i < 50 && !asked.isEmpty(); i++) {
                endOne();
            }
            Entry entry = state.entry("c").orElseThrow();
            assertThat(entry.isEnding()).isFalse();
            assertThat(entry.wanted()).isEqualTo(NEW);
            assertThat(alive).containsEntry(CONNECTOR, entry.generation());
        }

        private void step() {
            switch (random.nextInt(5)) {
                case 0 -> apply(configured(random.nextBoolean() ? OLD : NEW));
                case 1 -> apply(random.nextInt(4) == 0 ? new Event.Deleted("c") : configured(OLD));
                case 2 -> {
                    if (alive.containsKey(CONNECTOR)) {
                        apply(wanted(alive.get(CONNECTOR), random.nextInt(4), "r" + random.nextInt(3)));
                    }
                }
                default -> endOne();
            }
        }

        private void endOne() {
            asked.stream().findFirst().ifPresent(id -> {
                asked.remove(id);
                long generation = Objects.requireNonNull(alive.remove(id));
                apply(new Event.Ended(id, generation));
            });
        }

        private void apply(Event event) {
            Plan plan = event.apply(state);
            state = plan.next();
            plan.commands().forEach(this::carryOut);
        }

        private void carryOut(Command command) {
            if (command instanceof Command.StartConnector start) {
                begin(CONNECTOR, start.generation());
            } else if (command instanceof Command.StartTasks start) {
                for (int i = 0; i < start.tasks().size(); i++) {
                    begin(new TaskId("c", i), start.generation());
                }
            } else if (command instanceof Command.Stop stop) {
                assertThat(alive.keySet()).containsAll(stop.units());
                asked.addAll(stop.units());
            }
        }

        private void begin(TaskId id, long generation) {
            assertThat(alive).as("what runs when %s starts", id).doesNotContainKey(id);
            alive.put(id, generation);
        }
    }
}
