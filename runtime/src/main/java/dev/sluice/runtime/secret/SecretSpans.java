package dev.sluice.runtime.secret;

import dev.sluice.api.config.Password;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the passwords inside addresses, connection strings and headers: {@code //user:PASSWORD@host}, {@code
 * password=PASSWORD}, {@code Bearer TOKEN}. What a variable stands for is no secret: its text may be shown.
 */
final class SecretSpans {
    /** Each has one group, the secret. */
    private static final List<Pattern> SECRETS = List.of(
            Pattern.compile("//[^\\s/?#:@]*:([^\\s/?#@,]+(?:@[^\\s/?#@,]+)*)@"),
            Pattern.compile("//[^\\s:@/]*:(\\S+)@"),
            parameter("\"([^\"]+)\""),
            parameter("'([^']+)'"),
            parameter("([^&;,\\s\"'\\])}]+)"),
            Pattern.compile("(?i)\\b(?:Bearer|Basic)\\s+([A-Za-z0-9+/=._~-]{8,})"));

    /** Stands for a variable while its surroundings are searched; a character of the private area. */
    private static final char PLACEHOLDER = '\uE000';

    private final String text;
    private final List<Span> spans;

    private SecretSpans(String text, List<Span> spans) {
        this.text = text;
        this.spans = spans;
    }

    private record Span(int start, int end) {
        boolean overlaps(Span other) {
            return start < other.end && other.start < end;
        }
    }

    private static Pattern parameter(String value) {
        return Pattern.compile(
                "(?i)(?<![a-z0-9])(?:[a-z0-9_.-]*(?:password|passwd|pwd|passphrase|secret|token|api[_.-]?key"
                        + "|access[_.-]?key|account[_.-]?key|credentials?|sig))=" + value);
    }

    /** Searches a text. */
    static SecretSpans in(String text) {
        if (text.indexOf('=') < 0 && text.indexOf('@') < 0 && text.indexOf(' ') < 0) {
            return new SecretSpans(text, List.of()); // Most settings: nothing to search for.
        }
        String masked = withoutVariables(text);
        List<Span> found = new ArrayList<>();
        for (Pattern pattern : SECRETS) {
            Matcher matcher = pattern.matcher(masked);
            while (matcher.find()) {
                Span span = new Span(matcher.start(1), matcher.end(1));
                if (!isPlaceholder(masked, span) && found.stream().noneMatch(span::overlaps)) {
                    found.add(span);
                }
            }
        }
        found.sort(Comparator.comparingInt(Span::start));
        return new SecretSpans(text, List.copyOf(found));
    }

    /** Of the same length, so that positions stay. */
    private static String withoutVariables(String text) {
        StringBuilder masked = new StringBuilder(text);
        VariableText.positions(text).forEach(position -> {
            for (int i = position.start(); i < position.end(); i++) {
                masked.setCharAt(i, PLACEHOLDER);
            }
        });
        return masked.toString();
    }

    private static boolean isPlaceholder(String masked, Span span) {
        return masked.substring(span.start, span.end).chars().allMatch(c -> c == PLACEHOLDER);
    }

    boolean isEmpty() {
        return spans.isEmpty();
    }

    /** Returns the secrets in order. */
    List<String> secrets() {
        return spans.stream().map(span -> text.substring(span.start, span.end)).toList();
    }

    /** Returns the text with {@value Password#HIDDEN} in place of each secret. */
    String masked() {
        StringBuilder masked = new StringBuilder();
        int done = 0;
        for (Span span : spans) {
            masked.append(text, done, span.start).append(Password.HIDDEN);
            done = span.end;
        }
        return masked.append(text, done, text.length()).toString();
    }
}
