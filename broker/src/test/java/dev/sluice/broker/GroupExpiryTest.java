package dev.sluice.broker;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestPartition;
import org.apache.kafka.common.message.OffsetCommitRequestData.OffsetCommitRequestTopic;
import org.apache.kafka.common.network.ClientInformation;
import org.apache.kafka.common.network.ListenerName;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.requests.RequestContext;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.security.auth.SecurityProtocol;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Offsets that nobody renews go after {@code offsets.retention.minutes}; the place of a connector stays. */
@Timeout(60)
class GroupExpiryTest {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    @TempDir
    Path folder;

    private final ManualClock clock = new ManualClock();

    @Test
    void forgetsClientsThatStayAwayAndNeverAConnector() throws Exception {
        try (Broker broker = open()) {
            broker.groups().commit("connect-before", Map.of(T0, 1L)).get(30, TimeUnit.SECONDS);
            commitFromOutside(broker, "outside");
            broker.groups().commit("connect-after", Map.of(T0, 1L)).get(30, TimeUnit.SECONDS);
            assertThat(broker.groups().list()).containsExactly("connect-after", "connect-before", "outside");

            clock.advance(Duration.ofMinutes(61));
            while (broker.groups().list().contains("outside")) {
                Thread.onSpinWait();
            }

            assertThat(broker.groups().list()).containsExactly("connect-after", "connect-before");
        }
        clock.advance(Duration.ofDays(1_000));
        try (Broker broker = open()) {
            broker.groupService().start().get(30, TimeUnit.SECONDS);
            commitFromOutside(broker, "outside");
            clock.advance(Duration.ofMinutes(61));
            while (broker.groups().list().contains("outside")) {
                Thread.onSpinWait();
            }
            assertThat(broker.groups().list()).containsExactly("connect-after", "connect-before");
        }
    }

    private Broker open() {
        return Broker.open(
                BrokerConfig.of(Map.of(
                        "log.dirs",
                        folder.toString(),
                        "offsets.retention.minutes",
                        "60",
                        "offsets.retention.check.interval.ms",
                        "20")),
                clock);
    }

    private static void commitFromOutside(Broker broker, String group) throws Exception {
        RequestContext caller = new RequestContext(
                new RequestHeader(ApiKeys.OFFSET_COMMIT, (short) 9, "test", 1),
                "1",
                java.net.InetAddress.getLoopbackAddress(),
                KafkaPrincipal.ANONYMOUS,
                new ListenerName("PLAINTEXT"),
                SecurityProtocol.PLAINTEXT,
                ClientInformation.EMPTY,
                false);
        OffsetCommitRequestTopic topic = new OffsetCommitRequestTopic().setName("t");
        topic.partitions().add(new OffsetCommitRequestPartition().setCommittedOffset(5));
        OffsetCommitRequestData request = new OffsetCommitRequestData().setGroupId(group);
        request.topics().add(topic);
        var answer = broker.groupService().commitOffsets(caller, request).get(30, TimeUnit.SECONDS);
        assertThat(answer.topics().get(0).partitions().get(0).errorCode()).isZero();
    }
}
