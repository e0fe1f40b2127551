package dev.sluice.runtime.config;

import dev.sluice.api.config.ConfigKind;
import dev.sluice.api.config.ConfigType;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Addresses to listen on: {@code scheme://host:port}, where an empty host means all of the machine's, as Kafka writes
 * it. Their URIs always have host and port; all hosts are {@code 0.0.0.0}.
 */
record ListenerType(String words) implements ConfigType<URI> {
    private static final int PORT_MAX = 65_535;
    private static final Pattern ADDRESS = Pattern.compile("([A-Za-z][A-Za-z0-9_.+-]*)://([^\\s/]*):(\\d{1,5})/?");

    static final ListenerType REST = new ListenerType("an address such as http://127.0.0.1:8083");
    static final ListenerType BROKER = new ListenerType("an address such as PLAINTEXT://127.0.0.1:9092");

    @Override
    public ConfigKind kind() {
        return ConfigKind.STRING;
    }

    @Override
    public URI parse(String text) {
        Matcher matcher = ADDRESS.matcher(text.trim());
        if (!matcher.matches()) {
            throw new IllegalArgumentException("it must be " + words + ", with scheme and port");
        }
        int port = Integer.parseInt(matcher.group(3));
        if (port > PORT_MAX) {
            throw new IllegalArgumentException("its port must be at most " + PORT_MAX);
        }
        String host = matcher.group(2).isEmpty() ? "0.0.0.0" : matcher.group(2);
        try {
            // A scheme of Kafka's may hold an underscore, which a URI may not.
            String scheme = matcher.group(1).toLowerCase(Locale.ROOT).replace('_', '-');
            return new URI(scheme, null, host, port, null, null, null);
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("its host '" + host + "' must be a name or an address", e);
        }
    }

    @Override
    public String format(URI value) {
        return value.toString();
    }
}
