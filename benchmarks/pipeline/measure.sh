# Sourced by the benchmarks: measures processes from /proc, forking nothing while a clock runs but `stat` for a file's size.
# A measurement is begin PID..., some wait_..., which calls mark at the moment that counts, then note.

# Reads of a pipe that nobody writes to: a pause without a process.
exec {silence}<> <(:)
pause() { read -rt "$1" -u "$silence" || true; }

die() { printf '%s: %s\n' "${0##*/}" "$1" >&2; exit 1; }

# Sets $cpu: the CPU time in ms that the processes, and children which they waited for, have used.
cpu_of() {
    local pid stat fields
    cpu=0
    for pid in "$@"; do
        { read -r stat <"/proc/$pid/stat"; } 2>/dev/null || die "Process $pid has ended, see the logs in $dir."
        fields=(${stat##*) })
        cpu=$((cpu + (fields[11] + fields[12] + fields[13] + fields[14]) * 1000 / hertz))
    done
}
hertz=$(getconf CLK_TCK)

# Sets $busy: the CPU time in ms that the whole machine has used.
busy_of_machine() {
    local name user nice system idle iowait irq softirq steal rest
    read -r name user nice system idle iowait irq softirq steal rest </proc/stat
    busy=$(((user + nice + system + irq + softirq + steal) * 1000 / hertz))
}

# Starts the clock for processes that run, or for none that will be named to pids=(...) once started.
begin() {
    pids=("$@")
    busy_of_machine
    busy_began=$busy
    cpu_of "$@"
    cpu_began=$cpu
    began=${EPOCHREALTIME/[.,]/}
}

mark() {
    marked=${EPOCHREALTIME/[.,]/}
    cpu_of "${pids[@]}"
    cpu_marked=$cpu
    busy_of_machine
    busy_marked=$busy
}

# Sets $kib: the sum over the processes of a line of /proc/PID/status, VmHWM (peak) or VmRSS (now).
memory() {
    kib=$(for pid in "${pids[@]}"; do cat "/proc/$pid/status"; done | awk -v of="$1:" '$1 == of {sum += $2} END {print sum + 0}')
}

# note PHASE KIB VERIFIED: appends the measurement to the results and shows it.
note() {
    local line
    line=$(awk -v wall=$((marked - began)) -v cpu=$((cpu_marked - cpu_began)) -v busy=$((busy_marked - busy_began)) -v kib="$2" \
        'BEGIN {printf "%.3f\t%.2f\t%.0f\t%.2f", wall / 1e6, cpu / 1e3, kib / 1024, (busy - cpu) / (wall / 1e3)}')
    printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$product" "$variant" "$run" "$1" "$line" "$3" | tee -a "$results"
}

answers() {
    local socket line=
    { exec {socket}<>"/dev/tcp/127.0.0.1/$1"; } 2>/dev/null || return 1
    printf 'GET /connectors HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' >&"$socket"
    read -rt 10 -u "$socket" line || true
    exec {socket}>&-
    [[ $line == *' 200 '* ]]
}

wait_rest() {
    until answers "$port"; do
        kill -0 "${pids[@]}" 2>/dev/null || die "A process ended before REST answered, see the logs in $dir."
        pause 0.01
    done
    mark
}

size_of() { { stat -c %s "$@" 2>/dev/null || true; } | awk '{sum += $1} END {print sum + 0}'; }

# Waits until the file has that size, or has not grown for a minute: then the comparison of the bytes tells.
wait_file() { # FILE BYTES
    local size=0 now still=0
    until [ "$size" -ge "$2" ] || [ "$still" -ge 2000 ]; do
        pause 0.03
        now=$(size_of "$1")
        [ "$now" = "$size" ] && still=$((still + 1)) || still=0
        size=$now
        cpu_of "${pids[@]}"
    done
    mark
}

# Waits until the topic's segments have stopped growing, and marks the moment at which they reached that size.
wait_topic() { # PARTITION-FOLDER
    local size=0 now quiet=0
    until [ "$size" -gt 0 ] && [ "$quiet" -ge 80 ]; do
        pause 0.03
        now=$(size_of "$1"/*.log)
        [ "$now" = "$size" ] && quiet=$((quiet + 1)) || { mark; quiet=0; }
        size=$now
        cpu_of "${pids[@]}"
    done
    topic_bytes=$size
}

# Ends processes and waits for their end; PIDs are our own children.
stop() {
    local pid
    for pid in "$@"; do
        kill "$pid" 2>/dev/null || true
        for ((i = 0; i < 600; i++)); do kill -0 "$pid" 2>/dev/null || break; pause 0.05; done
        kill -9 "$pid" 2>/dev/null || true
        wait "$pid" 2>/dev/null || true
    done
}

free_port() { # NAME: sets the variable to a port that nobody listens on
    local candidate
    while :; do
        candidate=$((20000 + RANDOM % 12000))
        { exec {probe}<>"/dev/tcp/127.0.0.1/$candidate"; } 2>/dev/null || break
        exec {probe}>&-
    done
    printf -v "$1" %s "$candidate"
}
