package dev.sluice.connector.file;

import dev.sluice.api.error.ConnectorException;
import java.util.AbstractMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The offset of a file source: {@code position}, the number of bytes before the next line, as Kafka Connect stores it, and
 * beside it {@code inode}, {@code headBytes} and {@code headCrc32}, by which a replaced file is recognised. Offsets with
 * a position only are taken too.
 *
 * <p>Every record has one, but only the newest of a batch is looked into; so this is a map of two fields whose entries
 * are made on demand (32 bytes instead of about 300).
 */
final class FileOffset extends AbstractMap<String, Object> {
    static final String POSITION = "position";
    static final String INODE = "inode";
    static final String HEAD_BYTES = "headBytes";
    static final String HEAD_CRC = "headCrc32";

    private final long position;
    private final FileIdentity identity;

    FileOffset(long position, FileIdentity identity) {
        this.position = position;
        this.identity = identity;
    }

    /**
     * Reads a stored or given offset.
     *
     * @throws ConnectorException if the position is missing or is no whole number of at least 0
     */
    static FileOffset of(Map<String, ? extends @Nullable Object> stored) {
        requireUsable(stored);
        Long headBytes = wholeNumber(stored, HEAD_BYTES);
        Long headCrc = wholeNumber(stored, HEAD_CRC);
        Long inode = wholeNumber(stored, INODE);
        boolean hasHead = headBytes != null && headBytes >= 0 && headBytes <= FileHead.BYTES_MAX;
        FileIdentity identity = headBytes != null && headCrc != null && hasHead
                ? new FileIdentity(inode, headBytes.intValue(), headCrc)
                : new FileIdentity(inode, FileIdentity.ANY.headBytes(), FileIdentity.ANY.headCrc());
        return new FileOffset(Objects.requireNonNull(wholeNumber(stored, POSITION)), identity);
    }

    /**
     * Refuses what cannot be an offset.
     *
     * @throws ConnectorException as {@link #of} does
     */
    static void requireUsable(Map<String, ? extends @Nullable Object> stored) {
        Long position = wholeNumber(stored, POSITION);
        if (position == null || position < 0) {
            throw new ConnectorException("Cannot use offset " + stored + ": its position must be a whole number of"
                    + " bytes, at least 0. Alter the offset to {\"position\": <bytes>} or reset it.");
        }
    }

    private static @Nullable Long wholeNumber(Map<String, ? extends @Nullable Object> stored, String field) {
        Object value = stored.get(field);
        return value instanceof Long || value instanceof Integer ? ((Number) value).longValue() : null;
    }

    long position() {
        return position;
    }

    FileIdentity identity() {
        return identity;
    }

    @Override
    public Set<Entry<String, Object>> entrySet() {
        Map<String, Object> entries = new LinkedHashMap<>();
        entries.put(POSITION, position);
        Long inode = identity.inode();
        if (inode != null) {
            entries.put(INODE, inode);
        }
        if (identity.headBytes() > 0) {
            entries.put(HEAD_BYTES, (long) identity.headBytes());
            entries.put(HEAD_CRC, identity.headCrc());
        }
        return Map.copyOf(entries).entrySet();
    }
}
