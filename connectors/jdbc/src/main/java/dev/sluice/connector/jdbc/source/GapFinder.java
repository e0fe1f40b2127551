package dev.sluice.connector.jdbc.source;

import dev.sluice.api.record.OffsetValues;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Safe mode by number where the database tells nothing of its transactions: numbers that are missing below the newest one are
 * looked for again and again until they come or {@code safe.mode.late.ms} has passed. Each number once, because a number is
 * read only behind the newest one or out of a gap. Cost of a round: the rows above the oldest gap.
 */
final class GapFinder implements Finder {
    private static final String GAPS = "gaps";

    private final SourceConfig.Reading reading;
    private final LongSupplier nanoTime;
    private @Nullable Gaps gaps;
    private @Nullable Long newest;

    GapFinder(SourceConfig.Reading reading, LongSupplier nanoTime) {
        this.reading = reading;
        this.nanoTime = nanoTime;
    }

    @Override
    public Round begin(Connection connection, Order order, @Nullable Map<String, @Nullable Object> offset) {
        Gaps known = gaps;
        if (known == null) {
            known = restore(offset);
        }
        Gaps now = known;
        now.forget(nanoTime.getAsLong(), reading.safety().late().toNanos());
        Long from = now.lowest().orElse(newest);
        return new Round() {
            @Override
            public void addWhere(Sql sql) {
                sql.add(" WHERE ").add(order.number()).add(" IS NOT NULL");
                if (from != null) {
                    sql.add(" AND ").add(order.number()).add(now.lowest().isPresent() ? " >= " : " > ");
                    sql.number(from);
                }
            }

            @Override
            public boolean takes(Rows row, Position place, int extraIndex) {
                return take(now, number(place));
            }

            @Override
            public Map<String, @Nullable Object> offset(Position place) {
                Map<String, @Nullable Object> all = new HashMap<>();
                new Position(null, newest, java.util.List.of()).putInto(all);
                String text = now.text();
                if (!text.isEmpty()) {
                    all.put(GAPS, text);
                }
                return all;
            }
        };
    }

    private Gaps restore(@Nullable Map<String, @Nullable Object> offset) {
        Gaps restored = new Gaps();
        if (offset == null) {
            newest = reading.start().number();
        } else {
            newest = Position.of(offset).map(Position::number).orElse(null);
            restored = Gaps.parse(OffsetValues.text(offset, GAPS).orElse(""), nanoTime.getAsLong());
        }
        gaps = restored;
        return restored;
    }

    private boolean take(Gaps known, long number) {
        Long top = newest;
        if (top != null && number <= top) {
            return known.fill(number);
        }
        if (top != null && number > top + 1) {
            known.add(top + 1, number - 1, nanoTime.getAsLong());
        }
        newest = number;
        return true;
    }

    private static long number(Position place) {
        Long number = place.number();
        if (number == null) {
            throw new IllegalStateException("A place by number must have one, this has none: " + place);
        }
        return number;
    }
}
