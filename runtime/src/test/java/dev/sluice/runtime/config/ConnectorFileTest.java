package dev.sluice.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigException;
import dev.sluice.api.config.ConfigProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConnectorFileTest {
    private static final Map<String, String> CONFIG =
            Map.of("name", "orders", "connector.class", "FileStreamSource", "tasks.max", "2", "flag", "true");

    @TempDir
    Path folder;

    @Test
    void readsProperties() throws IOException {
        ConnectorFile file =
                read("a.properties", "name=orders \nconnector.class=FileStreamSource\ntasks.max=2\nflag=true");

        assertThat(file.name()).isEqualTo("orders");
        assertThat(file.config()).isEqualTo(CONFIG);
        assertThat(file.initialState()).isEqualTo(InitialState.RUNNING);
    }

    @Test
    void readsAFlatJsonObject() throws IOException {
        ConnectorFile file = read(
                "a.json",
                "{\"name\": \"orders\", \"connector.class\": \"FileStreamSource\", \"tasks.max\": 2, \"flag\": true}");

        assertThat(file.config()).isEqualTo(CONFIG);
    }

    @Test
    void readsANestedJsonObjectWithInitialState() throws IOException {
        ConnectorFile file = read(
                "a.json",
                "{\"config\": {\"connector.class\": \"FileStreamSource\", \"tasks.max\": \"2\", \"flag\": \"true\"},"
                        + " \"name\": \"orders\", \"initial_state\": \"paused\", \"owner\": \"me\"}");

        assertThat(file.config()).isEqualTo(CONFIG);
        assertThat(file.initialState()).isEqualTo(InitialState.PAUSED);
        assertThat(file.warnings())
                .extracting(ConfigProblem::text)
                .containsExactly(
                        "Field owner of " + file.file() + " is not known and has no effect. A connector file has"
                                + " name, config and initial_state; settings belong into config.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{\"name\":\"a\"|, line 1, column 12: Unexpected end-of-input: expected close marker for Object",
                "{\"name\":\"a\",\"x\":null}|, line 1, column 17: the value of x is null. Write a text, such as \"x\": \"…\".",
                "{\"name\":\"a\",\"x\":[1]}|, line 1, column 17: the value of x is no single value. Write a text,",
                "{\"name\":\"a\",\"name\":\"b\"}|, line 1, column 19: Duplicate field 'name'",
                "{\"name\":\"a\"} {}|, line 1, column 14: more follows behind the object. Give each connector a file of its",
                "{\"x\":\"y\"}|: the setting name is missing. Add a name that no other connector has.",
                "{\"name\":\"a\",\"config\":{\"name\":\"b\"}}|: its name is a, but the name in its config is b. Keep one of them.",
                "{\"name\":\"a\",\"config\":{},\"initial_state\":\"ASLEEP\"}|: initial_state is ASLEEP, expected RUNNING, PAUSED"
                        + " or STOPPED. Correct it or leave it out."
            })
    void faultsOfJsonHaveTheirPlace(String json, String fault) {
        assertThatThrownBy(() -> read("a.json", json))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("Cannot read connector file " + folder.resolve("a.json") + fault);
    }

    @Test
    void aJsonFileMustHoldAnObject() {
        assertThatThrownBy(() -> read("a.json", "name=a"))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "Cannot read connector file " + folder.resolve("a.json") + ": it is no JSON object. Begin it"
                                + " with { or give it another ending, if it is a properties file.");
    }

    @Test
    void allFaultsOfAllFilesAreReported() throws IOException {
        Path first = write("1.properties", "name=orders\n");
        Path second = write("2.properties", "name=orders\n");
        Path third = write("3.properties", "x=y\n");
        Path missing = folder.resolve("4.properties");

        assertThatThrownBy(() -> ConnectorFile.readAll(List.of(first, second, third, missing)))
                .isInstanceOf(ConfigException.class)
                .hasMessage(
                        "Cannot start connector orders of " + second + ": " + first + " has the same name. Give one of"
                                + " them another name.\nCannot read connector file " + third
                                + ": the setting name is missing. Add"
                                + " a name that no other connector has.\nCannot read connector file " + missing
                                + ": there is no such file. Check the path; it starts at the working folder "
                                + Path.of("").toAbsolutePath() + ".");
    }

    @Test
    void theSameFileTwiceIsReportedAsThat() throws IOException {
        Path file = write("1.properties", "name=orders\n");

        assertThatThrownBy(() -> ConnectorFile.readAll(List.of(file, file)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("Cannot start connector orders of " + file + ": the file is given twice. Give it once.");
    }

    @Test
    void noFilesAreNoConnectors() {
        assertThat(ConnectorFile.readAll(List.of())).isEmpty();
    }

    private ConnectorFile read(String name, String text) throws IOException {
        return ConnectorFile.read(write(name, text));
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }
}
