package dev.sluice.runtime.metrics;

import dev.sluice.runtime.meter.Latencies;
import java.util.List;
import java.util.Map;

/** Writes one family: metric by metric, and all subjects of each. */
final class FamilyText<S extends Subject> {
    /** Each second bound is enough for Prometheus: the bounds are powers of four then. */
    private static final int BUCKET_STEP = 2;

    private final Family<S> family;
    private final TextWriter out;
    private final List<S> subjects;
    private final List<String> labels;

    private FamilyText(Family<S> family, Scene scene, TextWriter out) {
        this.family = family;
        this.out = out;
        this.subjects = family.subjects().apply(scene).toList();
        this.labels = subjects.stream()
                .map(subject -> LabelText.of(family.labels(), subject.labels()))
                .toList();
    }

    static <S extends Subject> void write(Family<S> family, Scene scene, TextWriter out) {
        new FamilyText<>(family, scene, out).write();
    }

    private void write() {
        if (subjects.isEmpty()) {
            return;
        }
        info();
        for (Meter<S> meter : family.meters()) {
            if (meter.kind() != Kind.TEXT) {
                out.begin(family.name(meter), meter.kind().word(), meter.help());
                samples(meter);
            }
        }
    }

    /** Words that never change belong together: one line says all of them. */
    private void info() {
        List<Meter<S>> texts = family.texts();
        if (texts.isEmpty()) {
            return;
        }
        out.begin(family.infoName(), Kind.TEXT.word(), "What it is made of, in words; the value is always 1.");
        for (int i = 0; i < subjects.size(); i++) {
            StringBuilder line = new StringBuilder(labels.get(i));
            for (Meter<S> text : texts) {
                LabelText.append(line, text.attribute().replace('-', '_'), word(text, subjects.get(i)));
            }
            for (Map.Entry<String, String> more : subjects.get(i).context().entrySet()) {
                LabelText.append(line, LabelText.name(more.getKey()), more.getValue());
            }
            out.sample(family.infoName(), line.toString(), 1);
        }
    }

    private void samples(Meter<S> meter) {
        String name = family.name(meter);
        for (int i = 0; i < subjects.size(); i++) {
            S subject = subjects.get(i);
            if (meter.reading() instanceof Meter.Amount<S> number) {
                out.sample(name, labels.get(i), number.of().applyAsDouble(subject));
            } else if (meter.reading() instanceof Meter.Spread<S> spread) {
                spread(name, labels.get(i), spread.of().apply(subject));
            } else {
                out.one(name, labels.get(i), meter.attribute().replace('-', '_'), word(meter, subject));
            }
        }
    }

    private static <S> String word(Meter<S> meter, S subject) {
        return meter.reading() instanceof Meter.Word<S> word ? word.of().apply(subject) : "";
    }

    /** A task without latencies, such as one whose records bear no time, is spared its lines. */
    private void spread(String name, String labels, Latencies latencies) {
        if (latencies.count() == 0) {
            return;
        }
        long count = 0;
        for (int bucket = 0; bucket < Latencies.bucketCount(); bucket++) {
            count += latencies.count(bucket);
            boolean isLast = bucket == Latencies.bucketCount() - 1;
            if (isLast || bucket % BUCKET_STEP == 0) {
                out.bucket(name, labels, Latencies.upperBoundSeconds(bucket), count);
            }
        }
        out.sample(name + "_sum", labels, latencies.sumSeconds());
        out.sample(name + "_count", labels, count);
    }
}
