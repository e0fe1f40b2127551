#!/usr/bin/env bash
# jdbc-cdc.sh [RUNS] [SECONDS] [RATE]: change data capture through the whole product. Transactions of 100 row changes (60 inserts, 30
# updates, 10 deletes; rows of 8 columns, about 150 bytes) are committed at a steady rate, 20,000 changes a second by default, into a
# PostgreSQL on the same machine; a consumer of another process tells how long after its commit each change was there.
#   cold   the first 10 seconds of a worker and a consumer that have just started
#   warm   all after them; the goal is p99 under 250 ms
# cpu_s is the worker's for the whole run, and foreign_cores what all others used meanwhile: PostgreSQL, the consumer, strangers.
# Every run is shown, also those that miss the goal. Needs Linux, JDK 17 or newer, curl and PostgreSQL's programs.
# Results: docs/benchmarks.md. SLUICE_DIST, BENCH_WORK and PGBIN as for jdbc-pipeline.sh.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
. "$here/pipeline/measure.sh"
. "$here/pipeline/products.sh"
. "$here/pipeline/postgres.sh"
runs=${1:-3} seconds=${2:-40} rate=${3:-20000}
product=sluice variant=tuned input=none warm_up=10 goal_ms=250
changes=$((rate * seconds / 100 * 100))

# One transaction each 100 changes, at the moment when it is due; a late one is not waited for.
write_changes='create procedure write_changes(transactions int, rate int) language plpgsql as $$
declare due timestamptz := clock_timestamp(); f bigint;
begin
    for t in 1..transactions loop
        f := t * 60;
        insert into changed select i, $q$customer-$q$ || i % 100000, $q$anvil$q$, i % 50, i / 3.0, i % 2 = 0, now(), md5(i::text)
            from generate_series(f, f + 59) i;
        update changed set qty = qty + 1, note = md5(note) where id between f and f + 29;
        delete from changed where id between f + 50 and f + 59;
        commit;
        due := due + make_interval(secs => 100.0 / rate);
        perform pg_sleep(greatest(0, extract(epoch from due - clock_timestamp())));
    end loop;
end $$'

# The topic is there before the clock starts, with one change in it that is not measured.
begin_capture() {
    execute "drop table if exists changed; create table changed (id bigint primary key, customer text, product text, qty int,
        price double precision, active boolean, created timestamp, note text)"
    sed "s|@url@|$pg_url|" "$here/pipeline/connectors/jdbc-cdc.properties" >"$dir/source.properties"
    put_connector source
    answer=
    for ((i = 0; i < 600; i++)); do
        [ "$answer" != t ] || break
        pause 0.1
        ask "select coalesce(bool_or(active), false) from pg_replication_slots where slot_name = 'bench'"
    done
    [ "$answer" = t ] || die "The capture did not begin, see $dir/sluice.log."
    execute "insert into changed values (0, 'first', 'first', 0, 0, true, now(), 'first')"
    wait_topic "$dir/data/rows-changed-0"
}

consume() { # sets $consumer, and waits until it reads
    "$JAVA_HOME/bin/java" -Xmx512m -XX:+UseSerialGC -cp "$sluice/lib/*" \
        "$here/src/main/java/dev/sluice/benchmark/ChangeDelays.java" "127.0.0.1:$kafka" rows-changed "$((changes + 1))" \
        "$warm_up" >"$dir/delays" 2>"$dir/consumer.log" &
    consumer=$!
    until grep -q ready "$dir/delays"; do
        kill -0 "$consumer" 2>/dev/null || die "The consumer ended, see $dir/consumer.log."
        pause 0.1
    done
}

measure() {
    fresh
    free_port kafka
    printf 'broker.listeners=PLAINTEXT://127.0.0.1:%s\n' "$kafka" >>"$dir/worker.properties"
    start_sluice
    wait_rest
    begin_capture
    consume
    begin "${pids[@]}"
    psql_ -c "call write_changes($((changes / 100)), $rate)" >/dev/null
    wait "$consumer" || die "The consumer failed, see $dir/consumer.log."
    mark
    memory VmHWM
    grep -v ready "$dir/delays" | awk -v run="$run" -v cpu=$((cpu_marked - cpu_began)) -v wall=$((marked - began)) -v kib="$kib" \
        -v busy=$((busy_marked - busy_began)) -v goal="$goal_ms" -F'\t' 'BEGIN {OFS = "\t"} {
            met = $1 == "warm" ? ($5 < goal ? "met" : "MISSED") : "-"
            print run, $0, sprintf("%.2f", cpu / 1e3), sprintf("%.0f", kib / 1024), sprintf("%.2f", (busy - cpu) / (wall / 1e3)), met}'
    stop "${pids[@]}"
    psql_ -c "select pg_drop_replication_slot('bench')" -c "drop publication if exists bench" >/dev/null
    rm -rf "$dir"
    pids=()
}

trap '[ -z "${pids[*]:-}" ] || kill "${pids[@]}" 2>/dev/null || true; stop_postgres' EXIT

prepare
start_postgres
psql_ -c "$write_changes"
printf 'run\tpart\tchanges\tchanges_a_s\tp50_ms\tp99_ms\tlongest_ms\tcpu_s\tmemory_mib\tforeign_cores\tgoal\n'
for ((run = 1; run <= runs; run++)); do measure; done
