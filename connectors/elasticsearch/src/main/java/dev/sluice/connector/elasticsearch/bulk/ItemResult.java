package dev.sluice.connector.elasticsearch.bulk;

import dev.sluice.connector.elasticsearch.client.FailureKind;
import dev.sluice.connector.elasticsearch.client.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * What became of one item.
 *
 * @param refusal the server's words; status 200 if the item was carried out, 0 if there was no answer
 * @param kind what it asks of us, or null if the item was carried out
 * @param isRace whether another writer changed the document while the server made an update of it: a conflict that says nothing about
 *     which is newer
 */
public record ItemResult(Refusal refusal, @Nullable FailureKind kind, boolean isRace) {
    private static final int REASON_CHARS_MAX = 400;
    private static final String NO_DOCUMENT = "document_missing_exception";

    /** An item that was carried out. */
    static final ItemResult DONE = new ItemResult(new Refusal(200, "", "", null), null, false);

    /**
     * Reads an item's result. A delete of what is not there has status 404 and no error, an update of it has an error: both
     * leave nothing to do. An update that shall write a document where there is none says so and never gets that error.
     */
    static ItemResult of(int status, String type, String reason) {
        if (status < 300 || (status == 404 && (type.isEmpty() || type.equals(NO_DOCUMENT)))) {
            return DONE;
        }
        String cut = reason.length() > REASON_CHARS_MAX ? reason.substring(0, REASON_CHARS_MAX) + "…" : reason;
        return of(new Refusal(status, type, cut, null));
    }

    static ItemResult of(Refusal refusal) {
        return new ItemResult(refusal, refusal.kind(), false);
    }

    /** The same result, of an item that changes a document: it carries no version, so a conflict is one of two changes at once. */
    ItemResult ofUpdate() {
        return new ItemResult(refusal, kind, kind == FailureKind.CONFLICT);
    }

    /** No answer came, or none that can be used. */
    static ItemResult unanswered(@Nullable Throwable problem) {
        IOException failure = problem instanceof IOException io ? io : new IOException(problem);
        String words =
                String.valueOf(FailureKind.exception("no answer", failure).getMessage());
        FailureKind kind = FailureKind.of(failure);
        return new ItemResult(new Refusal(0, "", words.replace(" " + kind.advice(), ""), null), kind, false);
    }

    /** Returns the server's words, as a sentence without its stop. */
    public String words() {
        String words = refusal.status() == 0 ? refusal.reason() : refusal.words();
        return words.endsWith(".") ? words.substring(0, words.length() - 1) : words;
    }

    /** Returns the words and what to do. */
    String wordsAndAdvice() {
        return words() + "." + (kind == null || kind.advice().isEmpty() ? "" : " " + kind.advice());
    }
}
