package dev.sluice.connector.jdbc.source;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.OffsetReader;
import dev.sluice.connector.jdbc.table.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a task has to do with the loads of large tables: tasks take parts in turn.
 *
 * @param plans the plans by table, as the connector knew them; a stored plan comes before them
 * @param index which of the tasks
 * @param count how many tasks there are
 */
record LoadShare(Map<TableId, LoadPlan> plans, int index, int count) {
    /** Adds it to the settings of a task. */
    void putInto(Map<String, String> task) {
        if (plans.isEmpty()) {
            return;
        }
        String texts = plans.values().stream().map(LoadPlan::text).collect(Collectors.joining(";"));
        task.put(SourceKeys.TASK_LOADS.name(), TableNames.join(List.copyOf(plans.keySet())));
        task.put(SourceKeys.TASK_PLANS.name(), index + "/" + count + ";" + texts);
    }

    /** Reads what {@link #putInto} wrote. */
    static LoadShare of(Config task) {
        List<TableId> tables = TableNames.split(task.find(SourceKeys.TASK_LOADS).orElse(""));
        if (tables.isEmpty()) {
            return new LoadShare(Map.of(), 0, 1);
        }
        String[] texts = task.find(SourceKeys.TASK_PLANS).orElse("").split(";", -1);
        String[] share = texts[0].split("/", -1);
        Map<TableId, LoadPlan> plans = new LinkedHashMap<>();
        for (int i = 0; i < tables.size(); i++) {
            plans.put(tables.get(i), LoadPlan.parse(texts[i + 1]));
        }
        return new LoadShare(plans, Integer.parseInt(share[0]), Integer.parseInt(share[1]));
    }

    /** Returns the plan of a table that is loaded in parts, or null for others and once its stream has begun. */
    @Nullable
    LoadPlan plan(Target target, Mode mode, OffsetReader offsets) {
        TableId table = target.table();
        LoadPlan known = table == null ? null : plans.get(table);
        if (known == null || target.offset(offsets) != null) {
            return null;
        }
        LoadPlan stored = LoadPlan.stored(target, mode, offsets);
        return stored == null ? known : stored;
    }

    /** Returns the parts of a table that this task has to read. */
    List<LoadPart> parts(Target target, Mode mode, OffsetReader offsets) {
        LoadPlan plan = plan(target, mode, offsets);
        List<LoadPart> parts = new ArrayList<>();
        if (plan != null) {
            plan.open(target, offsets).stream()
                    .filter(part -> part % count == index)
                    .forEach(part -> parts.add(new LoadPart(plan, part)));
        }
        return parts;
    }
}
