#!/usr/bin/env bash
# jdbc-pipeline.sh [RUNS] [RECORDS]: Sluice beside Apache Kafka with Connect standalone and Debezium's connectors: a topic into a table
# of PostgreSQL (insert and upsert), a table into a topic; and COPY of the same rows by psql as the limit.
# Needs Linux, JDK 17 or newer, Maven, curl and PostgreSQL's programs. Method and results: docs/benchmarks.md.
#
#   PRODUCTS="sluice peer"     PHASES="insert upsert select"   what to run, in alternation
#   WARM=1                                                     how often the process did the same before the clock runs; 0 without
#   SLUICE_DIST, PEER_HOME, BENCH_WORK, PGBIN                  as for file-pipeline.sh; the folder of PostgreSQL's programs
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/pipeline/measure.sh"
. "$here/pipeline/products.sh"
. "$here/pipeline/postgres.sh"
runs=${1:-3} records=${2:-1000000} variant=tuned
columns='id bigint primary key, customer text, product text, qty int, price double precision, active boolean, created timestamp, note text'

from_raw="select (line->>'id')::bigint, line->>'customer', line->>'product', (line->>'qty')::int,
    (line->>'price')::double precision, (line->>'active')::boolean,
    to_timestamp((line->>'created')::numeric / 1000) at time zone 'UTC', line->>'note' from raw order by 1"

# Lines become rows by PostgreSQL itself: what every sink has to write, and what every source reads.
expected_rows() {
    execute "create table raw (line jsonb); create table expected ($columns)"
    sed 's/\\/\\\\/g' "$input" | psql_ -c "copy raw from stdin"
    execute "insert into expected $from_raw"
    execute "drop table raw"
    psql_ -c "vacuum analyze expected" -c checkpoint
    expected=$(checksum expected)
    psql_ -c "copy (select * from expected order by id) to stdout" >"$work/rows-$records.txt"
}

connector() { # NAME-IN-CONNECTORS NAME
    sed "s|@input@|$input|; s|@url@|$pg_url|; s|@port@|$pg_port|" "$here/pipeline/connectors/$1.properties" >"$dir/$2.properties"
}

# Each product with its topic filled first, then one connector whose clock begins with the request for it.
start_product() {
    if [ "$product" = sluice ]; then
        start_sluice
    else
        sed -i "s|^plugin.path=.*|plugin.path=$peer/plugins/file,$peer/plugins/debezium-jdbc,$peer/plugins/debezium-postgres|" \
            "$dir/worker.properties"
        start_broker
        start_connect
    fi
    wait_rest
}

# Lets the process do a phase before it is measured: a worker that runs for weeks has compiled its code.
rehearse() { # sink|source
    local i name
    for ((i = 1; i <= ${WARM:-0}; i++)); do
        name=$1-warm$i
        sed "s|^name=.*|name=lines-$name|; s|^topic.prefix=|&warm$i-|" "$dir/$1.properties" >"$dir/$name.properties"
        begin "${pids[@]}"
        put_connector "$name"
        if [ "$1" = sink ]; then wait_rows target $((records - 1)); else wait_topic "$dir/data/warm$i-$topic-0"; fi
        curl -sS --fail-with-body -X DELETE "http://127.0.0.1:$port/connectors/lines-$name"
        [ "$1" = source ] || execute "drop table target; create table target ($columns)"
    done
    psql_ -c checkpoint
}

sink() { # insert|upsert
    fresh
    start_product
    put_connector source
    wait_topic "$dir/data/lines-0"
    execute "drop table if exists target; create table target ($columns)"
    connector "jdbc-$1" sink
    rehearse sink
    begin "${pids[@]}"
    put_connector sink
    wait_rows target $((records - 1))
    memory VmHWM
    note "$1" "$kib" "$([ "$(checksum target)" = "$expected" ] && echo same || echo DIFFERENT)"
    finish
}

select_() {
    local measured
    fresh
    start_product
    connector "jdbc-select-$product" source
    topic=rows-expected
    [ "$product" = sluice ] || topic=rows.public.expected
    rehearse source
    begin "${pids[@]}"
    put_connector source
    wait_topic "$dir/data/$topic-0"
    memory VmHWM
    measured=("$marked" "$began" "$cpu_marked" "$cpu_began" "$busy_marked" "$busy_began")
    verdict=$(topic_equals_table)
    read -r marked began cpu_marked cpu_began busy_marked busy_began <<<"${measured[*]}"
    note select "$kib" "$verdict"
    finish
}

# Writes the topic into a file, and lets PostgreSQL read the rows back from its lines.
topic_equals_table() {
    local lines=0 i
    sed -i "s|^topics=.*|topics=$topic|" "$dir/sink.properties"
    put_connector sink
    for ((i = 0; i < 60 && lines < records; i++)); do
        pause 1
        [ ! -f "$output" ] || lines=$(wc -l <"$output")
    done
    execute "drop table if exists raw, target; create table raw (line jsonb); create table target ($columns)"
    sed 's/\\/\\\\/g' "$output" | psql_ -c "copy raw from stdin"
    execute "insert into target $from_raw"
    execute "drop table raw"
    [ "$(checksum target)" = "$expected" ] && echo same || echo DIFFERENT
}

# What PostgreSQL itself takes for the same rows, with psql as the client: its CPU is the client's.
limits() {
    local product=limit variant=psql
    execute "drop table if exists target; create table target ($columns)"
    psql_ -c checkpoint
    begin; psql_ -c "copy target from stdin" <"$work/rows-$records.txt"; mark
    note copy-in 0 "$([ "$(checksum target)" = "$expected" ] && echo same || echo DIFFERENT)"
    begin; psql_ -c "copy expected to stdout" >/dev/null; mark
    note copy-out 0 -
}

finish() {
    stop "${pids[@]}"
    rm -rf "$dir"
    pids=()
}

trap '[ -z "${pids[*]:-}" ] || kill "${pids[@]}" 2>/dev/null || true; stop_postgres' EXIT

results=$work/jdbc-results.tsv
prepare
generate "$records"
start_postgres
expected_rows
printf 'product\tvariant\trun\tphase\twall_s\tcpu_s\tmemory_mib\tforeign_cores\toutput\n' | tee "$results"
for ((run = 1; run <= runs; run++)); do
    limits
    for phase in ${PHASES:-insert upsert select}; do
        for product in ${PRODUCTS:-sluice peer}; do
            case $phase in select) select_ ;; *) sink "$phase" ;; esac
        done
    done
done
printf '\n%s records, %s bytes; medians of the runs whose output was right\n' "$records" "$bytes"
awk -v records="$records" -v jdbc=on -f "$here/pipeline/table.awk" "$results"
