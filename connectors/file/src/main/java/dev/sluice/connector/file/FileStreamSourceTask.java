package dev.sluice.connector.file;

import dev.sluice.api.config.Config;
import dev.sluice.api.connector.ErrantRecordReporter;
import dev.sluice.api.connector.SourceTask;
import dev.sluice.api.connector.SourceTaskContext;
import dev.sluice.api.error.RetriableException;
import dev.sluice.api.record.SourcePosition;
import dev.sluice.api.record.SourceRecord;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the lines of one file, or of standard input, and follows them as they grow.
 *
 * <p>Everything here happens on the task's thread, but for the looks at files that have been quiet for long, see {@link
 * QuietFiles}. Waiting is sleeping between two looks at the file, so an interrupt ends it at once.
 */
public final class FileStreamSourceTask implements SourceTask {
    private static final Logger LOG = LoggerFactory.getLogger(FileStreamSourceTask.class);

    /** How long a poll looks for lines before it returns empty; at least one pause between two looks. */
    private static final long POLL_MILLIS = 600;

    /** How long it waits where a file has been quiet for long, and another thread looks whether it still is. */
    private static final long QUIET_MILLIS = 4_000;

    private static final long NANOS_PER_MILLI = 1_000_000;

    private final LongSupplier nanoTime;
    private @Nullable Reading reading;
    private QuietFiles.@Nullable Member quietFiles;

    /** Creates a task that is not started. */
    public FileStreamSourceTask() {
        this(System::nanoTime);
    }

