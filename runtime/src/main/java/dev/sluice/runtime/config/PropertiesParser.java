package dev.sluice.runtime.config;

import dev.sluice.api.config.ConfigProblem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads the text of a properties file like {@code java.util.Properties}, and says with line numbers what that class
 * would pass over: a line without {@code =}, a name given twice, a backslash without effect, a malformed \\u.
 */
final class PropertiesParser {
    private static final String BLANKS = " \t\f";
    /** What may stand behind a backslash and is read as meant. */
    private static final String ESCAPED = "tnfr\\ =:#!\"'" + BLANKS;

    private final String file;
    private final String[] lines;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final Map<String, Integer> lineNumbers = new HashMap<>();
    private final List<ConfigProblem> problems = new ArrayList<>();
    private int next;

    PropertiesParser(String file, String text) {
        this.file = file;
        this.lines = text.split("\r\n|\n|\r", -1);
        while (next < lines.length) {
            String line = withoutIndent(lines[next++]);
            if (!line.isEmpty() && line.charAt(0) != '#' && line.charAt(0) != '!') {
                int number = next;
                String whole = joined(line);
                if (!whole.isEmpty()) {
                    readSetting(whole, number);
                }
            }
        }
    }

    Map<String, String> settings() {
        return settings;
    }

    List<ConfigProblem> problems() {
        return List.copyOf(problems);
    }

    /**
     * Appends the lines that follow a line with an odd number of backslashes at its end. As in Java, a lone backslash
     * continues nothing: the next line stands for itself.
     */
    private String joined(String first) {
        StringBuilder line = new StringBuilder(first);
        while (endsInBackslash(line)) {
            line.setLength(line.length() - 1);
            if (next == lines.length || line.isEmpty()) {
                break;
            }
            line.append(withoutIndent(lines[next++]));
        }
        return line.toString();
    }

    private static boolean endsInBackslash(CharSequence line) {
        int count = 0;
        while (count < line.length() && line.charAt(line.length() - 1 - count) == '\\') {
            count++;
        }
        return count % 2 == 1;
    }

    private void readSetting(String line, int number) {
        int keyEnd = 0;
        while (keyEnd < line.length() && !isBlank(line.charAt(keyEnd)) && "=:".indexOf(line.charAt(keyEnd)) < 0) {
            keyEnd += line.charAt(keyEnd) == '\\' ? 2 : 1;
        }
        keyEnd = Math.min(keyEnd, line.length());
        int valueStart = keyEnd;
        boolean hasSeparator = false;
        while (valueStart < line.length()) {
            char c = line.charAt(valueStart);
            if (!isBlank(c) && (hasSeparator || "=:".indexOf(c) < 0)) {
                break;
            }
            hasSeparator |= !isBlank(c);
            valueStart++;
        }
        String key = unescaped(line.substring(0, keyEnd), number);
        String value = unescaped(line.substring(valueStart), number);
        if (!hasSeparator) {
            warnOfSeparator(key, value, number);
        }
        put(key, value, number);
    }

    private void warnOfSeparator(String key, String value, int number) {
        String read = value.isEmpty() ? "with an empty value" : "with the rest of the line as its value";
        problems.add(ConfigProblem.warning(
                key,
                at(number) + "There is no '=' in the line; it is read as setting '" + key + "' " + read + ".",
                "Write name=value."));
    }

    private void put(String key, String value, int number) {
        Integer earlier = lineNumbers.put(key, number);
        if (earlier != null && !value.equals(settings.get(key))) {
            problems.add(ConfigProblem.warning(
                    key,
                    at(number) + "Setting " + key + " was given before, in line " + earlier + "; the last one holds.",
                    "Remove one of them."));
        }
        settings.put(key, value);
    }

    private String unescaped(String text, int number) {
        if (text.indexOf('\\') < 0) {
            return text;
        }
        StringBuilder result = new StringBuilder(text.length());
        int index = 0;
        while (index < text.length()) {
            char c = text.charAt(index++);
            if (c != '\\' || index == text.length()) {
                if (c != '\\') {
                    result.append(c);
                }
                continue;
            }
            char escaped = text.charAt(index++);
            if (escaped == 'u') {
                index = appendUnicode(text, index, number, result);
            } else {
                result.append(control(escaped, number));
            }
        }
        return result.toString();
    }

    private int appendUnicode(String text, int start, int number, StringBuilder result) {
        int end = Math.min(start + 4, text.length());
        String digits = text.substring(start, end);
        if (!digits.matches("[0-9a-fA-F]{4}")) {
            problems.add(ConfigProblem.error(
                    file,
                    at(number) + "Cannot read \\u" + digits + ": four hexadecimal digits must follow \\u.",
                    "Write \\\\ for a backslash."));
            return end;
        }
        result.append((char) Integer.parseInt(digits, 16));
        return end;
    }

    private char control(char escaped, int number) {
        if (ESCAPED.indexOf(escaped) < 0) {
            problems.add(ConfigProblem.warning(
                    file,
                    at(number) + "The backslash before '" + escaped + "' has no effect in a properties file.",
                    "Write \\\\ for a backslash."));
        }
        return switch (escaped) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'f' -> '\f';
            case 'r' -> '\r';
            default -> escaped;
        };
    }

    private String at(int number) {
        return file + ", line " + number + ": ";
    }

    private static String withoutIndent(String line) {
        int index = 0;
        while (index < line.length() && isBlank(line.charAt(index))) {
            index++;
        }
        return line.substring(index);
    }

    private static boolean isBlank(char c) {
        return BLANKS.indexOf(c) >= 0;
    }
}
