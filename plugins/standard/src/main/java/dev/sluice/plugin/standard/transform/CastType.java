package dev.sluice.plugin.standard.transform;

import dev.sluice.api.data.Schema;
import dev.sluice.api.data.SchemaType;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/** The types that values can be cast to, each with the rule. Values are plain: numbers, truth values, texts, bytes. */
enum CastType {
    INT8 {
        @Override
        Object cast(Object value) {
            return value instanceof String text
                    ? (Object) Byte.valueOf(text)
                    : (Object) number(value).byteValue();
        }
    },
    INT16 {
        @Override
        Object cast(Object value) {
            return value instanceof String text
                    ? (Object) Short.valueOf(text)
                    : (Object) number(value).shortValue();
        }
    },
    INT32 {
        @Override
        Object cast(Object value) {
            return value instanceof String text
                    ? (Object) Integer.valueOf(text)
                    : (Object) number(value).intValue();
        }
    },
    INT64 {
        @Override
        Object cast(Object value) {
            return value instanceof String text
                    ? (Object) Long.valueOf(text)
                    : (Object) number(value).longValue();
        }
    },
    FLOAT32 {
        @Override
        Object cast(Object value) {
            return value instanceof String text
                    ? (Object) Float.valueOf(text)
                    : (Object) number(value).floatValue();
        }
    },
    FLOAT64 {
        @Override
        Object cast(Object value) {
            return value instanceof String text
                    ? (Object) Double.valueOf(text)
                    : (Object) number(value).doubleValue();
        }
    },
    BOOLEAN {
        @Override
        Object cast(Object value) {
            return value instanceof String text
                    ? Boolean.parseBoolean(text)
                    : number(value).longValue() != 0;
        }
    },
    STRING {
        @Override
        Object cast(Object value) {
            if (value instanceof byte[] bytes) {
                return Base64.getEncoder().encodeToString(bytes);
            }
            if (value instanceof ByteBuffer buffer) {
                byte[] bytes = new byte[buffer.remaining()];
                buffer.duplicate().get(bytes);
                return Base64.getEncoder().encodeToString(bytes);
            }
            return value.toString();
        }
    };

    /** Returns the type of that name, in any case. */
    static Optional<CastType> named(String name) {
        String upper = name.toUpperCase(Locale.ROOT);
        return Arrays.stream(values()).filter(type -> type.name().equals(upper)).findFirst();
    }

    /**
     * Returns the value as this type. Numbers lose what does not fit, as Java casts them.
     *
     * @throws NumberFormatException if a text is no such number
     * @throws ClassCastException if the value is of a kind that cannot be cast to this type, which bytes are
     */
    abstract Object cast(Object value);

    private static Number number(Object value) {
        return value instanceof Boolean flag ? (Number) (flag ? 1 : 0) : (Number) value;
    }

    /** Returns the required schema of this type. */
    Schema schema() {
        return Schema.of(SchemaType.valueOf(name()));
    }

    /** Returns the name as settings write it. */
    String word() {
        return schema().type().wireName();
    }
}
