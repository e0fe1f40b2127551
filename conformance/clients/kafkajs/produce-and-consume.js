#!/usr/bin/env node
// kafkajs: a producer, a consumer group and an admin client.
//   npm ci && ./produce-and-consume.js HOST:PORT
let kafkajs;
try {
  kafkajs = require("kafkajs");
} catch {
  console.log("kafkajs is not installed: npm ci");
  process.exit(77);
}
const { Kafka, CompressionTypes, ConfigResourceTypes, logLevel } = kafkajs;

const run = Date.now().toString(36) + process.pid;
const kafka = new Kafka({ clientId: "kafkajs", brokers: [process.argv[2]], logLevel: logLevel.ERROR });
const numbers = Array.from({ length: 200 }, (_, number) => number);

function check(what, isSo, seen) {
  if (!isSo) throw new Error(`${what}: ${JSON.stringify(seen)}`);
  console.log(`ok  ${what}`);
}

/** Reads so many messages as a member of a group, and leaves it with what it read committed. */
async function read(groupId, topic, count) {
  const consumer = kafka.consumer({ groupId });
  const messages = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, (event) => reject(event.payload.error));
    const eachMessage = async ({ partition, message }) => {
      messages.push({ partition, ...message });
      if (messages.length === count) resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return messages;
}

async function writeAndRead(admin, compression) {
  const topic = `kafkajs-${compression}-${run}`;
  await admin.createTopics({ topics: [{ topic, numPartitions: 2 }] });
  const producer = kafka.producer();
  await producer.connect();
  const messages = numbers.map((n) => ({ key: `k${n}`, value: `value ${n}`, partition: n % 2, headers: { n: `${n}` } }));
  const answers = await producer.send({ topic, messages, acks: -1, compression: CompressionTypes[compression] });
  check(`messages are acknowledged, compression ${compression}`, answers.every((a) => a.errorCode === 0), answers);

  const group = `kafkajs-${run}-${compression}`;
  const seen = await read(group, topic, numbers.length);
  const inOrder = (partition) => seen.filter((m) => m.partition === partition).map((m) => m.value.toString());
  const expected = (partition) => numbers.filter((n) => n % 2 === partition).map((n) => `value ${n}`);
  check("each partition comes back in its order",
    [0, 1].every((partition) => JSON.stringify(inOrder(partition)) === JSON.stringify(expected(partition))));
  check("keys and headers come back", seen.every((m) =>
    m.key.toString() === `k${m.headers.n}` && m.value.toString() === `value ${m.headers.n}`));

  await producer.send({ topic, messages: [{ value: "one more", partition: 1 }] });
  await producer.disconnect();
  const rest = await read(group, topic, 1);
  check("the group goes on after its commit", rest[0].value.toString() === "one more", rest);
  const stored = (await admin.fetchOffsets({ groupId: group, topics: [topic] }))[0].partitions;
  const ends = await admin.fetchTopicOffsets(topic);
  const offsets = (list) => list.map((p) => `${p.partition}:${p.offset}`).sort().join();
  check("the commit is stored", offsets(stored) === offsets(ends) && offsets(ends) === "0:100,1:101", { stored, ends });
}

async function administer(admin) {
  const topic = `kafkajs-admin-${run}`;
  check("a topic is made", await admin.createTopics({ topics: [{ topic, numPartitions: 2 }] }));
  check("a second one of that name is refused", !(await admin.createTopics({ topics: [{ topic }] })));
  await admin.createPartitions({ topicPartitions: [{ topic, count: 3 }] });
  const described = await admin.fetchTopicMetadata({ topics: [topic] });
  check("partitions are added", described.topics[0].partitions.length === 3, described);

  const resource = { type: ConfigResourceTypes.TOPIC, name: topic };
  await admin.alterConfigs({ resources: [{ ...resource, configEntries: [{ name: "retention.ms", value: "7200000" }] }] });
  const configs = await admin.describeConfigs({ resources: [{ ...resource, configNames: ["retention.ms"] }] });
  check("settings are altered", configs.resources[0].configEntries[0].configValue === "7200000", configs);

  const producer = kafka.producer({ idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  await producer.send({ topic, messages: numbers.map((n) => ({ value: `${n}`, partition: 0 })) });
  await producer.disconnect();
  const offsets = (await admin.fetchTopicOffsets(topic)).find((p) => p.partition === 0);
  check("an idempotent producer writes", offsets.low === "0" && offsets.high === "200", offsets);

  const group = `kafkajs-${run}-GZIP`;
  const groups = await admin.describeGroups([group]);
  check("a group is described", groups.groups[0].state === "Empty", groups);
  await admin.resetOffsets({ groupId: group, topic: `kafkajs-GZIP-${run}`, earliest: true });
  check("its offsets are reset", (await read(group, `kafkajs-GZIP-${run}`, 201)).length === 201);
  await admin.deleteGroups([group]);
  check("it is deleted", !(await admin.listGroups()).groups.some((found) => found.groupId === group));
  await admin.deleteTopics({ topics: [topic] });
  check("a topic is deleted", !(await admin.listTopics()).includes(topic));
}

async function main() {
  console.log("kafkajs", require("kafkajs/package.json").version, "on node", process.version);
  const admin = kafka.admin();
  await admin.connect();
  check("the cluster is described", (await admin.describeCluster()).brokers.length === 1);
  await writeAndRead(admin, "None");
  await writeAndRead(admin, "GZIP");
  await administer(admin);
  await admin.disconnect();
}

main().catch((error) => {
  console.log("FAILED:", error);
  process.exit(1);
});
