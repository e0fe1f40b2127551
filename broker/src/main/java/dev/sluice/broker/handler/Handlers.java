package dev.sluice.broker.handler;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.protocol.ApiKeys;

/** The list of all requests that the broker answers. */
public final class Handlers {
    private final List<Handler<?>> list;
    private final Map<ApiKeys, Handler<?>> byKey = new EnumMap<>(ApiKeys.class);

    private Handlers(List<Handler<?>> list) {
        this.list = Collections.unmodifiableList(list);
        list.forEach(handler -> byKey.put(handler.key(), handler));
    }

    /**
     * Makes all handlers.
     *
     * @param backend what they work with
     * @return the list
     */
    public static Handlers of(Backend backend) {
        List<Handler<?>> list = new ArrayList<>();
        list.add(new ApiVersionsHandler(Collections.unmodifiableList(list)));
        list.add(new MetadataHandler(backend));
        list.add(new ProduceHandler(backend));
        list.add(new FetchHandler(backend));
        list.add(new ListOffsetsHandler(backend));
        list.add(new InitProducerIdHandler(backend));
        list.add(new OffsetForLeaderEpochHandler(backend));
        list.add(new CreateTopicsHandler(backend));
        list.add(new DeleteTopicsHandler(backend));
        list.add(new CreatePartitionsHandler(backend));
        list.add(new DeleteRecordsHandler(backend));
        list.add(new DescribeConfigsHandler(backend));
        list.add(new AlterConfigsHandler(backend));
        list.add(new IncrementalAlterConfigsHandler(backend));
        list.add(new ListConfigResourcesHandler(backend));
        list.add(new DescribeClusterHandler(backend));
        list.add(new DescribeTopicPartitionsHandler(backend));
        list.add(new DescribeLogDirsHandler(backend));
        list.add(new ListPartitionReassignmentsHandler());
        list.add(new DescribeClientQuotasHandler(backend));
        list.add(new AlterClientQuotasHandler(backend));
        list.addAll(GroupHandlers.of(backend));
        list.addAll(SecurityHandlers.of(backend));
        list.addAll(TransactionHandlers.of(backend));
        return new Handlers(list);
    }

    /** Returns all handlers. */
    public List<Handler<?>> all() {
        return list;
    }

    /**
     * Finds the handler of an API key.
     *
     * @param key the key
     * @return its handler, or empty where the broker does not answer such requests
     */
    public Optional<Handler<?>> find(ApiKeys key) {
        return Optional.ofNullable(byKey.get(key));
    }
}
