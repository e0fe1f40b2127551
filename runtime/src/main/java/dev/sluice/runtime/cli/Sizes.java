package dev.sluice.runtime.cli;

import java.util.Locale;

/** Writes numbers of bytes for people. */
final class Sizes {
    private static final String[] UNITS = {"bytes", "KB", "MB", "GB", "TB"};

    private Sizes() {}

    /** Returns such as {@code 512 bytes} or {@code 1.5 MB}; powers of 1024. */
    static String inWords(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return unit == 0 ? bytes + " " + UNITS[0] : String.format(Locale.ROOT, "%.1f %s", size, UNITS[unit]);
    }
}
