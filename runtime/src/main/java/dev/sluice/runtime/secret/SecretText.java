package dev.sluice.runtime.secret;

import java.util.Locale;
import java.util.regex.Pattern;

/** Decides which values can be looked for in other texts without hitting what only looks like them. */
final class SecretText {
    /** Shorter ones stand in too many words that mean something else. */
    private static final int LENGTH_MIN = 4;

    private static final Pattern SMALL_NUMBER = Pattern.compile("-?\\d{1,5}");

    private SecretText() {}

    /** Returns whether a secret is long enough to be looked for in texts. */
    static boolean isFindable(String secret) {
        return secret.strip().length() >= LENGTH_MIN;
    }

    /** Returns whether a value that came from a variable is worth hiding: truth values, ports and the like are not. */
    static boolean isTelling(String value) {
        String text = value.strip();
        return isFindable(text)
                && !SMALL_NUMBER.matcher(text).matches()
                && !text.toLowerCase(Locale.ROOT).matches("true|false|none|null");
    }
}
