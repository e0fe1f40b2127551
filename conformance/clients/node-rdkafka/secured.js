#!/usr/bin/env node
// node-rdkafka, a new librdkafka: over TLS, with a user's name and password if the environment names them.
//   npm ci && KAFKA_CA=ca.pem [KAFKA_USER=alice KAFKA_PASSWORD=secret KAFKA_MECHANISM=SCRAM-SHA-512] ./secured.js HOST:PORT
let kafka;
try {
  kafka = require("node-rdkafka");
} catch {
  console.log("node-rdkafka is not installed: npm ci");
  process.exit(77);
}
if (!kafka.features.includes("ssl")) {
  console.log("node-rdkafka was compiled without TLS: apt-get install libssl-dev, then npm ci");
  process.exit(77);
}

const { KAFKA_CA, KAFKA_USER, KAFKA_PASSWORD, KAFKA_MECHANISM } = process.env;
const tls = { "metadata.broker.list": process.argv[2], "ssl.ca.location": KAFKA_CA };
const settings = KAFKA_USER
  ? { ...tls, "security.protocol": "sasl_ssl", "sasl.mechanism": KAFKA_MECHANISM, "sasl.username": KAFKA_USER,
      "sasl.password": KAFKA_PASSWORD }
  : { ...tls, "security.protocol": "ssl" };

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

async function carries() {
  const topic = "rdkafka-secured-" + Date.now().toString(36) + process.pid;
  const producer = new kafka.Producer({ ...settings, "enable.idempotence": true });
  await call(producer, "connect", {});
  for (let n = 0; n < 500; n++) producer.produce(topic, 0, Buffer.from(`${n}`));
  await call(producer, "flush", 60000);
  await call(producer, "disconnect");
  const consumer = new kafka.KafkaConsumer({ ...settings, "group.id": topic }, { "auto.offset.reset": "earliest" });
  await call(consumer, "connect", {});
  consumer.subscribe([topic]);
  const seen = [];
  while (seen.length < 500) seen.push(...(await call(consumer, "consume", 500 - seen.length)));
  await call(consumer, "disconnect");
  check("messages come back", seen.every((message, n) => message.value.toString() === `${n}`));
}

async function refuses(what, more) {
  const producer = new kafka.Producer({ ...settings, ...more });
  producer.on("event.error", () => {});
  const answer = await call(producer, "connect", { timeout: 5000 }).then(() => "it was let in", () => "refused");
  check(what, answer === "refused", answer);
}

async function main() {
  console.log("node-rdkafka", require("node-rdkafka/package.json").version, "on librdkafka", kafka.librdkafkaVersion);
  await carries();
  await refuses("a certificate that is not trusted ends the connection", { "ssl.ca.location": "probe" });
  if (KAFKA_USER) await refuses("a wrong password is refused", { "sasl.password": "wrong" });
}

main().then(() => process.exit(0), (error) => {
  console.log("FAILED:", error);
  process.exit(1);
});
