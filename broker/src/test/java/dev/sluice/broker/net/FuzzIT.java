package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sluice.broker.Batches;
import dev.sluice.broker.LoggedLines;
import dev.sluice.broker.handler.Backend;
import dev.sluice.broker.handler.Endpoint;
import dev.sluice.broker.handler.Handler;
import dev.sluice.broker.handler.Handlers;
import dev.sluice.broker.topic.NewTopic;
import io.netty.util.internal.PlatformDependent;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.common.requests.RequestHeader;
import org.apache.kafka.common.utils.Crc32C;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What no client of Kafka sends: requests that are cut, bent and blown up by chance. The broker may refuse or end the
 * connection; it never loses a thread, takes memory without a bound, calls it its own fault, or keeps the next client waiting.
 */
@Timeout(1_800)
class FuzzIT {
    private static final int FACTOR = Boolean.getBoolean("sluice.soak") ? 100 : 1;
    private static final long HEAP_GROWTH_MAX = 100 << 20;
    private static final long DIRECT_GROWTH_MAX = 64 << 20;

    @TempDir
    Path folder;

    /** The ordinary build repeats what it has seen; the soak looks for what nobody has. */
    private final long seed = Long.getLong("sluice.seed", Boolean.getBoolean("sluice.soak") ? System.nanoTime() : 1);

    private final Random random = new Random(seed);
    private final LoggedLines lines = new LoggedLines();
    private RunningBroker running;
    private SampleRequests samples;
    private Set<String> threadsBefore;
    private long heapBefore;
    private long directBefore;

    @BeforeEach
    void open() throws IOException {
        System.out.println("FuzzIT: repeat with -Dsluice.seed=" + seed);
        running = RunningBroker.with(
                folder, Map.of("queued.max.request.bytes", "20000000", "request.receive.timeout.ms", "1000"));
        samples = new SampleRequests(running.broker()
                .topics()
                .create(NewTopic.named("t").withPartitions(2))
                .join());
        running.broker().append("t", 0, Batches.of("a", "b")).join();
        assertThatTheNextClientIsServed();
        threadsBefore = brokerThreads();
        heapBefore = heapBytes();
        directBefore = PlatformDependent.usedDirectMemory();
    }

    @AfterEach
    void close() throws IOException {
        try {
            assertThatTheNextClientIsServed();
            assertThat(brokerThreads()).as("threads, seed %s", seed).containsAll(threadsBefore);
            assertThat(heapBytes() - heapBefore).as("heap, seed %s", seed).isLessThan(HEAP_GROWTH_MAX);
            assertThat(PlatformDependent.usedDirectMemory() - directBefore)
                    .as("direct memory, seed %s", seed)
                    .isLessThan(DIRECT_GROWTH_MAX);
            assertThat(lines.containing("ERROR"))
                    .as("faults of our own, seed %s", seed)
                    .isEmpty();
            assertThat(lines.containing("a connection is closed").size())
                    .as("lines, one per cause and minute")
                    .isLessThanOrEqualTo(4 * 30);
        } finally {
            lines.close();
            running.close();
        }
    }

    private void assertThatTheNextClientIsServed() throws IOException {
        for (int count = 0; count < 4; count++) { // event loops take turns
            try (RawClient next = client()) {
                assertThat(next.call(ApiKeys.API_VERSIONS, 0, new ApiVersionsRequestData())
                                .errorCounts())
                        .containsOnlyKeys(Errors.NONE);
                assertThat(next.call(ApiKeys.PRODUCE, 9, samples.produce(9, (short) 1, count % 2, Batches.of("next")))
                                .errorCounts())
                        .containsOnlyKeys(Errors.NONE);
            }
        }
    }

