package dev.sluice.broker.handler;

/**
 * The versions of a request that are understood.
 *
 * @param oldest the lowest
 * @param latest the highest
 */
public record Versions(short oldest, short latest) {
    /**
     * Names a range.
     *
     * @param oldest the lowest
     * @param latest the highest
     * @return the range
     */
    public static Versions of(int oldest, int latest) {
        return new Versions((short) oldest, (short) latest);
    }

    /**
     * Whether a version is in the range.
     *
     * @param version the version
     * @return true if it is understood
     */
    public boolean contains(short version) {
        return version >= oldest && version <= latest;
    }
}
