package dev.sluice.broker;

import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.topic.NewTopic;
import java.io.PrintStream;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.common.TopicPartition;

/**
 * A process that appends until it is killed, and prints what was acknowledged: {@code A <partition> <offset> <value>} for
 * a record, {@code C <offset>} for a committed group offset. Arguments: data directory, seed.
 */
final class AppendingProcess {
    static final int PARTITIONS = 3;

    private AppendingProcess() {}

    public static void main(String[] args) {
        Random random = new Random(Long.parseLong(args[1]));
        PrintStream out = new PrintStream(System.out, true, java.nio.charset.StandardCharsets.UTF_8);
        Broker broker = Broker.open(BrokerConfig.of(Map.of("log.dirs", args[0], "log.segment.bytes", "1048576")));
        broker.topics()
                .createIfMissing(NewTopic.named("t").withPartitions(PARTITIONS))
                .join();
        out.println("READY");
        for (long number = 0; ; number++) {
            int partition = random.nextInt(PARTITIONS);
            String value = ProcessHandle.current().pid() + "-" + number;
            String padding = "x".repeat(random.nextInt(20_000));
            PartitionLog log = broker.log("t", partition);
            log.append(Batches.of(value + " " + padding))
                    .thenAccept(appended -> out.println("A " + partition + " " + appended.baseOffset() + " " + value))
                    .join();
            if (number % 10 == 0) {
                long committed = log.endOffset();
                broker.groups()
                        .commit("g" + partition, Map.of(new TopicPartition("t", partition), committed))
                        .thenRun(() -> out.println("C " + partition + " " + committed))
                        .join();
            }
            if (number % 50 == 49) {
                String topic = "extra-" + ProcessHandle.current().pid() + "-" + number;
                broker.topics().create(NewTopic.named(topic).withPartitions(1)).join();
                out.println("T " + topic);
            }
        }
    }
}
