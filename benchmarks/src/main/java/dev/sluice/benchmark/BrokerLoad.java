package dev.sluice.benchmark;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Loads brokers through Kafka's own Java client, with the client's default settings, and measures their processes from
 * {@code /proc}. {@code benchmarks/broker.sh} runs it from this very file, on the jars of the peer.
 *
 * <p>Arguments: the brokers as {@code NAME=HOST:PORT/PID}, then steps. Each step is done with each broker in turn, so that
 * both meet the same noise of a shared machine, and prints one line of {@link #COLUMNS} for each. Steps after {@code rounds:N} are
 * repeated; every second round takes the brokers in the opposite order.
 *
 * <pre>
 * produce:SIZE:ACKS:RECORDS            as fast as it goes, into a new topic of one partition
 * rate:SIZE:ACKS:RECORDS:PER_SECOND    at a fixed rate; the quantiles are times from send to acknowledgement
 * fetch:SIZE:ACKS:RECORDS              what was produced so, from the first record to the last
 * partitions:COUNT                     makes a topic with that many
 * connections:COUNT                    opens that many, asks one question on each, and keeps them
 * start:SCRIPT:DIRECTORY               starts another process by `SCRIPT start NAME DIRECTORY PORT` and produces one record;
 *                                      the first "quantile" is the time until it was acknowledged, the second the CPU time
 * pause:SECONDS                        nothing
 * </pre>
 *
 * <p>A word and a dash before its name make a step another one of the same kind. Each record carries its number: a produce step
 * counts if the topic ends at the number of records, a fetch step if every number came once and in order, in a record of the right
 * size.
 */
public final class BrokerLoad {
    private static final String COLUMNS =
            "broker\tround\tstep\trecords\tmb\twall_s\tcpu_s\tforeign_cores\trss_mib\tpeak_mib\tp50_ms\tp99_ms\tverified";

    private static final double TICKS_PER_SECOND = 100;
    private static final Path SELF = Path.of("/proc/self");
    /** ApiVersions, version 0, without a client id. */
    private static final byte[] QUESTION = {0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, -1, -1};

    private final String name;
    private final String address;
    private final Path process;
    private final List<SocketChannel> connections = new ArrayList<>();
    private int round;

    private BrokerLoad(String broker) {
        name = broker.substring(0, broker.indexOf('='));
        address = broker.substring(broker.indexOf('=') + 1, broker.indexOf('/'));
        process = Path.of("/proc", broker.substring(broker.indexOf('/') + 1));
    }

    /**
     * Runs the steps.
     *
     * @param arguments see above
     * @throws Exception when a broker fails
     */
    public static void main(String[] arguments) throws Exception {
        List<BrokerLoad> brokers = new ArrayList<>();
        List<String> steps = new ArrayList<>();
        for (String argument : arguments) {
            if (argument.contains("=")) {
                brokers.add(new BrokerLoad(argument));
            } else {
                steps.add(argument);
            }
        }
        System.out.println(COLUMNS);
        int rounds = 1;
        int first = 0;
        for (int index = 0; index < steps.size(); index++) {
            if (steps.get(index).startsWith("rounds:")) {
                round(1, steps.subList(0, index), brokers);
                rounds = number(steps.get(index).substring("rounds:".length()));
                first = index + 1;
            }
        }
        for (int round = 1; round <= rounds; round++) {
            round(round, steps.subList(first, steps.size()), brokers);
            Collections.reverse(brokers);
        }
    }

    private static void round(int round, List<String> steps, List<BrokerLoad> brokers) throws Exception {
        for (String step : steps) {
            for (BrokerLoad broker : brokers) {
                broker.round = round;
                broker.measure(step);
            }
        }
    }

    /** What a step did; quantiles are negative where it measured none. */
    private record Done(long records, long bytes, double p50Millis, double p99Millis, boolean isRight) {
        static final Done NOTHING = new Done(0, 0, -1, -1, true);
    }

    private Done run(String[] words) throws Exception {
        return switch (words[0].substring(words[0].indexOf('-') + 1)) {
            case "produce" -> produce(topic(words), number(words[1]), words[2], number(words[3]), 0);
            case "rate" -> produce(topic(words), number(words[1]), words[2], number(words[3]), number(words[4]));
            case "fetch" -> fetch(topic(words).replace("fetch", "produce"), number(words[1]), number(words[3]));
            case "partitions" -> create("idle", number(words[1]));
            case "connections" -> connect(number(words[1]));
            case "start" -> start(words[1], words[2]);
            case "pause" -> pause(number(words[1]));
            default -> throw new IllegalArgumentException("Cannot run step " + words[0] + ": it is not known.");
        };
    }

    private String topic(String[] words) {
        return words[0] + "-" + words[1] + "-" + words[2] + "-" + round;
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }

    private void measure(String step) throws Exception {
        double cpuBefore = cpuSeconds(process);
        double ownBefore = cpuSeconds(SELF);
        double machineBefore = machineSeconds();
        long start = System.nanoTime();
        Done done = run(step.split(":", -1));
        double wall = (System.nanoTime() - start) / 1e9;
        double cpu = cpuSeconds(process) - cpuBefore;
        double foreign = (machineSeconds() - machineBefore - (cpuSeconds(SELF) - ownBefore) - cpu) / wall;
        System.out.printf(
                Locale.ROOT,
                "%s\t%d\t%s\t%d\t%.1f\t%.3f\t%.2f\t%.2f\t%d\t%d\t%.2f\t%.2f\t%s%n",
                name,
                round,
                step,
                done.records,
                done.bytes / 1e6,
                wall,
                cpu,
                foreign,
                memoryMib("VmRSS"),
                memoryMib("VmHWM"),
                done.p50Millis,
                done.p99Millis,
                done.isRight ? "yes" : "NO");
    }

    private Done produce(String topic, int size, String acks, int count, int perSecond) throws Exception {
        var unused = create(topic, 1);
        byte[] payload = new byte[size];
        new Random(size).nextBytes(payload);
        long[] nanos = new long[perSecond == 0 ? 0 : count];
        AtomicLong failures = new AtomicLong();
        Map<String, Object> settings = Map.of("bootstrap.servers", address, "acks", acks);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var unusedPartitions = producer.partitionsFor(topic);
            long start = System.nanoTime();
            for (int number = 0; number < count; number++) {
                long due = perSecond == 0 ? 0 : waitUntil(start + number * 1_000_000_000L / perSecond);
                ByteBuffer.wrap(payload).putLong(number);
                int index = number;
                var unusedFuture = producer.send(new ProducerRecord<>(topic, payload), (metadata, failure) -> {
                    if (failure != null) {
                        failures.incrementAndGet();
                    } else if (nanos.length > 0) {
                        nanos[index] = System.nanoTime() - due;
                    }
                });
            }
            producer.flush();
        }
        boolean isRight = failures.get() == 0 && endOf(topic) == count;
        // The first tenth is left out: connections open, and code that only a fixed rate runs is compiled.
        long[] counted = Arrays.stream(nanos).skip(nanos.length / 10).sorted().toArray();
        return new Done(count, (long) count * size, quantile(counted, 0.5), quantile(counted, 0.99), isRight);
    }

    /** Returns when the record should have been sent, so that a late sender counts as waiting. */
    private static long waitUntil(long due) {
        for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return due;
    }

    private static double quantile(long[] sorted, double part) {
        return sorted.length == 0 ? -1 : sorted[(int) (sorted.length * part)] / 1e6;
    }

    private long endOf(String topic) {
        try (var consumer = consumer()) {
            TopicPartition partition = new TopicPartition(topic, 0);
            return consumer.endOffsets(List.of(partition)).getOrDefault(partition, -1L);
        }
    }

    private KafkaConsumer<byte[], byte[]> consumer() {
        Map<String, Object> settings =
                Map.of("bootstrap.servers", address, "auto.offset.reset", "earliest", "enable.auto.commit", false);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private Done fetch(String topic, int size, int count) {
        boolean isRight = true;
        int number = 0;
        long lastSeen = System.nanoTime();
        try (var consumer = consumer()) {
            consumer.assign(List.of(new TopicPartition(topic, 0)));
            while (number < count && System.nanoTime() - lastSeen < 30_000_000_000L) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofSeconds(1))) {
                    lastSeen = System.nanoTime();
                    byte[] value = record.value();
                    isRight &= record.offset() == number && value.length == size;
                    isRight &= ByteBuffer.wrap(value).getLong() == number;
                    number++;
                }
            }
        }
        return new Done(number, (long) number * size, -1, -1, isRight && number == count);
    }

    private Done create(String topic, int partitionCount) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", address))) {
            var unused = admin.createTopics(List.of(new NewTopic(topic, partitionCount, (short) 1)))
                    .all()
                    .get();
        }
        return Done.NOTHING;
    }

    private Done connect(int count) throws IOException {
        String[] parts = address.split(":", -1);
        InetSocketAddress target = new InetSocketAddress(parts[0], number(parts[1]));
        ByteBuffer size = ByteBuffer.allocate(4);
        for (int index = 0; index < count; index++) {
            SocketChannel connection = SocketChannel.open(target);
            connections.add(connection);
            int unused = connection.write(ByteBuffer.wrap(QUESTION));
            read(connection, size.clear());
            read(connection, ByteBuffer.allocate(size.getInt(0)));
        }
        return Done.NOTHING;
    }

    private static void read(SocketChannel connection, ByteBuffer into) throws IOException {
        while (into.hasRemaining()) {
            if (connection.read(into) < 0) {
                throw new IOException("the broker closed a connection");
            }
        }
    }

    private Done start(String script, String directory) throws Exception {
        int port = freePort();
        Path folder = Files.createTempDirectory(Path.of(directory), name);
        int prepared = call(script, "prepare", folder, port).waitFor();
        if (prepared != 0) {
            throw new IOException("Cannot prepare " + name + ": see " + folder + "/broker.log.");
        }
        long start = System.nanoTime();
        Process broker = call(script, "start", folder, port);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", "127.0.0.1:" + port, "reconnect.backoff.max.ms", 50, "retry.backoff.ms", 10);
        try (var producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
            var unused =
                    producer.send(new ProducerRecord<>("first", new byte[100])).get();
            double millis = (System.nanoTime() - start) / 1e6;
            double cpuMillis = cpuSeconds(Path.of("/proc", String.valueOf(broker.pid()))) * 1000;
            return new Done(1, 0, millis, cpuMillis, true);
        } finally {
            broker.destroy();
            int unused = broker.waitFor();
            delete(folder);
        }
    }

    private Process call(String script, String what, Path folder, int port) throws IOException {
        return new ProcessBuilder(script, what, name, folder.toString(), String.valueOf(port))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("broker.log").toFile()))
                .start();
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> paths = Files.walk(folder)) {
            for (Path path : paths.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(path);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static Done pause(int seconds) throws InterruptedException {
        TimeUnit.SECONDS.sleep(seconds);
        return Done.NOTHING;
    }

    private static double cpuSeconds(Path process) throws IOException {
        String stat = Files.readString(process.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / TICKS_PER_SECOND;
    }

    /** All but idle and waiting for a disk. */
    private static double machineSeconds() throws IOException {
        String[] fields = Files.readAllLines(Path.of("/proc/stat")).get(0).split(" +", -1);
        return IntStream.of(1, 2, 3, 6, 7, 8)
                        .mapToLong(index -> Long.parseLong(fields[index]))
                        .sum()
                / TICKS_PER_SECOND;
    }

    private long memoryMib(String which) throws IOException {
        return Files.readAllLines(process.resolve("status")).stream()
                .filter(line -> line.startsWith(which + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .sum();
    }
}
