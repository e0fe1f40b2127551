#!/usr/bin/env bash
# worker.sh [rest|idle|first|kill …]: what a worker costs and how fast it answers, with many connectors. See docs/benchmarks.md.
#   rest   200 connectors with 1,000 tasks, of which 10 with their 50 tasks hang: how long REST answers take
#   idle   200 idle file sources: memory, and the share of a core that they use
#   first  how long it takes from the request that creates a connector to its first record
#   kill   how long it takes from kill -9 to the next record, the start of the worker included
# Needs Linux, curl and the JDK that JAVA_HOME names. Without arguments it measures all four.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/pipeline/measure.sh"
. "$here/pipeline/products.sh"
product=sluice variant=default input=none run=1
trap '[ -z "${pids[*]:-}" ] || kill -9 "${pids[@]}" 2>/dev/null || true' EXIT

url() { printf 'http://127.0.0.1:%s%s' "$port" "$1"; }

create() { # NAME JSON-MEMBERS: creates a connector; prints nothing
    curl -sSf -o "$dir/answer" -X PUT -H 'Content-Type: application/json' -d "{$2}" "$(url "/connectors/$1/config")" ||
        die "Connector $1 was refused: $(cat "$dir/answer")"
}

source_members() { # FILE TOPIC
    printf '"connector.class":"FileStreamSource","file":"%s","topic":"%s","value.converter":"StringConverter"' "$1" "$2"
}

sink_members() { # FILE TOPIC TASKS
    printf '"connector.class":"FileStreamSink","file":"%s","topics":"%s","tasks.max":"%s","value.converter":"StringConverter"' \
        "$1" "$2" "$3"
}

# Prints p50, p99 and the longest of the numbers of seconds in a file, in ms.
quantiles() {
    sort -n "$1" | awk '{ms[NR] = $1 * 1000} END {
        printf "p50 %.1f ms, p99 %.1f ms, longest %.1f ms of %d", ms[int((NR + 1) / 2)], ms[int(NR * 0.99 + 0.5)], ms[NR], NR}'
}

# Asks for each of the paths on standard input, one after the other on one connection, and says how long that took.
ask() { # WHAT METHOD CODE
    while read -r path; do printf 'url = "%s"\noutput = "/dev/null"\n' "$(url "$path")"; done >"$dir/urls"
    curl -sS -X "$2" -K "$dir/urls" -w '%{http_code} %{time_total}\n' >"$dir/times" ||
        die "A request failed, see $dir/times."
    awk -v code="$3" '$1 != code {print "unexpected answer: " $1; exit 1}' "$dir/times" || die "See $dir/times."
    awk '{print $2}' "$dir/times" >"$dir/seconds"
    printf '  %-42s %s\n' "$1" "$(quantiles "$dir/seconds")"
}

names() { local n; for ((n = 0; n < 200; n++)); do printf 'c%d\n' "$n"; done; }

start() { fresh; begin; start_sluice; wait_rest; }

# A plugin of many tasks, for the shipped connectors for files make one each.
make_plugin() {
    local plugin=$dir/plugins/many
    mkdir -p "$plugin/classes/META-INF/services"
    echo dev.sluice.benchmark.ManyTasksSink >"$plugin/classes/META-INF/services/dev.sluice.api.connector.SinkConnector"
    "$JAVA_HOME/bin/javac" -nowarn -proc:none -cp "$sluice/lib/*" -d "$plugin/classes" \
        "$here/src/main/java/dev/sluice/benchmark/ManyTasksSink.java" || die "Cannot compile the plugin."
    "$JAVA_HOME/bin/jar" -c -f "$plugin/many.jar" -C "$plugin/classes" .
    rm -r "$plugin/classes"
    echo "plugin.path=$dir/plugins" >>"$dir/worker.properties"
}

many_members() { # HANGS
    printf '"connector.class":"dev.sluice.benchmark.ManyTasksSink","topics":"many","tasks.max":"5","hangs":"%s"' "$1"
}

