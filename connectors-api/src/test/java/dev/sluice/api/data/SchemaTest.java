package dev.sluice.api.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.error.DataException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SchemaTest {
    private static final StructSchema POINT = Schema.struct("Point")
            .field("x", Schema.INT32)
            .field("y", Schema.INT32.optional())
            .build();

    @Test
    void equalDefinitionsAreEqualSchemas() {
        StructSchema again = Schema.struct("Point")
                .field("x", Schema.INT32)
                .field("y", Schema.INT32.optional())
                .build();

        assertThat(again).isEqualTo(POINT).hasSameHashCodeAs(POINT);
        assertThat(again.withVersion(2)).isNotEqualTo(POINT);
        assertThat(Schema.array(POINT)).isEqualTo(Schema.array(again));
    }

    @Test
    void copiesLeaveTheOriginalAlone() {
        Schema changed = Schema.STRING
                .optional()
                .withName("n")
                .withVersion(3)
                .withDoc("d")
                .withParameter("p", "1")
                .withParameter("p", "2")
                .withDefault("x");

        assertThat(changed.traits()).isEqualTo(new SchemaTraits(true, "n", 3, "d", Map.of("p", "2"), "x"));
        assertThat(Schema.STRING.traits()).isEqualTo(SchemaTraits.PLAIN);
        assertThat(changed.required().isOptional()).isFalse();
    }

    @ParameterizedTest
    @EnumSource(
            value = SchemaType.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ARRAY", "MAP", "STRUCT"})
    void everyPrimitiveTypeRefusesNullUnlessOptional(SchemaType type) {
        Schema schema = Schema.of(type);

        assertThatThrownBy(() -> schema.check(null))
                .isInstanceOf(DataException.class)
                .hasMessage("Cannot use null as value: the schema " + type.wireName() + " is required.");
        assertThatCode(() -> schema.optional().check(null)).doesNotThrowAnyException();
    }

    @Test
    void aMisfitIsNamedWithItsPlace() {
        Schema list = Schema.array(Schema.map(Schema.STRING, Schema.INT64));

        assertThatThrownBy(() -> list.check(List.of(Map.of("a", 1L), Map.of("b", "no"))))
                .hasMessage("Cannot use a java.lang.String as value[1][b]: the schema int64 expects Long.");
    }

    @Test
    void bytesComeAsArrayOrBuffer() {
        assertThatCode(() -> Schema.BYTES.check(new byte[1])).doesNotThrowAnyException();
        assertThatCode(() -> Schema.BYTES.check(ByteBuffer.allocate(1))).doesNotThrowAnyException();
    }

    @Test
    void aDefaultMustFit() {
        assertThatThrownBy(() -> Schema.INT8.withDefault("x"))
                .hasMessage("Cannot use a java.lang.String as default value: the schema int8 expects Byte.");
    }

    @Test
    void aFieldNameIsUnique() {
        assertThatThrownBy(() -> Schema.struct("S").field("a", Schema.INT8).field("a", Schema.INT8))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("Cannot add field 'a' to struct schema S: it has a field of that name already.");
    }

    @Test
    void aStructFillsDefaultsAndChecksEveryField() {
        StructSchema schema = Schema.struct()
                .field("a", Schema.INT32.withDefault(7))
                .field("b", Schema.array(Schema.STRING))
                .build();

        Struct struct = Struct.builder(schema).set("b", List.of("x")).build();

        assertThat(struct.get("a", Integer.class)).isEqualTo(7);
        assertThatThrownBy(() -> Struct.builder(schema).build())
                .hasMessage("Cannot use null as field 'b': the schema array is required.");
        assertThatThrownBy(() -> Struct.builder(schema)
                        .set("b", Arrays.asList("x", null))
                        .build())
                .hasMessage("Cannot use null as field 'b'[1]: the schema string is required.");
        assertThatThrownBy(() -> struct.get("c")).hasMessage("Cannot read field 'c': the struct has [a, b].");
        assertThatThrownBy(() -> struct.get("a", String.class))
                .hasMessage("Cannot read field 'a' as String: it holds a java.lang.Integer.");
    }

    @Test
    void structsAreEqualByFieldsAndContents() {
        StructSchema schema = Schema.struct().field("b", Schema.BYTES).build();
        Struct one = Struct.builder(schema).set("b", new byte[] {1, 2}).build();
        Struct other =
                one.toBuilder().set("b", ByteBuffer.wrap(new byte[] {1, 2})).build();

        assertThat(one).isEqualTo(other).hasSameHashCodeAs(other);
        assertThat(one.toString()).isEqualTo("Struct[b]");
    }
}
