package dev.sluice.plugin.standard.transform;

import dev.sluice.testkit.behaviour.TransformationAbility;
import org.junit.jupiter.api.Nested;

/** The contract of transformations, kept by each of the standard ones. */
class StandardBehaviourTest {
    @Nested
    class DropHeadersTest extends StandardBehaviour {
        DropHeadersTest() {
            super(DropHeaders::new, "headers", "trace,span");
        }
    }

    @Nested
    class FilterTest extends StandardBehaviour {
        FilterTest() {
            super(Filter::new);
        }
    }

    @Nested
    class InsertFieldKeyTest extends StandardBehaviour {
        InsertFieldKeyTest() {
            super(InsertField.Key::new, "topic.field", "topic!", "timestamp.field", "at");
        }
    }

    @Nested
    class InsertFieldValueTest extends StandardBehaviour {
        InsertFieldValueTest() {
            super(InsertField.Value::new, "static.field", "origin", "static.value", "test");
        }
    }

    @Nested
    class InsertHeaderTest extends StandardBehaviour {
        InsertHeaderTest() {
            super(InsertHeader::new, "header", "origin", "value.literal", "17");
        }
    }

    @Nested
    class RegexRouterTest extends StandardBehaviour {
        RegexRouterTest() {
            super(RegexRouter::new, "regex", "t(.*)", "replacement", "u$1");
        }
    }

    @Nested
    class ReplaceFieldKeyTest extends StandardBehaviour {
        ReplaceFieldKeyTest() {
            super(ReplaceField.Key::new, "include", "id");
        }
    }

    @Nested
    class ReplaceFieldValueTest extends StandardBehaviour {
        ReplaceFieldValueTest() {
            super(ReplaceField.Value::new, "exclude", "customer", "renames", "id:number");
        }
    }

    @Nested
    class CastKeyTest extends StandardBehaviour {
        CastKeyTest() {
            super(Cast.Key::new, "spec", "id:string");
        }
    }

    @Nested
    class CastValueTest extends StandardBehaviour {
        CastValueTest() {
            super(Cast.Value::new, "spec", "id:int32,paid:string");
        }
    }

    @Nested
    class ExtractFieldKeyTest extends StandardBehaviour {
        ExtractFieldKeyTest() {
            super(ExtractField.Key::new, "field", "customer");
        }
    }

    @Nested
    class ExtractFieldValueTest extends StandardBehaviour {
        ExtractFieldValueTest() {
            super(ExtractField.Value::new, "field", "id", "field.syntax.version", "V2");
        }
    }

    @Nested
    class FlattenKeyTest extends StandardBehaviour {
        FlattenKeyTest() {
            super(Flatten.Key::new);
        }
    }

    @Nested
    class FlattenValueTest extends StandardBehaviour {
        FlattenValueTest() {
            super(Flatten.Value::new, "delimiter", "_");
        }
    }

    @Nested
    class HeaderFromKeyTest extends StandardBehaviour {
        HeaderFromKeyTest() {
            super(HeaderFrom.Key::new, "fields", "id", "headers", "number", "operation", "copy");
            refuses(TransformationAbility.NULL_KEYS);
        }
    }

    @Nested
    class HeaderFromValueTest extends StandardBehaviour {
        HeaderFromValueTest() {
            super(HeaderFrom.Value::new, "fields", "id", "headers", "number", "operation", "move");
            refuses(TransformationAbility.NULL_VALUES);
        }
    }

    @Nested
    class HoistFieldKeyTest extends StandardBehaviour {
        HoistFieldKeyTest() {
            super(HoistField.Key::new, "field", "whole");
        }
    }

    @Nested
    class HoistFieldValueTest extends StandardBehaviour {
        HoistFieldValueTest() {
            super(HoistField.Value::new, "field", "whole");
        }
    }

    @Nested
    class MaskFieldKeyTest extends StandardBehaviour {
        MaskFieldKeyTest() {
            super(MaskField.Key::new, "fields", "customer", "replacement", "***");
            refuses(TransformationAbility.NULL_KEYS);
        }
    }

    @Nested
    class MaskFieldValueTest extends StandardBehaviour {
        MaskFieldValueTest() {
            super(MaskField.Value::new, "fields", "id,note");
            refuses(TransformationAbility.NULL_VALUES);
        }
    }

    @Nested
    class SetSchemaMetadataKeyTest extends StandardBehaviour {
        SetSchemaMetadataKeyTest() {
            super(SetSchemaMetadata.Key::new, "schema.name", "Named");
        }
    }

    @Nested
    class SetSchemaMetadataValueTest extends StandardBehaviour {
        SetSchemaMetadataValueTest() {
            super(SetSchemaMetadata.Value::new, "schema.version", "3");
        }
    }

    @Nested
    class TimestampConverterKeyTest extends StandardBehaviour {
        TimestampConverterKeyTest() {
            super(TimestampConverter.Key::new, "field", "id", "target.type", "Timestamp");
        }
    }

    @Nested
    class TimestampConverterValueTest extends StandardBehaviour {
        TimestampConverterValueTest() {
            super(TimestampConverter.Value::new, "field", "id", "target.type", "string", "format", "yyyy");
        }
    }

    @Nested
    class TimestampRouterTest extends StandardBehaviour {
        TimestampRouterTest() {
            super(TimestampRouter::new);
        }
    }

    @Nested
    class ValueToKeyTest extends StandardBehaviour {
        ValueToKeyTest() {
            super(ValueToKey::new, "fields", "id");
            refuses(TransformationAbility.NULL_VALUES);
        }
    }
}
