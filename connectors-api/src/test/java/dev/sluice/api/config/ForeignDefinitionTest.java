package dev.sluice.api.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** A definition of another system, whose values are plain objects, fits into a spec without casts or losses. */
class ForeignDefinitionTest {

    /** Another system's setting: parses to an object, and complains by exceptions with sentences of its own. */
    private record ForeignKey(
            String name,
            ConfigKind kind,
            Function<String, Object> parser,
            Object standard,
            BiConsumer<String, Object> validator) {

        ConfigKey<Object> key() {
            return ConfigKey.of(name, ConfigType.of(kind, "a value", parser, String::valueOf))
                    .defaultsTo(standard)
                    .check(new ForeignCheck(this));
        }
    }

    private record ForeignCheck(ForeignKey key) implements Check<Object> {
        @Override
        public String words() {
            return "what the plugin accepts";
        }

        @Override
        public boolean accepts(Object value) {
            return problem(value).isEmpty();
        }

        @Override
        public String problem(Object value) {
            try {
                key.validator().accept(key.name(), value);
                return "";
            } catch (IllegalStateException e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    private static final ForeignKey PORT =
            new ForeignKey("port", ConfigKind.INT, Integer::valueOf, 80, (name, value) -> {
                if (value.equals(0)) {
                    throw new IllegalStateException("Value of " + name + " must not be 0");
                }
            });
    private static final ForeignKey HOSTS = new ForeignKey(
            "hosts", ConfigKind.LIST, text -> List.of(text.split(",")), List.of("a"), (name, value) -> {});

    @Test
    void readsObjectsAndHandsThemBackByName() {
        Config config = ConfigSpec.of(PORT.key(), HOSTS.key()).parse(Map.of("hosts", "a,b"));

        assertThat(config.values()).isEqualTo(Map.of("port", 80, "hosts", List.of("a", "b")));
        assertThat(config.originals()).isEqualTo(Map.of("hosts", "a,b"));
    }

    @Test
    void keepsTheOtherSystemsWords() {
        ConfigValidation validation = ConfigSpec.of(PORT.key(), HOSTS.key()).validate(Map.of("port", "0"));

        assertThat(validation.value("port").orElseThrow().errors())
                .containsExactly("Cannot use port=0: Value of port must not be 0.");
    }
}
