#!/usr/bin/env bash
# run-files.sh [WORK_DIR]: the same files under both brokers. Sluice writes batches of every compression, keys, headers and
# a group's offsets; Kafka's DumpLogSegments reads every file of the topic and of the group without a complaint; Apache Kafka is given a
# copy of the partition and must serve the same records; and Sluice, given a copy of what Kafka has written on, must serve those.
# Needs ports 29460 to 29462, or FILES_PORT and the two behind it.
set -euo pipefail
. "$(dirname "$0")/common.sh"
port=${FILES_PORT:-29460}
run=${1:-$work/files}
[ ! -e "$run" ] || fail "Cannot work in $run: it exists. Name a new folder."
mkdir -p "$run"
run=$(cd "$run" && pwd)
kafka_home
started=()
trap 'for pid in "${started[@]}"; do kill "$pid" 2>/dev/null || :; done' EXIT

tool() { # CLASS ARGUMENT...
    "$JAVA" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m -cp "$kafka/lib/*" "$@" 2>>"$run/tools.log"
}
start() { # sluice|kafka FOLDER [KEY=VALUE...]
    local product=$1
    shift
    if [ -d "$run/$1/data" ]; then
        again "$product" "$run/$1"
    else
        "$suites/start-$product.sh" "$run/$1" "$port" "${@:2}" >>"$run/start.log"
    fi
    running=$run/$1
    started+=("$(cat "$running/pid")")
}
# A broker on data that are there already.
again() { # PRODUCT DIR
    local command=("$JAVA" -Xmx512m -XX:+UseSerialGC)
    if [ "$1" = kafka ]; then
        command+=(-Dlog4j2.configurationFile="$2/log4j2.properties" -cp "$kafka/lib/*" kafka.Kafka "$2/server.properties")
    elif [ -n "${SLUICE_CLASSPATH:-}" ]; then
        command+=(-cp "$SLUICE_CLASSPATH" dev.sluice.broker.net.RunningBroker "$2/data"
            "listeners=PLAINTEXT://127.0.0.1:$port")
    else
        command=("${SLUICE:-$suites/../../bin/sluice}" broker "$2/server.properties")
        printf '%s\n' "log.dirs=$2/data" "listeners=PLAINTEXT://127.0.0.1:$port" >"$2/server.properties"
    fi
    setsid "${command[@]}" >"$2/broker-again.log" 2>&1 </dev/null &
    echo $! >"$2/pid"
    wait_for_port "$port" $! "$2/broker-again.log"
}
stop() {
    local pid turn
    pid=$(cat "$running/pid")
    kill "$pid"
    for ((turn = 0; turn < 300; turn++)); do
        kill -0 "$pid" 2>/dev/null || return 0
        sleep 0.2
    done
    fail "The broker in $running does not stop."
}
produce() { # COMPRESSION
    tool org.apache.kafka.tools.ProducerPerformance --topic files --num-records 3000 --record-size 700 --throughput -1 \
        --bootstrap-server "127.0.0.1:$port" --command-property "compression.type=$1" >>"$run/produced.txt"
    printf 'h1:v1\tkey-%s\tvalue of %s\n' "$1" "$1" | tool org.apache.kafka.tools.ConsoleProducer --topic files \
        --bootstrap-server "127.0.0.1:$port" --compression-codec "$1" \
        --reader-property parse.key=true --reader-property parse.headers=true >/dev/null
}
consume() { # FILE COUNT [ARGUMENT...]
    tool org.apache.kafka.tools.consumer.ConsoleConsumer --bootstrap-server "127.0.0.1:$port" --topic files \
        --max-messages "$2" --timeout-ms 60000 --formatter-property print.offset=true \
        --formatter-property print.timestamp=true --formatter-property print.key=true \
        --formatter-property print.headers=true "${@:3}" >"$run/$1"
    [ "$(wc -l <"$run/$1")" = "$2" ] || fail "$1 has $(wc -l <"$run/$1") records, not $2."
}
same() { # WHAT FILE FILE
    cmp -s "$run/$2" "$run/$3" || fail "$1: $run/$2 and $run/$3 differ."
    echo "$1: $(wc -l <"$run/$3") records, the same byte for byte."
}
dump() { # FOLDER [ARGUMENT...]: every file, every record; a complaint is a failure
    local files output=$run/dump-$(basename "$1").txt
    files=$(find "$1" -name '*.log' -o -name '*.index' -o -name '*.timeindex' -o -name '*.snapshot' | sort | paste -sd,)
    tool org.apache.kafka.tools.DumpLogSegments --deep-iteration --files "$files" "${@:2}" >"$output" 2>&1 ||
        fail "DumpLogSegments failed; see $output."
    if grep -qE 'isvalid: false|Mismatches in|does not match|Exception|[Cc]ould not|invalid bytes' "$output"; then
        fail "DumpLogSegments complains; see $output."
    fi
    echo "DumpLogSegments $(basename "$1"): $(grep -c '^baseOffset:' "$output") batches, nothing to complain about."
}

start sluice sluice auto.create.topics.enable=false
tool org.apache.kafka.tools.TopicCommand --bootstrap-server "127.0.0.1:$port" --create --topic files --partitions 1 \
    --config segment.bytes=1048576 >>"$run/produced.txt"
for compression in none gzip snappy lz4 zstd; do
    produce "$compression"
done
count=15005
consume sluice.txt $count --partition 0 --offset earliest
consume grouped.txt $count --group readers --from-beginning
same "A group under Sluice" sluice.txt grouped.txt
stop
sluice_data=$run/sluice/data
dump "$sluice_data/files-0" --print-data-log
grep -h 'readers' <(for part in "$sluice_data"/__consumer_offsets-*; do
    dump "$part" --offsets-decoder
    cat "$run/dump-$(basename "$part").txt"
done) >"$run/group.txt" || fail "The group is not in __consumer_offsets."
grep -q "\"offset\":$count" "$run/group.txt" || fail "The offset $count of the group is not in __consumer_offsets."
echo "DumpLogSegments decodes the offset $count of the group."

start kafka kafka
tool org.apache.kafka.tools.TopicCommand --bootstrap-server "127.0.0.1:$port" --create --topic files --partitions 1 \
    --config segment.bytes=1048576 >>"$run/produced.txt"
stop
kafka_part=$run/kafka/data/files-0
find "$kafka_part" -type f ! -name partition.metadata -delete
(cd "$sluice_data/files-0" && cp $(ls | grep -v partition.metadata) "$kafka_part/")
start kafka kafka
consume kafka.txt $count --partition 0 --offset earliest
same "Apache Kafka on a copy of Sluice's files" sluice.txt kafka.txt
produce zstd
count=$((count + 3001))
consume kafka-more.txt $count --partition 0 --offset earliest
stop

mkdir -p "$run/back/data"
cp -r "$kafka_part" "$run/back/data/"
start sluice back
consume back.txt $count --partition 0 --offset earliest
same "Sluice on a copy of Kafka's files" kafka-more.txt back.txt
stop
