package dev.sluice.api.connector;

import dev.sluice.api.record.SinkRecord;
import java.util.List;

/**
 * A sink task that can show what it would do.
 *
 * <p>{@link #render} is pure: it writes nothing, keeps nothing, and its result is what {@code put} of the same records
 * sends; best, {@code put} is render and execute. Works after {@code start}, also in a task that never gets a record.
 */
public interface RendersWrites {
    /** Returns the exact statements, lines or bytes that {@code put} would send for these records, in order. */
    List<RenderedWrite> render(List<SinkRecord> records);
}
