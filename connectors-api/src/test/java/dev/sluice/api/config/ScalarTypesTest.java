package dev.sluice.api.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScalarTypesTest {

    private enum Isolation {
        READ_COMMITTED,
        INSERT
    }

    private static final ConfigType<Isolation> ISOLATION =
            ConfigKey.enumeration("isolation", Isolation.class).type();

    @ParameterizedTest
    @CsvSource({"true,true", "TRUE,true", "' false ',false", "False,false"})
    void readsTruthValuesInAnyCase(String text, boolean expected) {
        assertThat(ScalarTypes.BOOLEAN.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "1", "tru", "t rue"})
    void neverTakesAWrongWordForFalse(String text) {
        assertRefused(ScalarTypes.BOOLEAN, text, "it must be true or false");
    }

    @Test
    void readsWholeNumbersUpToTheirLimits() {
        assertThat(ScalarTypes.INT.parse(" 2147483647 ")).isEqualTo(Integer.MAX_VALUE);
        assertThat(ScalarTypes.INT.parse("-2147483648")).isEqualTo(Integer.MIN_VALUE);
        assertThat(ScalarTypes.SHORT.parse("32767")).isEqualTo(Short.MAX_VALUE);
        assertThat(ScalarTypes.SHORT.parse("-32768")).isEqualTo(Short.MIN_VALUE);
        assertThat(ScalarTypes.LONG.parse("9223372036854775807")).isEqualTo(Long.MAX_VALUE);
        assertThat(ScalarTypes.LONG.parse("-9223372036854775808")).isEqualTo(Long.MIN_VALUE);
    }

    @Test
    void refusesWholeNumbersBeyondTheirLimits() {
        assertRefused(ScalarTypes.INT, "2147483648", "it must be a whole number between -2147483648 and 2147483647");
        assertRefused(ScalarTypes.SHORT, "32768", "it must be a whole number between -32768 and 32767");
        assertRefused(
                ScalarTypes.LONG,
                "9223372036854775808",
                "it must be a whole number between -9223372036854775808 and 9223372036854775807");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "abc", "1.0", "1,000", "0x10", "1_000"})
    void refusesWhatIsNoWholeNumber(String text) {
        assertRefused(ScalarTypes.INT, text, "it must be a whole number between -2147483648 and 2147483647");
    }

    @ParameterizedTest
    @CsvSource({"12,12.0", "' 0.5 ',0.5", "-1e3,-1000.0"})
    void readsNumbersWithFractions(String text, double expected) {
        assertThat(ScalarTypes.DOUBLE.parse(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "NaN", "Infinity", "1d", "2.5f", "1,5", "1e999"})
    void refusesWhatIsNoFiniteNumber(String text) {
        assertRefused(ScalarTypes.DOUBLE, text, "it must be a number such as 12 or 0.5");
    }

    @Test
    void keepsTextsAndPasswordsAsTheyAre() {
        assertThat(ScalarTypes.STRING.parse(" a ")).isEqualTo(" a ");
        assertThat(ScalarTypes.STRING.parse("")).isEmpty();
        assertThat(ScalarTypes.PASSWORD.parse(" p ").reveal()).isEqualTo(" p ");
        assertThat(ScalarTypes.PASSWORD.parse("").isEmpty()).isTrue();
    }

    @Test
    void takesBlanksOffClassNamesAndRefusesNone() {
        assertThat(ScalarTypes.CLASS.parse(" dev.Some$Inner ")).isEqualTo("dev.Some$Inner");
        assertRefused(ScalarTypes.CLASS, "  ", "it must be the name of a class or its alias");
        assertRefused(ScalarTypes.CLASS, "a b", "it must be the name of a class or its alias");
    }

    @Test
    void readsEnumerationsInAnyCaseAndLanguage() {
        Locale before = Locale.getDefault();
        try {
            Locale.setDefault(Locale.forLanguageTag("tr")); // where the lower case of I is not i
            assertThat(ISOLATION.parse(" insert ")).isEqualTo(Isolation.INSERT);
            assertThat(ISOLATION.format(Isolation.INSERT)).isEqualTo("insert");
        } finally {
            Locale.setDefault(before);
        }
        assertThat(ISOLATION.parse("Read_Committed")).isEqualTo(Isolation.READ_COMMITTED);
        assertThat(ISOLATION.possibleValues()).containsExactly("read_committed", "insert");
        assertRefused(ISOLATION, "none", "it must be one of read_committed, insert");
    }

    @Test
    void saysWhereARegularExpressionIsWrong() {
        assertThat(ScalarTypes.REGEX.parse("a.*b").matcher("a-b").matches()).isTrue();
        assertThat(ScalarTypes.REGEX.format(ScalarTypes.REGEX.parse("a.*b"))).isEqualTo("a.*b");
        assertRefused(
                ScalarTypes.REGEX,
                "ab[c",
                "it must be a regular expression, but has the fault 'Unclosed character class' near position 3");
    }

    @Test
    void saysWhereAnAddressIsWrongWithoutRepeatingIt() {
        assertThat(ScalarTypes.URI_TYPE.parse(" http://host:9200 ")).isEqualTo(URI.create("http://host:9200"));
        assertRefused(
                ScalarTypes.URI_TYPE,
                "http://user:pa ss@host",
                "it must be an address such as http://host:9200,"
                        + " but has the fault 'Illegal character in authority' at position 7");
    }

    @Test
    void writesWhatItReadsAgain() {
        assertRoundTrip(ScalarTypes.BOOLEAN, true);
        assertRoundTrip(ScalarTypes.INT, Integer.MIN_VALUE);
        assertRoundTrip(ScalarTypes.SHORT, Short.MAX_VALUE);
        assertRoundTrip(ScalarTypes.LONG, Long.MIN_VALUE);
        assertRoundTrip(ScalarTypes.DOUBLE, 0.1);
        assertRoundTrip(ScalarTypes.STRING, " Ünï ");
        assertRoundTrip(ScalarTypes.CLASS, "a.B");
        assertRoundTrip(ScalarTypes.PASSWORD, Password.of("p"));
        assertRoundTrip(ScalarTypes.URI_TYPE, URI.create("http://h/"));
        assertRoundTrip(ISOLATION, Isolation.READ_COMMITTED);
    }

    private static <T> void assertRoundTrip(ConfigType<T> type, T value) {
        assertThat(type.parse(type.format(value))).isEqualTo(value);
    }

    private static void assertRefused(ConfigType<?> type, String text, String problem) {
        assertThatThrownBy(() -> type.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(problem);
    }
}
