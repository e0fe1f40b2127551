#!/usr/bin/env node
// node-rdkafka, a new librdkafka: transactions, and offsets that are sent with them.
//   npm ci && ./transactions.js HOST:PORT
let kafka;
try {
  kafka = require("node-rdkafka");
} catch {
  console.log("node-rdkafka is not installed: npm ci");
  process.exit(77);
}

const brokers = process.argv[2];
const run = Date.now().toString(36) + process.pid;
const LIMIT_MILLIS = 60000;

function check(what, isSo, seen) {
  if (!isSo) throw new Error(`${what}: ${JSON.stringify(seen)}`);
  console.log(`ok  ${what}`);
}

/** Turns a method with a callback at the end into a promise. */
function call(object, method, ...values) {
  return new Promise((resolve, reject) => {
    object[method](...values, (error, result) => (error ? reject(error) : resolve(result)));
  });
}

async function consumer(topic, more) {
  const made = new kafka.KafkaConsumer(
    { "metadata.broker.list": brokers, "enable.auto.commit": false, "group.id": `g-${topic}`, ...more },
    { "auto.offset.reset": "earliest" });
  await call(made, "connect", {});
  return made;
}

/** Reads a topic's only partition to its end. */
async function values(topic, isolation) {
  const reader = await consumer(topic, { "isolation.level": isolation, "enable.partition.eof": true });
  let isAtEnd = false;
  reader.on("partition.eof", () => (isAtEnd = true));
  reader.assign([{ topic, partition: 0, offset: 0 }]);
  const seen = [];
  while (!isAtEnd) seen.push(...(await call(reader, "consume", 10)));
  await call(reader, "disconnect");
  return seen.map((message) => message.value.toString()).join(" ");
}

async function main() {
  console.log("node-rdkafka", require("node-rdkafka/package.json").version, "on librdkafka", kafka.librdkafkaVersion);
  const topic = `rdkafka-transactions-${run}`;
  const producer = new kafka.Producer({ "metadata.broker.list": brokers, "transactional.id": `rdkafka-${run}` });
  await call(producer, "connect", {});
  producer.setPollInterval(20);
  await call(producer, "initTransactions", LIMIT_MILLIS);

  for (const [value, isKept] of [["a", true], ["b", false], ["c", true]]) {
    await call(producer, "beginTransaction");
    producer.produce(topic, 0, Buffer.from(value));
    producer.produce(topic, 0, Buffer.from(value + value));
    await call(producer, "flush", LIMIT_MILLIS);
    await call(producer, isKept ? "commitTransaction" : "abortTransaction", LIMIT_MILLIS);
  }
  const committed = await values(topic, "read_committed");
  check("who reads committed sees no aborted message", committed === "a aa c cc", committed);
  const all = await values(topic, "read_uncommitted");
  check("who reads uncommitted sees all", all === "a aa b bb c cc", all);

  const reader = await consumer(topic, { "group.id": `copy-${run}` });
  const stored = async () => (await call(reader, "committed", [{ topic, partition: 0 }], LIMIT_MILLIS))[0].offset;
  const send = async (offset, isKept) => {
    await call(producer, "beginTransaction");
    producer.produce(`${topic}-copy`, 0, Buffer.from(`${offset}`));
    await call(producer, "sendOffsetsToTransaction", [{ topic, partition: 0, offset }], reader, LIMIT_MILLIS);
    await call(producer, "flush", LIMIT_MILLIS);
    await call(producer, isKept ? "commitTransaction" : "abortTransaction", LIMIT_MILLIS);
  };
  await send(2, true);
  check("offsets are stored with the commit", (await stored()) === 2);
  await send(4, false);
  check("an abort leaves them as they were", (await stored()) === 2);
  await send(5, true);
  const copied = await values(`${topic}-copy`, "read_committed");
  check("messages and offsets agree", copied === "2 5" && (await stored()) === 5, copied);
  await call(reader, "disconnect");
  await call(producer, "disconnect");
}

main().then(() => process.exit(0), (error) => {
  console.log("FAILED:", error);
  process.exit(1);
});
