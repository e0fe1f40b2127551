package dev.sluice.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.LongDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.kstream.Produced;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Kafka Streams counts words: a repartition topic, a changelog that is restored after a restart, and a result topic. */
@ExtendWith(BrokerUnderTest.class)
@Timeout(300)
class StreamsIT {
    private static final List<String> WORDS =
            List.of("sluice", "gate", "water", "mill", "wheel", "über", "log", "river");
    private static final int LINES = 400;
    private static final Duration CLOSE_MAX = Duration.ofMinutes(1);
    private static final Duration POLL = Duration.ofMillis(500);

    private final String run = UUID.randomUUID().toString().substring(0, 8);
    private final String input = "lines-" + run;
    private final String output = "counts-" + run;
    private final List<String> lines = lines(new Random(7));

    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"at_least_once", "exactly_once_v2"})
    void countsWords(String guarantee, BrokerUnderTest.Address broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrap()))) {
            admin.createTopics(List.of(new NewTopic(input, 2, (short) 1), new NewTopic(output, 1, (short) 1)))
                    .all()
                    .get();
        }

        List<String> half = lines.subList(0, LINES / 2);
        write(broker, half);
        count(broker, guarantee, "before", half);
        write(broker, lines.subList(LINES / 2, LINES));
        count(broker, guarantee, "after", lines);

        Map<String, List<Long>> counts = results(broker, total(lines));
        expected(lines)
                .forEach((word, count) -> assertThat(counts.get(word))
                        .as(word)
                        .isEqualTo(LongStream.rangeClosed(1, count).boxed().toList()));
    }

    private static List<String> lines(Random random) {
        return IntStream.range(0, LINES)
                .mapToObj(line -> String.join(
                        " ",
                        random.ints(1 + random.nextInt(6), 0, WORDS.size())
                                .mapToObj(WORDS::get)
                                .toList()))
                .toList();
    }

    /** The count that the result is compared with. */
    private static Map<String, Long> expected(List<String> lines) {
        Map<String, Long> counts = new HashMap<>();
        lines.forEach(line -> List.of(line.split(" ", -1)).forEach(word -> counts.merge(word, 1L, Long::sum)));
        return counts;
    }

    private static long total(List<String> lines) {
        return expected(lines).values().stream().mapToLong(Long::longValue).sum();
    }

    private void write(BrokerUnderTest.Address broker, List<String> some) {
        try (var producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", broker.bootstrap()), new StringSerializer(), new StringSerializer())) {
            for (String line : some) {
                var unused = producer.send(new ProducerRecord<>(input, line));
            }
        }
    }

    /** Runs the application, with a state folder of its own, until the result has a record per word of these lines. */
    private void count(BrokerUnderTest.Address broker, String guarantee, String state, List<String> all) {
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "word-count-" + run);
        settings.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, broker.bootstrap());
        settings.put(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, guarantee);
        settings.put(StreamsConfig.STATE_DIR_CONFIG, folder.resolve(state).toString());
        settings.put(StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG, 0);
        settings.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 100);
        settings.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        settings.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        settings.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
        KafkaStreams streams = new KafkaStreams(topology(), settings);
        try {
            streams.start();
            assertThat(results(broker, total(all))).hasSize(expected(all).size());
        } finally {
            // Without leaving, the next start would wait until the session of this one expires.
            streams.close(CloseOptions.groupMembershipOperation(CloseOptions.GroupMembershipOperation.LEAVE_GROUP)
                    .withTimeout(CLOSE_MAX));
        }
    }

    private Topology topology() {
        StreamsBuilder builder = new StreamsBuilder();
        builder.<String, String>stream(input)
                .flatMapValues(line -> List.of(line.split(" ", -1)))
                .groupBy((key, word) -> word)
                .count()
                .toStream()
                .to(output, Produced.with(Serdes.String(), Serdes.Long()));
        return builder.build();
    }

    /** Reads committed results from the beginning until there are so many, and then to the end: all counts of each word. */
    private Map<String, List<Long>> results(BrokerUnderTest.Address broker, long count) {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", broker.bootstrap(), "isolation.level", "read_committed");
        Map<String, List<Long>> counts = new HashMap<>();
        long seen = 0;
        TopicPartition partition = new TopicPartition(output, 0);
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new LongDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            var polled = consumer.poll(POLL);
            while (seen < count || !polled.isEmpty()) {
                for (ConsumerRecord<String, Long> record : polled) {
                    counts.computeIfAbsent(record.key(), word -> new ArrayList<>())
                            .add(record.value());
                    seen++;
                }
                polled = consumer.poll(POLL);
            }
        }
        return counts;
    }
}
