package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.record.RecordCoordinates;
import dev.sluice.connector.jdbc.table.TableId;
import java.sql.SQLException;
import java.util.List;

/** One thing to do in the transaction of a batch. Rendering and executing tell the same. */
interface Step {
    /** The media type of statements. */
    String MEDIA_TYPE = "application/sql";

    /** Returns the table. */
    TableId table();

    /** Does what must be done before the transaction begins. */
    default void prepare(Work work) throws SQLException {}

    /**
     * Does it.
     *
     * @throws WriteFailure if the database refuses it
     */
    void execute(Work work) throws WriteFailure;

    /** Returns the statements with their values. */
    List<RenderedWrite> rendered();

    /** Returns where rows come from. */
    static List<RecordCoordinates> origins(List<Row> rows) {
        return rows.stream().map(row -> row.record().origin()).toList();
    }
}
