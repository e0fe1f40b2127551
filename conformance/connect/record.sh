#!/usr/bin/env bash
# record.sh [CHAPTER...]: sends the requests of the contract suite (all chapters, or these) to a standalone and a distributed worker of
# Kafka Connect and writes what they answer beside the requests, src/test/resources/connect/*.answers.json. Takes some minutes.
#
#   SLUICE_HOME   the installation whose broker the workers use (default: the one that the build made)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
module=$(dirname "$here")
target=$module/target/connect
: "${JAVA:=${JAVA_HOME:+$JAVA_HOME/bin/}java}" "${SLUICE_HOME:=$module/../distribution/target/sluice}"

mkdir -p "$target"
[ -d "$target/peer/lib" ] || mvn -B -q -f "$here/peer.xml" -Dconnect.home="$target/peer" package
cp "$here/log4j2.properties" "$target/peer/"
mvn -B -q -Dquick -Dmaven.test.skip=false -DskipTests -f "$module/../pom.xml" test-compile dependency:build-classpath \
    -Dmdep.outputFile="$target/classpath" -Dmdep.includeScope=test -pl testkit,conformance -am

work=$target/run.$$
mkdir "$work"
brokers=()
trap 'kill "${brokers[@]}" 2>/dev/null || true' EXIT
# A broker each: the workers' connectors have the same names, groups and topics.
start_broker() { # NAME
    printf '%s\n' 'listeners=PLAINTEXT://127.0.0.1:0' "log.dirs=$work/$1" 'num.partitions=1' >"$work/$1.properties"
    : >"$work/$1.out"
    SLUICE_LOG_DIR=$work/$1.logs SLUICE_OPTS='' "$SLUICE_HOME/bin/sluice" broker "$work/$1.properties" >"$work/$1.out" 2>&1 &
    brokers+=($!)
    local turn
    for ((turn = 0; turn < 300; turn++)); do
        address=$(sed -n 's/.* \([^ ]*\) (PLAINTEXT)$/\1/p' "$work/$1.out")
        [ -z "$address" ] || return 0
        kill -0 $! 2>/dev/null || break
        sleep 0.1
    done
    cat "$work/$1.out" >&2
    exit 1
}
start_broker standalone
standalone=$address
start_broker distributed
"$JAVA" -cp "$module/target/quick/test-classes:$(cat "$target/classpath")" dev.sluice.conformance.connect.Recorder \
    "$target/peer" "$work" "$standalone" "$address" "$module/src/test/resources/connect" "$@"
