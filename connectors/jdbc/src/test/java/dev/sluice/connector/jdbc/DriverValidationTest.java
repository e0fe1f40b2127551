package dev.sluice.connector.jdbc;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.api.config.ConfigProblem;
import dev.sluice.api.connector.Connector;
import dev.sluice.api.connector.ValidationProbe;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A driver that is missing is found when settings are checked, without a connection and beside whatever else is wrong. */
final class DriverValidationTest {
    private static List<String> errors(Connector connector, String... more) {
        Map<String, String> settings = new HashMap<>(
                Map.of("connection.url", "jdbc:oracle:thin:@db:1521/shop", "mode", "bulk", "topic.prefix", "p."));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return connector.validate(settings, ValidationProbe.OFFLINE).errors().stream()
                .map(ConfigProblem::text)
                .toList();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void namesTheJarAndTheFolder(boolean isSource) {
        Connector connector = isSource ? new JdbcSourceConnector() : new JdbcSinkConnector();
        assertThat(errors(connector))
                .singleElement()
                .asString()
                .startsWith(
                        "connection.url: Cannot reach jdbc:oracle:thin:@db:1521/shop: no JDBC driver here takes this address. Put its jar"
                                + " (ojdbc17-<version>.jar) into /")
                .endsWith(" and restart Sluice, or name the jar in driver.path.");
        assertThat(errors(connector, "driver.path", "/no/such.jar"))
                .containsExactly(
                        "driver.path: Cannot use /no/such.jar: there is no such file or folder. Name the driver's jar file.");
        assertThat(errors(connector, "driver.class", "no.such.Driver"))
                .singleElement()
                .asString()
                .startsWith("driver.class: Cannot load the JDBC driver no.such.Driver: there is no such class in /");
        assertThat(errors(connector, "connection.url", "jdbc:postgresql://db/shop"))
                .isEmpty();
    }

    @Test
    void isToldBesideOtherErrors() {
        assertThat(errors(new JdbcSourceConnector(), "mode", "sometimes", "poll.interval.ms", "never"))
                .hasSize(3)
                .anyMatch(text -> text.contains("no JDBC driver here takes this address"));
        assertThat(errors(new JdbcSourceConnector(), "connection.url", "nothing"))
                .hasSize(1)
                .noneMatch(text -> text.contains("driver"));
    }
}
