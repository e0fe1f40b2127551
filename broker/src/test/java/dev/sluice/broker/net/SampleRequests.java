package dev.sluice.broker.net;

import dev.sluice.broker.Batches;
import dev.sluice.broker.topic.Topic;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.message.AlterClientQuotasRequestData;
import org.apache.kafka.common.message.AlterConfigsRequestData;
import org.apache.kafka.common.message.ApiVersionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData;
import org.apache.kafka.common.message.CreatePartitionsRequestData.CreatePartitionsTopic;
import org.apache.kafka.common.message.CreateTopicsRequestData;
import org.apache.kafka.common.message.CreateTopicsRequestData.CreatableTopic;
import org.apache.kafka.common.message.DeleteRecordsRequestData;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsPartition;
import org.apache.kafka.common.message.DeleteRecordsRequestData.DeleteRecordsTopic;
import org.apache.kafka.common.message.DeleteTopicsRequestData;
import org.apache.kafka.common.message.DescribeClientQuotasRequestData;
import org.apache.kafka.common.message.DescribeClusterRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData;
import org.apache.kafka.common.message.DescribeConfigsRequestData.DescribeConfigsResource;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeTopicPartitionsRequestData;
import org.apache.kafka.common.message.FetchRequestData;
import org.apache.kafka.common.message.FetchRequestData.FetchPartition;
import org.apache.kafka.common.message.FetchRequestData.FetchTopic;
import org.apache.kafka.common.message.IncrementalAlterConfigsRequestData;
import org.apache.kafka.common.message.InitProducerIdRequestData;
import org.apache.kafka.common.message.ListConfigResourcesRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsPartition;
import org.apache.kafka.common.message.ListOffsetsRequestData.ListOffsetsTopic;
import org.apache.kafka.common.message.ListPartitionReassignmentsRequestData;
import org.apache.kafka.common.message.MetadataRequestData;
import org.apache.kafka.common.message.MetadataRequestData.MetadataRequestTopic;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderPartition;
import org.apache.kafka.common.message.OffsetForLeaderEpochRequestData.OffsetForLeaderTopic;
import org.apache.kafka.common.message.ProduceRequestData;
import org.apache.kafka.common.message.ProduceRequestData.PartitionProduceData;
import org.apache.kafka.common.message.ProduceRequestData.TopicProduceData;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.ApiMessage;
import org.apache.kafka.common.record.internal.BaseRecords;
import org.apache.kafka.common.requests.ListOffsetsRequest;

/** One request of each kind that succeeds, about partition 0 of a topic with records. */
final class SampleRequests {
    private final Topic topic;

    private final GroupSamples groups;

    SampleRequests(Topic topic) {
        this.topic = topic;
        groups = new GroupSamples(topic);
    }

    /** The request in a version; empty for kinds that are tested elsewhere. */
    Optional<ApiMessage> of(ApiKeys key, short version) {
        return Optional.ofNullable(
                switch (key) {
                    case API_VERSIONS ->
                        new ApiVersionsRequestData()
                                .setClientSoftwareName("raw")
                                .setClientSoftwareVersion("1");
                    case METADATA -> metadata(version);
                    case PRODUCE -> produce(version, (short) 1, Batches.of("x"));
                    case FETCH -> fetch(version, 0, 1, 0);
                    case LIST_OFFSETS -> listOffsets(ListOffsetsRequest.LATEST_TIMESTAMP);
                    case INIT_PRODUCER_ID ->
                        new InitProducerIdRequestData().setTransactionalId(null).setTransactionTimeoutMs(1000);
                    case OFFSET_FOR_LEADER_EPOCH -> offsetForLeaderEpoch();
                    case CREATE_TOPICS -> createTopics("made" + version);
                    case DELETE_TOPICS -> deleteTopics(version);
                    case CREATE_PARTITIONS -> createPartitions();
                    case DELETE_RECORDS -> deleteRecords();
                    case DESCRIBE_CONFIGS -> describeConfigs(version);
                    case ALTER_CONFIGS -> alterConfigs();
                    case INCREMENTAL_ALTER_CONFIGS -> incrementalAlterConfigs();
                    case LIST_CONFIG_RESOURCES -> new ListConfigResourcesRequestData();
                    case DESCRIBE_CLUSTER -> new DescribeClusterRequestData();
                    case DESCRIBE_TOPIC_PARTITIONS -> new DescribeTopicPartitionsRequestData();
                    case DESCRIBE_LOG_DIRS -> new DescribeLogDirsRequestData().setTopics(null);
                    case LIST_PARTITION_REASSIGNMENTS -> new ListPartitionReassignmentsRequestData();
                    case DESCRIBE_CLIENT_QUOTAS -> new DescribeClientQuotasRequestData();
                    case ALTER_CLIENT_QUOTAS ->
                        new AlterClientQuotasRequestData()
                                .setEntries(List.of(new AlterClientQuotasRequestData.EntryData()
                                        .setEntity(List.of(new AlterClientQuotasRequestData.EntityData()
                                                .setEntityType("client-id")
                                                .setEntityName("sample")))
                                        .setOps(List.of(new AlterClientQuotasRequestData.OpData()
                                                .setKey("producer_byte_rate")
                                                .setValue(1e9)))));
                    default -> groups.of(key, version).orElse(null);
                });
    }

