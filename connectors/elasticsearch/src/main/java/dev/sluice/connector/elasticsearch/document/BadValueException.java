package dev.sluice.connector.elasticsearch.document;

import dev.sluice.api.error.DataException;
import java.util.ArrayDeque;
import java.util.Deque;

/** A value that cannot stand in a document, and where it stands: each level adds its name on the way out. */
final class BadValueException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Deque<String> path = new ArrayDeque<>();
    private final String fix;

    /**
     * Creates the fault.
     *
     * @param why what is wrong, without its stop
     * @param fix what to do, a sentence
     */
    BadValueException(String why, String fix) {
        super(why, null, false, false);
        this.fix = fix;
    }

    BadValueException in(String name) {
        path.addFirst(name);
        return this;
    }

    DataException asDataException() {
        String where = path.isEmpty() ? "the value" : "field " + String.join(".", path);
        return new DataException("Cannot write " + where + " into a document: " + getMessage() + ". " + fix);
    }
}
