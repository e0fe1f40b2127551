package dev.sluice.connector.jdbc.cdc;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.connector.jdbc.cdc.PgMessage.Column;
import dev.sluice.connector.jdbc.cdc.PgMessage.Identity;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decodes the messages of {@code pgoutput}, protocol version 1. Pure; any thread.
 *
 * <p>Source: PostgreSQL's manual, chapter "Logical Replication Message Formats". Numbers are big-endian; {@code str} is UTF-8
 * that ends in a zero byte; {@code time} is an int64 of microseconds since 2000-01-01T00:00Z; {@code lsn} is an int64.
 *
 * <pre>
 *   'B' begin     lsn of the commit, time, int32 xid
 *   'C' commit    int8 flags (0), lsn, lsn of the end, time
 *   'O' origin    lsn, str name
 *   'R' relation  int32 id, str schema (empty: pg_catalog), str name, int8 identity ('d' 'n' 'f' 'i'), int16 count,
 *                 count × { int8 flags (1: key), str name, int32 type, int32 modifier }
 *   'Y' type      int32 id, str schema, str name
 *   'I' insert    int32 relation, 'N', tuple
 *   'U' update    int32 relation, [ 'K' tuple | 'O' tuple ], 'N', tuple
 *   'D' delete    int32 relation, ( 'K' | 'O' ), tuple
 *   'T' truncate  int32 count, int8 flags (1: cascade, 2: restart identity), count × int32 relation
 *   'M' message   int8 flags (1: transactional), lsn, str prefix, int32 size, bytes
 *
 *   tuple         int16 count, count × ( 'n' null | 'u' unchanged | 't' int32 size, text )
 * </pre>
 *
 * <p>Not decoded: binary values ({@code 'b'}), which come only if asked for, and the messages of versions 2 to 4 (transactions
 * in progress, two-phase commit), which come only if that version is asked for.
 */
final class PgOutput {
    private static final long EPOCH_SECONDS = 946_684_800L;
    private static final int FLAG = 1;
    private static final int RESTART_IDENTITY = 2;

    private final ByteBuffer bytes;

    private PgOutput(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /**
     * Decodes one message.
     *
     * @param bytes a buffer over an array, which rows keep
     *
     * @throws ConnectorException if the bytes are no message, end too early, or more follow
     */
    static PgMessage decode(ByteBuffer bytes) {
        ByteBuffer own = bytes.slice();
        if (!own.hasRemaining()) {
            throw broken("it is empty", null);
        }
        char kind = (char) own.get();
        try {
            PgMessage message = new PgOutput(own).message(kind);
            if (own.hasRemaining()) {
                throw broken("a message '" + kind + "' has " + own.remaining() + " bytes too many", null);
            }
            return message;
        } catch (BufferUnderflowException early) {
            throw broken("a message '" + kind + "' ends after " + own.limit() + " bytes, too early", early);
        }
    }

    private PgMessage message(char kind) {
        return switch (kind) {
            case 'B' -> new PgMessage.Begin(lsn(), time(), id());
            case 'C' -> commit();
            case 'O' -> new PgMessage.Origin(lsn(), text());
            case 'R' -> relation();
            case 'Y' -> new PgMessage.Type(id(), schema(), text());
            case 'I' -> insert();
            case 'U' -> update();
            case 'D' -> delete();
            case 'T' -> truncate();
            case 'M' -> new PgMessage.Message((bytes.get() & FLAG) != 0, lsn(), text(), content());
            default -> throw broken("nobody knows a message of the kind " + shown(kind), null);
        };
    }

    private PgMessage commit() {
        byte flags = bytes.get();
        if (flags != 0) {
            throw broken("a commit has the flags " + flags + ", expected 0", null);
        }
        return new PgMessage.Commit(lsn(), lsn(), time());
    }

    private PgMessage relation() {
        long id = id();
        String schema = schema();
        String name = text();
        char code = (char) bytes.get();
        Identity identity = Identity.of(code);
        if (identity == null) {
            throw broken("a relation has the replica identity " + shown(code) + ", expected d, n, f or i", null);
        }
        int count = bytes.getShort();
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(new Column((bytes.get() & FLAG) != 0, text(), id(), bytes.getInt()));
        }
        return new PgMessage.Relation(id, schema, name, identity, columns);
    }

