package dev.sluice.connector.file;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.RenderedWrite;
import dev.sluice.api.connector.RendersWrites;
import dev.sluice.api.connector.SinkTask;
import dev.sluice.api.connector.SinkTaskContext;
import dev.sluice.api.error.ConnectorException;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SinkRecord;
import dev.sluice.api.record.TopicPartition;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Appends the values of records to one file, or to standard output: one line each. */
public final class FileStreamSinkTask implements SinkTask, RendersWrites {
    private final AppendFile.Opener opener;
    private final LongSupplier nanoTime;
    private @Nullable Writing writing;

    /** Creates a task that is not started. */
    public FileStreamSinkTask() {
        this(AppendFile.REAL, System::nanoTime);
    }

    FileStreamSinkTask(AppendFile.Opener opener, LongSupplier nanoTime) {
        this.opener = opener;
        this.nanoTime = nanoTime;
    }

    /** A started task. */
    private record Writing(FileSinkConfig settings, LineEncoder encoder, LineOutput output) {}

    @Override
    public void start(SinkTaskContext context, Config config) {
        FileSinkConfig settings = FileSinkConfig.of(config);
        LineEncoder encoder = new LineEncoder(settings.charset());
        String file = settings.file();
        if (file == null) {
            writing = new Writing(settings, encoder, new StdoutLines(System.out));
            return;
        }
        FileLines lines = new FileLines(Path.of(file), encoder, opener, nanoTime);
        writing = new Writing(settings, encoder, lines);
        SinkPlace.requireWritable(Path.of(file));
        try {
            lines.open();
        } catch (IOException failure) {
            throw new ConnectorException(
                    "Cannot write to " + file + ": " + FileFacts.words(failure)
                            + ". Grant write access to the file and its folder, or set file to another place.",
                    failure);
        }
    }

    private Writing started() {
        Writing now = writing;
        if (now == null) {
            throw new IllegalStateException("This call must follow start, but the task was not started or is stopped.");
        }
        return now;
    }

    @Override
    public Set<String> undecodedMediaTypes() {
        return LineEncoder.UNDECODED;
    }

    @Override
    public void put(List<SinkRecord> records) {
        Writing now = started();
        if (records.isEmpty()) {
            return;
        }
        boolean isDone = false;
        try {
            write(records, now);
            isDone = true;
        } catch (IOException failure) {
            throw new RetriableException(
                    "Cannot write " + records.size() + " lines to " + now.settings.target() + ": "
                            + FileFacts.words(failure)
                            + ". Check the disk's free space and the access rights; the lines are written again.",
                    failure);
        } finally {
            if (!isDone) {
                undo(now);
            }
        }
    }

    private static void write(List<SinkRecord> records, Writing now) throws IOException {
        LineOutput output = now.output;
        LineEncoder encoder = now.encoder;
        byte[] terminator = encoder.terminator();
        output.begin();
        for (SinkRecord record : records) {
            output.add(encoder.line(record.value()));
            output.add(terminator);
        }
        output.end();
    }

    private static void undo(Writing now) {
        try {
            now.output.undo();
        } catch (IOException failure) {
            throw new ConnectorException(
                    "Cannot take back a batch that was written in part to " + now.settings.target() + ": "
                            + FileFacts.words(failure)
                            + ". Restart the task when the file can be written; it then removes the unfinished line.",
                    failure);
        }
    }

    @Override
    public List<RenderedWrite> render(List<SinkRecord> records) {
        Writing now = started();
        if (records.isEmpty()) {
            return List.of();
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        for (SinkRecord record : records) {
            bytes.writeBytes(now.encoder.line(record.value()));
            bytes.writeBytes(now.encoder.terminator());
        }
        return List.of(new RenderedWrite(
                now.settings.target(),
                "text/plain",
                bytes.toString(now.settings.charset()),
                List.of(),
                records.stream().map(SinkRecord::origin).toList()));
    }

    @Override
    public Map<TopicPartition, Long> flush(Map<TopicPartition, Long> offsets) {
        started().output.force();
        return offsets;
    }

    @Override
    public void stop() {
        Writing now = writing;
        if (now != null) {
            now.output.close();
        }
        writing = null;
    }
}
