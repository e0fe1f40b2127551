package dev.sluice.api.config;

import java.util.ArrayList;
import java.util.List;

/** Elements of one type, separated by commas, blanks around each ignored. The empty text is the empty list. */
record ListType<E>(ConfigType<E> elements) implements ConfigType<List<E>> {

    @Override
    public ConfigKind kind() {
        return ConfigKind.LIST;
    }

    @Override
    public String words() {
        return elements.kind() == ConfigKind.STRING && elements.equals(ScalarTypes.STRING)
                ? "a list separated by commas"
                : "a list separated by commas, each element " + elements.words();
    }

    @Override
    public List<E> parse(String text) {
        if (text.isBlank()) {
            return List.of();
        }
        List<E> list = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            list.add(element(part.trim(), list.size() + 1));
        }
        return List.copyOf(list);
    }

    private E element(String text, int number) {
        if (text.isEmpty()) {
            throw new IllegalArgumentException("element " + number + " of the list is empty");
        }
        try {
            return elements.parse(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("of element " + number + " of the list, " + e.getMessage(), e);
        }
    }

    @Override
    public String format(List<E> value) {
        return String.join(",", value.stream().map(this::elementText).toList());
    }

    private String elementText(E element) {
        String text = elements.format(element);
        if (text.isEmpty() || text.contains(",") || !text.equals(text.trim())) {
            throw new IllegalArgumentException(
                    "Cannot write element '" + text + "' in a list: it is empty or contains a comma or outer blanks.");
        }
        return text;
    }

    @Override
    public boolean isSecret() {
        return elements.isSecret();
    }
}
