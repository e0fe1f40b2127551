package dev.sluice.broker.topic;

import dev.sluice.broker.BrokerException;
import dev.sluice.broker.log.SafeFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.CRC32C;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.security.scram.internals.ScramCredentialUtils;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code topics.catalog}, UTF-8 text, replaced as a whole at each change:
 *
 * <pre>
 * sluice-topics 1                    version
 * topic &lt;id&gt; &lt;partitions&gt; &lt;name&gt;
 * set &lt;key&gt; &lt;value&gt;                  a setting of the topic above; backslash, CR and LF in the value are escaped
 * deleted &lt;id&gt; &lt;name&gt;                a topic whose folders may still be there
 * user &lt;mechanism&gt; &lt;credential&gt; &lt;name&gt;  a salted password, in Kafka's words; the name is escaped as values are
 * crc32c &lt;hex&gt;                       of all bytes before this line
 * </pre>
 *
 * <p>The state before the last change stays beside it as {@code topics.catalog.previous}, for the case that the file is
 * damaged.
 */
final class CatalogFile {
    private static final Logger LOG = LoggerFactory.getLogger(CatalogFile.class);
    private static final int VERSION = 1;
    private static final String VERSION_LINE = "sluice-topics " + VERSION;
    private static final Pattern ANY_VERSION = Pattern.compile("sluice-topics (\\d{1,9})\n");
    private static final String CRC_WORD = "crc32c ";
    private static final Pattern ESCAPED = Pattern.compile("\\\\(.)");

    private final Path file;
    private final Path previous;

    CatalogFile(Path directory) {
        file = directory.resolve("topics.catalog");
        previous = directory.resolve("topics.catalog.previous");
    }

    /** Reads the file; empty where it is missing or damaged. */
    Optional<CatalogState> read() {
        return read(file);
    }

    /** Reads the state before the last change; empty where that is missing or damaged. */
    Optional<CatalogState> readPrevious() {
        return read(previous);
    }

    boolean exists() {
        return Files.exists(file);
    }

    private static Optional<CatalogState> read(Path path) {
        if (!Files.exists(path)) {
            return Optional.empty();
        }
        try {
            String text = Files.readString(path, StandardCharsets.UTF_8);
            requireKnownVersion(path, text);
            return Optional.of(parse(text));
        } catch (IOException | IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("file", path)
                    .addKeyValue("error", e.getMessage())
                    .log("the topic catalog is damaged");
            return Optional.empty();
        }
    }

    /** A whole file of a newer version is not damaged: guessing its topics from the folders would lose what it says. */
    private static void requireKnownVersion(Path path, String text) {
        Matcher version = ANY_VERSION.matcher(text);
        boolean isNewer = version.lookingAt() && Integer.parseInt(version.group(1)) > VERSION;
        if (isNewer && bodyOf(text) != null) {
            throw new BrokerException.DirectoryUnusable(
                    "Cannot read the topic catalog " + path + ": it has version " + version.group(1)
                            + ", and this version of Sluice knows it up to " + VERSION
                            + ". Start the newer version that wrote it, or restore the backup from before.");
        }
    }

    /** Replaces the file; on return the new state survives a power cut. */
    void write(CatalogState state) throws IOException {
        keepPrevious();
        SafeFile.writePrivate(file, format(state)); // it holds salted passwords
    }

    private void keepPrevious() {
        try {
            if (Files.exists(file)) {
                Files.deleteIfExists(previous);
                Files.createLink(previous, file);
            }
        } catch (IOException | UnsupportedOperationException e) {
            LOG.atDebug().setCause(e).log("no copy of the previous topic catalog is kept");
        }
    }

    static String format(CatalogState state) {
        StringBuilder text = new StringBuilder(VERSION_LINE).append('\n');
        state.topics().values().forEach(topic -> {
            text.append("topic ").append(topic.id()).append(' ').append(topic.partitionCount());
            text.append(' ').append(topic.name()).append('\n');
            topic.settings()
                    .forEach((key, value) -> text.append("set ")
                            .append(key)
                            .append(' ')
                            .append(escape(value))
                            .append('\n'));
        });
        state.deleted()
                .forEach((id, name) -> text.append("deleted ")
                        .append(id)
                        .append(' ')
                        .append(name)
                        .append('\n'));
        appendUsers(state.users(), text);
        return text + CRC_WORD + crc(text.toString()) + '\n';
    }

    private static void appendUsers(Users users, StringBuilder text) {
        users.byName()
                .forEach((name, credentials) -> credentials.forEach((mechanism, credential) -> text.append("user ")
                        .append(mechanism)
                        .append(' ')
                        .append(ScramCredentialUtils.credentialToString(credential))
                        .append(' ')
                        .append(escape(name))
                        .append('\n')));
    }

    static CatalogState parse(String text) {
        if (!text.startsWith(VERSION_LINE + "\n") || !text.contains(CRC_WORD)) {
            throw new IllegalArgumentException("expected " + VERSION_LINE + " first and a checksum last");
        }
        String body = bodyOf(text);
        if (body == null) {
            throw new IllegalArgumentException("the checksum does not fit the content");
        }
        return new Parser().parse(body);
    }

    /** Returns what stands before the checksum, or null if that does not fit. */
    private static @Nullable String bodyOf(String text) {
        int crcStart = text.lastIndexOf(CRC_WORD);
        if (crcStart < 0) {
            return null;
        }
        String body = text.substring(0, crcStart);
        return text.substring(crcStart + CRC_WORD.length()).equals(crc(body) + "\n") ? body : null;
    }

    private static String crc(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }

    private static String escape(String value) {
        return value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r");
    }

    private static String unescape(String value) {
        return ESCAPED.matcher(value)
                .replaceAll(found -> Matcher.quoteReplacement(
                        switch (found.group(1)) {
                            case "n" -> "\n";
                            case "r" -> "\r";
                            default -> found.group(1);
                        }));
    }

    /** Reads line by line; a setting belongs to the topic before it. */
    private static final class Parser {
        private final Map<String, Topic> topics = new HashMap<>();
        private final Map<Uuid, String> deleted = new HashMap<>();
        private Users users = Users.NONE;
        private @Nullable Topic topic;

        CatalogState parse(String body) {
            body.lines().skip(1).forEach(this::line);
            return new CatalogState(topics, deleted, users);
        }

        private void line(String line) {
            String[] words = line.split(" ", 4);
            switch (words[0]) {
                case "topic" ->
                    put(new Topic(words[3], Uuid.fromString(words[1]), Integer.parseInt(words[2]), Map.of()));
                case "set" -> set(words[1], unescape(line.substring(words[0].length() + words[1].length() + 2)));
                case "deleted" -> deleted.put(Uuid.fromString(words[1]), words[2]);
                case "user" ->
                    users = users.with(
                            unescape(words[3]), words[1], ScramCredentialUtils.credentialFromString(words[2]));
                // The line may hold a secret.
                default -> throw new IllegalArgumentException("unknown line that begins with " + words[0]);
            }
        }

        private void set(String key, String value) {
            if (topic == null) {
                throw new IllegalArgumentException("a setting before the first topic");
            }
            Map<String, String> settings = new HashMap<>(topic.settings());
            settings.put(key, value);
            put(topic.withSettings(settings));
        }

        private void put(Topic next) {
            topic = next;
            topics.put(next.name(), next);
        }
    }
}
