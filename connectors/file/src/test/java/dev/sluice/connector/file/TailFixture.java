package dev.sluice.connector.file;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tail of one file and the hand that writes the file. */
final class TailFixture implements AutoCloseable {
    /**
     * A line that was read.
     *
     * @param text the line
     * @param position the byte behind its terminator
     */
    record Line(String text, long position) {}

    private final Path file;
    private final Charset charset;
    private final QuietFiles.Member member = QuietFiles.SHARED.join();
    private FileTail tail;
    private @Nullable FileOffset last;

    TailFixture(Path file, Charset charset) {
        this.file = file;
        this.charset = charset;
        this.tail = tail(null);
    }

    TailFixture(Path file) {
        this(file, StandardCharsets.UTF_8);
    }

    private FileTail tail(@Nullable FileOffset from) {
        FileSourceConfig config =
                new FileSourceConfig(file.toString(), "lines", 2000, 1 << 20, 1 << 20, charset, LookPace.fixed(1));
        LineBuffer buffer = new LineBuffer(LineFormat.of(charset).orElseThrow(), config.lineBytesMax());
        return new FileTail(config, file.toString(), buffer, from, System::nanoTime, member);
    }

    /** Begins anew as after a kill: with the last offset as JSON would bring it back, or without any. */
    void restart() {
        restart(last == null ? null : FileOffset.of(last));
    }

    void restart(@Nullable FileOffset from) {
        tail.close();
        tail = tail(from);
    }

    FileTail tail() {
        return tail;
    }

    QuietFiles.Member member() {
        return member;
    }

    void append(String text) throws IOException {
        append(text.getBytes(charset));
    }

    void append(byte[] bytes) throws IOException {
        Files.write(file, bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    void replaceContents(String text) throws IOException {
        Files.write(file, text.getBytes(charset), StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE);
    }

    Path rotate(String name) throws IOException {
        return Files.move(file, file.resolveSibling(name));
    }

    /** Looks at the file and reads all lines there are. */
    List<Line> lines() throws IOException {
        tail.look();
        List<Line> lines = new ArrayList<>();
        while (tail.next() == LineBuffer.Found.LINE) {
            byte[] bytes = tail.buffer().line(Integer.MAX_VALUE);
            Charset decoder = tail.buffer().format().charset();
            tail.take();
            FileOffset offset = (FileOffset) tail.position().offset();
            last = offset;
            lines.add(new Line(new String(bytes, decoder), offset.position()));
        }
        return lines;
    }

    List<String> texts() throws IOException {
        return lines().stream().map(Line::text).toList();
    }

    @Override
    public void close() {
        tail.close();
        member.close();
    }
}
