package dev.sluice.api.config;

import java.util.regex.Pattern;

/**
 * Makes the text of a setting fit for a message: short, on one line, and without what looks like a password inside an
 * address or a connection string.
 */
final class ShownText {

    private static final int LENGTH_MAX = 100;
    private static final Pattern USER_IN_ADDRESS = Pattern.compile("//\\S*@");
    private static final Pattern PASSWORD_PARAMETER =
            Pattern.compile("(?i)((?:password|passwd|pwd|secret|token|api_?key|credentials?)\\s*[=:]\\s*)[^&;,]*");
    private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

    private ShownText() {}

    /** Returns {@code name=text}, or the name alone if the text must stay hidden. */
    static String setting(ConfigKey<?> key, String text) {
        return key.isSecret() ? key.name() : key.name() + "=" + of(text);
    }

    static String of(String text) {
        String shown = USER_IN_ADDRESS.matcher(text).replaceAll("//" + Password.HIDDEN + "@");
        shown = PASSWORD_PARAMETER.matcher(shown).replaceAll("$1" + Password.HIDDEN);
        shown = CONTROL.matcher(shown).replaceAll("?");
        return shown.length() <= LENGTH_MAX ? shown : shown.substring(0, LENGTH_MAX) + "…";
    }
}
