# Sourced by the benchmarks of databases: a private PostgreSQL in $work/postgres, kept for the whole series, on a free port.
# Needs its server programs: in $PGBIN, on the path, or where Debian puts them. As root it runs as the user postgres.

pg_bin=${PGBIN:-$(dirname "$(command -v initdb || ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -1)")}
[ -x "$pg_bin/initdb" ] || die "no PostgreSQL server here: install one, or name its folder of programs in PGBIN"
pg_as=()
[ "$(id -u)" != 0 ] || pg_as=(runuser -u postgres --)

start_postgres() {
    pg_folder=$(mktemp -d "${TMPDIR:-/tmp}/sluice-postgres-XXXXXX")
    [ "$(id -u)" != 0 ] || chown postgres "$pg_folder"
    free_port pg_port
    "${pg_as[@]}" "$pg_bin/initdb" -D "$pg_folder/data" -U postgres -A trust -E UTF8 --locale=C >"$work/initdb.log"
    "${pg_as[@]}" "$pg_bin/pg_ctl" -D "$pg_folder/data" -w -l "$pg_folder/data/log" start -o "-c port=$pg_port \
        -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c shared_buffers=512MB -c max_wal_size=4GB \
        -c checkpoint_timeout=30min -c wal_level=logical -c autovacuum=off -c timezone=UTC" >"$work/postgres.log"
    pg_url=jdbc:postgresql://127.0.0.1:$pg_port/postgres
    # One session for all questions while a clock runs: no process is started for them.
    coproc PG { psql -qXAt -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$pg_port" -U postgres postgres 2>"$work/psql.log"; }
}

stop_postgres() {
    [ -n "${pg_folder:-}" ] || return 0
    "${pg_as[@]}" "$pg_bin/pg_ctl" -D "$pg_folder/data" -m immediate -w stop >/dev/null || true
    rm -rf "$pg_folder"
}

# Sets $answer: the one value that a query returns.
ask() {
    printf '%s;\n' "$1" >&"${PG[1]}"
    read -r answer <&"${PG[0]}" || die "PostgreSQL did not answer, see $work/psql.log"
}

# Executes statements that return nothing.
execute() { ask "$1; select 'done'"; }

psql_() { psql -qX -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$pg_port" -U postgres postgres "$@"; }

# The rows as text, in order: equal for equal tables.
checksum() { psql_ -c "copy (select id, customer, product, qty, price, active, created, note from $1 order by id) to stdout" | sha256sum; }

wait_rows() { # TABLE ID
    answer=
    until [ "${answer:--1}" -ge "$2" ]; do
        pause 0.1
        ask "select coalesce(max(id), -1) from $1"
        cpu_of "${pids[@]}"
    done
    mark
}
