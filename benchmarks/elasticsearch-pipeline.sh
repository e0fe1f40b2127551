#!/usr/bin/env bash
# elasticsearch-pipeline.sh [RUNS] [MEGABYTES]: a topic into an index of Elasticsearch by Sluice's sink; beside it the same documents
# by raw bulk requests of a bare client (the limit of the server), and by Kafka Connect's JSON converter with the bulk ingester
# of Elasticsearch's own client in a plain program. Needs Linux, JDK 17 or newer, Maven and curl. Method and results: docs/benchmarks.md.
#
#   SIZES="200 1000 10000"           bytes of a document, about
#   PRODUCTS="raw sluice client"     what to run, in alternation
#   IN_FLIGHT=2                      bulk requests under way at once, of the two programs
#   ELASTICSEARCH_URL                a server on this machine to use, http://127.0.0.1:PORT; without it, one is fetched and started
#   SLUICE_DIST, BENCH_WORK          as for file-pipeline.sh
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/pipeline/measure.sh"
. "$here/pipeline/products.sh"
. "$here/pipeline/elasticsearch.sh"
runs=${1:-3} megabytes=${2:-300} variant=tuned

# The lines of the other benchmarks, with a note that fills them up to the size.
documents() { # BYTES
    records=$((megabytes * 1000000 / $1))
    generate "$records"
    [ "$1" -gt 200 ] || return 0
    local filled=$work/documents-$1-$records.jsonl
    [ -f "$filled" ] || LC_ALL=C awk -v more=$(($1 - 195)) 'BEGIN {while (length(filler) < more) filler = filler "lorem ipsum dolor "}
        {print substr($0, 1, length($0) - 2) " " substr(filler, 1, more) "\"}"}' "$input" >"$filled"
    input=$filled
    bytes=$(stat -c %s "$input")
}

program() { # CLASS
    (cd "$here" && exec "$JAVA_HOME/bin/java" -cp "$classes" "dev.sluice.benchmark.bulk.$1" "$es_url" lines "$input" "${IN_FLIGHT:-2}") \
        >"$work/program.log" 2>&1 </dev/null &
    pids=($!)
}

run_program() { # CLASS
    begin
    program "$1"
    # Its own end is the end: bash waits for it, and children that were waited for count.
    before=$(children_cpu)
    peak=0
    while kill -0 "${pids[0]}" 2>/dev/null; do
        memory_now=$(awk '$1 == "VmHWM:" {print $2}' "/proc/${pids[0]}/status" 2>/dev/null || true)
        peak=${memory_now:-$peak}
        pause 0.05
    done
    wait "${pids[0]}" || die "The program failed: $(tail -1 "$work/program.log")"
    marked=${EPOCHREALTIME/[.,]/}
    cpu_began=0
    cpu_marked=$(($(children_cpu) - before))
    busy_of_machine
    busy_marked=$busy
    kib=$peak
    pids=()
}

# CPU time in ms of this shell's ended children.
children_cpu() {
    local stat fields
    read -r stat <"/proc/$$/stat"
    fields=(${stat##*) })
    echo $(((fields[13] + fields[14]) * 1000 / hertz))
}

run_sluice() {
    fresh
    start_sluice
    wait_rest
    put_connector source
    wait_topic "$dir/data/lines-0"
    sed "s|@url@|$es_url|" "$here/pipeline/connectors/elasticsearch.properties" >"$dir/sink.properties"
    begin "${pids[@]}"
    put_connector sink
    wait_indexed lines "$records"
    memory VmHWM
}

one() { # PRODUCT BYTES
    product=$1
    new_index lines
    case $1 in
        raw) run_program RawBulk ;;
        client) run_program ClientBulk ;;
        sluice) run_sluice ;;
    esac
    variant=$2
    now=$(contents lines)
    [ -n "$expected" ] || expected=$now
    note "$records" "$kib" "$([ "$now" = "$expected" ] && echo same || echo DIFFERENT)"
    variant=tuned
    [ "$1" != sluice ] || { stop "${pids[@]}"; pids=(); rm -rf "$dir"; }
}

trap '[ -z "${pids[*]:-}" ] || kill "${pids[@]}" 2>/dev/null || true; stop_elasticsearch' EXIT

results=$work/elasticsearch-results.tsv
prepare
# The programs run on the jars of the sink's own plugin folder and of Kafka Connect.
classes=$work/classes:$sluice/plugins/elasticsearch/*:$sluice/lib/*:$peer/lib/*
rm -rf "$work/classes"
"$JAVA_HOME/bin/javac" -nowarn -proc:none -cp "$classes" -d "$work/classes" "$here"/src/main/java/dev/sluice/benchmark/bulk/*Bulk.java
start_elasticsearch
printf 'product\tbytes\trun\trecords\twall_s\tcpu_s\tmemory_mib\tforeign_cores\toutput\n' | tee "$results"

# The server's compilers have done their work before a clock runs.
documents 1000
for i in 1 2; do new_index lines; run_program RawBulk; done

for ((run = 1; run <= runs; run++)); do
    for size in ${SIZES:-200 1000 10000}; do
        documents "$size"
        expected=
        for product in ${PRODUCTS:-raw sluice client}; do one "$product" "$size"; done
    done
done
printf '\nmedians of the runs whose index held the same documents\n'
awk -v elasticsearch=on -f "$here/pipeline/table.awk" "$results"
