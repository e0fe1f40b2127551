package dev.sluice.connector.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Finds the end of the last whole line of a file. */
final class UnfinishedLine {
    private static final int BLOCK_BYTES = 64 * 1024;

    private UnfinishedLine() {}

    /**
     * Returns how many bytes at the start of the file are whole lines, reading backwards.
     *
     * @param floor where to stop looking; returned if no line ends behind it
     */
    static long wholeBytes(Path path, LineFormat format, long floor) throws IOException {
        int unit = format.unitBytes();
        try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
            long to = channel.size() / unit * unit;
            while (to > floor) {
                long from = Math.max(floor, to - BLOCK_BYTES);
                byte[] block = read(channel, from, (int) (to - from));
                for (int at = block.length - unit; at >= 0; at -= unit) {
                    if (format.unitAt(block, at) == format.lf()) {
                        return from + at + unit;
                    }
                }
                to = from;
            }
            return floor;
        }
    }

    private static byte[] read(FileChannel channel, long from, int count) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(count);
        while (block.hasRemaining()) {
            if (channel.read(block, from + block.position()) < 0) {
                throw new IOException("it became shorter while its end was looked at");
            }
        }
        return block.array();
    }
}
