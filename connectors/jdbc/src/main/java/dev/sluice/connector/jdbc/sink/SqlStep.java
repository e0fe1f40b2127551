package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Executes a statement without values. */
record SqlStep(TableId table, String text) implements Step {
    @Override
    public void execute(Work work) throws WriteFailure {
        try (Statement statement = work.connection().createStatement()) {
            statement.executeUpdate(text);
        } catch (SQLException failed) {
            throw new WriteFailure(table, null, failed);
        }
    }

    @Override
    public List<RenderedWrite> rendered() {
        return List.of(new RenderedWrite(table.toString(), MEDIA_TYPE, text, List.of(), List.of()));
    }
}
