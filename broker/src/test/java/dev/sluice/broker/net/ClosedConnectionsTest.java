package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.LoggedLines;
import dev.sluice.broker.net.ClosedConnections.Cause;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ClosedConnectionsTest {
    private final AtomicLong now = new AtomicLong(-5);
    private final ClosedConnections closed = new ClosedConnections(now::get);

    private static InetSocketAddress client(int number) throws UnknownHostException {
        byte[] address = {10, 0, (byte) (number >> 8), (byte) number};
        return new InetSocketAddress(InetAddress.getByAddress(address), 1000 + number);
    }

    @Test
    void writesOneLinePerCauseAndAddressInAMinuteAndCountsTheRest() throws UnknownHostException {
        try (LoggedLines lines = new LoggedLines()) {
            for (int count = 0; count < 10; count++) {
                closed.report(client(1), Cause.BAD_REQUEST, "nonsense");
                closed.report(client(1), Cause.TOO_MANY, "enough");
                closed.report(client(2), Cause.BAD_REQUEST, "nonsense");
            }
            assertThat(lines.all())
                    .containsExactly(
                            "WARN a connection is closed [client=\"/10.0.0.1:1001\", cause=\"BAD_REQUEST\","
                                    + " reason=\"nonsense\"]",
                            "WARN a connection is closed [client=\"/10.0.0.1:1001\", cause=\"TOO_MANY\","
                                    + " reason=\"enough\"]",
                            "WARN a connection is closed [client=\"/10.0.0.2:1002\", cause=\"BAD_REQUEST\","
                                    + " reason=\"nonsense\"]");

            now.addAndGet(Duration.ofMinutes(1).toNanos());
            closed.report(client(1), Cause.BAD_REQUEST, "again");
            assertThat(lines.all()).hasSize(4);
            assertThat(lines.all().get(3)).contains("sinceLastLine=\"9\"", "reason=\"again\"");
        }
    }

    @Test
    void countsTogetherWhatComesFromTooManyAddresses() throws UnknownHostException {
        try (LoggedLines lines = new LoggedLines()) {
            for (int number = 0; number < 3000; number++) {
                closed.report(client(number), Cause.BAD_REQUEST, "nonsense");
            }
            assertThat(lines.all()).hasSize(1001);

            now.addAndGet(Duration.ofMinutes(1).toNanos());
            closed.report(client(5000), Cause.BAD_REQUEST, "nonsense");
            assertThat(lines.all()).hasSize(1002);
        }
    }
}
