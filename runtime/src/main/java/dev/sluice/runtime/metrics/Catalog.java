package dev.sluice.runtime.metrics;

import java.util.ArrayList;
import java.util.List;

/** The list of all families, in the order of pages and texts. A new one is added here and nowhere else. */
final class Catalog {
    static final List<Family<?>> FAMILIES = families();

    private Catalog() {}

    private static List<Family<?>> families() {
        List<Family<?>> all = new ArrayList<>();
        all.addAll(WorkerFamilies.ALL);
        all.add(WorkerFamilies.APP);
        all.addAll(ConnectorFamilies.ALL);
        all.addAll(TaskFamilies.ALL);
        all.addAll(TaskFamilies.STEPS);
        all.add(OwnTaskFamilies.TASKS);
        all.addAll(OwnTaskFamilies.TIMES);
        all.add(OwnTaskFamilies.PARTITIONS);
        return List.copyOf(all);
    }
}
