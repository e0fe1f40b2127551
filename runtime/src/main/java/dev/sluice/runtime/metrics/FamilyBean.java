package dev.sluice.runtime.metrics;

import java.time.Clock;
import java.util.List;
import java.util.Optional;
import javax.management.Attribute;
import javax.management.AttributeList;
import javax.management.AttributeNotFoundException;
import javax.management.DynamicMBean;
import javax.management.MBeanInfo;

/** The metrics of one subject over JMX. It holds names only and reads when it is asked; any thread. */
final class FamilyBean<S extends Subject> implements DynamicMBean {
    private final Family<S> family;
    private final BeanShape<S> shape;
    private final List<String> labels;
    private final Readings readings;
    private final Clock clock;

    FamilyBean(Family<S> family, BeanShape<S> shape, List<String> labels, Readings readings, Clock clock) {
        this.family = family;
        this.shape = shape;
        this.labels = List.copyOf(labels);
        this.readings = readings;
        this.clock = clock;
    }

    private Optional<S> subject() {
        long now = clock.millis();
        // The first label is the connector, wherever there are labels.
        Scene scene = labels.isEmpty() ? Scene.of(readings, now) : Scene.of(readings, labels.get(0), now);
        return family.find(scene, labels);
    }

    @Override
    public Object getAttribute(String attribute) throws AttributeNotFoundException {
        BeanShape.Reader<S> reader = shape.reader(attribute).orElseThrow(() -> unknown(attribute));
        return subject()
                .map(reader::read)
                .orElseThrow(() ->
                        new AttributeNotFoundException("Cannot read " + attribute + ": connector or task is gone."));
    }

    private static AttributeNotFoundException unknown(String attribute) {
        return new AttributeNotFoundException("Cannot read " + attribute + ": there is no such metric here.");
    }

    /** Looks once for all; what is unknown is left out, as JMX wants it. */
    @Override
    public AttributeList getAttributes(String[] attributes) {
        AttributeList list = new AttributeList();
        subject().ifPresent(subject -> {
            for (String attribute : attributes) {
                shape.reader(attribute).ifPresent(reader -> list.add(new Attribute(attribute, reader.read(subject))));
            }
        });
        return list;
    }

    @Override
    public void setAttribute(Attribute attribute) throws AttributeNotFoundException {
        throw new AttributeNotFoundException("Cannot set " + attribute.getName() + ": metrics are only read.");
    }

    @Override
    public AttributeList setAttributes(AttributeList attributes) {
        return new AttributeList();
    }

    @Override
    public Object invoke(String action, Object[] parameters, String[] signature) {
        throw new UnsupportedOperationException("Cannot invoke " + action + ": metrics are only read.");
    }

    @Override
    public MBeanInfo getMBeanInfo() {
        return shape.info();
    }
}
