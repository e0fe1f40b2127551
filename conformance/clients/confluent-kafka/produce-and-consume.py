#!/usr/bin/python3
"""confluent_kafka for Python: a producer, a consumer group and an admin client.

    clients/confluent-kafka/produce-and-consume.py HOST:PORT
"""
import json
import sys
import time
import uuid

try:
    import confluent_kafka
    from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
    from confluent_kafka.admin import AdminClient, ConfigResource, NewPartitions, NewTopic
except ImportError:
    print("confluent_kafka is not installed: apt-get install python3-confluent-kafka")
    sys.exit(77)

BROKERS = sys.argv[1]
RUN = uuid.uuid4().hex[:8]
PATIENCE = 60


def check(what, is_so, seen=""):
    if not is_so:
        sys.exit(f"FAILED: {what}: {seen}")
    print(f"ok  {what}")


def eventually(what, is_so):
    """In a cluster the answer to a change comes before every broker knows of it."""
    for _ in range(PATIENCE * 5):
        if is_so():
            break
        time.sleep(0.2)
    check(what, is_so())


def read(consumer, count):
    """Reads so many messages, or fewer if nothing comes for long."""
    messages = []
    while len(messages) < count:
        message = consumer.poll(PATIENCE)
        if message is None:
            break
        if message.error():
            raise KafkaException(message.error())
        messages.append(message)
    return messages


def group(topic, **more):
    consumer = Consumer({"bootstrap.servers": BROKERS, "group.id": "python-" + RUN,
                         "auto.offset.reset": "earliest", "enable.auto.commit": False, **more})
    consumer.subscribe([topic])
    return consumer


def simple_program():
    """What every tutorial begins with; the topic is made by the first message."""
    topic = "orders-" + RUN
    delivered = []

    def on_delivery(error, message):
        if error is not None:
            sys.exit(f"FAILED: a message is not delivered: {error}")
        delivered.append(message.offset())

    producer = Producer({"bootstrap.servers": BROKERS})
    for number in range(10):
        order = {"id": number, "item": "Käse", "price": 9.5}
        producer.produce(topic, key=str(number), value=json.dumps(order), callback=on_delivery)
    check("flush leaves nothing behind", producer.flush(PATIENCE) == 0)
    check("each message has its offset", delivered == list(range(10)), delivered)

    consumer = group(topic)
    messages = read(consumer, 10)
    check("keys come back", [m.key() for m in messages] == [b"%d" % n for n in range(10)])
    check("values come back", [json.loads(m.value())["id"] for m in messages] == list(range(10)))
    consumer.commit(messages[6], asynchronous=False)
    consumer.close()

    consumer = group(topic)
    rest = read(consumer, 3)
    check("the group goes on after its commit", [m.offset() for m in rest] == [7, 8, 9])
    partition = TopicPartition(topic, 0)
    check("the commit is stored", consumer.committed([partition], PATIENCE)[0].offset == 7)
    check("first and last offset are known", consumer.get_watermark_offsets(partition, PATIENCE) == (0, 10))
    consumer.close()


def admin():
    topic = "admin-" + RUN
    client = AdminClient({"bootstrap.servers": BROKERS})
    client.create_topics([NewTopic(topic, 2, 1, config={"retention.ms": "3600000"})])[topic].result(PATIENCE)

    def partitions():
        return len(client.list_topics(topic, PATIENCE).topics[topic].partitions)

    eventually("a topic is made", lambda: partitions() == 2)
    try:
        client.create_topics([NewTopic(topic, 2, 1)])[topic].result(PATIENCE)
        check("a second one of that name is refused", False)
    except KafkaException as refused:
        check("a second one of that name is refused", refused.args[0].name() == "TOPIC_ALREADY_EXISTS", refused)
    client.create_partitions([NewPartitions(topic, 3)])[topic].result(PATIENCE)
    eventually("partitions are added", lambda: partitions() == 3)

    resource = ConfigResource(ConfigResource.Type.TOPIC, topic)

    def retention():
        return client.describe_configs([resource])[resource].result(PATIENCE)["retention.ms"].value

    check("its settings are described", retention() == "3600000", retention())
    resource.set_config("retention.ms", "7200000")
    client.alter_configs([resource])[resource].result(PATIENCE)
    eventually("its settings are altered", lambda: retention() == "7200000")
    groups = {found.id: found for found in client.list_groups(timeout=PATIENCE)}
    check("groups are listed", groups["python-" + RUN].state == "Empty", groups)
    client.delete_topics([topic])[topic].result(PATIENCE)
    eventually("a topic is deleted", lambda: topic not in client.list_topics(timeout=PATIENCE).topics)


def two_members():
    """Partitions are shared out between two members, and taken over when one leaves."""
    topic = "shared-" + RUN
    client = AdminClient({"bootstrap.servers": BROKERS})
    client.create_topics([NewTopic(topic, 4, 1)])[topic].result(PATIENCE)
    settings = {"group.id": "shared-" + RUN}
    first, second = group(topic, **settings), group(topic, **settings)

    def share():
        for _ in range(PATIENCE * 5):
            first.poll(0.1)
            second.poll(0.1)
            if len(first.assignment()) == 2 and len(second.assignment()) == 2:
                return True
        return False

    check("two members have two partitions each", share())
    second.close()

    def take_over():
        return any(first.poll(0.2) is None and len(first.assignment()) == 4 for _ in range(PATIENCE * 5))

    check("the one that is left has all four", take_over())
    first.close()


print("confluent_kafka", confluent_kafka.version()[0], "on librdkafka", confluent_kafka.libversion()[0])
simple_program()
admin()
two_members()
