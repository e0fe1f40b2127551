package dev.sluice.connector.jdbc.sink;

import dev.sluice.connector.jdbc.table.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows of one put by table, in segments whose order is that of the records. Tables come in the order in which the records first
 * named them. One thread.
 */
final class Batch {
    private final Map<TableId, List<Segment>> tables = new LinkedHashMap<>();

    void write(RowPlan plan, Row row, boolean tracksKeys) {
        if (!last(plan.table()).write(plan, row, tracksKeys)
                && !begin(plan.table(), false).write(plan, row, tracksKeys)) {
            throw new IllegalStateException("an empty segment refuses a row");
        }
    }

    void delete(RowPlan plan, Row row) {
        if (!last(plan.table()).delete(plan, row) && !begin(plan.table(), false).delete(plan, row)) {
            throw new IllegalStateException("an empty segment refuses a delete");
        }
    }

    /** What was there before goes away with the table's rows. */
    void truncate(TableId table) {
        tables.remove(table);
        Segment unused = begin(table, true);
    }

    private Segment last(TableId table) {
        List<Segment> segments = tables.get(table);
        return segments == null ? begin(table, false) : segments.get(segments.size() - 1);
    }

    private Segment begin(TableId table, boolean truncates) {
        Segment begun = new Segment(table, truncates);
        tables.computeIfAbsent(table, any -> new ArrayList<>()).add(begun);
        return begun;
    }

    List<Segment> segments() {
        return tables.values().stream().flatMap(List::stream).toList();
    }
}
