package dev.sluice.connector.file;

import dev.sluice.api.config.Check;
import dev.sluice.api.config.Config;
import dev.sluice.api.config.ConfigKey;
import dev.sluice.api.config.ConfigSpec;
import dev.sluice.api.config.Importance;
import dev.sluice.api.config.Width;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a file source, read once.
 *
 * @param file the file's name as it was given, or null for standard input
 * @param topic where the lines go
 * @param batchCountMax lines per poll
 * @param batchBytesMax bytes of lines per poll, unless the first line alone has more
 * @param lineBytesMax the longest line without its terminator
 * @param charset how the bytes are decoded
 * @param pace how long to wait between two looks at the file
 */
record FileSourceConfig(
        @Nullable String file,
        String topic,
        int batchCountMax,
        int batchBytesMax,
        int lineBytesMax,
        Charset charset,
        LookPace pace) {

    static final ConfigKey<String> FILE = ConfigKey.string("file")
            .optional()
            .check(Check.nonEmpty())
            .doc("The file to read. If left out, standard input is read, without positions to continue at."
                    + " A file that does not exist yet is waited for.")
            .importance(Importance.HIGH)
            .width(Width.LONG);

    static final ConfigKey<String> TOPIC = ConfigKey.string("topic")
            .check(Check.nonEmpty())
            .doc("The topic that the lines go to.")
            .importance(Importance.HIGH)
            .width(Width.MEDIUM);

    static final ConfigKey<Integer> BATCH_SIZE = ConfigKey.integer("batch.size")
            .defaultsTo(2000)
            .check(Check.between(1, 1_000_000))
            .doc("Lines that the task hands over at a time, at most.")
            .importance(Importance.LOW)
            .width(Width.SHORT);

    static final ConfigKey<Long> BATCH_BYTES_MAX = ConfigKey.size("batch.bytes.max")
            .extended()
            .defaultsTo(1L << 20)
            .check(Check.between(1L, 1L << 30))
            .doc("Bytes of lines that the task hands over at a time, at most; a longer line goes alone.")
            .importance(Importance.LOW)
            .width(Width.SHORT);

    static final ConfigKey<Long> LINE_BYTES_MAX = ConfigKey.size("line.bytes.max")
            .extended()
            .defaultsTo(16L << 20)
            .check(Check.between(1L, 256L << 20))
            .doc("The longest line in bytes, without its terminator; it bounds the memory that the task needs. What"
                    + " happens with a longer line is up to the connector's error tolerance: the task fails, or the line"
                    + " is left out and its beginning is reported.")
            .importance(Importance.LOW)
            .width(Width.SHORT);

    static final ConfigKey<Charset> CHARSET = ConfigKey.of("charset", CharsetType.INSTANCE)
            .extended()
            .defaultsTo(StandardCharsets.UTF_8)
            .doc(
                    "The charset of the file. UTF-16 and UTF-32 look for a byte order mark and are big-endian without one.")
            .importance(Importance.MEDIUM)
            .width(Width.SHORT);

    static final ConfigKey<Duration> POLL_INTERVAL = ConfigKey.duration("poll.interval.ms")
            .extended()
            .optional()
            .check(Check.between(Duration.ofMillis(1), Duration.ofSeconds(10)))
            .doc(
                    "Time between two looks at the file when nothing comes: how late a new line, a rotation or a truncation"
                            + " may be noticed. If left out, it is 100 ms after something came and grows to 800 ms while"
                            + " nothing does, so that a quiet file costs little.")
            .importance(Importance.LOW)
            .width(Width.SHORT);

    static final ConfigSpec SPEC =
            ConfigSpec.of(FILE, TOPIC, CHARSET, BATCH_SIZE, BATCH_BYTES_MAX, LINE_BYTES_MAX, POLL_INTERVAL);

    static FileSourceConfig of(Config config) {
        return new FileSourceConfig(
                config.find(FILE).orElse(null),
                config.get(TOPIC),
                config.get(BATCH_SIZE),
                Math.toIntExact(config.get(BATCH_BYTES_MAX)),
                Math.toIntExact(config.get(LINE_BYTES_MAX)),
                config.get(CHARSET),
                config.find(POLL_INTERVAL)
                        .map(interval -> LookPace.fixed(interval.toMillis()))
                        .orElse(LookPace.GROWING));
    }
}
