package dev.sluice.runtime.meter;

import java.util.concurrent.atomic.AtomicLong;

/** A number with one writing thread, without the price of an atomic addition; any thread reads. */
public final class Count {
    private final AtomicLong cell = new AtomicLong();

    /** Adds to it; the one writer only. */
    public void add(long amount) {
        cell.setOpaque(cell.getPlain() + amount);
    }

    /** Replaces it; the one writer only. */
    public void set(long value) {
        cell.setOpaque(value);
    }

    /** Returns its value, at most a moment old. */
    public long value() {
        return cell.getOpaque();
    }
}