    private PgMessage insert() {
        long relation = id();
        expect("insert", 'N');
        return new PgMessage.Insert(relation, tuple());
    }

    private PgMessage update() {
        long relation = id();
        char kind = (char) bytes.get();
        if (kind == 'N') {
            return new PgMessage.Update(relation, null, false, tuple());
        }
        Tuple old = old("update", kind);
        expect("update", 'N');
        return new PgMessage.Update(relation, old, kind == 'O', tuple());
    }

    private PgMessage delete() {
        long relation = id();
        char kind = (char) bytes.get();
        return new PgMessage.Delete(relation, old("delete", kind), kind == 'O');
    }

    private Tuple old(String what, char kind) {
        if (kind != 'K' && kind != 'O') {
            throw broken(
                    "the old row of a message '" + what + "' is marked " + shown(kind) + ", expected K or O", null);
        }
        return tuple();
    }

    private void expect(String what, char expected) {
        char found = (char) bytes.get();
        if (found != expected) {
            throw broken(
                    "the row of a message '" + what + "' is marked " + shown(found) + ", expected " + expected, null);
        }
    }

    private PgMessage truncate() {
        int count = bytes.getInt();
        byte flags = bytes.get();
        List<Long> relations = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            relations.add(id());
        }
        return new PgMessage.Truncate(relations, (flags & FLAG) != 0, (flags & RESTART_IDENTITY) != 0);
    }

    private Tuple tuple() {
        int count = bytes.getShort();
        if (count < 0) {
            throw broken("a row has " + count + " values", null);
        }
        Tuple tuple = new Tuple(bytes.array(), count);
        for (int i = 0; i < count; i++) {
            char kind = (char) bytes.get();
            if (kind == 't') {
                int size = size();
                int from = bytes.arrayOffset() + bytes.position();
                tuple.set(i, from, from + size);
                bytes.position(bytes.position() + size);
            } else if (kind == 'u') {
                tuple.setUnchanged(i);
            } else if (kind != 'n') {
                throw broken("a value is of the kind " + shown(kind) + ", expected n, u or t", null);
            }
        }
        return tuple;
    }

    private byte[] content() {
        byte[] content = new byte[size()];
        bytes.get(content);
        return content;
    }

    /** Checked before anything is made of that size. */
    private int size() {
        int size = bytes.getInt();
        if (size < 0 || size > bytes.remaining()) {
            throw broken("a value of " + size + " bytes stands where " + bytes.remaining() + " are left", null);
        }
        return size;
    }

    private String schema() {
        String schema = text();
        return schema.isEmpty() ? "pg_catalog" : schema;
    }

    private String text() {
        int start = bytes.position();
        int end = start;
        while (bytes.get(checked(end)) != 0) {
            end++;
        }
        String text = new String(bytes.array(), bytes.arrayOffset() + start, end - start, StandardCharsets.UTF_8);
        bytes.position(end + 1);
        return text;
    }

    private int checked(int index) {
        if (index >= bytes.limit()) {
            throw new BufferUnderflowException();
        }
        return index;
    }

    private Lsn lsn() {
        return new Lsn(bytes.getLong());
    }

    private Instant time() {
        return Instant.ofEpochSecond(EPOCH_SECONDS).plus(bytes.getLong(), ChronoUnit.MICROS);
    }

    private long id() {
        return Integer.toUnsignedLong(bytes.getInt());
    }

    private static String shown(char kind) {
        return kind > ' ' && kind < 0x7F ? "'" + kind + "'" : "number " + (kind & 0xFF);
    }

    private static ConnectorException broken(String why, @Nullable Throwable cause) {
        return new ConnectorException(
                "Cannot decode a message of PostgreSQL's change stream: " + why
                        + ". Restart the connector, which reads it again; if it stays so, report it with the server's"
                        + " version.",
                cause);
    }
}
