#!/usr/bin/env node
// node-rdkafka, a new librdkafka: a producer, and a consumer group of either protocol.
//   npm ci && ./produce-and-consume.js HOST:PORT
let kafka;
try {
  kafka = require("node-rdkafka");
} catch {
  console.log("node-rdkafka is not installed: npm ci");
  process.exit(77);
}

const brokers = process.argv[2];
const run = Date.now().toString(36) + process.pid;
const numbers = Array.from({ length: 500 }, (_, number) => number);

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

async function write(topic, settings) {
  const producer = new kafka.Producer({ "metadata.broker.list": brokers, dr_cb: true, "linger.ms": 5, ...settings });
  await call(producer, "connect", {});
  producer.setPollInterval(20);
  const offsets = [];
  const delivered = new Promise((resolve, reject) => {
    producer.on("delivery-report", (error, report) => {
      if (error) reject(error);
      offsets.push(report.offset);
      if (offsets.length === numbers.length) resolve();
    });
  });
  numbers.forEach((n) => producer.produce(topic, 0, Buffer.from(`value ${n}`), `k${n}`, null, null, [{ n: `${n}` }]));
  await delivered;
  await call(producer, "disconnect");
  return offsets;
}

/** Reads so many messages as the member of a group, commits them and leaves. */
async function read(topic, groupProtocol, count) {
  const group = { "group.id": `rdkafka-${groupProtocol}-${run}`, "group.protocol": groupProtocol };
  const consumer = new kafka.KafkaConsumer(
    { "metadata.broker.list": brokers, "enable.auto.commit": false, ...group }, { "auto.offset.reset": "earliest" });
  await call(consumer, "connect", {});
  consumer.subscribe([topic]);
  const messages = [];
  while (messages.length < count) messages.push(...(await call(consumer, "consume", count - messages.length)));
  consumer.commitSync([{ topic, partition: 0, offset: messages[messages.length - 1].offset + 1 }]);
  await call(consumer, "disconnect");
  return messages;
}

async function main() {
  console.log("node-rdkafka", require("node-rdkafka/package.json").version, "on librdkafka", kafka.librdkafkaVersion);
  // zstd is in only if its header files were there when it was compiled.
  const codecs = ["none", "gzip", "snappy", "lz4", "zstd"].filter((codec) => codec === "none" || kafka.features.includes(codec));
  for (const codec of codecs) {
    const offsets = await write(`rdkafka-${codec}-${run}`, { "compression.codec": codec, "enable.idempotence": true });
    check(`messages are delivered in their order, compression ${codec}`, offsets.every((o, n) => o === n), offsets);
  }
  for (const protocol of ["classic", "consumer"]) {
    const topic = `rdkafka-lz4-${run}`;
    const messages = await read(topic, protocol, 300);
    messages.push(...(await read(topic, protocol, 200)));
    check(`two members, one after the other, read all once, group.protocol=${protocol}`,
      messages.every((m, n) => m.offset === n && m.value.toString() === `value ${n}`));
    check("keys and headers come back", messages.every((m, n) =>
      m.key.toString() === `k${n}` && m.headers[0].n.toString() === `${n}`));
  }
  const admin = kafka.AdminClient.create({ "metadata.broker.list": brokers });
  await call(admin, "createTopic", { topic: `rdkafka-admin-${run}`, num_partitions: 2, replication_factor: 1 });
  check("a topic is made", true);
  await call(admin, "deleteTopic", `rdkafka-admin-${run}`);
  check("and deleted", true);
  admin.disconnect();
}

main().then(() => process.exit(0), (error) => {
  console.log("FAILED:", error);
  process.exit(1);
});
