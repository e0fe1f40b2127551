package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.LoggedLines;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConnectionsTest {
    private static final long MANY_FILES = 1_000_000;

    private static BrokerConfig.Limits limits(String... keysAndValues) {
        Map<String, String> settings = new HashMap<>(Map.of("log.dirs", "unused"));
        for (int index = 0; index < keysAndValues.length; index += 2) {
            settings.put(keysAndValues[index], keysAndValues[index + 1]);
        }
        return BrokerConfig.of(settings).network().limits();
    }

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    @Test
    void countsAllAndForgetsThoseThatEnd() throws UnknownHostException {
        Connections connections = new Connections(limits("max.connections", "2"), MANY_FILES);

        assertThat(connections.add(address("10.0.0.1"))).isEmpty();
        assertThat(connections.add(address("10.0.0.2"))).isEmpty();
        assertThat(connections.add(address("10.0.0.3"))).isEqualTo("there are max.connections=2 already");
        connections.remove(address("10.0.0.3"));
        connections.remove(address("10.0.0.1"));
        assertThat(connections.add(address("10.0.0.3"))).isEmpty();
        assertThat(connections.count()).isEqualTo(2);
    }

    @Test
    void countsPerAddressWithExceptions() throws UnknownHostException {
        Connections connections = new Connections(
                limits("max.connections.per.ip", "1", "max.connections.per.ip.overrides", "10.0.0.2:2, [::1]:0"),
                MANY_FILES);

        assertThat(connections.add(address("10.0.0.1"))).isEmpty();
        assertThat(connections.add(address("10.0.0.1")))
                .isEqualTo("there are max.connections.per.ip=1 from its address already");
        assertThat(connections.add(address("10.0.0.2"))).isEmpty();
        assertThat(connections.add(address("10.0.0.2"))).isEmpty();
        assertThat(connections.add(address("10.0.0.2")))
                .isEqualTo("max.connections.per.ip.overrides allows its address 2");
        assertThat(connections.add(address("::1"))).isEqualTo("max.connections.per.ip.overrides allows its address 0");
    }

    @Test
    void leavesHalfOfTheFilesToTheLog() throws UnknownHostException {
        Connections connections = new Connections(limits(), 2);

        assertThat(connections.add(address("10.0.0.1"))).isEmpty();
        assertThat(connections.add(address("10.0.0.1")))
                .isEqualTo("there are 1 connections already, half of the 2 files that this process may open");
    }

    @Test
    void warnsOfAHostWithoutAnAddress() {
        try (LoggedLines lines = new LoggedLines()) {
            assertThat(new Connections(limits("max.connections.per.ip.overrides", "no such host:3"), MANY_FILES))
                    .isNotNull();
            assertThat(lines.containing("names a host that has no address")).hasSize(1);
        }
    }
}
