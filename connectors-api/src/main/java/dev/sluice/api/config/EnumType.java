package dev.sluice.api.config;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The constants of an enum by their names in lower case; read in any case. Equal to another of the same enum. */
record EnumType<E extends Enum<E>>(Class<E> constants) implements ConfigType<E> {

    @Override
    public ConfigKind kind() {
        return ConfigKind.STRING;
    }

    @Override
    public String words() {
        return "one of " + String.join(", ", possibleValues());
    }

    @Override
    public E parse(String text) {
        String word = text.trim();
        return Arrays.stream(constants.getEnumConstants())
                .filter(constant -> constant.name().equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> ScalarTypes.mustBe(words()));
    }

    @Override
    public String format(E value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    @Override
    public List<String> possibleValues() {
        return Arrays.stream(constants.getEnumConstants()).map(this::format).toList();
    }
}
