#!/usr/bin/env bash
# file-pipeline.sh [RUNS] [RECORDS]: Sluice beside Apache Kafka with Connect standalone, from a file through a topic into a file.
# Needs Linux, JDK 17 or newer, Maven and curl. Method and results: docs/benchmarks.md.
#
#   PRODUCTS="sluice peer"     VARIANTS="default tuned"   what to run, in alternation
#   SLUICE_DIST, PEER_HOME     an installation and a folder of jars to take instead of building and fetching them
#   BENCH_WORK                 where inputs, runs and results.tsv go (default: benchmarks/target/pipeline)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/pipeline/measure.sh"
. "$here/pipeline/products.sh"
runs=${1:-3} records=${2:-1000000}

# One process, once from file to file, then the two halves in a process each. All clocks begin with the process.
run_sluice() {
    fresh
    begin; start_sluice; wait_rest; memory VmHWM; note start "$kib" -; stop "${pids[@]}"
    clean
    fresh
    begin; start_sluice source.properties sink.properties; wait_file "$output" "$bytes"; memory VmHWM
    stop "${pids[@]}"; note whole "$kib" "$(same "$output")"
    clean
    fresh
    begin; start_sluice source.properties; wait_topic "$dir/data/lines-0"; memory VmHWM
    source_bytes=$topic_bytes; stop "${pids[@]}"
    source_line=("$marked" "$began" "$cpu_marked" "$cpu_began" "$busy_marked" "$busy_began" "$kib")
    begin; start_sluice sink.properties; wait_file "$output" "$bytes"; memory VmHWM
    stop "${pids[@]}"; finish
}

# A broker for both halves and a Connect worker for each, which begins cold. Clocks begin with the request for the connector.
run_peer() {
    fresh
    begin; start_broker; start_connect; wait_rest; memory VmHWM; note start "$kib" -
    begin "${pids[@]}"; put_connector source; wait_topic "$dir/data/lines-0"; memory VmHWM
    source_bytes=$topic_bytes
    source_line=("$marked" "$began" "$cpu_marked" "$cpu_began" "$busy_marked" "$busy_began" "$kib")
    stop "${pids[1]}"; start_connect; wait_rest; pause 3
    begin "${pids[@]}"; put_connector sink; wait_file "$output" "$bytes"; memory VmHWM
    stop "${pids[1]}" "${pids[0]}"; finish
}

# Both halves count if the sink wrote every byte of the input and the topic was complete when the source's clock stopped.
finish() {
    local verdict
    verdict=$(same "$output")
    [ "$(size_of "$dir"/data/lines-0/*.log)" = "$source_bytes" ] || verdict=INCOMPLETE
    note sink "$kib" "$verdict"
    read -r marked began cpu_marked cpu_began busy_marked busy_began kib <<<"${source_line[*]}"
    note source "$kib" "$verdict"
    clean
}

clean() { rm -rf "$dir"; pids=(); }
trap '[ -z "${pids[*]:-}" ] || kill "${pids[@]}" 2>/dev/null || true' EXIT

results=$work/results.tsv
prepare
generate "$records"
[ ! -f "$results" ] || mv "$results" "$results.before"
printf 'product\tvariant\trun\tphase\twall_s\tcpu_s\tmemory_mib\tforeign_cores\toutput\n' | tee "$results"
for ((run = 1; run <= runs; run++)); do
    for variant in ${VARIANTS:-default tuned}; do
        for product in ${PRODUCTS:-sluice peer}; do "run_$product"; done
    done
done
printf '\n%s records, %s bytes; medians of the runs whose output was right\n' "$records" "$bytes"
awk -v records="$records" -f "$here/pipeline/table.awk" "$results"
