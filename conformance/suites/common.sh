# Sourced by the scripts of this folder: where things are, and what they all do.

suites=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
work=${SUITES_WORK:-$suites/../target/suites}
mkdir -p "$work"
work=$(cd "$work" && pwd)
kafka=${KAFKA_HOME:-$work/kafka}
: "${JAVA:=${JAVA_HOME:+$JAVA_HOME/bin/}java}"

fail() {
    echo "$*" >&2
    exit 1
}

# Kafka's jars in $kafka/lib, and the scripts in $kafka/bin that foreign tests call by their names.
kafka_home() {
    [ -d "$kafka/lib" ] || mvn -B -q -f "$suites/kafka/pom.xml" -Dkafka.home="$kafka" package
    mkdir -p "$kafka/bin"
    local tool
    for tool in topics=org.apache.kafka.tools.TopicCommand acls=org.apache.kafka.tools.AclCommand \
        configs=kafka.admin.ConfigCommand; do
        printf '%s\n' '#!/bin/sh' "exec '$JAVA' -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp '$kafka/lib/*' ${tool#*=} \"\$@\"" \
            >"$kafka/bin/kafka-${tool%%=*}.sh"
    done
    chmod +x "$kafka"/bin/*.sh
}

listens() { # PORT
    (: <"/dev/tcp/127.0.0.1/$1") 2>/dev/null
}

# The folder of a broker that is about to start: new, and its port free.
fresh_folder() { # DIR PORT
    [ ! -e "$1" ] || fail "Cannot start a broker in $1: it exists. Name a new folder."
    ! listens "$2" || fail "Cannot start a broker on port $2: something listens there. Name another port."
    mkdir -p "$1"
    dir=$(cd "$1" && pwd)
}

# A port takes connections, or the process behind it is gone, or three minutes are over.
wait_for_port() { # PORT PID LOG
    local turn
    for ((turn = 0; turn < 900; turn++)); do
        listens "$1" && return
        kill -0 "$2" 2>/dev/null || fail "The broker ended before it listened on port $1; see $3."
        sleep 0.2
    done
    fail "The broker does not listen on port $1; see $3."
}

# Names of BASELINE that RESULTS does not say PASSED of; empty is what we want.
missing_from() { # BASELINE RESULTS
    comm -23 <(grep -v '^#' "$1" | sort) <(awk '$1 == "PASSED" {print $2}' "$2" | sort)
}

# The last words of a run: counts, and how it compares with the list of what passes on Kafka.
summary() { # BASELINE RESULTS
    awk '{count[$1]++} END {for (state in count) printf "%s %d  ", state, count[state]; print ""}' "$2"
    [ -f "$1" ] || return 0
    local missing
    missing=$(missing_from "$1" "$2")
    [ -z "$missing" ] && echo "Everything in $(basename "$1") passed." && return
    printf 'In %s, but not passed here:\n%s\n' "$(basename "$1")" "$missing"
    return 1
}
