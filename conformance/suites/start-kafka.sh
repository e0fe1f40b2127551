#!/usr/bin/env bash
# start-kafka.sh DIR PORT [KEY=VALUE...]: one node of Apache Kafka on 127.0.0.1:PORT, as the suites want it: topics are made on
# demand with four partitions. Data, settings, log and pid are in DIR, which must not exist. Returns once it listens;
# `kill $(cat DIR/pid)` ends it.
set -euo pipefail
. "$(dirname "$0")/common.sh"
port=$2
fresh_folder "$1" "$port"
shift 2
kafka_home
cat >"$dir/server.properties" <<P
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$((port + 1))
listeners=PLAINTEXT://127.0.0.1:$port,CONTROLLER://127.0.0.1:$((port + 1))
controller.listener.names=CONTROLLER
log.dirs=$dir/data
num.partitions=4
offsets.topic.replication.factor=1
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
transaction.state.log.num.partitions=4
log.cleaner.dedupe.buffer.size=16777216
P
printf '%s\n' "$@" >>"$dir/server.properties"
cat >"$dir/log4j2.properties" <<P
rootLogger.level=info
rootLogger.appenderRef.stdout.ref=STDOUT
appender.stdout.type=Console
appender.stdout.name=STDOUT
appender.stdout.layout.type=PatternLayout
appender.stdout.layout.pattern=[%d] %p %m (%c)%n
P
kafka_java() {
    "$JAVA" -Dlog4j2.configurationFile="$dir/log4j2.properties" -cp "$kafka/lib/*" "$@"
}
kafka_java kafka.tools.StorageTool format -t MkU3OEVBNTcwNTJENDM2Qg -c "$dir/server.properties" >"$dir/format.log" 2>&1
cd "$dir"
setsid "$JAVA" -Xms256m -Xmx1g -XX:+UseSerialGC -Dlog4j2.configurationFile="$dir/log4j2.properties" -cp "$kafka/lib/*" \
    kafka.Kafka "$dir/server.properties" >"$dir/broker.log" 2>&1 </dev/null &
echo $! >"$dir/pid"
wait_for_port "$port" "$(cat "$dir/pid")" "$dir/broker.log"
echo "127.0.0.1:$port"
