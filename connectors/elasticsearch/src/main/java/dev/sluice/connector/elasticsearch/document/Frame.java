package dev.sluice.connector.elasticsearch.document;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/**
 * What stands around a document in its line: between two pieces stands the document.
 *
 * @param pieces at least two
 */
record Frame(List<byte[]> pieces) {
    static final Frame WHOLE = of("", "\n");
    static final Frame UPDATE = of("{\"doc\":", "}\n");
    static final Frame UPSERT = of("{\"doc\":", ",\"doc_as_upsert\":true}\n");

    Frame {
        pieces = List.copyOf(pieces);
    }

    static Frame of(String... pieces) {
        return new Frame(Arrays.stream(pieces)
                .map(piece -> piece.getBytes(StandardCharsets.UTF_8))
                .toList());
    }

    byte[] first() {
        return pieces.get(0);
    }

    /** Returns the pieces behind the document, as often as it stands there. */
    List<byte[]> rest() {
        return pieces.subList(1, pieces.size());
    }
}
