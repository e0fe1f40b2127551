package dev.sluice.runtime.metrics;

import dev.sluice.runtime.meter.Latencies;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;

/** The attributes that all beans of a family have, made once. Immutable. */
final class BeanShape<S extends Subject> {
    private final Map<String, Reader<S>> readers = new LinkedHashMap<>();
    private final MBeanInfo info;

    /** Reads one attribute: a number as {@code double}, or words. */
    interface Reader<S> {
        Object read(S subject);
    }

    BeanShape(Family<S> family) {
        Map<String, MBeanAttributeInfo> infos = new LinkedHashMap<>();
        for (Meter<S> meter : family.meters()) {
            if (meter.reading() instanceof Meter.Amount<S> amount) {
                add(infos, meter.attribute(), meter, amount.of()::applyAsDouble);
            } else if (meter.reading() instanceof Meter.Word<S> word) {
                add(infos, meter.attribute(), meter, word.of()::apply);
            } else if (meter.reading() instanceof Meter.Spread<S> spread) {
                addSpread(infos, meter, spread.of());
            }
        }
        info = new MBeanInfo(
                FamilyBean.class.getName(),
                "The metrics " + family.type(),
                infos.values().toArray(MBeanAttributeInfo[]::new),
                null,
                null,
                null);
    }

    /** JMX has no histograms: it gets what is asked of one. */
    private void addSpread(Map<String, MBeanAttributeInfo> infos, Meter<S> meter, Function<S, Latencies> of) {
        add(infos, meter.attribute() + "-count", meter, subject ->
                (double) of.apply(subject).count());
        add(
                infos,
                meter.attribute() + "-sum",
                meter,
                subject -> of.apply(subject).sumSeconds());
        add(
                infos,
                meter.attribute() + "-p50",
                meter,
                subject -> of.apply(subject).quantileSeconds(0.5));
        add(
                infos,
                meter.attribute() + "-p99",
                meter,
                subject -> of.apply(subject).quantileSeconds(0.99));
    }

    private void add(Map<String, MBeanAttributeInfo> infos, String name, Meter<S> meter, Reader<S> reader) {
        boolean isWord = meter.reading() instanceof Meter.Word<S>;
        String type = isWord ? String.class.getName() : "double";
        infos.put(name, new MBeanAttributeInfo(name, type, meter.help(), true, false, false));
        readers.put(name, reader);
    }

    Optional<Reader<S>> reader(String attribute) {
        return Optional.ofNullable(readers.get(attribute));
    }

    MBeanInfo info() {
        return info;
    }
}
