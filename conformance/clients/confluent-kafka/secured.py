#!/usr/bin/python3
"""confluent_kafka for Python: over TLS, with a user's name and password if the environment names them.

    KAFKA_CA=ca.pem [KAFKA_USER=alice KAFKA_PASSWORD=secret KAFKA_MECHANISM=PLAIN] clients/confluent-kafka/secured.py HOST:PORT

SCRAM fails with librdkafka before 2.6.1, at every broker.
"""
import os
import sys
import uuid

try:
    import confluent_kafka
    from confluent_kafka import Consumer, KafkaError, KafkaException, Producer
    from confluent_kafka.admin import AdminClient
except ImportError:
    print("confluent_kafka is not installed: apt-get install python3-confluent-kafka")
    sys.exit(77)

PATIENCE = 60
TLS = {"bootstrap.servers": sys.argv[1], "security.protocol": "SSL", "ssl.ca.location": os.environ["KAFKA_CA"]}
USER = os.environ.get("KAFKA_USER")
SETTINGS = TLS if not USER else {**TLS, "security.protocol": "SASL_SSL", "sasl.username": USER,
                                 "sasl.mechanism": os.environ["KAFKA_MECHANISM"],
                                 "sasl.password": os.environ["KAFKA_PASSWORD"]}


def check(what, is_so, seen=""):
    if not is_so:
        sys.exit(f"FAILED: {what}: {seen}")
    print(f"ok  {what}")


def carries():
    topic = "secured-" + uuid.uuid4().hex[:8]
    producer = Producer({**SETTINGS, "enable.idempotence": True})
    for number in range(500):
        producer.produce(topic, str(number))
    check("messages are delivered", producer.flush(PATIENCE) == 0)
    consumer = Consumer({**SETTINGS, "group.id": topic, "auto.offset.reset": "earliest"})
    consumer.subscribe([topic])
    values = [consumer.poll(PATIENCE).value() for _ in range(500)]
    consumer.close()
    check("and come back", values == [b"%d" % number for number in range(500)])


def refuses(what, settings, code):
    seen = []
    client = AdminClient({**settings, "error_cb": lambda error: seen.append(error.code())})
    try:
        client.list_topics(timeout=5)
        check(what, False, "it was let in")
    except KafkaException:
        client.poll(1)
        check(what, code in seen, seen)


print("confluent_kafka", confluent_kafka.version()[0], "on librdkafka", confluent_kafka.libversion()[0])
carries()
refuses("a certificate that is not trusted ends the connection",
        {key: value for key, value in SETTINGS.items() if key != "ssl.ca.location"}, KafkaError._SSL)
if USER:
    refuses("a wrong password is refused", {**SETTINGS, "sasl.password": "wrong"}, KafkaError._AUTHENTICATION)
