package dev.sluice.connector.jdbc.source;

import java.sql.Connection;
import java.time.Clock;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads all rows in each round; the offset only tells when. */
final class BulkFinder implements Finder {
    private final Clock clock;

    BulkFinder(Clock clock) {
        this.clock = clock;
    }

    @Override
    public Round begin(Connection connection, Order order, @Nullable Map<String, @Nullable Object> offset) {
        Map<String, @Nullable Object> round = Map.of("bulk", clock.millis());
        return new Round() {
            @Override
            public void addWhere(Sql sql) {}

            @Override
            public Map<String, @Nullable Object> offset(Position place) {
                return round;
            }
        };
    }
}
