package dev.sluice.api.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Takes descriptions apart. */
final class ConfigWords {

    private static final Pattern SENTENCE_END = Pattern.compile("[.!?](?=\\s|$)");

    private ConfigWords() {}

    /** Returns the text up to its first stop that a blank or the end follows; with a stop added if it has none. */
    static String firstSentence(String text) {
        String trimmed = text.strip();
        Matcher end = SENTENCE_END.matcher(trimmed);
        return end.find() ? trimmed.substring(0, end.end()) : trimmed + ".";
    }
}
