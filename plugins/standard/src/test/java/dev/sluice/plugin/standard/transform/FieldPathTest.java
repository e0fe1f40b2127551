package dev.sluice.plugin.standard.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.testkit.Generated;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.connect.transforms.field.FieldSyntaxVersion;
import org.apache.kafka.connect.transforms.field.SingleFieldPath;
import org.junit.jupiter.api.Test;

/** Paths to fields, as Kafka reads them. */
class FieldPathTest {
    @Test
    void separatesNamesByDots() {
        assertThat(FieldPath.parse("a").names()).containsExactly("a");
        assertThat(FieldPath.parse("a.b.c").names()).containsExactly("a", "b", "c");
        assertThat(FieldPath.parse("`a.b`.c").names()).containsExactly("a.b", "c");
        assertThat(FieldPath.parse("`a`b`").names()).containsExactly("a`b");
        assertThat(FieldPath.parse("`a\\`.b`.c").names()).containsExactly("a`.b", "c");
        assertThat(FieldPath.parse("a`.b").names()).containsExactly("a`", "b");
        assertThat(FieldPath.parse("a.").names()).containsExactly("a", "");
        assertThat(FieldPath.root("a.b").names()).containsExactly("a.b");
    }

    @Test
    void saysWhatIsWrongWithAPath() {
        assertThatThrownBy(() -> FieldPath.parse("a.`b.c"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the backtick at position 2 is not closed before a dot or the end."
                        + " Close it, or write \\` for a backtick before a dot");
        assertThat(FieldPath.problem("")).isEqualTo("it is empty. Name a field");
        assertThat(FieldPath.problem("a.b")).isNull();
    }

    @Test
    void readsRandomPathsAsKafka() {
        List<String> parts = List.of("a", "b", ".", "`", "\\", "\\`", "`.", ".`");
        Generated.rounds(3000, random -> {
            StringBuilder text = new StringBuilder();
            for (int i = random.below(8); i >= 0; i--) {
                text.append(random.pick(parts));
            }
            assertReadAsByKafka(text.toString());
        });
    }

    /** Asserts that both refuse the path, or that Kafka finds what lies behind the names that we read. */
    private static void assertReadAsByKafka(String text) {
        List<String> names;
        try {
            names = FieldPath.parse(text).names();
        } catch (IllegalArgumentException refused) {
            assertThatThrownBy(() -> new SingleFieldPath(text, FieldSyntaxVersion.V2))
                    .as(text)
                    .isInstanceOf(ConfigException.class);
            return;
        }
        Object nested = "found";
        for (int i = names.size() - 1; i > 0; i--) {
            nested = Map.of(names.get(i), nested);
        }
        assertThat(new SingleFieldPath(text, FieldSyntaxVersion.V2).valueFrom(Map.of(names.get(0), nested)))
                .as(text)
                .isEqualTo("found");
    }
}
