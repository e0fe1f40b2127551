package dev.sluice.runtime.secret;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ResolvedTest {
    private static final Variable PASSWORD = new Variable("file", "/s", "pw");
    private static final Variable HOST = new Variable("env", "", "HOST");
    private static final Variable PORT = new Variable("env", "", "PORT");
    private static final Map<String, String> GIVEN = Map.of(
            "url",
            "jdbc:pg://${env:HOST}:${env:PORT}/db",
            "password",
            "${file:/s:pw}",
            "port",
            "${env:PORT}",
            "topic",
            "t");
    private static final Resolved RESOLVED =
            Resolved.of(GIVEN, Map.of(PASSWORD, "s3cret", HOST, "db1.example", PORT, "5432"), null);

    @Test
    void variablesAreReplaced() {
        assertThat(RESOLVED.values())
                .isEqualTo(Map.of(
                        "url", "jdbc:pg://db1.example:5432/db", "password", "s3cret", "port", "5432", "topic", "t"));
    }

    @Test
    void settingsOfATaskGetTheirVariablesBack() {
        Map<String, String> task = Map.of(
                "password",
                "s3cret",
                "url",
                "jdbc:pg://db1.example:5432/db",
                "url.with.password",
                "jdbc:pg://db1.example:5432/db?password=s3cret",
                "port",
                "5432",
                "tables",
                "5432 rows");
        Map<String, String> restored = RESOLVED.restore(task);
        assertThat(restored)
                .isEqualTo(Map.of(
                        "password",
                        "${file:/s:pw}",
                        "url",
                        "jdbc:pg://${env:HOST}:${env:PORT}/db",
                        "url.with.password",
                        "jdbc:pg://${env:HOST}:5432/db?password=${file:/s:pw}",
                        "port",
                        "${env:PORT}",
                        "tables",
                        "5432 rows"));
        assertThat(RESOLVED.resolve(restored)).isEqualTo(task);
    }

    @Test
    void theLongestSecretIsPutBackFirst() {
        Variable longer = new Variable("file", "/s", "longer");
        Resolved resolved = Resolved.of(
                Map.of("a", "${file:/s:pw}", "b", "${file:/s:longer}"),
                Map.of(PASSWORD, "secret", longer, "secret-two"),
                null);
        assertThat(resolved.restore(Map.of("both", "secret-two and secret")))
                .containsEntry("both", "${file:/s:longer} and ${file:/s:pw}");
    }

    @Test
    void otherTextsInTheFormOfAVariableStay() {
        assertThat(RESOLVED.resolve(Map.of("format", "${date:yyyy}"))).containsEntry("format", "${date:yyyy}");
    }

    @Test
    void settingsWithoutVariablesStayAsTheyAre() {
        Map<String, String> task = Map.of("a", "b");
        assertThat(Resolved.plain(task).restore(task)).isSameAs(task);
        assertThat(Resolved.plain(task).resolve(task)).isSameAs(task);
    }

    @Test
    void truthValuesAndPortsAreNoSecrets() {
        Resolved resolved = Resolved.of(
                Map.of("a", "${env:A}${env:HOST}${env:PORT}"),
                Map.of(new Variable("env", "", "A"), "true", HOST, "db1.example", PORT, "5432"),
                null);
        assertThat(resolved.secrets()).containsExactly("db1.example");
    }

    @Test
    void itTellsNoValue() {
        assertThat(RESOLVED.toString()).doesNotContain("s3cret").contains("password");
    }
}
