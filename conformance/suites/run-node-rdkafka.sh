#!/usr/bin/env bash
# run-node-rdkafka.sh HOST:PORT [FILE...]: the end-to-end specs of node-rdkafka (librdkafka 2.12 from JavaScript) against a broker
# that is new and makes topics with one partition (start-kafka.sh DIR PORT num.partitions=1): they want its topics to themselves.
# Each spec file runs in a process of its own. What passes on Apache Kafka is in node-rdkafka-baseline.txt, and the exit code says
# whether all of it passed here. One of them wants two replicas refused: accept.any.replication.factor=false.
#
# RESULTS=FILE   TIMEOUT=20000: milliseconds for each test   LIMIT=300: seconds for a file
# Needs node with npm, its headers, a C++ compiler, make and python3, and a JDK with Maven.
set -euo pipefail
. "$(dirname "$0")/common.sh"
address=$1
shift
sources=$work/node-rdkafka
results=${RESULTS:-$work/node-rdkafka-results.txt}

fetch() {
    rm -rf "$sources.new"
    mkdir -p "$sources.new"
    cd "$sources.new"
    npm pack --silent node-rdkafka@3.6.1 >/dev/null
    tar xzf node-rdkafka-*.tgz
    cd package
    npm install >"$sources.build.log" 2>&1
    mv "$sources.new/package" "$sources"
    rm -rf "$sources.new"
}

# One line a test: state, file and title, seconds.
run() { # FILE
    KAFKA_HOST=$address timeout -k 10 "${LIMIT:-300}" node_modules/.bin/mocha --exit --timeout "${TIMEOUT:-20000}" --reporter json \
        "e2e/$1.spec.js" >"$results.$1.json" 2>"$results.$1.log" || true
    python3 - "$results.$1.json" "$1" <<'P'
import json, sys
report, name = sys.argv[1:]
try:
    text = open(report).read()
    tests = json.loads(text[text.index("{\n"):])
except (OSError, ValueError):
    print("HUNG", name, 0)
    sys.exit()
skipped = {test["fullTitle"] for test in tests["pending"]}
for test in tests["tests"]:
    state = "SKIPPED" if test["fullTitle"] in skipped else "FAILED" if test["err"] else "PASSED"
    print(state, name + ":" + "_".join(test["fullTitle"].split()), round(test.get("duration", 0) / 1000))
P
}

[ -d "$sources" ] || (fetch) || fail "node-rdkafka does not build; see $sources.build.log."
kafka_home
for topic in test test2 test3 test4 test5 test6; do
    "$kafka/bin/kafka-topics.sh" --bootstrap-server "$address" --create --if-not-exists --topic $topic --partitions 1 >/dev/null
done
cd "$sources"
[ $# -gt 0 ] || set -- admin both consumer groups producer producer-transaction
: >"$results"
for file in "$@"; do run "$file" | tee -a "$results"; done
summary "$suites/node-rdkafka-baseline.txt" "$results"
