package dev.sluice.connector.elasticsearch.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.sluice.testkit.Generated;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The cheap look at JSON agrees with a parser on everything that a bulk request depends on. */
final class JsonBytesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(@Nullable ByteBuffer line) {
        return StandardCharsets.UTF_8
                .decode(Objects.requireNonNull(line, "no object").duplicate())
                .toString();
    }

    private static JsonNode tree(String json) {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }

    @Test
    void keepsTheMeaningOfEveryObject() {
        Generated.rounds(500, generated -> {
            String compact = JSON.valueToTree(object(generated, 3)).toString();
            String pretty = generated.chance(2) ? tree(compact).toPrettyString() : compact;
            String padded = (generated.chance(3) ? "\r\n " : "") + pretty + (generated.chance(3) ? "\n" : "");
            ByteBuffer line = JsonBytes.line(bytes(padded));
            assertThat(line).as(padded).isNotNull();
            assertThat(text(line)).doesNotContain("\n");
            assertThat(tree(text(line))).isEqualTo(tree(compact));
        });
    }

    private static Map<String, @Nullable Object> object(Generated generated, int depth) {
        Map<String, @Nullable Object> object = new LinkedHashMap<>();
        for (int i = generated.below(4); i > 0; i--) {
            object.put(generated.text(), value(generated, depth));
        }
        return object;
    }

    private static @Nullable Object value(Generated generated, int depth) {
        return switch (generated.below(depth > 0 ? 6 : 4)) {
            case 0 -> null;
            case 1 -> generated.wholeNumber();
            case 2 -> generated.chance(2);
            case 3 -> generated.text();
            case 4 -> object(generated, depth - 1);
            default -> new ArrayList<>(List.of(generated.text(), object(generated, depth - 1)));
        };
    }

    @Test
    void findsLineFeedsWhereverTheyStand() {
        for (int length = 2; length < 40; length++) {
            for (int at = 1; at < length - 1; at++) {
                byte[] json = bytes("{" + "\u000b".repeat(length - 2) + "}");
                assertThat(JsonBytes.lineFeed(json, 0, length)).isEqualTo(-1);
                json[at] = '\n';
                assertThat(JsonBytes.lineFeed(json, 0, length)).isEqualTo(at);
            }
        }
    }

    @Test
    void takesAByteOrderMarkAway() {
        ByteBuffer line = JsonBytes.line(bytes("\ufeff {\"a\":1}"));
        assertThat(line).isNotNull();
        assertThat(text(line)).isEqualTo("{\"a\":1}");
    }

    @Test
    void knowsNull() {
        assertThat(List.of("", "null", " null\n")).allMatch(text -> JsonBytes.isNull(bytes(text)));
        assertThat(List.of("{}", "nul", "\"null\"", " ")).noneMatch(text -> JsonBytes.isNull(bytes(text)));
    }

    @Test
    void suspectsNamesThatAreWrittenWithEscapes() {
        byte[] name = bytes("\"@timestamp\"");
        assertThat(JsonBytes.mayName(ByteBuffer.wrap(bytes("{\"\\u0040timestamp\":1}")), name))
                .isTrue();
        assertThat(JsonBytes.mayName(ByteBuffer.wrap(bytes("{\"a\":{\"@timestamp\":1}}")), name))
                .isTrue();
        assertThat(JsonBytes.mayName(ByteBuffer.wrap(bytes("{\"a\":\"\\u00e9\",\"timestamp\":1}")), name))
                .isFalse();
    }
}
