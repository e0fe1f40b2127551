package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sluice.broker.BrokerConfig;
import dev.sluice.broker.BrokerException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;

class ListenersTest {
    private static List<Listener> read(String... keysAndValues) {
        Map<String, String> settings = new HashMap<>(Map.of("log.dirs", "data"));
        for (int index = 0; index < keysAndValues.length; index += 2) {
            settings.put(keysAndValues[index], keysAndValues[index + 1]);
        }
        return Listeners.of(BrokerConfig.of(settings).network());
    }

    @Test
    void listensOnLoopbackUnlessAsked() {
        assertThat(read())
                .containsExactly(
                        new Listener("PLAINTEXT", SecurityProtocol.PLAINTEXT, "localhost", 9092, "localhost", 9092));
        assertThat(read().get(0).isLoopback()).isTrue();
    }

    @Test
    void readsSeveralListenersAndWhatClientsAreTold() {
        assertThat(read(
                        "listeners", "PLAINTEXT://127.0.0.1:0, outside://[::]:9093",
                        "advertised.listeners", "OUTSIDE://broker.example:19093",
                        "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,OUTSIDE:sasl_ssl"))
                .containsExactly(
                        new Listener("PLAINTEXT", SecurityProtocol.PLAINTEXT, "127.0.0.1", 0, "127.0.0.1", 0),
                        new Listener("OUTSIDE", SecurityProtocol.SASL_SSL, "::", 9093, "broker.example", 19093));
    }

    @Test
    void leavesTheControllerOut() {
        assertThat(read(
                        "listeners", "PLAINTEXT://localhost:9092,CONTROLLER://localhost:9093",
                        "controller.listener.names", "CONTROLLER"))
                .hasSize(1);
    }

    @Test
    void saysEveryProblemAtOnce() {
        assertThatThrownBy(() -> read("listeners", "here,INSIDE://localhost:9093,INTERN://localhost:99999"))
                .isInstanceOf(BrokerException.BadConfig.class)
                .hasMessage("""
                        Cannot use listeners=here,INSIDE://localhost:9093,INTERN://localhost:99999: 'here' must be\
                         NAME://host:port with a port up to 65535. Correct it.
                        Cannot use listeners=here,INSIDE://localhost:9093,INTERN://localhost:99999:\
                         'INTERN://localhost:99999' must be NAME://host:port with a port up to 65535. Correct it.
                        Cannot open listener INSIDE: INSIDE is no security protocol. Say which it has with\
                         listener.security.protocol.map=INSIDE:PLAINTEXT, or SSL, SASL_PLAINTEXT, SASL_SSL.""");
    }

    @Test
    void doesNotTellClientsAnAddressThatTheyCannotCall() {
        assertThatThrownBy(() -> read("listeners", "PLAINTEXT://0.0.0.0:9092"))
                .hasMessage("Cannot tell clients the address of listener PLAINTEXT: 0.0.0.0 stands for all addresses"
                        + " and none can be called by it. Set advertised.listeners to"
                        + " PLAINTEXT://<name of this machine>:9092.");
        assertThat(read("listeners", "PLAINTEXT://:9092").get(0).advertisedHost())
                .isNotEmpty();
    }
}
