package dev.sluice.broker.net;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.BrokerException;
import dev.sluice.broker.handler.Endpoint;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.security.auth.SecurityProtocol;

/** Reads {@code listeners} and {@code advertised.listeners}: {@code NAME://host:port}, several with commas. */
final class Listeners {
    private static final Pattern ADDRESS =
            Pattern.compile("([A-Za-z0-9_.-]+)://(?:\\[([^\\]]*)\\]|([^:\\[\\]]*)):(\\d+)");
    private static final int PORT_MAX = 65_535;

    private final BrokerConfig.Network config;
    private final List<String> problems = new ArrayList<>();

    private Listeners(BrokerConfig.Network config) {
        this.config = config;
    }

    /** Reads them; throws with every problem at once. */
    static List<Listener> of(BrokerConfig.Network config) {
        Listeners reading = new Listeners(config);
        List<Listener> listeners = reading.read();
        if (listeners.isEmpty() && reading.problems.isEmpty()) {
            reading.problems.add("Cannot listen: listeners=" + config.listeners() + " names no address for clients. "
                    + "Set it to something like PLAINTEXT://localhost:9092.");
        }
        if (!reading.problems.isEmpty()) {
            throw new BrokerException.BadConfig(reading.problems);
        }
        return listeners;
    }

    private List<Listener> read() {
        Map<String, Endpoint> bound = parse("listeners", config.listeners());
        Map<String, Endpoint> advertised = parse("advertised.listeners", config.advertisedListeners());
        List<String> controllers = words(config.controllerNames().toUpperCase(Locale.ROOT));
        bound.keySet().removeAll(controllers);
        advertised.keySet().removeAll(controllers);
        for (String name : advertised.keySet()) {
            if (!bound.containsKey(name)) {
                problems.add("Cannot advertise listener " + name + ": listeners=" + config.listeners()
                        + " has none of this name. Add it there or take it out of advertised.listeners.");
            }
        }
        List<Listener> listeners = new ArrayList<>();
        Map<String, String> protocols = protocols();
        bound.forEach((name, address) -> {
            Endpoint told = advertised.containsKey(name) ? advertised.get(name) : told(name, address);
            protocol(name, protocols).ifPresent(protocol -> listeners.add(listener(name, protocol, address, told)));
        });
        return listeners;
    }

    private static Listener listener(String name, SecurityProtocol protocol, Endpoint address, Endpoint told) {
        String host = address.host().isEmpty() ? "0.0.0.0" : address.host();
        return new Listener(name, protocol, host, address.port(), told.host(), told.port());
    }

    /** What clients are told where advertised.listeners does not say it. */
    private Endpoint told(String name, Endpoint address) {
        if (address.host().equals("0.0.0.0") || address.host().equals("::")) {
            problems.add("Cannot tell clients the address of listener " + name + ": " + address.host()
                    + " stands for all addresses and none can be called by it. Set advertised.listeners to " + name
                    + "://<name of this machine>:" + address.port() + ".");
        }
        return address.host().isEmpty() ? new Endpoint(nameOfThisMachine(), address.port()) : address;
    }

    private static String nameOfThisMachine() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    private Map<String, Endpoint> parse(String key, String text) {
        Map<String, Endpoint> addresses = new LinkedHashMap<>();
        for (String word : words(text)) {
            Matcher parts = ADDRESS.matcher(word);
            if (!parts.matches() || parts.group(4).length() > 5 || Integer.parseInt(parts.group(4)) > PORT_MAX) {
                problems.add("Cannot use " + key + "=" + text + ": '" + word + "' must be NAME://host:port with a port"
                        + " up to " + PORT_MAX + ". Correct it.");
                continue;
            }
            String name = parts.group(1).toUpperCase(Locale.ROOT);
            String host = parts.group(2) == null ? parts.group(3) : parts.group(2);
            if (addresses.put(name, new Endpoint(host, Integer.parseInt(parts.group(4)))) != null) {
                problems.add("Cannot use " + key + "=" + text + ": it has two listeners " + name + ". Rename one.");
            }
        }
        return addresses;
    }

    private Map<String, String> protocols() {
        Map<String, String> protocols = new TreeMap<>();
        for (String word : words(config.protocolMap())) {
            String[] parts = word.split(":", -1);
            if (parts.length != 2) {
                problems.add("Cannot use listener.security.protocol.map=" + config.protocolMap() + ": '" + word
                        + "' must be NAME:PROTOCOL. Correct it.");
                continue;
            }
            protocols.put(parts[0].toUpperCase(Locale.ROOT), parts[1].toUpperCase(Locale.ROOT));
        }
        return protocols;
    }

    /** As in Kafka, a listener whose name is in no map has the protocol of its name. */
    private Optional<SecurityProtocol> protocol(String name, Map<String, String> protocols) {
        String protocol = protocols.getOrDefault(name, name);
        try {
            return Optional.of(SecurityProtocol.forName(protocol));
        } catch (IllegalArgumentException e) {
            problems.add("Cannot open listener " + name + ": " + protocol + " is no security protocol. Say which it has"
                    + " with listener.security.protocol.map=" + name + ":PLAINTEXT, or SSL, SASL_PLAINTEXT, SASL_SSL.");
            return Optional.empty();
        }
    }

    private static List<String> words(String text) {
        return Arrays.stream(text.split(",", -1))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }
}
