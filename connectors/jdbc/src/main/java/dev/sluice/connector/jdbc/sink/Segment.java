package dev.sluice.connector.jdbc.sink;

import dev.sluice.connector.jdbc.table.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Rows of one table that may be written in bulk: first the deletes, then all others, in any order among different keys. A record
 * that would break the order of its key does not fit in, and begins the next segment.
 *
 * <p>Of several upserts or updates of a key that fill the same columns, the last stays. A delete stays beside a later upsert
 * of its key, for that must find no old values. One thread.
 */
final class Segment {
    private final TableId table;
    private final boolean truncates;
    private final Map<RowPlan, List<Row>> deletes = new LinkedHashMap<>();
    private final Map<RowPlan, List<@Nullable Row>> writes = new LinkedHashMap<>();
    private final Map<Object, Slot> written = new HashMap<>();
    private final Set<Object> deleted = new HashSet<>();

    /** Where the last row of a key stands. */
    private record Slot(RowPlan plan, List<@Nullable Row> rows, int index) {}

    /** Rows of one plan. */
    record Group(RowPlan plan, List<Row> rows) {}

    Segment(TableId table, boolean truncates) {
        this.table = table;
        this.truncates = truncates;
    }

    TableId table() {
        return table;
    }

    /** Returns whether the table is emptied before. */
    boolean truncates() {
        return truncates;
    }

    /**
     * Adds a row; returns false if it must come after what is here.
     *
     * @param tracksKeys whether deletes may follow, so that keys of plain inserts matter, too
     */
    boolean write(RowPlan plan, Row row, boolean tracksKeys) {
        List<@Nullable Row> rows = writes.computeIfAbsent(plan, any -> new ArrayList<>());
        boolean isReduced = plan.mode().needsKey();
        if (plan.keys().isEmpty() || (!isReduced && !tracksKeys)) {
            rows.add(row);
            return true;
        }
        Slot slot = new Slot(plan, rows, rows.size());
        Object key = plan.key(row);
        Slot before = written.get(key);
        if (isReduced && before != null) {
            if (!before.plan().equals(plan)) {
                return false;
            }
            before.rows().set(before.index(), null);
        }
        written.put(key, slot);
        rows.add(row);
        return true;
    }

    /** Adds a delete; returns false if it must come after what is here. */
    boolean delete(RowPlan plan, Row row) {
        Object key = plan.key(row);
        Slot before = written.get(key);
        if (before != null) {
            if (!before.plan().mode().needsKey()) {
                return false;
            }
            before.rows().set(before.index(), null);
            written.remove(key);
        }
        if (deleted.add(key)) {
            deletes.computeIfAbsent(plan, any -> new ArrayList<>()).add(row);
        }
        return true;
    }

    List<Group> deletes() {
        return deletes.entrySet().stream()
                .map(each -> new Group(each.getKey(), each.getValue()))
                .toList();
    }

    List<Group> writes() {
        List<Group> groups = new ArrayList<>();
        writes.forEach((plan, rows) -> {
            List<Row> left = rows.stream().filter(Objects::nonNull).toList();
            if (!left.isEmpty()) {
                groups.add(new Group(plan, left));
            }
        });
        return groups;
    }
}
