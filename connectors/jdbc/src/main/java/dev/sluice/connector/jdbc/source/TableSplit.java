package dev.sluice.connector.jdbc.source;

import dev.sluice.connector.jdbc.table.TableId;
import java.util.ArrayList;
import java.util.List;

/** Divides tables among tasks. */
final class TableSplit {
    private TableSplit() {}

    /** Returns at most so many groups of about the same size; none is empty. */
    static List<List<TableId>> groups(List<TableId> tables, int countMax) {
        int count = Math.min(tables.size(), countMax);
        List<List<TableId>> groups = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int from = (int) ((long) tables.size() * i / count);
            int to = (int) ((long) tables.size() * (i + 1) / count);
            groups.add(List.copyOf(tables.subList(from, to)));
        }
        return groups;
    }
}
