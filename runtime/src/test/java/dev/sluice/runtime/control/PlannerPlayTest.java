package dev.sluice.runtime.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.error.ErrorCategory;
import dev.sluice.runtime.store.StoredConnector;
import dev.sluice.runtime.store.StoredTarget;
import dev.sluice.runtime.store.TargetState;
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

/** Plays the executor of plans with random events: nothing ever runs twice, and in the end what was wanted last is what is. */
class PlannerPlayTest {
    private static final StoredConnector OLD = new StoredConnector(Map.of("v", "1"), null);
    private static final StoredConnector NEW = new StoredConnector(Map.of("v", "2"), null);
    private static final TaskId CONNECTOR = TaskId.connector("c");

    @Test
    void reachesWhatIsWantedWhateverTheOrder() {
        long seed = System.nanoTime();
        System.out.println("PlannerPlayTest seed " + seed);
        Random random = new Random(seed);
        for (int round = 0; round < 500; round++) {
            new Play(random).run();
        }
    }

    /** Threads by id, each with the run that it was started for. */
    private static final class Play {
        private final Random random;
        private final Map<TaskId, Long> alive = new HashMap<>();
        private final Set<TaskId> asked = new HashSet<>();
        private final Set<TaskId> suspended = new HashSet<>();
        private final Set<Long> runs = new HashSet<>();
        private ClusterState state = ClusterState.EMPTY;

        Play(Random random) {
            this.random = random;
        }

        void run() {
            for (int i = 0; i < 80; i++) {
                step();
            }
            TargetState last = anyTarget();
            apply(new Event.Configured("c", NEW, StoredTarget.of(last)));
            for (int i = 0; i < 50 && !asked.isEmpty(); i++) {
                endOne();
            }
            Entry entry = state.entry("c").orElseThrow();
            assertThat(entry.isEnding()).isFalse();
            assertThat(entry.wanted()).isEqualTo(NEW);
            assertThat(entry.target().state()).isEqualTo(last);
            if (last == TargetState.STARTED) {
                assertThat(alive).containsEntry(CONNECTOR, entry.connector().run());
                assertThat(suspended).doesNotContain(CONNECTOR);
            } else {
                assertThat(alive).isEmpty();
                assertThat(entry.connector().state().name()).isEqualTo(last.name());
            }
        }

        private void step() {
            switch (random.nextInt(12)) {
                case 0 ->
                    apply(new Event.Configured("c", random.nextBoolean() ? OLD : NEW, StoredTarget.of(anyTarget())));
                case 1 -> apply(random.nextInt(4) == 0 ? new Event.Deleted("c") : configured());
                case 2, 3 -> wantTasks();
                case 4, 5 -> apply(new Event.Targeted("c", StoredTarget.of(anyTarget())));
                case 6 -> apply(new Event.RestartAsked("c", Set.of(random.nextInt(4) - 1)));
                case 7, 8 -> failOne();
                case 9 -> remindOfRestarts();
                default -> endOne();
            }
            check();
        }

        private static Event configured() {
            return new Event.Configured("c", OLD, StoredTarget.STARTED);
        }

        private TargetState anyTarget() {
            return any(List.of(TargetState.values()));
        }

        private <T> T any(List<T> of) {
            return of.get(random.nextInt(of.size()));
        }

        private void wantTasks() {
            Long run = alive.get(CONNECTOR);
            if (run != null) {
                List<Map<String, String>> tasks = new ArrayList<>();
                String value = "r" + random.nextInt(3);
                for (int i = random.nextInt(4); i > 0; i--) {
                    tasks.add(Map.of("t", value + i));
                }
                apply(new Event.TasksWanted("c", run, tasks));
            }
        }

        private void failOne() {
            alive.keySet().stream().findAny().ifPresent(id -> {
                ErrorCategory category = any(List.of(ErrorCategory.values()));
                apply(new Event.Failed(id, Objects.requireNonNull(alive.get(id)), "why", category, null));
                asked.add(id);
            });
        }

        private void remindOfRestarts() {
            state.entry("c").ifPresent(entry -> {
                for (int index = TaskId.CONNECTOR; index < entry.tasks().size(); index++) {
                    long run = entry.unit(index).orElseThrow().run();
                    apply(new Event.RestartDue(entry.id(index), run));
                }
            });
        }

        private void endOne() {
            asked.stream().findFirst().ifPresent(id -> {
                asked.remove(id);
                suspended.remove(id);
                long run = Objects.requireNonNull(alive.remove(id));
                apply(new Event.Ended(id, run, 1_000, random.nextDouble()));
            });
        }

        /** What the plan believes to be alive is alive, and where nothing is about to end, only what is wanted runs. */
        private void check() {
            Set<TaskId> believed = new HashSet<>();
            state.entry("c").ifPresent(entry -> believed.addAll(entry.live()));
            assertThat(believed).isEqualTo(alive.keySet());
            state.entry("c").filter(entry -> !entry.isEnding()).ifPresent(entry -> {
                if (entry.target().state() == TargetState.STOPPED) {
                    assertThat(alive).isEmpty();
                }
                Set<TaskId> going = new HashSet<>(alive.keySet());
                going.removeAll(asked);
                if (entry.target().state() == TargetState.PAUSED) {
                    assertThat(suspended).containsAll(going);
                } else {
                    going.forEach(id -> assertThat(suspended).doesNotContain(id));
                }
            });
        }

        private void apply(Event event) {
            Plan plan = event.apply(state);
            state = plan.next();
            plan.commands().forEach(this::carryOut);
        }

        private void carryOut(Command command) {
            if (command instanceof Command.StartConnector start) {
                begin(CONNECTOR, start.run());
            } else if (command instanceof Command.StartTasks start) {
                for (int i = 0; i < start.tasks().size(); i++) {
                    begin(new TaskId("c", i), start.firstRun() + i);
                }
            } else if (command instanceof Command.StartTask start) {
                begin(start.id(), start.run());
            } else if (command instanceof Command.Stop stop) {
                assertThat(alive.keySet()).containsAll(stop.units());
                asked.addAll(stop.units());
            } else if (command instanceof Command.Pause pause) {
                suspended.addAll(pause.units());
            } else if (command instanceof Command.Resume resume) {
                suspended.removeAll(resume.units());
            }
        }

        private void begin(TaskId id, long run) {
            assertThat(alive).as("what runs when %s starts", id).doesNotContainKey(id);
            assertThat(runs.add(run)).as("run %s is new", run).isTrue();
            alive.put(id, run);
        }
    }
}
