package dev.sluice.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ConfigReferenceTest {

    @Test
    void writesATableForEachHeading() {
        ConfigSpec spec = ConfigSpec.of(
                        ConfigKey.string("file")
                                .doc("File to read.\n  Relative | absolute.")
                                .importance(Importance.HIGH),
                        ConfigKey.integer("batch.size")
                                .defaultsTo(2000)
                                .check(Check.atLeast(1))
                                .doc("Lines per poll at most.")
                                .alias("max.lines")
                                .group("Reading"),
                        ConfigKey.string("prefix")
                                .defaultsTo("")
                                .group("Reading")
                                .orderInGroup(0),
                        ConfigKey.bool("strict").defaultsTo(true).deprecated("Use <checks>."),
                        ConfigKey.string("hidden").optional().internal(),
                        ConfigKey.string("encoding").optional())
                .openPrefix("producer.override.")
                .removed("lines", "Use batch.size.");

        assertThat(ConfigReference.markdown(spec)).isEqualTo("""
                        | setting | type | default | importance | what it does |
                        |---|---|---|---|---|
                        | `file` | a text | required | high | File to read. Relative \\| absolute. |
                        | `strict` | true or false | `true` | medium | Deprecated. Use &lt;checks>. |
                        | `encoding` | a text | none | medium |  |

                        ### Reading

                        | setting | type | default | importance | what it does |
                        |---|---|---|---|---|
                        | `prefix` | a text | empty | medium |  |
                        | `batch.size` | a whole number between -2147483648 and 2147483647; must be at least 1 | `2000` \
                        | medium | Lines per poll at most. Also read as `max.lines`. |

                        Settings that start with `producer.override.` are passed on as they are.

                        | removed setting | instead |
                        |---|---|
                        | `lines` | Use batch.size. |
                        """);
    }

    @Test
    void saysSoIfThereIsNothingToSet() {
        assertThat(ConfigReference.markdown(ConfigSpec.of())).isEqualTo("There is nothing to set.\n");
    }
}
