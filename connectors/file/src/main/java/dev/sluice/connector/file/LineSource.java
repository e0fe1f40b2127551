package dev.sluice.connector.file;

import dev.sluice.api.connector.Progress;
import dev.sluice.api.record.SourcePosition;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Where lines come from: a file that grows, or standard input. Owned by the task thread; only {@link #awaitChange} waits. */
interface LineSource extends Closeable {
    /** Looks whether the outside changed: files that appeared, were replaced or cut. */
    void look() throws IOException;

    /**
     * Returns whether nothing can have come since {@link #next} found nothing, which is cheaper to ask than to look and to
     * read; false where that is not known.
     */
    boolean isQuiet() throws IOException;

    /** Waits until something may have come, but not longer than given; for a source that has been quiet for long. */
    void awaitChange(long millis) throws InterruptedException;

    /** Finds the next line; the same one until it is taken. */
    LineBuffer.Found next() throws IOException;

    /** Returns the buffer in which {@link #next} found something. */
    LineBuffer buffer();

    /** Takes what {@link #next} found, terminator included. */
    void take();

    /** Returns the position behind what was taken last. */
    SourcePosition position();

    /** Returns the words for where the next line begins, for messages. */
    String place();

    /** Returns how far the reading is, empty if that means nothing here. */
    Optional<Progress> progress() throws IOException;

    /** Lets go of what is open; the next {@link #look} continues behind the last line taken. */
    @Override
    void close();
}
