package dev.sluice.testkit.behaviour;

import dev.sluice.testkit.Waiting;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/** Finds threads that were started during a test and outlive it. */
final class ThreadCheck {
    /** Threads that the JDK and JUnit start when they are first needed, and then keep. */
    private static final List<String> KNOWN = List.of(
            "ForkJoinPool", "Cleaner", "process reaper", "Attach Listener", "Keep-Alive", "junit-", "Common-Cleaner");

    private static final Duration END_MAX = Duration.ofSeconds(5);

    private Set<Thread> before = Set.of();

    void note() {
        before = Thread.getAllStackTraces().keySet();
    }

    void check(Predicate<Thread> mayStay) {
        try {
            Waiting.until(
                    "the threads of connector and tasks end",
                    END_MAX,
                    () -> left(mayStay).isEmpty());
        } catch (AssertionError tooLong) {
            throw new AssertionError("Threads outlive connector and tasks: " + left(mayStay) + ".", tooLong);
        }
    }

    private List<Thread> left(Predicate<Thread> mayStay) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> !before.contains(thread) && thread.isAlive())
                .filter(thread -> KNOWN.stream().noneMatch(thread.getName()::contains))
                .filter(mayStay.negate())
                .toList();
    }
}
