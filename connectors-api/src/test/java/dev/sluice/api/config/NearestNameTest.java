package dev.sluice.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestNameTest {

    private static final List<String> KNOWN = List.of("tasks.max", "topics", "topics.regex", "batch.size", "file");

    @ParameterizedTest
    @CsvSource({
        "tasks.maxx,tasks.max",
        "task.max,tasks.max",
        "TASKS.MAX,tasks.max",
        "tpoics,topics",
        "topic,topics",
        "topic.regex,topics.regex",
        "batch_size,batch.size",
        "size,batch.size",
        "fiel,file"
    })
    void findsWhatAMistypedNameMayHaveMeant(String given, String expected) {
        assertThat(NearestName.of(given, KNOWN)).contains(expected);
    }

    @ParameterizedTest
    @CsvSource({"totally.unknown", "x", "name", "''", "' '"})
    void findsNothingForWhatIsFarFromEverything(String given) {
        assertThat(NearestName.of(given, KNOWN)).isEmpty();
    }

    @Test
    void findsClassesByTheirLastPart() {
        List<String> classes = List.of("dev.sluice.file.FileSourceConnector", "dev.sluice.file.FileSinkConnector");

        assertThat(NearestName.of("FileSourceConector", classes)).contains("dev.sluice.file.FileSourceConnector");
        assertThat(NearestName.of("dev.sluice.file.FileSinkConnectr", classes))
                .contains("dev.sluice.file.FileSinkConnector");
    }

    @Test
    void returnsTheNearestFirstAndNoMoreThanAsked() {
        List<String> known = List.of("abcdef", "abcdxf", "abxdxf", "zzzzzz", "abcdeg", "abcdef");

        assertThat(NearestName.among("abcdef", known, 3)).containsExactly("abcdef", "abcdeg", "abcdxf");
        assertThat(NearestName.among("abcdef", known, 9)).containsExactly("abcdef", "abcdeg", "abcdxf", "abxdxf");
    }

    @Test
    void countsChangedCharacters() {
        assertThat(NearestName.distance("", "")).isZero();
        assertThat(NearestName.distance("", "abc")).isEqualTo(3);
        assertThat(NearestName.distance("abc", "")).isEqualTo(3);
        assertThat(NearestName.distance("abc", "acb")).isEqualTo(1);
        assertThat(NearestName.distance("kitten", "sitting")).isEqualTo(3);
        assertThat(NearestName.distance("ca", "abc")).isEqualTo(3);
    }

    @Test
    void leavesVeryLongNamesAlone() {
        assertThat(NearestName.of("a".repeat(256), List.of("a".repeat(255)))).isPresent();
        assertThat(NearestName.of("a".repeat(257), List.of("a".repeat(256)))).isEmpty();
        assertThat(NearestName.of("a", List.of("a".repeat(257)))).isEmpty();
    }
}
