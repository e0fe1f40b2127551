package dev.sluice.api.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The types of one plain value: truth values, numbers, texts, class names, secrets, patterns, addresses. */
final class ScalarTypes {

    static final ConfigType<Boolean> BOOLEAN = new BooleanType();
    static final ConfigType<String> STRING =
            ConfigType.of(ConfigKind.STRING, "a text", Function.identity(), Function.identity());
    static final ConfigType<Integer> INT = number(
            ConfigKind.INT,
            "a whole number between " + Integer.MIN_VALUE + " and " + Integer.MAX_VALUE,
            Integer::parseInt);
    static final ConfigType<Short> SHORT = number(
            ConfigKind.SHORT,
            "a whole number between " + Short.MIN_VALUE + " and " + Short.MAX_VALUE,
            Short::parseShort);
    static final ConfigType<Long> LONG = number(
            ConfigKind.LONG, "a whole number between " + Long.MIN_VALUE + " and " + Long.MAX_VALUE, Long::parseLong);
    static final ConfigType<Double> DOUBLE =
            number(ConfigKind.DOUBLE, "a number such as 12 or 0.5", ScalarTypes::finiteDouble);
    static final ConfigType<String> CLASS = ConfigType.of(
            ConfigKind.CLASS, "the name of a class or its alias", ScalarTypes::className, Function.identity());
    static final ConfigType<Password> PASSWORD =
            ConfigType.of(ConfigKind.PASSWORD, "a secret text", Password::of, Password::reveal);
    static final ConfigType<Pattern> REGEX =
            ConfigType.of(ConfigKind.STRING, "a regular expression", ScalarTypes::pattern, Pattern::pattern);
    static final ConfigType<URI> URI_TYPE =
            ConfigType.of(ConfigKind.STRING, "an address such as http://host:9200", ScalarTypes::uri, URI::toString);

    private ScalarTypes() {}

    static IllegalArgumentException mustBe(String words) {
        return new IllegalArgumentException("it must be " + words);
    }

    private static <N extends Number> ConfigType<N> number(ConfigKind kind, String words, Function<String, N> parser) {
        Function<String, N> friendly = text -> {
            try {
                return parser.apply(text.trim());
            } catch (NumberFormatException e) {
                throw mustBe(words); // the cause only repeats the text
            }
        };
        return ConfigType.of(kind, words, friendly, Object::toString);
    }

    private static Double finiteDouble(String text) {
        double value = Double.parseDouble(text);
        // parseDouble also reads NaN, Infinity and Java's suffixes as in 1d, which are typing errors in a setting.
        if (!Double.isFinite(value) || Character.isLetter(text.charAt(text.length() - 1))) {
            throw new NumberFormatException(text);
        }
        return value;
    }

    private static String className(String text) {
        String name = text.trim();
        if (name.isEmpty() || name.chars().anyMatch(Character::isWhitespace)) {
            throw mustBe("the name of a class or its alias");
        }
        return name;
    }

    private static Pattern pattern(String text) {
        try {
            return Pattern.compile(text);
        } catch (PatternSyntaxException e) {
            String where = e.getIndex() < 0 ? "" : " near position " + e.getIndex();
            throw new IllegalArgumentException(
                    "it must be a regular expression, but has the fault '" + e.getDescription() + "'" + where, e);
        }
    }

    private static URI uri(String text) {
        try {
            return new URI(text.trim());
        } catch (URISyntaxException e) {
            // The cause repeats the text, which may hold a password, so that only its reason is kept.
            throw new IllegalArgumentException("it must be an address such as http://host:9200, but has the fault '"
                    + e.getReason() + "' at position " + e.getIndex());
        }
    }

    /** true and false in any case; nothing else, so that a typing error never means false. */
    private static final class BooleanType implements ConfigType<Boolean> {

        @Override
        public ConfigKind kind() {
            return ConfigKind.BOOLEAN;
        }

        @Override
        public String words() {
            return "true or false";
        }

        @Override
        public Boolean parse(String text) {
            String word = text.trim();
            if (!word.equalsIgnoreCase("true") && !word.equalsIgnoreCase("false")) {
                throw mustBe(words());
            }
            return Boolean.valueOf(word);
        }

        @Override
        public String format(Boolean value) {
            return value.toString();
        }

        @Override
        public List<String> possibleValues() {
            return List.of("true", "false");
        }
    }
}
