package dev.sluice.plugin.standard.transform;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.data.LogicalType;
import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaAndValue;
import dev.sluice.api.data.Struct;
import dev.sluice.api.data.StructSchema;
import dev.sluice.api.error.DataException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import dev.sluice.api.transform.Transformation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the transformations say when they refuse settings or records: the field and the way out, never the value. */
class RefusalTest {
    private static final String SECRET = "sesame-4711";
    private static final StructSchema SCHEMA = Schema.struct()
            .field("id", Schema.INT64)
            .field("name", Schema.STRING)
            .field("raw", Schema.BYTES)
            .field("price", LogicalType.decimal(2))
            .field("tags", Schema.array(Schema.STRING))
            .build();

    private static SourceRecord struct() {
        Struct struct = Struct.builder(SCHEMA)
                .set("id", 1L)
                .set("name", SECRET)
                .set("raw", SECRET.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .set("price", new java.math.BigDecimal("1.25"))
                .set("tags", List.of(SECRET))
                .build();
        return record(SchemaAndValue.of(SCHEMA, struct));
    }

    private static SourceRecord record(SchemaAndValue value) {
        return SourceRecord.of("orders", value, new SourcePosition(Map.of(), Map.of()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "spec=name:int32 | Cannot cast field 'name' of the value to int32: the text is no number that fits int32."
                        + " Correct the data, or cast to a wider type.",
                "spec=raw:int8 | Cannot cast field 'raw' of the value to int8: it is of type [B. Bytes can be cast to string only.",
                "spec=tags:string | Cannot cast field 'tags' of the value to string: it is of type array."
                        + " Flatten it first, or take it out of spec.",
            })
    void castNamesTheField(String setting, String message) {
        assertRefused(new Cast.Value(), setting, message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "fields=raw | Cannot mask fields of the value: field 'raw' is of type [B, for which there is no mask."
                        + " Drop it by ReplaceField.",
                "fields=tags,replacement=x | Cannot mask fields of the value: field 'tags' is of type"
                        + " java.util.ImmutableCollections$List12, for which there is no replacement. Drop it by ReplaceField.",
                "fields=id,replacement=x | Cannot mask fields of the value: field 'id' is a number, and the replacement is none."
                        + " Mask numbers and texts by a transformation each.",
                "fields=price,replacement=0.125 | Cannot mask fields of the value: field 'price' has fewer digits after the point"
                        + " than the replacement. Shorten the setting replacement.",
            })
    void maskFieldNamesTheField(String settings, String message) {
        assertRefused(new MaskField.Value(), settings, message);
    }

    @Test
    void othersNameTheFieldToo() {
        assertRefused(
                new ExtractField.Value(),
                "field=none",
                "Cannot extract a field of the value: field 'none' is not there. Correct the setting field, or put a predicate"
                        + " before the transformation.");
        assertRefused(
                new ValueToKey(),
                "fields=none",
                "Cannot make the key of fields of the value: field 'none' is not there. Correct the setting fields, or put a"
                        + " predicate before the transformation.");
        assertRefused(
                new HeaderFrom.Value(),
                "fields=none,headers=h,operation=copy",
                "Cannot make headers of fields of the value: field 'none' is not there. Correct the setting fields, or put a"
                        + " predicate before the transformation.");
        assertRefused(
                new InsertField.Value(),
                "topic.field=id",
                "Cannot insert fields of the value: field 'id' is there already. Insert under another name, or drop it by"
                        + " ReplaceField first.");
        assertRefused(
                new InsertField.Value(),
                "offset.field=at",
                "Cannot insert fields of the value: field 'at' is for the offset, which records of a source do not have yet."
                        + " Remove offset.field.");
        assertRefused(
                new InsertField.Value(),
                "partition.field=partition!",
                "Cannot insert fields of the value: field 'partition' is required, but this record has no value for it. Write ?"
                        + " in place of ! behind its name.");
        assertRefused(
                new ReplaceField.Value(),
                "renames=id:name",
                "Cannot replace fields of the value: field 'id' would become 'name', and so would another field. Correct"
                        + " renames, or exclude one of them.");
        assertRefused(
                new TimestampConverter.Value(),
                "field=name,target.type=unix,format=yyyy",
                "Cannot convert the timestamp in field 'name' of the value: the string does not match the pattern. Correct"
                        + " format or the data.");
        assertRefused(
                new TimestampConverter.Value(),
                "field=raw,target.type=unix",
                "Cannot convert the timestamp in field 'raw' of the value: its schema is bytes, and not a string, an int64, a"
                        + " day or a time. Correct the setting field.");
        assertRefused(
                new TimestampRouter(),
                "topic.format=x",
                "Cannot route by timestamp: the record has none. Put a predicate before the transformation, or let the source"
                        + " set timestamps.");
    }

    @Test
    void dataOfTheWrongShapeIsCalledByItsType() {
        Transformation transformation = configured(new MaskField.Value(), "fields=id");
        assertThatThrownBy(() -> transformation.apply(record(SchemaAndValue.string(SECRET))))
                .isInstanceOf(DataException.class)
                .hasMessage(
                        "Cannot mask fields of the value: it is a java.lang.String, and only a struct has fields. Put a"
                                + " predicate before the transformation that leaves such records out, or HoistField, which makes a"
                                + " field of any value.");
        assertThatThrownBy(() -> transformation.apply(record(SchemaAndValue.schemaless(SECRET))))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith(
                        "Cannot mask fields of the value: it is a java.lang.String, and without a schema only"
                                + " a map has fields.");
        assertThatThrownBy(() -> transformation.apply(record(SchemaAndValue.NULL)))
                .isInstanceOf(DataException.class)
                .hasMessageStartingWith("Cannot mask fields of the value: it is null, ");
    }

    @Test
    void settingsThatCannotWorkAreRefusedBeforeAnyRecord() {
        assertProblem(
                new Cast.Value(), "spec=int8;name:string", "'int8' names no field, which it must in a list of several");
        assertProblem(new Cast.Value(), "spec=id:decimal", "'decimal' is not one of the types int8, int16");
        assertProblem(
                new HeaderFrom.Key(), "fields=a;b,headers=h,operation=move", "Cannot make 1 headers of 2 fields.");
        assertProblem(
                new ExtractField.Key(), "field=`a,field.syntax.version=V2", "the backtick at position 0 is not closed");
        assertProblem(new InsertField.Key(), "static.value=x", "Cannot insert nothing.");
        assertProblem(new InsertField.Key(), "static.field=x", "Cannot insert static.field without a text.");
        assertProblem(new RegexRouter(), "regex=a,replacement=$1", "Cannot use the replacement: No group 1.");
        assertProblem(new ReplaceField.Key(), "renames=a", "'a' is not a pair of names such as old:new");
        assertProblem(new SetSchemaMetadata.Key(), "", "Cannot set nothing");
        assertProblem(new TimestampConverter.Key(), "target.type=string", "Cannot write strings without a pattern.");
        assertProblem(
                new TimestampConverter.Key(), "target.type=unix,format=b", "a pattern of Java's SimpleDateFormat");
        assertProblem(new TimestampRouter(), "timestamp.format=b", "a pattern of Java's SimpleDateFormat");
    }

    private static void assertRefused(Transformation transformation, String settings, String message) {
        Transformation configured = configured(transformation, settings);
        assertThatThrownBy(() -> configured.apply(struct()))
                .isInstanceOf(DataException.class)
                .hasMessage(message)
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
    }

    private static void assertProblem(Transformation transformation, String settings, String part) {
        assertThat(transformation.configSpec().validate(parsed(settings)).errors())
                .extracting(ConfigProblem::text)
                .anySatisfy(text -> assertThat(text).contains(part));
    }

    private static Transformation configured(Transformation transformation, String settings) {
        transformation.configure(transformation.configSpec().parse(parsed(settings)));
        return transformation;
    }

    /** Reads settings separated by commas; a semicolon stands for a comma in a value. */
    private static Map<String, String> parsed(String settings) {
        Map<String, String> parsed = new LinkedHashMap<>();
        for (String each : settings.split(",", 0)) {
            if (!each.isBlank()) {
                parsed.put(each.split("=", 2)[0].trim(), each.split("=", 2)[1].replace(';', ','));
            }
        }
        return parsed;
    }
}
