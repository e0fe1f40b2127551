package dev.sluice.connector.elasticsearch.document;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.sluice.api.record.SinkRecord;

/**
 * A script that changes documents. It is the same text for all records, so that the server compiles it once; what differs are its
 * parameters: {@code doc}, {@code topic}, {@code partition}, {@code offset}.
 *
 * @param head the request up to the parameters
 * @param frame what stands around the document behind them
 */
record Script(String head, Frame frame) {
    /** What happens where there is no document yet. */
    enum Missing {
        /** The script makes it, of an empty one. */
        SCRIPT,
        /** The record is the document. */
        DOCUMENT,
        /** Nothing. */
        IGNORE
    }

    /**
     * Makes the request of a script.
     *
     * @param name {@code source} or {@code id}
     * @param text the script, or the id of a stored one
     * @param language its language, for a source
     */
    static Script of(String name, String text, String language, Missing missing) {
        ObjectNode script = JsonNodeFactory.instance.objectNode();
        script.put(name, text);
        if (name.equals("source")) {
            script.put("lang", language);
        }
        String json = script.toString();
        Frame frame = switch (missing) {
            case SCRIPT -> Frame.of("", "}},\"scripted_upsert\":true,\"upsert\":{}}\n");
            case DOCUMENT -> Frame.of("", "}},\"upsert\":", "}\n");
            case IGNORE -> Frame.of("", "}}}\n");
        };
        return new Script("{\"script\":" + json.substring(0, json.length() - 1) + ",\"params\":{\"topic\":", frame);
    }

    /** Writes the request up to the document. */
    void begin(LineBuffer out, SinkRecord record) {
        out.plain(head);
        out.text(record.topic());
        out.plain(",\"partition\":");
        out.number(record.origin().partition().partition());
        out.plain(",\"offset\":");
        out.number(record.origin().offset());
        out.plain(",\"doc\":");
    }
}
