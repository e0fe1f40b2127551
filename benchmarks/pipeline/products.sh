# Sourced by the benchmarks: the two products, each started in a fresh folder $dir, and the input.

: "${JAVA_HOME:=$(dirname "$(dirname "$(readlink -f "$(command -v java)")")")}"
export JAVA_HOME
work=${BENCH_WORK:-$here/target/pipeline}
peer=${PEER_HOME:-$here/target/peer}
sluice=${SLUICE_DIST:-$here/../distribution/target/sluice}
mkdir -p "$work"

prepare() {
    [ -n "${SLUICE_DIST:-}" ] || "$here/../bin/sluice" version >/dev/null
    "$sluice/bin/sluice" warm-up
    [ -d "$peer/lib" ] || mvn -B -q -f "$here/peer/pom.xml" -Dpeer.home="$peer" package
}

# About 200 bytes a line, the same on every machine: Lehmer's generator keeps its numbers exact in a double.
generate() { # RECORDS
    input=$work/lines-$1.jsonl
    [ -f "$input.sha256" ] || {
        LC_ALL=C awk -v n="$1" 'function next_() {seed = (seed * 16807) % 2147483647; return seed}
            BEGIN {seed = 42; split("anvil rope lantern Größe-7 compass kettle façade ladder", product, " ")
                for (id = 0; id < n; id++) printf "{\"id\":%d,\"customer\":\"customer-%d\",\"product\":\"%s\",\"qty\":%d,\"price\":%d.%02d," \
                    "\"active\":%s,\"created\":17%011.0f,\"note\":\"%d %d %d %d %d %d\"}\n", id, next_() % 100000, product[next_() % 8 + 1],
                    next_() % 50, next_() % 1000, next_() % 100, next_() % 2 ? "true" : "false", next_() * 40, next_(), next_(), next_(), next_(),
                    next_(), next_()}' >"$input"
        sha256sum <"$input" >"$input.sha256"
    }
    bytes=$(stat -c %s "$input")
}

same() { cmp -s "$input" "$1" && echo same || echo DIFFERENT; }

fresh() { # sets $dir, $port and the connectors' files
    dir=$(mktemp -d "$work/$product-XXXXXX")
    output=$dir/out.jsonl
    free_port port
    for side in source sink; do
        sed "s|@input@|$input|; s|@output@|$output|" "$here/pipeline/connectors/$side-$variant.properties" >"$dir/$side.properties"
    done
    if [ "$product" = sluice ]; then sluice_files; else peer_files; fi
}

sluice_files() {
    printf '%s\n' "listeners=http://127.0.0.1:$port" "broker.data.dir=$dir/data" \
        {key,value}.converter=org.apache.kafka.connect.storage.StringConverter >"$dir/worker.properties"
}

start_sluice() { # CONNECTOR-FILE...
    (cd "$dir" && exec "$sluice/bin/sluice" standalone worker.properties "$@") >>"$dir/sluice.log" 2>&1 </dev/null &
    pids=($!)
}

# One node as Kafka's own config/server.properties sets it, with ports and folders of ours.
peer_files() {
    local kafka control
    free_port kafka
    free_port control
    cat >"$dir/server.properties" <<P
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:$control
listeners=PLAINTEXT://127.0.0.1:$kafka,CONTROLLER://127.0.0.1:$control
controller.listener.names=CONTROLLER
num.network.threads=3
num.io.threads=8
socket.send.buffer.bytes=102400
socket.receive.buffer.bytes=102400
log.dirs=$dir/data
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
P
    printf '%s\n' "bootstrap.servers=127.0.0.1:$kafka" "listeners=http://127.0.0.1:$port" "plugin.path=$peer/plugins/file" \
        "offset.storage.file.filename=$dir/offsets" {key,value}.converter=org.apache.kafka.connect.storage.StringConverter >"$dir/worker.properties"
    (peer_java kafka.tools.StorageTool format -t AAAAAAAAQACAAAAAAAAAAQ -c "$dir/server.properties") >"$dir/format.log" 2>&1
}

# With the flags of Kafka's own start scripts.
peer_java() {
    exec "$JAVA_HOME/bin/java" ${PEER_HEAP:-} -server -XX:+UseG1GC -XX:MaxGCPauseMillis=20 -XX:InitiatingHeapOccupancyPercent=35 \
        -XX:+ExplicitGCInvokesConcurrent -Djava.awt.headless=true -Dlog4j2.level=INFO -cp "$peer/lib/*" "$@"
}

start_broker() {
    (cd "$dir" && PEER_HEAP='-Xms1G -Xmx1G' peer_java kafka.Kafka server.properties) >"$dir/broker.log" 2>&1 </dev/null &
    broker=$!
}

start_connect() {
    (cd "$dir" && PEER_HEAP='-Xms256M -Xmx2G' peer_java org.apache.kafka.connect.cli.ConnectStandalone worker.properties) \
        >>"$dir/connect.log" 2>&1 </dev/null &
    pids=("$broker" $!)
}

put_connector() { # source|sink
    awk -F= 'BEGIN {printf "{"}
        {value = substr($0, length($1) + 2); gsub(/["\\\\]/, "\\\\&", value); printf "%s\"%s\":\"%s\"", (NR > 1 ? "," : ""), $1, value}
        END {print "}"}' \
        "$dir/$1.properties" >"$dir/$1.json"
    curl -sS --fail-with-body -o "$dir/put.log" -X PUT -H 'Content-Type: application/json' -d @"$dir/$1.json" "http://127.0.0.1:$port/connectors/lines-$1/config"
}
