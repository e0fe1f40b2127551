package dev.sluice.connector.jdbc.cdc;

import dev.sluice.connector.jdbc.type.PostgresDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The values of one row in PostgreSQL's text form, in the order of the relation's columns. They stay in the bytes that they
 * came in, which nobody changes afterwards.
 */
final class Tuple {
    private static final int NULL = -1;
    private static final int UNCHANGED = -2;

    private final byte[] bytes;
    private final int[] starts;
    private final int[] ends;
    private boolean hasUnchanged;

    /** Makes a row of nulls, to be filled by the reader that makes it. */
    Tuple(byte[] bytes, int count) {
        this.bytes = bytes;
        this.starts = new int[count];
        this.ends = new int[count];
        Arrays.fill(starts, NULL);
    }

    /** Returns a row of texts, in which nothing is missing. */
    static Tuple of(@Nullable String... texts) {
        byte[] all = String.join(
                        "", Arrays.stream(texts).filter(Objects::nonNull).toList())
                .getBytes(StandardCharsets.UTF_8);
        Tuple tuple = new Tuple(all, texts.length);
        int at = 0;
        for (int i = 0; i < texts.length; i++) {
            String text = texts[i];
            if (text != null) {
                int size = text.getBytes(StandardCharsets.UTF_8).length;
                tuple.set(i, at, at + size);
                at += size;
            }
        }
        return tuple;
    }

    /** Says where a value's bytes are. Only for who makes the row. */
    void set(int index, int from, int to) {
        starts[index] = from;
        ends[index] = to;
    }

    /** Says that a value is missing. Only for who makes the row. */
    void setUnchanged(int index) {
        starts[index] = UNCHANGED;
        hasUnchanged = true;
    }

    /** Returns the number of values. */
    int size() {
        return starts.length;
    }

    /** Returns whether a value is missing: it is stored out of line (TOAST), did not change, and was not read again. */
    boolean isUnchanged(int index) {
        return starts[index] == UNCHANGED;
    }

    /** Returns whether any value is missing. */
    boolean hasUnchanged() {
        return hasUnchanged;
    }

    /** Returns a value; null for null and for one that is missing. */
    @Nullable
    Object value(int index, PostgresDecoder decoder) {
        return starts[index] < 0 ? null : decoder.decode(bytes, starts[index], ends[index]);
    }

    /** Returns a value's text; null for null and for one that is missing. */
    @Nullable
    String text(int index) {
        return starts[index] < 0
                ? null
                : new String(bytes, starts[index], ends[index] - starts[index], StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tuple that && Arrays.equals(texts(), that.texts());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(texts());
    }

    private @Nullable Object[] texts() {
        @Nullable Object[] texts = new Object[size()];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = text(i);
            if (isUnchanged(i)) {
                texts[i] = UNCHANGED;
            }
        }
        return texts;
    }

    /** Tells the size, never a value. */
    @Override
    public String toString() {
        return "Tuple[" + size() + " values" + (hasUnchanged ? ", some unchanged]" : "]");
    }
}