measure_rest() {
    fresh
    make_plugin
    begin
    start_sluice
    wait_rest
    for name in $(names); do
        case $name in
            c?) create "$name" "$(many_members true)" ;;
            *) create "$name" "$(many_members false)" ;;
        esac
    done
    pause 10
    local tasks
    tasks=$(curl -sS "$(url '/connectors?expand=info')" | grep -o '"task":' | wc -l)
    printf 'REST with %s connectors and %s tasks; 50 tasks of 10 connectors hang:\n' "$(names | wc -l)" "$tasks"
    for ((i = 0; i < 5; i++)); do names; done | sed 's|.*|/connectors/&/status|' | ask 'GET /connectors/{c}/status' GET 200
    for ((i = 0; i < 5; i++)); do names; done | sed 's|.*|/connectors/&/config|' | ask 'GET /connectors/{c}/config' GET 200
    for ((i = 0; i < 200; i++)); do echo /connectors; done | ask 'GET /connectors' GET 200
    for ((i = 0; i < 100; i++)); do echo '/connectors?expand=status&expand=info'; done |
        ask 'GET /connectors?expand=status&expand=info' GET 200
    names | sed 's|.*|/connectors/&/pause|' | ask 'PUT /connectors/{c}/pause' PUT 202
    names | sed 's|.*|/connectors/&/resume|' | ask 'PUT /connectors/{c}/resume' PUT 202
    for ((i = 0; i < 20; i++)); do echo /metrics; done | ask 'GET /metrics' GET 200
    memory VmRSS
    printf '  resident: %s MiB\n' $((kib / 1024))
    kill -9 "${pids[@]}"
    wait "${pids[@]}" 2>/dev/null || true
    pids=()
    rm -rf "$dir"
}

measure_idle() {
    start
    for name in $(names); do
        echo line >"$dir/$name.in"
        create "$name" "$(source_members "$dir/$name.in" "t-$name")"
    done
    pause 60 # What has just started still compiles.
    begin "${pids[@]}"
    pause 30
    mark
    memory VmRSS
    awk -v kib="$kib" -v cpu=$((cpu_marked - cpu_began)) -v wall=$((marked - began)) \
        'BEGIN {printf "200 idle file sources: %.0f MiB resident, %.1f %% of a core\n", kib / 1024, cpu * 1e5 / wall}'
    stop "${pids[@]}"
    pids=()
    rm -rf "$dir"
}

# Each connector of a row is new; the first one pays for classes that no connector before has loaded.
measure_first() {
    start
    echo line >"$dir/first.in"
    create source "$(source_members "$dir/first.in" first)"
    pause 2
    : >"$dir/seconds"
    for ((i = 0; i < 10; i++)); do
        local asked=${EPOCHREALTIME/[.,]/}
        create "sink$i" "$(sink_members "$dir/first$i.out" first 1)"
        until [ -s "$dir/first$i.out" ]; do pause 0.002; done
        awk -v us=$((${EPOCHREALTIME/[.,]/} - asked)) 'BEGIN {print us / 1e6}' >>"$dir/seconds"
    done
    printf 'create a sink to its first record: first %s s, all: %s\n' "$(head -n 1 "$dir/seconds")" "$(quantiles "$dir/seconds")"
    stop "${pids[@]}"
    pids=()
    rm -rf "$dir"
}

measure_kill() {
    start
    echo line >"$dir/kill.in"
    create source "$(source_members "$dir/kill.in" kill)"
    create sink "$(sink_members "$dir/kill.out" kill 1)"
    until [ -s "$dir/kill.out" ]; do pause 0.01; done
    : >"$dir/seconds"
    for ((i = 0; i < 5; i++)); do
        local size
        pause 1
        size=$(size_of "$dir/kill.out")
        kill -9 "${pids[@]}"
        local killed=${EPOCHREALTIME/[.,]/}
        wait "${pids[@]}" 2>/dev/null || true
        echo "line after kill $i" >>"$dir/kill.in"
        start_sluice
        until grep -qs "after kill $i" "$dir/kill.out"; do pause 0.01; done
        awk -v us=$((${EPOCHREALTIME/[.,]/} - killed)) 'BEGIN {print us / 1e6}' >>"$dir/seconds"
    done
    printf 'kill -9 to flowing again: %s\n' "$(quantiles "$dir/seconds")"
    stop "${pids[@]}"
    pids=()
    rm -rf "$dir"
}

results=$work/worker.tsv
prepare
for what in ${*:-rest idle first kill}; do "measure_$what"; done
