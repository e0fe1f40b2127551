package dev.sluice.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariableTextTest {
    @ParameterizedTest
    @CsvSource(quoteCharacter = '"', textBlock = """
                    ${env:HOME}, env, "", HOME
                    ${file:/etc/app.properties:password}, file, /etc/app.properties, password
                    ${file:/etc/app.properties:a:b}, file, /etc/app.properties, a:b
                    ${file::key}, file, "", key
                    ${vault-1.eu:secret/db:p w}, vault-1.eu, secret/db, p w
                    ${file:/x:}, file, /x, ""
                    """)
    void aVariableEndsProviderAndPathAtTheFirstTwoColons(String text, String provider, String path, String key) {
        assertThat(VariableText.parse(text).variables()).containsExactly(new Variable(provider, path, key));
        assertThat(VariableText.parse(text).isVariablesOnly()).isTrue();
        assertThat(VariableText.hasVariable(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "plain",
                "${yyyy}",
                "${yyyy-MM-dd HH:mm}",
                "$env:HOME",
                "{env:HOME}",
                "${:key}",
                "${env:HOME",
                "$"
            })
    void otherTextIsLeftAlone(String text) {
        VariableText parsed = VariableText.parse(text);
        assertThat(parsed.variables()).isEmpty();
        assertThat(parsed.isVariablesOnly()).isFalse();
        assertThat(VariableText.hasVariable(text)).isFalse();
        assertThat(parsed.replace(variable -> "never")).isEqualTo(text);
    }

    @Test
    void severalVariablesInOneTextAreEachReplaced() {
        VariableText text = VariableText.parse("jdbc:pg://${env:HOST}:${env:PORT}/db?u=${env:HOST}");
        assertThat(text.variables()).containsExactly(new Variable("env", "", "HOST"), new Variable("env", "", "PORT"));
        assertThat(text.replace(variable -> variable.key().equals("HOST") ? "db1" : "5432"))
                .isEqualTo("jdbc:pg://db1:5432/db?u=db1");
    }

    @Test
    void aVariableWithoutAValueStays() {
        assertThat(VariableText.parse("a${env:X}b").replace(variable -> null)).isEqualTo("a${env:X}b");
    }

    @Test
    void whatAValueContainsIsNotReplacedAgain() {
        assertThat(VariableText.parse("${env:X}").replace(variable -> "${env:Y}"))
                .isEqualTo("${env:Y}");
    }

    @Test
    void positionsStandWhereTheVariablesAre() {
        assertThat(VariableText.positions("a${env:X}b").stream()
                        .map(result -> List.of(result.start(), result.end()))
                        .toList())
                .containsExactly(List.of(1, 9));
    }
}
