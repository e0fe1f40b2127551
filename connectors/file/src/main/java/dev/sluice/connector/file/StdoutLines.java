package dev.sluice.connector.file;

import dev.sluice.api.error.ConnectorException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;

/** Lines to standard output. A batch is written in one piece, so there is nothing to take back. */
final class StdoutLines implements LineOutput {
    private final PrintStream output;
    private final ByteArrayOutputStream batch = new ByteArrayOutputStream();

    StdoutLines(PrintStream output) {
        this.output = output;
    }

    @Override
    public void begin() {
        batch.reset();
    }

    @Override
    public void add(byte[] bytes) {
        batch.writeBytes(bytes);
    }

    @Override
    public void end() {
        output.write(batch.toByteArray(), 0, batch.size());
        force();
    }

    @Override
    public void undo() {
        batch.reset();
    }

    @Override
    public void force() {
        if (output.checkError()) {
            throw new ConnectorException("Cannot write lines to standard output: it is closed or broken."
                    + " Set file, or give the process a standard output.");
        }
    }

    @Override
    public void close() {}
}
