package dev.sluice.connector.file;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.connector.file.TailFixture.Line;
import dev.sluice.testkit.Generated;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Lines and positions do not depend on how the input was cut into writes. */
final class LinesAtEveryByteTest {
    private static final String INPUT = "plain\n\né ü z\r\n\r\r\n\0nul\0\rlast of CR\r\r\n日本語 😀\nend\r\nopen";

    /** Without marks, the lines that {@link #INPUT} has, each with the text up to the end of its terminator. */
    private static final List<String> LINES = List.of(
            "plain\n", "\n", "é ü z\r\n", "\r", "\r\n", "\0nul\0\r", "last of CR\r", "\r\n", "日本語 😀\n", "end\r\n");

    @TempDir
    private Path folder;

    private static List<Line> expected(Charset charset) {
        List<Line> lines = new ArrayList<>();
        long position = 0;
        for (String line : LINES) {
            position += line.getBytes(charset).length;
            byte[] text = line.replaceAll("[\r\n]", "").getBytes(charset);
            lines.add(new Line(new String(text, charset), position));
        }
        return lines;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"UTF-8", "ISO-8859-1", "UTF-16LE", "UTF-16BE", "UTF-32LE", "Shift_JIS", "GB18030", "IBM037"})
    void readsTheSameLinesWhereverTheInputIsCut(String name) throws IOException {
        Charset charset = Charset.forName(name);
        byte[] input = INPUT.getBytes(charset);
        for (int cut = 0; cut <= input.length; cut++) {
            Path file = folder.resolve(name + cut);
            try (TailFixture tail = new TailFixture(file, charset)) {
                tail.append(Arrays.copyOf(input, cut));
                List<Line> lines = new ArrayList<>(tail.lines());
                tail.append(Arrays.copyOfRange(input, cut, input.length));
                lines.addAll(tail.lines());
                assertThat(lines).as("cut at byte %s", cut).isEqualTo(expected(charset));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE"})
    void continuesTheSameAfterARestartAtEveryCut(String name) throws IOException {
        Charset charset = Charset.forName(name);
        byte[] input = INPUT.getBytes(charset);
        for (int cut = 0; cut <= input.length; cut++) {
            try (TailFixture tail = new TailFixture(folder.resolve("restart" + name + cut), charset)) {
                tail.append(Arrays.copyOf(input, cut));
                List<Line> lines = new ArrayList<>(tail.lines());
                tail.restart();
                tail.append(Arrays.copyOfRange(input, cut, input.length));
                lines.addAll(tail.lines());
                assertThat(lines).as("cut at byte %s", cut).isEqualTo(expected(charset));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"fffe,UTF-16LE,UTF-16", "feff,UTF-16BE,UTF-16", "fffe0000,UTF-32LE,UTF-32"})
    void leavesAByteOrderMarkOutAndCountsIt(String hex, String actual, String configured) throws IOException {
        byte[] mark = HexFormat.of().parseHex(hex);
        byte[] text = "ä\nb\nc\n".getBytes(Charset.forName(actual));
        byte[] input = Arrays.copyOf(mark, mark.length + text.length);
        System.arraycopy(text, 0, input, mark.length, text.length);
        int unit = text.length / 6;
        for (int cut = 0; cut <= input.length; cut++) {
            try (TailFixture tail = new TailFixture(folder.resolve(actual + cut), Charset.forName(configured))) {
                tail.append(Arrays.copyOf(input, cut));
                List<Line> lines = new ArrayList<>(tail.lines());
                tail.restart();
                tail.append(Arrays.copyOfRange(input, cut, input.length));
                lines.addAll(tail.lines());
                assertThat(lines)
                        .as("cut at byte %s", cut)
                        .containsExactly(new Line("ä", 3L * unit), new Line("b", 5L * unit), new Line("c", 7L * unit));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7, 60})
    void survivesRandomGrowthWithRestarts(int piecesMax) {
        Generated.rounds(30, random -> {
            List<String> texts = new ArrayList<>();
            StringBuilder input = new StringBuilder();
            for (int i = 0; i < 40; i++) {
                String text = random.line();
                texts.add(text);
                input.append(text).append(random.pick(List.of("\n", "\r\n")));
            }
            byte[] bytes = input.toString().getBytes(StandardCharsets.UTF_8);
            assertThat(grown(random, bytes, piecesMax)).isEqualTo(texts);
        });
    }

    private List<String> grown(Generated random, byte[] bytes, int piecesMax) {
        List<String> lines = new ArrayList<>();
        try (TailFixture tail = new TailFixture(Files.createTempFile(folder, "grown", ".txt"))) {
            int at = 0;
            while (at < bytes.length) {
                int to = Math.min(bytes.length, at + 1 + random.below(bytes.length / piecesMax));
                tail.append(Arrays.copyOfRange(bytes, at, to));
                at = to;
                lines.addAll(tail.texts());
                if (random.chance(3)) {
                    tail.restart();
                }
            }
            return lines;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
