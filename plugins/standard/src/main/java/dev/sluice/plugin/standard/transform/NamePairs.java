package dev.sluice.plugin.standard.transform;

import dev.sluice.api.config.Check;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Lists of pairs of names, written {@code old:new}. */
final class NamePairs {
    static final Check<List<String>> CHECK = new Check<>() {
        @Override
        public String words() {
            return "a list of pairs such as old:new,foo:bar";
        }

        @Override
        public boolean accepts(List<String> pairs) {
            return pairs.stream().allMatch(NamePairs::isPair);
        }

        @Override
        public String problem(List<String> pairs) {
            String wrong =
                    pairs.stream().filter(pair -> !isPair(pair)).findFirst().orElseThrow();
            return "'" + wrong + "' is not a pair of names such as old:new";
        }
    };

    private NamePairs() {}

    private static boolean isPair(String text) {
        return text.split(":", 0).length == 2;
    }

    /** Returns the new names by the old ones; the last pair of an old name wins. */
    static Map<String, String> of(List<String> pairs) {
        Map<String, String> names = new LinkedHashMap<>();
        pairs.forEach(pair -> names.put(pair.split(":", 0)[0], pair.split(":", 0)[1]));
        return Map.copyOf(names);
    }
}
