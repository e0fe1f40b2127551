package dev.sluice.broker.quota;

import dev.sluice.broker.log.SafeFile;
import java.io.IOException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.zip.CRC32C;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The file {@code quotas.catalog}, UTF-8 text, replaced as a whole at each change:
 *
 * <pre>
 * sluice-quotas 1                                            version
 * set user=alice,client-id=&lt;default&gt; producer_byte_rate 1024.0   one line per limit; names are URL-encoded
 * crc32c &lt;hex&gt;                                               of all bytes before this line
 * </pre>
 *
 * <p>A damaged file counts as missing, with a warning: clients are not limited then, and nothing is lost but the limits.
 */
final class QuotaFile {
    private static final Logger LOG = LoggerFactory.getLogger(QuotaFile.class);
    private static final String VERSION_LINE = "sluice-quotas 1\n";
    private static final String CRC_WORD = "crc32c ";
    /** No name looks like this once it is encoded. */
    private static final String DEFAULT = "<default>";

    private final Path file;

    QuotaFile(Path directory) {
        file = directory.resolve("quotas.catalog");
    }

    Map<ClientQuotaEntity, Map<String, Double>> read() {
        if (!Files.exists(file)) {
            return Map.of();
        }
        try {
            return parse(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            LOG.atWarn()
                    .addKeyValue("file", file)
                    .addKeyValue("error", e.getMessage())
                    .log("the file of quotas is damaged; clients are not limited until quotas are set again");
            return Map.of();
        }
    }

    void write(Map<ClientQuotaEntity, Map<String, Double>> quotas) throws IOException {
        SafeFile.write(file, format(quotas));
    }

    static String format(Map<ClientQuotaEntity, Map<String, Double>> quotas) {
        TreeSet<String> lines = new TreeSet<>();
        quotas.forEach((entity, limits) ->
                limits.forEach((key, limit) -> lines.add("set " + format(entity) + ' ' + key + ' ' + limit + '\n')));
        String body = VERSION_LINE + String.join("", lines);
        return body + CRC_WORD + crc(body) + '\n';
    }

    private static String format(ClientQuotaEntity entity) {
        TreeSet<String> parts = new TreeSet<>();
        entity.entries().forEach((type, name) -> parts.add(type + '=' + encode(name)));
        return String.join(",", parts);
    }

    private static String encode(@Nullable String name) {
        return name == null ? DEFAULT : URLEncoder.encode(name, StandardCharsets.UTF_8);
    }

    static Map<ClientQuotaEntity, Map<String, Double>> parse(String text) {
        int crcStart = text.lastIndexOf(CRC_WORD);
        if (!text.startsWith(VERSION_LINE) || crcStart < 0) {
            throw new IllegalArgumentException("expected " + VERSION_LINE.strip() + " first and a checksum last");
        }
        String body = text.substring(0, crcStart);
        if (!text.substring(crcStart).equals(CRC_WORD + crc(body) + '\n')) {
            throw new IllegalArgumentException("the checksum does not fit the content");
        }
        Map<ClientQuotaEntity, Map<String, Double>> quotas = new HashMap<>();
        body.lines().skip(1).forEach(line -> {
            String[] words = line.split(" ", 4);
            quotas.computeIfAbsent(entity(words[1]), entity -> new HashMap<>()).put(words[2], Double.valueOf(words[3]));
        });
        return quotas;
    }

    private static ClientQuotaEntity entity(String text) {
        Map<String, @Nullable String> entries = new HashMap<>();
        for (String part : text.split(",", -1)) {
            String[] words = part.split("=", 2);
            entries.put(
                    words[0], words[1].equals(DEFAULT) ? null : URLDecoder.decode(words[1], StandardCharsets.UTF_8));
        }
        return new ClientQuotaEntity(entries);
    }

    private static String crc(String text) {
        CRC32C crc = new CRC32C();
        crc.update(text.getBytes(StandardCharsets.UTF_8));
        return Long.toHexString(crc.getValue());
    }
}
