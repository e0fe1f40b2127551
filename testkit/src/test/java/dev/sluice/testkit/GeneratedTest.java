package dev.sluice.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.SchemaType;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class GeneratedTest {
    @Test
    void givesTheSameDataForTheSameSeed() {
        assertThat(data(new Generated(7)).schemaAndValue())
                .isEqualTo(data(new Generated(7)).schemaAndValue());
        assertThat(new Generated(7).text()).isEqualTo(new Generated(7).text());
    }

    @Test
    void namesTheSeedOfAFailedRound() {
        assertThatThrownBy(() -> Generated.rounds(3, generated -> {
                    throw new IllegalStateException("Broken.");
                }))
                .isInstanceOf(AssertionError.class)
                .hasMessageMatching("Failed with generated data; repeat with -Dsluice.seed=-?\\d+: Broken\\.")
                .hasRootCauseMessage("Broken.");
    }

    @Test
    void runsEveryRoundWithDataOfItsOwn() {
        Set<Long> numbers = new HashSet<>();
        Generated.rounds(50, generated -> numbers.add(Double.doubleToLongBits(generated.fraction())));
        assertThat(numbers).hasSizeGreaterThan(10);
    }

    @Test
    void givesTextsThatUtf8CanHoldAndLinesWithoutBreaks() {
        Generated.rounds(500, generated -> {
            assertThat(generated.line()).isNotEmpty().doesNotContain("\n", "\r", "\0");
            String text = generated.text();
            assertThat(new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8))
                    .isEqualTo(text);
        });
    }

    @Test
    void givesValuesThatFitTheirSchemas() {
        Generated.rounds(500, generated -> {
            var data = data(generated).schemaAndValue();
            Objects.requireNonNull(data.schema()).check(data.value());
        });
    }

    @Test
    void usesAllTypesThatAreWantedAndNoOther() {
        Set<SchemaType> seen = EnumSet.noneOf(SchemaType.class);
        Set<SchemaType> wanted = EnumSet.of(SchemaType.STRING, SchemaType.INT64);
        Generated generated = new Generated(3);
        for (int i = 0; i < 200; i++) {
            seen.add(new GeneratedData(generated, wanted, Set.of()).schema().type());
        }
        assertThat(seen).isEqualTo(wanted);
    }

    @Test
    void coversEveryTypeAndLogicalType() {
        Set<Object> seen = new HashSet<>();
        Generated generated = new Generated(3);
        for (int i = 0; i < 500; i++) {
            var schema = data(generated).schema();
            seen.add(schema.type());
            schema.logicalType().ifPresent(seen::add);
        }
        assertThat(seen).containsAll(List.of(SchemaType.values())).containsAll(List.of(LogicalType.values()));
    }

    private static GeneratedData data(Generated generated) {
        return new GeneratedData(generated, EnumSet.allOf(SchemaType.class), EnumSet.allOf(LogicalType.class));
    }
}
