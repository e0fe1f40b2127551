#!/usr/bin/python3
"""confluent_kafka for Python: transactions, and a copy that sends its offsets with them.

    clients/confluent-kafka/transactions.py HOST:PORT
"""
import sys
import uuid

try:
    import confluent_kafka
    from confluent_kafka import Consumer, KafkaException, Producer, TopicPartition
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


def producer(name):
    made = Producer({"bootstrap.servers": BROKERS, "transactional.id": f"{name}-{RUN}"})
    made.init_transactions(PATIENCE)
    return made


def values(topic, isolation):
    """Reads a topic's only partition to its end."""
    consumer = Consumer({"bootstrap.servers": BROKERS, "group.id": "reads-" + RUN, "enable.auto.commit": False,
                         "isolation.level": isolation, "enable.partition.eof": True})
    consumer.assign([TopicPartition(topic, 0, 0)])
    found = []
    while True:
        message = consumer.poll(PATIENCE)
        if message is None:
            sys.exit(f"FAILED: {topic} does not end")
        if message.error() is None:
            found.append(message.value().decode())
        elif message.error().code() == confluent_kafka.KafkaError._PARTITION_EOF:
            consumer.close()
            return found
        else:
            raise KafkaException(message.error())


def commit_and_abort():
    topic = "transactions-" + RUN
    writer = producer("writer")
    for value, is_kept in [("a", True), ("b", False), ("c", True)]:
        writer.begin_transaction()
        writer.produce(topic, value)
        writer.produce(topic, value + value)
        writer.commit_transaction(PATIENCE) if is_kept else abort(writer)
    check("who reads committed sees no aborted message", values(topic, "read_committed") == ["a", "aa", "c", "cc"])
    check("who reads uncommitted sees all", values(topic, "read_uncommitted") == ["a", "aa", "b", "bb", "c", "cc"])
    writer.begin_transaction()
    writer.produce(topic, "open")
    writer.flush(PATIENCE)
    check("an open transaction is not seen", values(topic, "read_committed") == ["a", "aa", "c", "cc"])
    abort(writer)


def abort(writer):
    """Aborts what was sent: without the flush the messages would never have left the client."""
    writer.flush(PATIENCE)
    writer.abort_transaction(PATIENCE)


def fencing():
    topic = "fenced-" + RUN
    old = producer("fenced")
    old.begin_transaction()
    old.produce(topic, "old")
    old.flush(PATIENCE)
    new = producer("fenced")
    try:
        old.commit_transaction(PATIENCE)
        check("the older of two producers is fenced off", False)
    except KafkaException as refused:
        check("the older of two producers is fenced off", refused.args[0].code() == confluent_kafka.KafkaError._FENCED,
              refused)
    new.begin_transaction()
    new.produce(topic, "new")
    new.commit_transaction(PATIENCE)
    check("only the newer one's message is there", values(topic, "read_committed") == ["new"])


def copy():
    source, target = "source-" + RUN, "target-" + RUN
    plain = Producer({"bootstrap.servers": BROKERS})
    for number in range(20):
        plain.produce(source, str(number))
    plain.flush(PATIENCE)

    def consumer():
        made = Consumer({"bootstrap.servers": BROKERS, "group.id": "copy-" + RUN, "auto.offset.reset": "earliest",
                         "enable.auto.commit": False, "isolation.level": "read_committed"})
        made.subscribe([source])
        return made

    def copy_ten(reader, is_kept):
        writer.begin_transaction()
        for _ in range(10):
            writer.produce(target, reader.poll(PATIENCE).value())
        offsets = reader.position(reader.assignment())
        writer.send_offsets_to_transaction(offsets, reader.consumer_group_metadata(), PATIENCE)
        writer.commit_transaction(PATIENCE) if is_kept else abort(writer)
        reader.close()

    writer = producer("copier")
    copy_ten(consumer(), True)
    copy_ten(consumer(), False)
    copy_ten(consumer(), True)
    expected = [str(number) for number in range(20)]
    check("each message is copied once, after an aborted try", values(target, "read_committed") == expected)


print("confluent_kafka", confluent_kafka.version()[0], "on librdkafka", confluent_kafka.libversion()[0])
commit_and_abort()
fencing()
copy()