    /** Threads that live as long as the broker. */
    private static Set<String> brokerThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .map(Thread::getName)
                .filter(name -> name.matches("log-\\d+|vert.x-eventloop-thread-\\d+"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static long heapBytes() {
        Runtime runtime = Runtime.getRuntime();
        runtime.gc();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private RawClient client() throws IOException {
        return new RawClient(running.port());
    }

    /** Sends what may be refused at any byte, and reads what comes, for a moment. */
    private void send(byte[] bytes) throws IOException {
        try (RawClient client = client()) {
            client.sendBytes(bytes);
            client.endOutput();
            client.drain(Duration.ofSeconds(10));
        } catch (IOException ended) {
            assertThat(ended).as("seed %s", seed).hasMessageNotContaining("refused");
        }
    }

    private List<byte[]> validFrames() {
        Backend backend = new Backend(running.broker(), running.config(), listener -> new Endpoint("here", 1));
        List<byte[]> frames = new ArrayList<>();
        for (Handler<?> handler : Handlers.of(backend).all()) {
            for (short version = handler.versions().oldest();
                    version <= handler.versions().latest();
                    version++) {
                RequestHeader header = new RequestHeader(handler.key(), version, "fuzz", random.nextInt());
                samples.of(handler.key(), version).ifPresent(sample -> frames.add(RawClient.frame(header, sample)));
            }
        }
        return frames;
    }

    @Test
    void requestsWithWrongBytes() throws IOException {
        for (byte[] valid : validFrames()) {
            for (int round = 0; round < 3 * FACTOR; round++) {
                byte[] mutated = valid.clone();
                int changes = 1 + random.nextInt(4);
                for (int change = 0; change < changes; change++) {
                    mutate(mutated, 8 + random.nextInt(mutated.length - 8)); // size, key and version stay
                }
                send(mutated);
            }
        }
    }

    private void mutate(byte[] bytes, int position) {
        switch (random.nextInt(4)) {
            case 0 -> bytes[position] = (byte) random.nextInt();
            case 1 -> bytes[position] ^= (byte) (1 << random.nextInt(8));
            case 2 -> bytes[position] = (byte) (random.nextBoolean() ? 0xFF : 0x7F);
            default ->
                Arrays.fill(bytes, position, Math.min(bytes.length, position + 4), (byte) (random.nextInt(3) - 1));
        }
    }

    @Test
    void requestsOfAnotherLength() throws IOException {
        for (byte[] valid : validFrames()) {
            for (int round = 0; round < FACTOR; round++) {
                int length = 5 + random.nextInt(valid.length + 20);
                byte[] cut = Arrays.copyOf(valid, length);
                if (random.nextBoolean()) { // the size tells the truth
                    ByteBuffer.wrap(cut).putInt(length - 4);
                }
                send(cut);
            }
        }
    }

    @Test
    void sizesThatAreNotTrue() throws IOException {
        for (int round = 0; round < 30 * FACTOR; round++) {
            byte[] bytes = new byte[4 + random.nextInt(100)];
            random.nextBytes(bytes);
            int[] sizes = {0, 1, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, 104_857_600, 104_857_601, random.nextInt()};
            ByteBuffer.wrap(bytes).putInt(sizes[random.nextInt(sizes.length)]);
            send(bytes);
        }
    }

    @Test
    void listsThatAreSaidToBeLong() throws IOException {
        for (ApiKeys key : List.of(ApiKeys.METADATA, ApiKeys.FETCH, ApiKeys.CREATE_TOPICS, ApiKeys.OFFSET_FETCH)) {
            for (int claimed : new int[] {Integer.MAX_VALUE, 1 << 24, -2, Integer.MIN_VALUE}) {
                byte[] body = new byte[4 + 8 + 2 + 40];
                ByteBuffer.wrap(body)
                        .putInt(body.length - 4)
                        .putShort(key.id)
                        .putShort(key == ApiKeys.FETCH ? (short) 4 : (short) 2)
                        .putInt(1)
                        .putShort((short) -1)
                        .putInt(claimed);
                send(body);
            }
        }
    }

    @Test
    void listsThatAreLong() throws IOException {
        int size = 4_000_000;
        for (int unit : new int[] {1, 3, 4}) {
            // Metadata v9: array of names, each with an empty name and no tags; of unit 1 all zeros.
            byte[] frame = new byte[4 + size];
            ByteBuffer buffer = ByteBuffer.wrap(frame);
            buffer.putInt(size)
                    .putShort(ApiKeys.METADATA.id)
                    .putShort((short) 9)
                    .putInt(1);
            buffer.putShort((short) -1).put((byte) 0);
            putVarint(buffer, (size - 30) / unit);
            while (unit == 3 && buffer.remaining() > 30) {
                buffer.put((byte) 2).put((byte) 'x').put((byte) 0);
            }
            while (unit == 4 && buffer.remaining() > 30) {
                buffer.put((byte) 3)
                        .put((byte) random.nextInt())
                        .put((byte) 'y')
                        .put((byte) 0);
            }
            send(frame);
        }
    }

    private static void putVarint(ByteBuffer buffer, int value) {
        int rest = value;
        while ((rest & ~0x7F) != 0) {
            buffer.put((byte) ((rest & 0x7F) | 0x80));
            rest >>>= 7;
        }
        buffer.put((byte) rest);
    }

    @Test
    void requestsThatComeByteByByteAndStop() throws IOException {
        List<byte[]> frames = validFrames();
        List<RawClient> halfOpen = new ArrayList<>();
        try {
            for (int count = 0; count < 50; count++) {
                RawClient client = client();
                halfOpen.add(client);
                byte[] frame = frames.get(random.nextInt(frames.size()));
                for (int index = 0; index < random.nextInt(frame.length); index++) {
                    client.sendBytes(frame[index]);
                }
            }
            assertThatTheNextClientIsServed();
        } finally {
            for (RawClient client : halfOpen) {
                client.close();
            }
        }
    }

    @Test
    void clientsThatNeverReadTheirAnswers() throws IOException {
        for (int count = 0; count < 20; count++) {
            running.broker().append("t", 1, Batches.of("x".repeat(900_000))).join();
        }
        List<byte[]> frames = validFrames();
        List<RawClient> deaf = new ArrayList<>();
        try {
            for (int count = 0; count < 30; count++) {
                RawClient client = client();
                deaf.add(client);
                RequestHeader header = new RequestHeader(ApiKeys.FETCH, (short) 12, "deaf", count);
                byte[] fetch = RawClient.frame(header, samples.fetch(12, 0, 1, 0));
                for (int index = 0; index < 100; index++) {
                    client.sendBytes(index % 2 == 0 ? fetch : frames.get(random.nextInt(frames.size())));
                }
            }
            assertThatTheNextClientIsServed();
            assertThat(heapBytes() - heapBefore).as("heap, seed %s", seed).isLessThan(HEAP_GROWTH_MAX);
            assertThat(PlatformDependent.usedDirectMemory() - directBefore).isLessThan(DIRECT_GROWTH_MAX);
        } finally {
            for (RawClient client : deaf) {
                client.close();
            }
        }
    }

    /** A batch that says it has many records, and one that has: its megabyte becomes many when it is opened. */
    @ParameterizedTest
    @EnumSource(
            value = CompressionType.class,
            names = {"GZIP", "LZ4", "ZSTD"})
    void bombs(CompressionType type) throws IOException {
        int valueBytes = 50_000_000;
        MemoryRecords large =
                MemoryRecords.withRecords(Compression.of(type).build(), new SimpleRecord(1000L, new byte[valueBytes]));
        assertThat(large.sizeInBytes()).isLessThan(1_000_000);
        MemoryRecords many =
                MemoryRecords.withRecords(Compression.of(type).build(), new SimpleRecord(1000L, new byte[10]));
        ByteBuffer claim = many.buffer();
        claim.putInt(DefaultRecordBatch.RECORDS_COUNT_OFFSET, 900_000);
        claim.putInt(23, 899_999); // the delta of the last offset
        claim.putInt(17, (int) Crc32C.compute(claim, 21, claim.limit() - 21));
        try (RawClient client = client()) {
            assertThat(client.call(ApiKeys.PRODUCE, 9, samples.produce(9, (short) 1, large))
                            .errorCounts())
                    .containsOnlyKeys(Errors.NONE);
            ApiMessage claimed = samples.produce(9, (short) 1, many);
            assertThat(client.call(ApiKeys.PRODUCE, 9, claimed).errorCounts()).containsOnlyKeys(Errors.INVALID_RECORD);
            claim.putInt(DefaultRecordBatch.RECORDS_COUNT_OFFSET, Integer.MAX_VALUE);
            claim.putInt(23, Integer.MAX_VALUE - 1);
            claim.putInt(17, (int) Crc32C.compute(claim, 21, claim.limit() - 21));
            assertThat(client.call(ApiKeys.PRODUCE, 9, samples.produce(9, (short) 1, many))
                            .errorCounts())
                    .containsOnlyKeys(Errors.MESSAGE_TOO_LARGE);
        }
    }

    /** Batches whose checksum is right and whose records are not. */
    @ParameterizedTest
    @EnumSource(
            value = CompressionType.class,
            names = {"NONE", "GZIP", "SNAPPY", "LZ4", "ZSTD"})
    void batchesWithWrongBytes(CompressionType type) throws IOException {
        SimpleRecord[] records = new SimpleRecord[20];
        for (int index = 0; index < records.length; index++) {
            records[index] =
                    new SimpleRecord(1000L + index, ("key" + index).getBytes(StandardCharsets.UTF_8), new byte[50]);
        }
        for (int round = 0; round < 100 * FACTOR; round++) {
            MemoryRecords batch = MemoryRecords.withRecords(Compression.of(type).build(), records);
            ByteBuffer bytes = batch.buffer();
            int from = random.nextInt(3) == 0 ? 21 : 61;
            for (int change = 0; change <= random.nextInt(3); change++) {
                mutate(bytes.array(), bytes.arrayOffset() + from + random.nextInt(bytes.limit() - from));
            }
            bytes.putInt(17, (int) Crc32C.compute(bytes, 21, bytes.limit() - 21));
            RequestHeader header = new RequestHeader(ApiKeys.PRODUCE, (short) 9, "fuzz", round);
            send(RawClient.frame(header, samples.produce(9, (short) 1, round % 2, batch)));
        }
    }
}