    private ApiMessage metadata(short version) {
        return new MetadataRequestData()
                .setTopics(List.of(new MetadataRequestTopic().setName(topic.name())))
                .setIncludeTopicAuthorizedOperations(version >= 8);
    }

    ApiMessage produce(int version, short acks, BaseRecords records) {
        return produce(version, acks, 0, records);
    }

    ApiMessage produce(int version, short acks, int partition, BaseRecords records) {
        ProduceRequestData data = new ProduceRequestData().setAcks(acks).setTimeoutMs(1000);
        data.topicData()
                .mustAdd(new TopicProduceData()
                        .setName(version >= 13 ? "" : topic.name())
                        .setTopicId(version >= 13 ? topic.id() : Uuid.ZERO_UUID)
                        .setPartitionData(List.of(
                                new PartitionProduceData().setIndex(partition).setRecords(records))));
        return data;
    }

    ApiMessage fetch(int version, long offset, int bytesMin, int waitMillis) {
        return new FetchRequestData()
                .setReplicaId(-1)
                .setMaxWaitMs(waitMillis)
                .setMinBytes(bytesMin)
                .setMaxBytes(1 << 20)
                .setTopics(List.of(new FetchTopic()
                        .setTopic(version >= 13 ? "" : topic.name())
                        .setTopicId(version >= 13 ? topic.id() : Uuid.ZERO_UUID)
                        .setPartitions(List.of(new FetchPartition()
                                .setPartition(0)
                                .setFetchOffset(offset)
                                .setPartitionMaxBytes(1 << 20)))));
    }

    ApiMessage listOffsets(long timestamp) {
        return new ListOffsetsRequestData()
                .setReplicaId(-1)
                .setTopics(List.of(new ListOffsetsTopic()
                        .setName(topic.name())
                        .setPartitions(List.of(
                                new ListOffsetsPartition().setPartitionIndex(0).setTimestamp(timestamp)))));
    }

    private ApiMessage offsetForLeaderEpoch() {
        OffsetForLeaderEpochRequestData data = new OffsetForLeaderEpochRequestData();
        data.topics()
                .mustAdd(new OffsetForLeaderTopic()
                        .setTopic(topic.name())
                        .setPartitions(List.of(new OffsetForLeaderPartition().setLeaderEpoch(0))));
        return data;
    }

    static ApiMessage createTopics(String name) {
        CreateTopicsRequestData data = new CreateTopicsRequestData();
        data.topics()
                .mustAdd(new CreatableTopic().setName(name).setNumPartitions(2).setReplicationFactor((short) 1));
        return data;
    }

    private ApiMessage deleteTopics(short version) {
        DeleteTopicsRequestData data = new DeleteTopicsRequestData();
        return version >= 6
                ? data.setTopics(List.of(new DeleteTopicsRequestData.DeleteTopicState().setName("gone" + version)))
                : data.setTopicNames(List.of("gone" + version));
    }

    private ApiMessage createPartitions() {
        CreatePartitionsRequestData data = new CreatePartitionsRequestData().setValidateOnly(true);
        data.topics()
                .mustAdd(new CreatePartitionsTopic()
                        .setName(topic.name())
                        .setCount(5)
                        .setAssignments(null));
        return data;
    }

    private ApiMessage deleteRecords() {
        return new DeleteRecordsRequestData()
                .setTopics(List.of(new DeleteRecordsTopic()
                        .setName(topic.name())
                        .setPartitions(List.of(new DeleteRecordsPartition()
                                .setPartitionIndex(1)
                                .setOffset(-1)))));
    }

    private ApiMessage describeConfigs(short version) {
        return new DescribeConfigsRequestData()
                .setIncludeSynonyms(true)
                .setIncludeDocumentation(version >= 3)
                .setResources(List.of(
                        new DescribeConfigsResource()
                                .setResourceType(ConfigResource.Type.TOPIC.id())
                                .setResourceName(topic.name())
                                .setConfigurationKeys(null),
                        new DescribeConfigsResource()
                                .setResourceType(ConfigResource.Type.BROKER.id())
                                .setResourceName("1")
                                .setConfigurationKeys(null)));
    }

    private ApiMessage alterConfigs() {
        AlterConfigsRequestData data = new AlterConfigsRequestData().setValidateOnly(true);
        data.resources()
                .mustAdd(new AlterConfigsRequestData.AlterConfigsResource()
                        .setResourceType(ConfigResource.Type.TOPIC.id())
                        .setResourceName(topic.name()));
        return data;
    }

    private ApiMessage incrementalAlterConfigs() {
        IncrementalAlterConfigsRequestData data = new IncrementalAlterConfigsRequestData().setValidateOnly(true);
        data.resources()
                .mustAdd(new IncrementalAlterConfigsRequestData.AlterConfigsResource()
                        .setResourceType(ConfigResource.Type.TOPIC.id())
                        .setResourceName(topic.name()));
        return data;
    }
}
