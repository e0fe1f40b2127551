#!/usr/bin/env node
// kafkajs: transactions, and a copy that sends its offsets with them.
//   npm ci && ./transactions.js HOST:PORT
let kafkajs;
try {
  kafkajs = require("kafkajs");
} catch {
  console.log("kafkajs is not installed: npm ci");
  process.exit(77);
}
const { Kafka, logLevel } = kafkajs;

const run = Date.now().toString(36) + process.pid;
const kafka = new Kafka({ clientId: "kafkajs", brokers: [process.argv[2]], logLevel: logLevel.NOTHING });

function check(what, isSo, seen) {
  if (!isSo) throw new Error(`${what}: ${JSON.stringify(seen)}`);
  console.log(`ok  ${what}`);
}

/** Reads a topic until a message that says "end", which it leaves out. */
async function values(topic, readUncommitted) {
  const consumer = kafka.consumer({ groupId: `${topic}-${readUncommitted}-${process.hrtime.bigint()}`, readUncommitted });
  const seen = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, (event) => reject(event.payload.error));
    const eachMessage = async ({ message }) => {
      if (message.value.toString() === "end") resolve();
      else seen.push(message.value.toString());
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  return seen.join(" ");
}

async function end(topic) {
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages: [{ value: "end" }] });
  await producer.disconnect();
}

function transactional(id) {
  return kafka.producer({ transactionalId: `${id}-${run}`, maxInFlightRequests: 1, idempotent: true });
}

async function commitAndAbort() {
  const topic = `kafkajs-transactions-${run}`;
  const producer = transactional("writer");
  await producer.connect();
  for (const [value, isKept] of [["a", true], ["b", false], ["c", true]]) {
    const transaction = await producer.transaction();
    await transaction.send({ topic, messages: [{ value }, { value: value + value }] });
    await (isKept ? transaction.commit() : transaction.abort());
  }
  await producer.disconnect();
  await end(topic);
  const committed = await values(topic, false);
  check("who reads committed sees no aborted message", committed === "a aa c cc", committed);
  const all = await values(topic, true);
  check("who reads uncommitted sees all", all === "a aa b bb c cc", all);
}

async function copy() {
  const [source, target, group] = ["source", "target", "group"].map((name) => `kafkajs-${name}-${run}`);
  const producer = transactional("copier");
  await producer.connect();
  const admin = kafka.admin();
  await admin.connect();
  const stored = async () => (await admin.fetchOffsets({ groupId: group, topics: [source] }))[0].partitions[0].offset;

  const copyTo = async (offset, isKept) => {
    const transaction = await producer.transaction();
    await transaction.send({ topic: target, messages: [{ value: `up to ${offset}` }] });
    const topics = [{ topic: source, partitions: [{ partition: 0, offset }] }];
    await transaction.sendOffsets({ consumerGroupId: group, topics });
    await (isKept ? transaction.commit() : transaction.abort());
  };
  await end(source);
  await copyTo("10", true);
  check("offsets are stored with the commit", (await stored()) === "10");
  await copyTo("20", false);
  check("an abort leaves them as they were", (await stored()) === "10");
  await copyTo("20", true);
  check("the next commit moves them on", (await stored()) === "20");
  await producer.disconnect();
  await admin.disconnect();
  await end(target);
  const copied = await values(target, false);
  check("messages and offsets agree", copied === "up to 10 up to 20", copied);
}

async function main() {
  console.log("kafkajs", require("kafkajs/package.json").version, "on node", process.version);
  await commitAndAbort();
  await copy();
}

main().catch((error) => {
  console.log("FAILED:", error);
  process.exit(1);
});
