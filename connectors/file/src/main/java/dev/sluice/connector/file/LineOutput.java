package dev.sluice.connector.file;

import java.io.Closeable;
import java.io.IOException;

/** Where lines go, batch by batch: all of a batch or nothing. Owned by the task thread. */
interface LineOutput extends Closeable {
    /** Begins a batch. */
    void begin() throws IOException;

    /** Adds bytes to the batch. */
    void add(byte[] bytes) throws IOException;

    /** Hands all bytes of the batch to the operating system. */
    void end() throws IOException;

    /**
     * Takes back what was written since {@link #begin}.
     *
     * @throws IOException if that is not possible; the output must not be used any more
     */
    void undo() throws IOException;

    /**
     * Makes durable what was written.
     *
     * @throws dev.sluice.api.error.ConnectorException if that is not certain
     */
    void force();

    @Override
    void close();
}
