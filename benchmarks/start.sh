#!/usr/bin/env bash
# start.sh [STARTS]: how long Sluice takes until REST answers, what it costs, and the memory it then holds, with and without
# the class archive; once for the peer if PEER=on. Needs Linux and the JDK that JAVA_HOME names. See docs/benchmarks.md.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/pipeline/measure.sh"
. "$here/pipeline/products.sh"
starts=${1:-5} variant=default input=none
trap '[ -z "${pids[*]:-}" ] || kill "${pids[@]}" 2>/dev/null || true' EXIT

# Memory is read where it has settled: 10 s after the start, without connectors.
measure() { # PHASE
    wait_rest
    pause 10
    memory VmRSS
    note "$1" "$kib" -
    stop "${pids[@]}"
    rm -rf "$dir"
    pids=()
}

results=$work/starts.tsv
prepare
: >"$results"
product=sluice
for ((run = 1; run <= starts; run++)); do
    fresh; begin; start_sluice; measure archive
    fresh; begin; SLUICE_CACHE=off start_sluice; measure no-archive
done
product=peer
[ "${PEER:-off}" != on ] || for ((run = 1; run <= starts; run++)); do
    fresh; begin; start_broker; start_connect; measure peer
done
"$JAVA_HOME/bin/java" -version 2>&1 | head -n 1
awk -v starts=on -f "$here/pipeline/table.awk" "$results"
