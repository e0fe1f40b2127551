#!/usr/bin/python3
"""kafka-python, which speaks the oldest versions of the protocol: a producer, a consumer group and an admin client.

    clients/kafka-python/produce-and-consume.py HOST:PORT
"""
import sys
import uuid

try:
    import kafka
    from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer, TopicPartition
    from kafka.admin import ConfigResource, ConfigResourceType, NewPartitions, NewTopic
    from kafka.errors import TopicAlreadyExistsError
except ImportError:
    print("kafka-python is not installed: apt-get install python3-kafka")
    sys.exit(77)

BROKERS = sys.argv[1]
RUN = uuid.uuid4().hex[:8]
PATIENCE = 60


def check(what, is_so, seen=""):
    if not is_so:
        sys.exit(f"FAILED: {what}: {seen}")
    print(f"ok  {what}")


def group(topic):
    return KafkaConsumer(topic, bootstrap_servers=BROKERS, group_id="old-" + RUN, auto_offset_reset="earliest",
                         enable_auto_commit=False, consumer_timeout_ms=PATIENCE * 1000)


def write_and_read(compression):
    topic = f"old-{compression}-{RUN}"
    producer = KafkaProducer(bootstrap_servers=BROKERS, acks="all", compression_type=compression, linger_ms=20)
    sent = [producer.send(topic, key=b"k%d" % n, value=b"value %d" % n, headers=[("n", b"%d" % n)]) for n in range(200)]
    offsets = [future.get(PATIENCE).offset for future in sent]
    producer.close()
    check(f"200 messages are acknowledged in order, compression {compression}", offsets == list(range(200)), offsets)

    consumer = group(topic)
    messages = [next(consumer) for _ in range(200)]
    check("keys, values and headers come back",
          [(m.key, m.value, m.headers) for m in messages]
          == [(b"k%d" % n, b"value %d" % n, [("n", b"%d" % n)]) for n in range(200)])
    consumer.commit()
    consumer.close()

    producer = KafkaProducer(bootstrap_servers=BROKERS)
    producer.send(topic, b"one more").get(PATIENCE)
    producer.close()
    consumer = group(topic)
    check("the group goes on after its commit", next(consumer).offset == 200)
    partition = TopicPartition(topic, 0)
    check("the commit is stored", consumer.committed(partition) == 200)
    check("first and last offset are known",
          (consumer.beginning_offsets([partition])[partition], consumer.end_offsets([partition])[partition])
          == (0, 201))
    stamp = messages[100].timestamp
    found = consumer.offsets_for_times({partition: stamp})[partition]
    check("the first message of a time is found", messages[found.offset].timestamp == stamp, found)
    consumer.close()


def admin():
    topic = "old-admin-" + RUN
    client = KafkaAdminClient(bootstrap_servers=BROKERS)
    client.create_topics([NewTopic(topic, 2, 1, topic_configs={"retention.ms": "3600000"})])
    check("a topic is made", topic in client.list_topics())
    try:
        client.create_topics([NewTopic(topic, 2, 1)])
        check("a second one of that name is refused", False)
    except TopicAlreadyExistsError:
        check("a second one of that name is refused", True)
    client.create_partitions({topic: NewPartitions(3)})
    check("partitions are added", len(client.describe_topics([topic])[0]["partitions"]) == 3)
    resource = ConfigResource(ConfigResourceType.TOPIC, topic)
    entries = client.describe_configs([resource])[0].resources[0][4]
    check("its settings are described", ("retention.ms", "3600000") in [entry[:2] for entry in entries], entries)
    check("groups are listed", ("old-" + RUN, "consumer") in client.list_consumer_groups())
    check("the offsets of a group are listed", any(found.offset == 200 for found in
          client.list_consumer_group_offsets("old-" + RUN).values()))
    client.delete_topics([topic])
    check("a topic is deleted", topic not in client.list_topics())
    client.close()


print("kafka-python", kafka.__version__)
for codec in [None, "gzip"]:
    write_and_read(codec)
admin()
