package dev.sluice.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.DataException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LogicalTypeTest {
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(LogicalType.decimal(2), new BigDecimal("-12.34")),
                Arguments.of(LogicalType.DATE.schema(), LocalDate.of(1969, 12, 31)),
                Arguments.of(LogicalType.TIME.schema(), LocalTime.of(23, 59, 59, 999_000_000)),
                Arguments.of(LogicalType.TIMESTAMP.schema(), Instant.parse("2026-11-22T10:11:12.345Z")),
                Arguments.of(LogicalType.TIMESTAMP.schema(), Instant.parse("1960-01-01T00:00:00.001Z")),
                Arguments.of(LogicalType.MICRO_TIME.schema(), LocalTime.of(1, 2, 3, 456_789_000)),
                Arguments.of(LogicalType.MICRO_TIMESTAMP.schema(), Instant.parse("1960-01-01T00:00:00.123456Z")));
    }

    @ParameterizedTest
    @MethodSource("values")
    void aRichValueSurvivesItsPlainForm(Schema schema, Object value) {
        LogicalType type = schema.logicalType().orElseThrow();

        Object plain = type.toBase(schema, value);

        assertThat(schema.type().carries(plain)).isTrue();
        assertThat(type.fromBase(schema, plain)).isEqualTo(value);
        schema.check(value);
    }

    @Test
    void plainFormsAreThoseOfKafkaConnect() {
        assertThat(LogicalType.DATE.toBase(LogicalType.DATE.schema(), LocalDate.EPOCH.plusDays(1)))
                .isEqualTo(1);
        assertThat(LogicalType.TIME.toBase(LogicalType.TIME.schema(), LocalTime.of(0, 0, 1)))
                .isEqualTo(1000);
        assertThat(LogicalType.TIMESTAMP.toBase(LogicalType.TIMESTAMP.schema(), Instant.ofEpochMilli(-5)))
                .isEqualTo(-5L);
        assertThat(LogicalType.DECIMAL.schemaName()).isEqualTo("org.apache.kafka.connect.data.Decimal");
        assertThat(LogicalType.decimal(3).parameters()).containsEntry("scale", "3");
    }

    @Test
    void anotherScaleIsRefused() {
        assertThatThrownBy(() -> LogicalType.DECIMAL.toBase(LogicalType.decimal(2), new BigDecimal("1.5")))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot write a decimal with scale 1: the schema's scale is 2. Call setScale first.");
        assertThatThrownBy(() -> LogicalType.scale(LogicalType.DECIMAL.schema()))
                .hasMessage("Cannot use a decimal schema: its parameter 'scale' is missing, expected a whole number.");
    }

    @Test
    void theRawFormIsNotTheValue() {
        assertThatThrownBy(() -> LogicalType.TIMESTAMP.schema().check(5L)).hasMessageContaining("expects Instant");
        assertThatThrownBy(() -> LogicalType.TIME.fromBase(LogicalType.TIME.schema(), -1))
                .hasMessageContaining("outside the type's range");
    }

    @Test
    void aForeignNameOnAnotherTypeIsNoLogicalType() {
        assertThat(Schema.STRING.withName(LogicalType.DATE.schemaName()).logicalType())
                .isEmpty();
        assertThat(Schema.INT32.withName("other").logicalType()).isEmpty();
    }
}
