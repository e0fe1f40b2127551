package dev.sluice.runtime.task;

import dev.sluice.api.error.ConnectorException;
import dev.sluice.runtime.config.DeadLetterSettings;
import dev.sluice.runtime.transport.RawHeader;
import dev.sluice.runtime.transport.RawRecord;
import dev.sluice.runtime.transport.TopicSettings;
import dev.sluice.runtime.transport.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The topic of a task's dead letters, and the headers that they get. Task thread.
 *
 * @param transport the log
 * @param settings the topic's name, and whether there are headers
 * @param task whose dead letters they are
 */
record DeadLetterTopic(Transport transport, DeadLetterSettings settings, TaskId task) {
    /** What failures name where a dead letter cannot be written. */
    static final String PLACE = "the dead letters";

    private static final TopicSettings ONE_PARTITION = new TopicSettings(1, Map.of());

    /** Returns where a task's dead letters go, if they are wanted. */
    static Optional<DeadLetterTopic> of(TaskJob<?> job, TaskServices services) {
        return job.settings()
                .errors()
                .deadLetters()
                .map(settings -> new DeadLetterTopic(services.transport(), settings, job.id()));
    }

    /** Creates the topic, if there is to be one and it is missing, so that it is there before the first dead letter. */
    static void open(Optional<DeadLetterTopic> wanted) throws TaskFailedException {
        try {
            String unused = wanted.map(DeadLetterTopic::ensured).orElse("");
        } catch (ConnectorException refused) {
            throw new TaskFailedException(Failure.of(Stage.KAFKA_PRODUCE, PLACE, refused));
        }
    }

    /** Creates the topic where it is missing; at the start, and again should it be deleted. Returns its name. */
    String ensured() {
        String name = settings.topic();
        if (transport.partitionCount(name) == 0) {
            transport.createTopic(name, ONE_PARTITION);
        }
        return name;
    }

    /** Returns a record with the headers that explain its failure behind its own. */
    RawRecord explained(RawRecord record, DeadLetterHeaders.Place place, Failure failure) {
        if (!settings.hasContextHeaders()) {
            return record;
        }
        List<RawHeader> headers = new ArrayList<>(record.headers());
        headers.addAll(DeadLetterHeaders.of(task, place, failure));
        return new RawRecord(record.key(), record.value(), headers, record.timestampMillis());
    }
}
