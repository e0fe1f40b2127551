package dev.sluice.runtime.cli.kafka;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The brokers that the words of a tool's command line name.
 *
 * @param addresses each {@code host:port}; none where the tool needs no broker or its options are not complete
 * @param isPlain whether nothing says that they might ask for TLS or a login
 */
record BootstrapServers(List<String> addresses, boolean isPlain) {
    private static final List<String> OPTIONS =
            List.of("--bootstrap-server", "--bootstrap-servers", "--broker-list", "--brokers");
    private static final String PROPERTY = "bootstrap.servers=";

    BootstrapServers {
        addresses = List.copyOf(addresses);
    }

    static BootstrapServers in(List<String> words) {
        List<String> addresses = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int split = word.indexOf('=');
            if (OPTIONS.contains(word) && i + 1 < words.size()) {
                addresses.addAll(split(words.get(i + 1)));
            } else if (split > 0 && OPTIONS.contains(word.substring(0, split))) {
                addresses.addAll(split(word.substring(split + 1)));
            } else if (word.startsWith(PROPERTY)) {
                addresses.addAll(split(word.substring(PROPERTY.length())));
            }
        }
        return new BootstrapServers(addresses, words.stream().noneMatch(BootstrapServers::maySecure));
    }

    /** Files and single settings of a client; formatters and readers have settings too, which are no harm. */
    private static boolean maySecure(String word) {
        return word.contains("config") || word.startsWith("security.protocol=");
    }

    private static List<String> split(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
