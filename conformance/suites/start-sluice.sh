#!/usr/bin/env bash
# start-sluice.sh DIR PORT [KEY=VALUE...]: the same as start-kafka.sh for Sluice's own broker. More than one replica may be asked
# for, so that suites written for a cluster run.
# SLUICE_CLASSPATH: start the test tree's RunningBroker from these classes instead of the distribution's `sluice broker`.
set -euo pipefail
. "$(dirname "$0")/common.sh"
port=$2
fresh_folder "$1" "$port"
shift 2
settings=("listeners=PLAINTEXT://127.0.0.1:$port" num.partitions=4 group.initial.rebalance.delay.ms=3000
    accept.any.replication.factor=true "$@")
cd "$dir"
if [ -n "${SLUICE_CLASSPATH:-}" ]; then
    setsid "$JAVA" -Xmx512m -XX:+UseSerialGC -cp "$SLUICE_CLASSPATH" dev.sluice.broker.net.RunningBroker "$dir/data" "${settings[@]}" \
        >"$dir/broker.log" 2>&1 </dev/null &
else
    printf '%s\n' "log.dirs=$dir/data" "${settings[@]}" >"$dir/server.properties"
    setsid "${SLUICE:-$suites/../../bin/sluice}" broker "$dir/server.properties" >"$dir/broker.log" 2>&1 </dev/null &
fi
echo $! >"$dir/pid"
wait_for_port "$port" "$(cat "$dir/pid")" "$dir/broker.log"
echo "127.0.0.1:$port"
