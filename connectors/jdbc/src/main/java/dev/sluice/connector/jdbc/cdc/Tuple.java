package dev.sluice.connector.jdbc.cdc;

import java.util.Arrays;
import java.util.BitSet;
import org.jspecify.annotations.Nullable;

/** The values of one row as text, in the order of the relation's columns. Not changed after it was made. */
final class Tuple {
    private static final BitSet NONE = new BitSet(0);

    private final @Nullable String[] texts;
    private final BitSet unchanged;

    /**
     * Keeps both; the caller gives them away.
     *
     * @param texts the values in PostgreSQL's text form, null for null
     * @param unchanged which values are missing because they did not change; null for none
     */
    Tuple(@Nullable String[] texts, @Nullable BitSet unchanged) {
        this.texts = texts;
        this.unchanged = unchanged == null ? NONE : unchanged;
    }

    /** Returns a tuple in which nothing is missing. */
    static Tuple of(@Nullable String... texts) {
        return new Tuple(texts.clone(), null);
    }

    /** Returns the number of values. */
    int size() {
        return texts.length;
    }

    /** Returns a value's text; null for null and for one that is missing. */
    @Nullable
    String text(int index) {
        return texts[index];
    }

    /** Returns whether a value is missing: it is stored out of line (TOAST), did not change, and was not read again. */
    boolean isUnchanged(int index) {
        return unchanged.get(index);
    }

    /** Returns whether any value is missing. */
    boolean hasUnchanged() {
        return !unchanged.isEmpty();
    }

    /** Returns this row with what is missing taken from the same row before; what is missing there too stays so. */
    Tuple filledFrom(Tuple old) {
        if (!hasUnchanged()) {
            return this;
        }
        @Nullable String[] filled = texts.clone();
        BitSet left = new BitSet();
        for (int i = unchanged.nextSetBit(0); i >= 0; i = unchanged.nextSetBit(i + 1)) {
            boolean isThere = i < old.size() && !old.isUnchanged(i);
            filled[i] = isThere ? old.text(i) : null;
            left.set(i, !isThere);
        }
        return new Tuple(filled, left);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Tuple that && Arrays.equals(texts, that.texts) && unchanged.equals(that.unchanged);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(texts) + unchanged.hashCode();
    }

    /** Tells the size, never a value. */
    @Override
    public String toString() {
        return "Tuple[" + texts.length + " values, " + unchanged.cardinality() + " unchanged]";
    }
}
