package dev.sluice.api.connector;

import dev.sluice.api.record.RecordCoordinates;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One write as a sink would send it.
 *
 * @param target where it goes: a table, an index, a file
 * @param mediaType what the text is: {@code application/sql}, {@code application/x-ndjson}, {@code text/plain} …
 * @param text the statement, the lines, or the bytes as text
 * @param binds the values bound to the statement's parameters in order; empty if it has none
 * @param origins the records that it writes
 */
public record RenderedWrite(
        String target, String mediaType, String text, List<@Nullable Object> binds, List<RecordCoordinates> origins) {
    /** Copies the lists in; binds may hold nulls. */
    public RenderedWrite {
        binds = Collections.unmodifiableList(new ArrayList<>(binds));
        origins = List.copyOf(origins);
    }
}
