package dev.sluice.broker.handler;

import dev.sluice.broker.log.PartitionLog;
import dev.sluice.broker.topic.Topic;
import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.message.DescribeLogDirsRequestData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsPartition;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsResult;
import org.apache.kafka.common.message.DescribeLogDirsResponseData.DescribeLogDirsTopic;
import org.apache.kafka.common.protocol.ApiKeys;
import org.apache.kafka.common.protocol.Errors;
import org.apache.kafka.common.requests.AbstractResponse;
import org.apache.kafka.common.requests.DescribeLogDirsRequest;
import org.apache.kafka.common.requests.DescribeLogDirsResponse;

/** DescribeLogDirs (35), versions 1 to 5: the data directory, its free space and the sizes of partitions. */
final class DescribeLogDirsHandler implements Handler<DescribeLogDirsRequest> {
    private final Backend backend;

    DescribeLogDirsHandler(Backend backend) {
        this.backend = backend;
    }

    @Override
    public ApiKeys key() {
        return ApiKeys.DESCRIBE_LOG_DIRS;
    }

    @Override
    public Versions versions() {
        return Versions.of(1, 5);
    }

    @Override
    public CompletableFuture<AbstractResponse> handle(Call<DescribeLogDirsRequest> call) {
        // Asking for the free space may touch the disk.
        return backend.broker()
                .logs()
                .onReader(() -> new DescribeLogDirsResponse(new DescribeLogDirsResponseData()
                        .setResults(List.of(describe(call.request().data())))));
    }

    private DescribeLogDirsResult describe(DescribeLogDirsRequestData wanted) {
        Path directory = backend.broker().directory();
        List<DescribeLogDirsTopic> topics = new ArrayList<>();
        wanted(wanted).forEach((topic, partitions) -> {
            List<DescribeLogDirsPartition> sizes = partitions.stream()
                    .map(number -> backend.broker().logs().find(new TopicPartition(topic, number)))
                    .flatMap(Optional::stream)
                    .map(DescribeLogDirsHandler::size)
                    .toList();
            if (!sizes.isEmpty()) {
                topics.add(new DescribeLogDirsTopic().setName(topic).setPartitions(sizes));
            }
        });
        DescribeLogDirsResult result = new DescribeLogDirsResult()
                .setLogDir(directory.toString())
                .setErrorCode(
                        backend.broker().failure().isPresent() ? Errors.KAFKA_STORAGE_ERROR.code() : Errors.NONE.code())
                .setTopics(topics);
        try {
            FileStore disk = Files.getFileStore(directory);
            return result.setTotalBytes(disk.getTotalSpace()).setUsableBytes(disk.getUsableSpace());
        } catch (IOException e) {
            return result.setErrorCode(Errors.KAFKA_STORAGE_ERROR.code());
        }
    }

    /** No list in the request means all partitions. */
    private Map<String, List<Integer>> wanted(DescribeLogDirsRequestData request) {
        Map<String, List<Integer>> wanted = new HashMap<>();
        if (request.topics() == null) {
            for (Topic topic : backend.broker().topics().all().values()) {
                wanted.put(
                        topic.name(),
                        IntStream.range(0, topic.partitionCount()).boxed().toList());
            }
        } else {
            request.topics().forEach(topic -> wanted.put(topic.topic(), topic.partitions()));
        }
        return wanted;
    }

    private static DescribeLogDirsPartition size(PartitionLog log) {
        return new DescribeLogDirsPartition()
                .setPartitionIndex(log.partition().partition())
                .setPartitionSize(log.sizeBytes());
    }
}