    FileStreamSourceTask(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void start(SourceTaskContext context, Config config) {
        FileSourceConfig settings = FileSourceConfig.of(config);
        LineFormat format = LineFormat.of(settings.charset()).orElseThrow();
        LineBuffer buffer = new LineBuffer(format, settings.lineBytesMax());
        QuietFiles.Member member = QuietFiles.SHARED.join();
        quietFiles = member;
        reading = new Reading(context, settings, source(context, settings, buffer, member));
    }

    private LineSource source(
            SourceTaskContext context, FileSourceConfig settings, LineBuffer buffer, QuietFiles.Member member) {
        String file = settings.file();
        if (file == null) {
            return new StdinLines(System.in, buffer);
        }
        TailedFile.requireReadable(Path.of(file));
        Map<String, @Nullable Object> stored = context.offsets().offset(FileTail.partition(file));
        return new FileTail(settings, file, buffer, stored == null ? null : FileOffset.of(stored), nanoTime, member);
    }

    @Override
    public List<SourceRecord> poll() throws InterruptedException {
        Reading now = reading;
        if (now == null) {
            throw new IllegalStateException("poll must follow start, but this task was not started or is stopped.");
        }
        long waited = 0;
        while (true) {
            // An interrupt during a read would close the file; this keeps nearly all of them away from it.
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            List<SourceRecord> batch = now.read();
            if (!batch.isEmpty() || waited >= POLL_MILLIS) {
                return batch;
            }
            waited += now.pause();
        }
    }

    @Override
    public void stop() {
        Reading now = reading;
        if (now != null) {
            now.source.close();
        }
        reading = null;
        QuietFiles.Member member = quietFiles;
        if (member != null) {
            member.close();
        }
        quietFiles = null;
    }

    /** A started task. */
    private final class Reading {
        private final SourceTaskContext context;
        private final FileSourceConfig settings;
        private final LineSource source;
        private final long lookIntervalNanos;
        private long lookedNanos;
        private long cameNanos;
        private boolean isAtEnd;
        private int batchCountHint = 16;
        private @Nullable LongLine longLine;

        Reading(SourceTaskContext context, FileSourceConfig settings, LineSource source) {
            this.context = context;
            this.settings = settings;
            this.source = source;
            this.lookIntervalNanos = settings.pace().minMillis() * NANOS_PER_MILLI;
            this.cameNanos = nanoTime.getAsLong();
            this.lookedNanos = cameNanos - lookIntervalNanos;
        }

        List<SourceRecord> read() throws InterruptedException {
            List<SourceRecord> batch = new ArrayList<>(batchCountHint);
            try {
                if (isNothingNew()) {
                    return batch;
                }
                isAtEnd = false;
                fill(batch);
            } catch (IOException failure) {
                source.close();
                lookedNanos = nanoTime.getAsLong() - lookIntervalNanos;
                if (batch.isEmpty()) {
                    throw explained(failure);
                }
            }
            batchCountHint = Math.max(16, batch.size());
            isAtEnd = batch.isEmpty();
            if (!isAtEnd) {
                cameNanos = nanoTime.getAsLong();
            }
            return batch;
        }

        /** Waits for more, now that there is nothing; returns about how long, in milliseconds. */
        long pause() throws InterruptedException {
            long quietMillis = (nanoTime.getAsLong() - cameNanos) / NANOS_PER_MILLI;
            if (settings.pace().isSlowest(quietMillis)) {
                source.awaitChange(QUIET_MILLIS);
                return QUIET_MILLIS;
            }
            long pause = settings.pace().pauseMillis(quietMillis);
            Thread.sleep(pause);
            return pause;
        }

        private RuntimeException explained(IOException failure) throws InterruptedException {
            if (failure instanceof ClosedByInterruptException) {
                Thread.interrupted();
                throw new InterruptedException();
            }
            return new RetriableException(
                    "Cannot read " + source.place() + ": " + FileFacts.words(failure)
                            + ". Check the file and the disk; reading continues at this place.",
                    failure);
        }

        /** Looks if that is due; returns whether there is no need to read. */
        private boolean isNothingNew() throws IOException {
            long now = nanoTime.getAsLong();
            if (now - lookedNanos < lookIntervalNanos) {
                return isAtEnd;
            }
            lookedNanos = now;
            if (source.isQuiet() && isAtEnd) {
                return true;
            }
            source.look();
            source.progress().ifPresent(context::progress);
            return false;
        }

        private void fill(List<SourceRecord> batch) throws IOException {
            LineBuffer buffer = source.buffer();
            long bytes = 0;
            while (batch.size() < settings.batchCountMax()) {
                LineBuffer.Found found = source.next();
                if (found == LineBuffer.Found.NONE) {
                    return;
                }
                if (found == LineBuffer.Found.TOO_LONG || longLine != null) {
                    if (!batch.isEmpty()) {
                        return;
                    }
                    pass(buffer);
                    continue;
                }
                bytes += buffer.lineBytes();
                if (bytes > settings.batchBytesMax() && !batch.isEmpty()) {
                    return;
                }
                batch.add(take(buffer));
            }
        }

        private SourceRecord take(LineBuffer buffer) {
            byte[] line = buffer.line(Integer.MAX_VALUE);
            LineFormat format = buffer.format();
            source.take();
            return SourceRecord.of(settings.topic(), LineDecoder.value(line, format), source.position());
        }

        /** Lets the next part of a line pass that is beyond the limit. */
        private void pass(LineBuffer buffer) {
            LongLine passing = longLine == null ? new LongLine(source.place(), settings.lineBytesMax()) : longLine;
            ErrantRecordReporter reporter = context.errantRecords().orElseThrow(passing::failure);
            longLine = passing;
            passing.add(buffer);
            boolean isWhole = buffer.isTerminated();
            source.take();
            if (isWhole) {
                longLine = null;
                report(passing, reporter, buffer.format());
            }
        }

        private void report(LongLine line, ErrantRecordReporter reporter, LineFormat format) {
            LOG.atWarn()
                    .addKeyValue("file", settings.file())
                    .addKeyValue("sizeBytes", line.sizeBytes())
                    .log("line beyond line.bytes.max was left out and reported");
            SourcePosition after = source.position();
            // The runtime itself waits for the report before it stores an offset behind the record.
            var unused = reporter.report(
                    SourceRecord.of(settings.topic(), LineDecoder.value(line.kept(), format), after), line.failure());
            context.advance(after);
        }
    }
}
