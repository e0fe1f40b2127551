package dev.sluice.runtime.metrics;

import java.util.List;

/** Writes names and labels as Prometheus reads them. */
final class LabelText {
    private LabelText() {}

    /** Returns a name with only the letters that a name may have. */
    static String name(String any) {
        StringBuilder name = new StringBuilder(any.length());
        for (int i = 0; i < any.length(); i++) {
            char letter = any.charAt(i);
            boolean isDigit = letter >= '0' && letter <= '9';
            boolean isLetter = (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z');
            name.append(isLetter || (isDigit && i > 0) ? letter : '_');
        }
        return name.toString();
    }

    /** Returns labels without their braces, such as {@code connector="a",task="0"}. */
    static String of(List<String> names, List<String> values) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < names.size(); i++) {
            append(text, name(names.get(i)), values.get(i));
        }
        return text.toString();
    }

    /** Adds a label, behind a comma where it is not the first. */
    static void append(StringBuilder text, String name, String value) {
        if (text.length() > 0) {
            text.append(',');
        }
        text.append(name).append("=\"");
        escape(text, value, true);
        text.append('"');
    }

    /** Adds a text in one line; within quotes if it is the value of a label. */
    static void escape(StringBuilder to, String text, boolean isQuoted) {
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter == '\\') {
                to.append("\\\\");
            } else if (letter == '\n') {
                to.append("\\n");
            } else if (letter == '"' && isQuoted) {
                to.append("\\\"");
            } else {
                to.append(letter);
            }
        }
    }
}
