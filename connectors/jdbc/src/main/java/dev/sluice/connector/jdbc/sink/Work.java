package dev.sluice.connector.jdbc.sink;

import dev.sluice.api.error.DataException;
import dev.sluice.connector.jdbc.type.TextBuffer;
import java.sql.Connection;

/** What a step needs while it is executed. */
interface Work {
    /** Returns the connection, in the batch's transaction. */
    Connection connection();

    /** Returns the temporary tables of the connection. */
    Stages stages();

    /** Returns an empty buffer, which is the same each time. */
    TextBuffer buffer();

    /** Leaves a row out that cannot be written; throws what was given where bad records are not tolerated. */
    void leaveOut(Row row, DataException reason);
}
