package dev.sluice.broker.group;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Batches;
import dev.sluice.broker.group.TestingConsumers.GroupProtocolName;
import dev.sluice.broker.net.RunningBroker;
import dev.sluice.broker.topic.NewTopic;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.CommitFailedException;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Members that come and go by chance while records come: no record is missed, and only what was not committed repeats. */
@Timeout(180)
class GroupChurnIT {
    private static final int PARTITIONS = 4;
    private static final int RECORDS = 200;
    private static final int MEMBERS_MAX = 3;
    private static final long LIMIT_NANOS = Duration.ofMinutes(2).toNanos();

    @TempDir
    Path folder;

    private final List<KafkaConsumer<String, String>> members = new ArrayList<>();
    private final Map<String, Integer> seen = new HashMap<>();
    private final Set<String> mayRepeat = new HashSet<>();

    @ParameterizedTest
    @EnumSource
    void missesNothing(GroupProtocolName protocol) throws Exception {
        long seed = System.nanoTime();
        Random chance = new Random(seed);
        try (RunningBroker broker = RunningBroker.with(
                folder,
                Map.of(
                        "group.min.session.timeout.ms", "1000",
                        "group.consumer.min.heartbeat.interval.ms", "50",
                        "group.consumer.heartbeat.interval.ms", "50",
                        "group.consumer.assignment.interval.ms", "0"))) {
            broker.broker()
                    .topics()
                    .create(NewTopic.named("t").withPartitions(PARTITIONS))
                    .get(30, TimeUnit.SECONDS);
            run(broker, protocol, chance, seed);
        }

        assertThat(seen).as("seed %s", seed).hasSize(RECORDS);
        assertThat(seen.entrySet().stream().filter(entry -> entry.getValue() > 1))
                .as("seed %s", seed)
                .allMatch(entry -> mayRepeat.contains(entry.getKey()));
    }

    private void run(RunningBroker broker, GroupProtocolName protocol, Random chance, long seed) throws Exception {
        long start = System.nanoTime();
        int written = 0;
        while (seen.size() < RECORDS) {
            if (written < RECORDS) {
                broker.broker()
                        .append("t", chance.nextInt(PARTITIONS), Batches.of("v" + written))
                        .get(30, TimeUnit.SECONDS);
                written++;
            }
            changeMembers(broker, protocol, chance);
            members.forEach(this::step);
            assertThat(System.nanoTime() - start)
                    .as("%s of %s records are seen, seed %s", seen.size(), RECORDS, seed)
                    .isLessThan(LIMIT_NANOS);
        }
        members.forEach(KafkaConsumer::close);
    }

    private void changeMembers(RunningBroker broker, GroupProtocolName protocol, Random chance) {
        int dice = chance.nextInt(20);
        if (members.isEmpty() || (dice == 0 && members.size() < MEMBERS_MAX)) {
            KafkaConsumer<String, String> member = TestingConsumers.open(broker.address(), protocol, "g", Map.of());
            member.subscribe(List.of("t"));
            members.add(member);
        } else if (dice == 1 && members.size() > 1) {
            members.remove(chance.nextInt(members.size())).close();
        }
    }

    /** What was read is committed before anybody else may read; where that is refused, it may come again. */
    private void step(KafkaConsumer<String, String> member) {
        List<String> values = new ArrayList<>();
        for (ConsumerRecord<String, String> record : member.poll(Duration.ofMillis(10))) {
            values.add(record.value());
            seen.merge(record.value(), 1, Integer::sum);
        }
        try {
            member.commitSync(Duration.ofSeconds(10));
        } catch (CommitFailedException | RebalanceInProgressException refused) {
            mayRepeat.addAll(values);
        }
    }
}
