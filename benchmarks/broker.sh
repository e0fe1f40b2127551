#!/usr/bin/env bash
# broker.sh [quick|full]: Sluice's broker beside Apache Kafka's, both running at once and loaded in turn, step by step.
# Needs Linux, JDK 17 or newer and Maven. quick takes about 5 minutes on an idle machine, full about 20. Method and results: docs/benchmarks.md.
#
#   PRODUCTS="sluice kafka"    what to run; a script of its own for a third: BROKER_nameOfIt=script, called as below
#   SLUICE_DIST, PEER_HOME     an installation and a folder of jars to take instead of building and fetching them
#   BENCH_WORK                 where data and results go (default: benchmarks/target/broker)
#
# The load driver calls it back as: broker.sh prepare|start NAME DIRECTORY PORT
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
export BENCH_WORK=${BENCH_WORK:-$here/target/broker}
. "$here/pipeline/measure.sh"
. "$here/pipeline/products.sh"

sluice_config() { # DIRECTORY PORT
    printf '%s\n' "listeners=PLAINTEXT://127.0.0.1:$2" "log.dirs=$1/data" >"$1/server.properties"
}

kafka_config() { # DIRECTORY PORT: as Kafka's own config/server.properties sets it
    local control
    free_port control
    cat >"$1/server.properties" <<P
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$control
listeners=PLAINTEXT://127.0.0.1:$2,CONTROLLER://127.0.0.1:$control
controller.listener.names=CONTROLLER
num.network.threads=3
num.io.threads=8
socket.send.buffer.bytes=102400
socket.receive.buffer.bytes=102400
log.dirs=$1/data
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
P
    (peer_java kafka.tools.StorageTool format -t AAAAAAAAQACAAAAAAAAAAQ -c "$1/server.properties") >"$1/format.log" 2>&1
}

prepare_broker() { # NAME DIRECTORY PORT
    case $1 in
        sluice) sluice_config "$2" "$3" ;;
        kafka) kafka_config "$2" "$3" ;;
        *) own=BROKER_$1; "${!own}" prepare "$@" ;;
    esac
}

# Replaces this shell by the broker, so that its process id is known.
start_broker_now() { # NAME DIRECTORY PORT
    cd "$2"
    case $1 in
        sluice) exec "$sluice/bin/sluice" broker server.properties ;;
        kafka) PEER_HEAP='-Xms1G -Xmx1G' peer_java kafka.Kafka server.properties ;;
        *) own=BROKER_$1; exec "${!own}" start "$@" ;;
    esac
}

case ${1:-full} in
    prepare) shift; prepare_broker "$@"; exit ;;
    start) shift; start_broker_now "$@" ;;
    quick) rounds=2 factor=1 ;;
    full) rounds=5 factor=2 ;;
    *) die "Cannot run '$1': expected quick or full." ;;
esac

driver() { "$JAVA_HOME/bin/java" -Xmx512m -XX:+UseSerialGC -Dlog4j2.level=ERROR -cp "$peer/lib/*" "$here/src/main/java/dev/sluice/benchmark/BrokerLoad.java" "$@"; }

up() { # sets $brokers, one NAME=HOST:PORT/PID each, once all of them listen
    brokers=() pids=() dirs=()
    local name port dir
    for name in $products; do
        dir=$(mktemp -d "$work/$name-XXXXXX")
        free_port port
        prepare_broker "$name" "$dir" "$port"
        ("$0" start "$name" "$dir" "$port") >"$dir/broker.log" 2>&1 </dev/null &
        pids+=($!) dirs+=("$dir")
        brokers+=("$name=127.0.0.1:$port/$!")
        until { exec {probe}<>"/dev/tcp/127.0.0.1/$port"; } 2>/dev/null; do
            kill -0 $! 2>/dev/null || die "$name ended before it listened, see $dir/broker.log."
            pause 0.1
        done
        exec {probe}>&-
    done
}

down() {
    stop "${pids[@]}"
    rm -rf "${dirs[@]}"
    pids=() dirs=()
}
pids=() dirs=()
trap '[ -z "${pids[*]:-}" ] || kill "${pids[@]}" 2>/dev/null || true' EXIT

load() { # RESULTS STEP...
    local file=$1
    shift
    driver "$@" | tee "$work/$file.tsv"
}

prepare
products=${PRODUCTS:-sluice kafka}
produce() { echo "produce:$1:$2:$((factor * $3))" "fetch:$1:$2:$((factor * $3))"; }
steps=(
    warm-produce:1024:all:$((factor * 400000)) warm-fetch:1024:all:$((factor * 400000))
    warm-produce:100:all:$((factor * 2000000)) warm-fetch:100:all:$((factor * 2000000))
    rounds:$rounds
    $(produce 100 all 2000000) $(produce 1024 all 300000) $(produce 10240 all 30000)
    $(produce 100 1 2000000) $(produce 1024 1 300000) $(produce 10240 1 30000)
    rate:1024:all:$((factor * 60000)):10000
)
up
load load "${brokers[@]}" "${steps[@]}"
down
up
load idle "${brokers[@]}" pause:5 partitions:1000 connections:500 idle-pause:20
down
load start $(printf '%s=127.0.0.1:0/self ' $products) rounds:$((rounds + 2)) "start:$here/broker.sh:$work"
printf '\nmedians; CPU seconds of the broker for each GB (10^9 bytes) of records\n'
awk -f "$here/broker/table.awk" "$work"/{load,idle,start}.tsv
