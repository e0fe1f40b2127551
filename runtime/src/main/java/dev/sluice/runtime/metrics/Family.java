package dev.sluice.runtime.metrics;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Metrics that have their subjects in common.
 *
 * @param domain the JMX domain
 * @param type the {@code type} in the names of its beans
 * @param prefix how the names of Prometheus begin
 * @param labels what tells subjects apart, in the order of the beans' names
 * @param level from which recording level on it is shown
 * @param subjects finds them in a scene
 * @param meters its metrics
 * @param <S> what they are metrics of
 */
record Family<S extends Subject>(
        String domain,
        String type,
        String prefix,
        List<String> labels,
        RecordingLevel level,
        Function<Scene, Stream<S>> subjects,
        List<Meter<S>> meters) {
    static final String CONNECT = "kafka.connect";
    static final String SLUICE = "sluice";

    /** Copies the lists. */
    Family {
        labels = List.copyOf(labels);
        meters = List.copyOf(meters);
    }

    /** Makes a family with Kafka Connect's names. */
    static <S extends Subject> Family<S> ofConnect(
            String type,
            String prefix,
            List<String> labels,
            Function<Scene, Stream<S>> subjects,
            List<Meter<S>> meters) {
        return new Family<>(CONNECT, type, prefix, labels, RecordingLevel.INFO, subjects, meters);
    }

    /** Makes a family of our own. */
    static <S extends Subject> Family<S> own(
            String type, List<String> labels, Function<Scene, Stream<S>> subjects, List<Meter<S>> meters) {
        return own(type, labels, RecordingLevel.INFO, subjects, meters);
    }

    /** Makes a family of our own that has many lines. */
    static <S extends Subject> Family<S> own(
            String type,
            List<String> labels,
            RecordingLevel level,
            Function<Scene, Stream<S>> subjects,
            List<Meter<S>> meters) {
        return new Family<>(SLUICE, type, SLUICE + "_" + type.replace('-', '_'), labels, level, subjects, meters);
    }

    /** Returns the name that Prometheus knows a metric by. */
    String name(Meter<S> meter) {
        return prefix + "_" + meter.attribute().replace('-', '_');
    }

    /** Returns the name of the metric that bears the words which never change. */
    String infoName() {
        return prefix + "_info";
    }

    /** Returns the metrics that are words which never change. */
    List<Meter<S>> texts() {
        return meters.stream().filter(meter -> meter.kind() == Kind.TEXT).toList();
    }

    /** Finds one subject again. */
    Optional<S> find(Scene scene, List<String> labelValues) {
        return subjects.apply(scene)
                .filter(subject -> subject.labels().equals(labelValues))
                .findFirst();
    }
}
