package dev.sluice.broker.handler;

import dev.sluice.broker.topic.NewTopic;
import dev.sluice.broker.topic.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableReplicaAssignment;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.CreateTopicsResponseData;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicConfigs;
import org.apache.kafka.common.message.CreateTopicsResponseData.CreatableTopicResult;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.CreateTopicsRequest;
import org.apache.kafka.common.requests.CreateTopicsResponse;
import org.jspecify.annotations.Nullable;

/**
 * CreateTopics (19), versions 2 to 7. Partitions may be assigned by hand, to this broker only. A replication factor above 1
 * is refused as by a Kafka of one node, or taken for 1 with {@code accept.any.replication.factor}. The time-out is not
 * looked at: creating waits for the disk only.
 */
final class CreateTopicsHandler implements Handler<CreateTopicsRequest> {
    private static final short REPLICATION_FACTOR = 1;

    private final Backend backend;

    CreateTopicsHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.CREATE_TOPICS;
    }

    @Override
    public Versions versions() {
        return Versions.of(2, 7);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<CreateTopicsRequest> call) {
        Map<String, Integer> counts = new LinkedHashMap<>();
        call.request().data().topics().forEach(topic -> counts.merge(topic.name(), 1, Integer::sum));
        List<CompletableFuture<CreatableTopicResult>> results = new ArrayList<>(counts.size());
        counts.forEach((name, count) -> results.add(create(call, name, count > 1)));
        return Futures.all(results).thenApply(done -> {
            CreateTopicsResponseData data = new CreateTopicsResponseData();
            done.forEach(data.topics()::mustAdd);
            return new CreateTopicsResponse(data);
        });
    }

    private CompletableFuture<CreatableTopicResult> create(
            Call<CreateTopicsRequest> call, String name, boolean isNamedTwice) {
        CompletableFuture<Topic> created;
        try {
            if (isNamedTwice) {
                throw Errors.INVALID_REQUEST.exception("Cannot create topic " + name + ": it is named twice.");
            }
            NewTopic wanted = checked(call.request().data().topics().find(name));
            created = call.request().data().validateOnly()
                    ? CompletableFuture.completedFuture(sample(wanted))
                    : backend.broker().topics().create(wanted);
        } catch (RuntimeException e) {
            created = CompletableFuture.failedFuture(e);
        }
        return created.handle((topic, failure) -> failure == null ? done(topic) : failed(name, failure));
    }

    /** Checks in the order of Kafka's controller. */
    private NewTopic checked(CreatableTopic wanted) {
        if (backend.broker().topics().find(wanted.name()).isPresent()) {
            throw Errors.TOPIC_ALREADY_EXISTS.exception("Topic '" + wanted.name() + "' already exists.");
        }
        checkName(wanted.name());
        @Nullable Integer partitionCount = wanted.assignments().isEmpty() ? unassigned(wanted) : assigned(wanted);
        Map<String, String> settings = new HashMap<>();
        wanted.configs().forEach(config -> {
            if (config.value() == null) {
                throw Errors.INVALID_CONFIG.exception("Setting " + config.name() + " has no value.");
            }
            settings.put(config.name(), config.value());
        });
        TopicSettings.check(backend, wanted.name(), settings);
        return new NewTopic(wanted.name(), partitionCount, settings);
    }

    private static void checkName(String name) {
        if (TopicReplies.isInternal(name)) {
            throw Errors.INVALID_TOPIC_EXCEPTION.exception(
                    "Cannot create topic " + name + ": the broker makes it itself.");
        }
        org.apache.kafka.common.internals.Topic.validate(name);
    }

    /** Null stands for the default. */
    private @Nullable Integer unassigned(CreatableTopic wanted) {
        if (wanted.replicationFactor() != -1) {
            TopicReplies.checkReplicationFactor(backend, wanted.replicationFactor());
        }
        if (wanted.numPartitions() == -1) {
            return null;
        }
        if (wanted.numPartitions() < 1) {
            throw Errors.INVALID_PARTITIONS.exception("Number of partitions was set to an invalid non-positive value.");
        }
        return wanted.numPartitions();
    }

    private Integer assigned(CreatableTopic wanted) {
        int count = wanted.assignments().size();
        if (wanted.numPartitions() != -1 || wanted.replicationFactor() != -1) {
            throw Errors.INVALID_REQUEST.exception("Cannot create topic " + wanted.name()
                    + ": give an assignment, or a number of partitions and replicas, not both.");
        }
        for (CreatableReplicaAssignment assignment : wanted.assignments()) {
            if (assignment.partitionIndex() < 0 || assignment.partitionIndex() >= count) {
                throw Errors.INVALID_REPLICA_ASSIGNMENT.exception(
                        "Cannot create topic " + wanted.name() + ": partitions must be numbered from 0 without a gap.");
            }
            TopicReplies.checkReplicas(backend, assignment.brokerIds());
        }
        return count;
    }

    private Topic sample(NewTopic wanted) {
        int count =
                wanted.partitionCount() == null ? backend.config().partitionCountDefault() : wanted.partitionCount();
        return new Topic(wanted.name(), Uuid.ZERO_UUID, count, wanted.settings());
    }

    private CreatableTopicResult done(Topic topic) {
        List<CreatableTopicConfigs> settings = TopicSettings.of(backend, topic).stream()
                .map(setting -> new CreatableTopicConfigs()
                        .setName(setting.name())
                        .setValue(setting.value())
                        .setConfigSource(setting.source().id()))
                .toList();
        return new CreatableTopicResult()
                .setName(topic.name())
                .setTopicId(topic.id())
                .setNumPartitions(topic.partitionCount())
                .setReplicationFactor(REPLICATION_FACTOR)
                .setConfigs(settings);
    }

    private static CreatableTopicResult failed(String name, Throwable failure) {
        ApiException error = ErrorCodes.exception(failure);
        return new CreatableTopicResult()
                .setName(name)
                .setErrorCode(Errors.forException(error).code())
                .setErrorMessage(error.getMessage());
    }
}
