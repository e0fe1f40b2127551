package dev.sluice.conformance.connect;

import com.fasterxml.jackson.databind.JsonNode;
import dev.sluice.conformance.connect.PeerWorker.Mode;
import java.util.LinkedHashMap;
import java.util.Map;

/** What Kafka Connect answered to the steps of a chapter. */
final class Recording {
    private final String chapter;
    private final JsonNode answers;

    private Recording(String chapter, JsonNode answers) {
        this.chapter = chapter;
        this.answers = answers;
    }

    static Recording of(Chapter chapter) {
        return new Recording(chapter.name(), Json.resource(chapter.name() + ".answers.json"));
    }

    /** Returns the answers that count for a step, by the mode of the worker; one, named {@code both}, where they are equal. */
    Map<String, Answer> of(Step step) {
        JsonNode answer = answers.path(step.name());
        if (answer.isMissingNode()) {
            throw new AssertionError("Nothing is recorded for " + chapter + ", " + step.name()
                    + ". Run conformance/connect/record.sh " + chapter + ".");
        }
        Map<String, Answer> found = new LinkedHashMap<>();
        if (answer.has("status")) {
            found.put("both", Answer.of(answer));
            return found;
        }
        for (Mode mode : Mode.values()) {
            if (step.like().isEmpty() || step.like().equals(mode.word())) {
                found.put(mode.word(), Answer.of(answer.path(mode.word())));
            }
        }
        return found;
    }
}
