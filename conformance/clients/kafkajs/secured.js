#!/usr/bin/env node
// kafkajs: over TLS, with a user's name and password if the environment names them.
//   npm ci && KAFKA_CA=ca.pem [KAFKA_USER=alice KAFKA_PASSWORD=secret KAFKA_MECHANISM=SCRAM-SHA-256] ./secured.js HOST:PORT
let kafkajs;
try {
  kafkajs = require("kafkajs");
} catch {
  console.log("kafkajs is not installed: npm ci");
  process.exit(77);
}
const { Kafka, logLevel } = kafkajs;

const { KAFKA_CA, KAFKA_USER, KAFKA_PASSWORD, KAFKA_MECHANISM } = process.env;
const ssl = { ca: [require("fs").readFileSync(KAFKA_CA, "utf8")] };

/** A new object each time, since kafkajs adds to it what it made of the password. */
function login(password) {
  return { sasl: { mechanism: KAFKA_MECHANISM.toLowerCase(), username: KAFKA_USER, password } };
}

function check(what, isSo, seen) {
  if (!isSo) throw new Error(`${what}: ${JSON.stringify(seen)}`);
  console.log(`ok  ${what}`);
}

function client(more) {
  const sasl = KAFKA_USER && login(KAFKA_PASSWORD);
  return new Kafka({ brokers: [process.argv[2]], logLevel: logLevel.NOTHING, ssl, ...sasl, retry: { retries: 2 }, ...more });
}

async function carries() {
  const topic = "kafkajs-secured-" + Date.now().toString(36) + process.pid;
  const kafka = client();
  const values = Array.from({ length: 500 }, (_, number) => `${number}`);
  const admin = kafka.admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic }] });
  await admin.disconnect();
  const producer = kafka.producer();
  await producer.connect();
  await producer.send({ topic, messages: values.map((value) => ({ value })) });
  await producer.disconnect();
  const consumer = kafka.consumer({ groupId: topic });
  const seen = [];
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await new Promise((resolve, reject) => {
    consumer.on(consumer.events.CRASH, (event) => reject(event.payload.error));
    const eachMessage = async ({ message }) => {
      seen.push(message.value.toString());
      if (seen.length === values.length) resolve();
    };
    consumer.run({ eachMessage }).catch(reject);
  });
  await consumer.disconnect();
  check("messages come back", seen.join() === values.join());
}

async function refuses(what, more, reason) {
  const admin = client(more).admin();
  const error = await admin.connect().then(() => "it was let in", (failure) => `${failure}`);
  await admin.disconnect();
  check(what, reason.test(error), error);
}

async function main() {
  console.log("kafkajs", require("kafkajs/package.json").version, "on node", process.version);
  await carries();
  await refuses("a certificate that is not trusted ends the connection", { ssl: true }, /certificate/);
  if (KAFKA_USER) await refuses("a wrong password is refused", login("wrong"), /uthentication/);
}

main().catch((error) => {
  console.log("FAILED:", error);
  process.exit(1);
});
