package dev.sluice.connector.file;

/**
 * How long to wait between two looks at a place where nothing comes: a tenth of the time for which nothing came, within
 * bounds. So a file that is written to now and then is noticed soon, and one that is quiet for long costs next to nothing.
 *
 * @param minMillis the pause right after something came
 * @param maxMillis the longest pause
 */
record LookPace(long minMillis, long maxMillis) {
    /** With what the runtime adds between two polls, a line is noticed within a second. */
    static final LookPace GROWING = new LookPace(100, 800);

    private static final int QUIET_PER_PAUSE = 10;

    LookPace {
        if (minMillis <= 0 || maxMillis < minMillis) {
            throw new IllegalArgumentException("pauses from " + minMillis + " to " + maxMillis + " ms");
        }
    }

    static LookPace fixed(long millis) {
        return new LookPace(millis, millis);
    }

    /** Returns whether it has been quiet for so long that pauses grow no more; never where they are fixed. */
    boolean isSlowest(long quietMillis) {
        return minMillis < maxMillis && quietMillis / QUIET_PER_PAUSE >= maxMillis;
    }

    long pauseMillis(long quietMillis) {
        return Math.min(Math.max(quietMillis / QUIET_PER_PAUSE, minMillis), maxMillis);
    }
}
