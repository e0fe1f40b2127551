package dev.sluice.plugin.standard.transform;

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
}
