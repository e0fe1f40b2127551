package dev.sluice.runtime.metrics;

/** Writes metrics as lines of Prometheus' text format 0.0.4. Belongs to the thread that writes. */
final class TextWriter {
    private static final double WHOLE_MAX = 1e15;
    /** Below this, a number is written with nine digits behind the point, which is several times faster than exactly. */
    private static final double FIXED_MAX = 9e9;

    private static final long BILLION = 1_000_000_000;

    private final StringBuilder out;

    TextWriter(int sizeGuess) {
        this.out = new StringBuilder(sizeGuess);
    }

    /** Begins a metric; all its samples follow. */
    void begin(String name, String kind, String help) {
        out.append("# HELP ").append(name).append(' ');
        LabelText.escape(out, help, false);
        out.append("\n# TYPE ").append(name).append(' ').append(kind).append('\n');
    }

    /** Adds a sample; what is not known is left out. The labels are without their braces and escaped. */
    void sample(String name, String labels, double value) {
        if (!Double.isNaN(value)) {
            out.append(name);
            labels(labels);
            number(value);
        }
    }

    /** Adds a sample that is a whole number. */
    void sample(String name, String labels, long value) {
        out.append(name);
        labels(labels);
        out.append(' ').append(value).append('\n');
    }

    /** Adds a 1 with one more label. */
    void one(String name, String labels, String label, String word) {
        out.append(name)
                .append('{')
                .append(labels)
                .append(labels.isEmpty() ? "" : ",")
                .append(label)
                .append("=\"");
        LabelText.escape(out, word, true);
        out.append("\"} 1\n");
    }

    /** Adds how many were counted up to a bound; the bound is infinite for the last. */
    void bucket(String name, String labels, double bound, long count) {
        out.append(name).append("_bucket{").append(labels).append(labels.isEmpty() ? "le=\"" : ",le=\"");
        if (Double.isInfinite(bound)) {
            out.append("+Inf");
        } else {
            plain(bound);
        }
        out.append("\"} ").append(count).append('\n');
    }

    private void labels(String labels) {
        if (!labels.isEmpty()) {
            out.append('{').append(labels).append('}');
        }
    }

    private void number(double value) {
        out.append(' ');
        plain(value);
        out.append('\n');
    }

    private void plain(double value) {
        if (value == Math.rint(value) && Math.abs(value) < WHOLE_MAX) {
            out.append((long) value);
        } else if (Math.abs(value) < FIXED_MAX) {
            fixed(value);
        } else {
            out.append(value);
        }
    }

    private void fixed(double value) {
        long billionths = Math.round(Math.abs(value) * BILLION);
        out.append(value < 0 ? "-" : "").append(billionths / BILLION);
        long rest = billionths % BILLION;
        if (rest == 0) {
            return;
        }
        out.append('.');
        for (long digit = BILLION / 10; rest > 0; digit /= 10) {
            out.append((char) ('0' + rest / digit));
            rest %= digit;
        }
    }

    int size() {
        return out.length();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
