package dev.sluice.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramesTest {
    @Test
    void cutsTheSameFramesHoweverTheBytesCome() throws Frames.MalformedFrame {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 200; round++) {
            List<byte[]> sent = new ArrayList<>();
            ByteBuffer stream = ByteBuffer.allocate(10_000);
            for (int count = 0; count < 10; count++) {
                byte[] frame = new byte[random.nextInt(500)];
                random.nextBytes(frame);
                sent.add(frame);
                stream.putInt(frame.length).put(frame);
            }
            assertThat(cut(stream.flip(), random)).as("seed %s", seed).containsExactlyElementsOf(sent);
        }
    }

    @Test
    void joinsSmallPiecesThatPileUp() throws Frames.MalformedFrame {
        Frames frames = new Frames(1_000_000);
        byte[] expected = new byte[100_000];
        new Random(1).nextBytes(expected);
        frames.add(ByteBuffer.allocate(4).putInt(0, expected.length));
        for (byte each : expected) {
            frames.add(ByteBuffer.wrap(new byte[] {each}));
            assertThat(frames.hasSize()).isTrue();
        }
        assertThat(frames.pieceCount()).isLessThan(20);

        byte[] found = new byte[expected.length];
        Objects.requireNonNull(frames.next()).get(found);
        assertThat(found).isEqualTo(expected);
    }

    private static List<byte[]> cut(ByteBuffer stream, Random random) throws Frames.MalformedFrame {
        Frames frames = new Frames(1000);
        List<byte[]> found = new ArrayList<>();
        while (stream.hasRemaining()) {
            int size = Math.min(stream.remaining(), 1 + random.nextInt(700));
            frames.add(stream.slice(stream.position(), size));
            stream.position(stream.position() + size);
            while (frames.hasSize()) {
                ByteBuffer frame = frames.next();
                if (frame == null) {
                    break;
                }
                byte[] bytes = new byte[frame.remaining()];
                frame.get(bytes);
                found.add(bytes);
            }
        }
        return found;
    }

    @Test
    void takesTheLargestSizeAndRefusesOneMore() throws Frames.MalformedFrame {
        Frames largest = new Frames(1000);
        largest.add(ByteBuffer.allocate(4).putInt(0, 1000));
        assertThat(largest.hasSize()).isTrue();

        Frames larger = new Frames(1000);
        larger.add(ByteBuffer.allocate(4).putInt(0, 1001));
        assertThatThrownBy(larger::hasSize)
                .hasMessage("a request of 1001 bytes; allowed are 0 to socket.request.max.bytes=1000");
    }
}
