package dev.sluice.connector.jdbc.source;

import dev.sluice.api.connector.OffsetReader;
import dev.sluice.api.error.DataException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How the first load of a large table is divided. Its parts read the row versions that transactions below an id wrote, all of
 * which had ended, each part a range of the order's first column; the stream reads those of all other transactions. So each
 * row version belongs to one of them, whenever they read and however often they are interrupted.
 *
 * <p>The plan stands in the source partition of each part, so that any stored offset of a part tells it.
 *
 * @param xmin the parts read what transactions below this id wrote
 * @param until before which microsecond the parts read, or null without time
 * @param ends the last number, or microsecond, of each part, in order; the last one is the greatest there was
 */
record LoadPlan(long xmin, @Nullable Long until, List<Long> ends) {
    static final String NAME = "load";
    private static final String PART = "part";
    private static final String DONE = "done";
    private static final String NO_TIME = "-";

    LoadPlan {
        ends = List.copyOf(ends);
    }

    /**
     * Returns the plan of which an offset of a part is stored, or null if there is none. Plans of another mode are left aside:
     * in it ranges mean something else.
     */
    static @Nullable LoadPlan stored(Target target, Mode mode, OffsetReader offsets) {
        Object table = target.partition().get("table");
        return offsets.all().keySet().stream()
                .filter(partition -> Objects.equals(partition.get("table"), table))
                .map(partition -> partition.get(NAME))
                .filter(Objects::nonNull)
                .map(text -> parse(text.toString()))
                .filter(plan -> (plan.until == null) == (mode == Mode.INCREMENTING))
                .min(Comparator.comparing(LoadPlan::text))
                .orElse(null);
    }

    /** Returns the plan as {@code xmin:until:end,end,…}. */
    String text() {
        String numbers = ends.stream().map(String::valueOf).collect(Collectors.joining(","));
        return xmin + ":" + (until == null ? NO_TIME : until.toString()) + ":" + numbers;
    }

    static LoadPlan parse(String text) {
        String[] parts = text.split(":", -1);
        try {
            if (parts.length == 3) {
                Long until = parts[1].equals(NO_TIME) ? null : Long.valueOf(parts[1]);
                List<Long> ends = Arrays.stream(parts[2].split(",", -1))
                        .map(Long::valueOf)
                        .toList();
                return new LoadPlan(Long.parseLong(parts[0]), until, ends);
            }
        } catch (NumberFormatException wrong) {
            throw unreadable(text, wrong);
        }
        throw unreadable(text, null);
    }

    private static DataException unreadable(String text, @Nullable NumberFormatException cause) {
        return new DataException(
                "Cannot use the stored plan of a load '" + text + "': expected id:microsecond:end,end. Reset the"
                        + " connector's offsets, or correct them.",
                cause);
    }

    /** Returns the source partition of a part. */
    Map<String, @Nullable Object> partition(Target target, int index) {
        Map<String, @Nullable Object> partition = new HashMap<>(target.partition());
        partition.put(NAME, text());
        partition.put(PART, (index + 1) + "/" + ends.size());
        return partition;
    }

    /** Returns the offset of a part that was read to its end. */
    static Map<String, @Nullable Object> done(@Nullable Map<String, @Nullable Object> last) {
        Map<String, @Nullable Object> done = new HashMap<>();
        if (last != null) {
            done.putAll(last);
        }
        done.put(DONE, true);
        return done;
    }

    /** Returns whether an offset is that of a part that was read to its end. */
    static boolean isDone(@Nullable Map<String, @Nullable Object> offset) {
        return offset != null && Boolean.TRUE.equals(offset.get(DONE));
    }

    /** Returns the parts that were not read to their ends. */
    List<Integer> open(Target target, OffsetReader offsets) {
        return IntStream.range(0, ends.size())
                .filter(index -> !isDone(offsets.offset(partition(target, index))))
                .boxed()
                .toList();
    }

    /** Returns where the stream begins: as if one round had read what the parts read. */
    Map<String, @Nullable Object> streamOffset() {
        long end = ends.get(ends.size() - 1);
        Position top = until == null
                ? new Position(null, end, List.of())
                : new Position(Instant.EPOCH.plus(end, ChronoUnit.MICROS), null, List.of());
        XidSet read = XidSet.below(xmin);
        Map<String, @Nullable Object> offset = new HashMap<>(top.toMap());
        offset.put(SafeOffset.NAME, new SafeOffset(null, read, until, read, until).toMap());
        return offset;
    }
}
