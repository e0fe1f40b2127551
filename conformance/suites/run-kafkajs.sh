#!/usr/bin/env bash
# run-kafkajs.sh HOST:PORT [FILE...]: kafkajs's own specs against a broker that makes topics on demand with four partitions
# (start-kafka.sh, start-sluice.sh). Run are those that talk to a broker without TLS or passwords: of the admin, the consumer, the
# producer and the broker's own client; each FILE, such as src/admin/__tests__/createTopics.spec.js, in a process of its own. What
# passes on Apache Kafka belongs into kafkajs-baseline.txt, and the exit code says whether all of it passed here.
#
# KAFKAJS_SOURCES=DIR: a checkout of kafkajs at v2.2.4, where there is one; it is copied. Otherwise git clones it: the npm package
# comes without its specs.   RESULTS=FILE
# Needs git, node with npm, python3, and a JDK with Maven.
set -euo pipefail
. "$(dirname "$0")/common.sh"
address=$1
shift
sources=$work/kafkajs
results=${RESULTS:-$work/kafkajs-results.txt}

fetch() {
    rm -rf "$sources.new"
    if [ -n "${KAFKAJS_SOURCES:-}" ]; then
        cp -r "$KAFKAJS_SOURCES" "$sources.new"
    else
        git clone -q --depth 1 --branch v2.2.4 https://github.com/tulios/kafkajs "$sources.new"
    fi
    cd "$sources.new"
    npm install --ignore-scripts --no-save >"$sources.build.log" 2>&1
    # The three brokers of its own set-up become the one under test, and versions are compared with Kafka 4.
    sed -i -e "s/^const getHost = .*/const getHost = () => process.env.KAFKA_TEST_HOST/" \
        -e '/^const plainTextBrokers/s/=> .*/=> [`${host}:${process.env.KAFKA_TEST_PORT}`]/' \
        -e 's/port: 9092/port: Number(process.env.KAFKA_TEST_PORT)/; s/:9092`/:${process.env.KAFKA_TEST_PORT}`/' testHelpers/index.js
    mv "$sources.new" "$sources"
}

files() {
    cd "$sources"
    grep -lE 'createCluster|createConnection|new Broker|createTopic' -r src --include='*.spec.js' |
        grep -E '^src/(admin|broker|cluster|consumer|producer)/' | grep -viE 'acl|sasl|ssl|oauth' | sort
}

# One line a test: state, file and title, seconds.
run() { # FILE
    local name=${1//\//_}
    timeout -k 10 "${LIMIT:-900}" npx jest --runInBand --forceExit --testTimeout 60000 --json --outputFile "$logs/$name.json" "$1" \
        >"$logs/$name.log" 2>&1 || true
    python3 - "$logs/$name.json" "$1" <<'P'
import json, sys
report, name = sys.argv[1:]
try:
    results = json.load(open(report))["testResults"][0]["assertionResults"]
except (OSError, ValueError, IndexError):
    print("HUNG", name, 0)
    sys.exit()
states = {"passed": "PASSED", "failed": "FAILED"}
for test in results:
    print(states.get(test["status"], "SKIPPED"), name + ":" + "_".join(test["fullName"].split()), round((test.get("duration") or 0) / 1000))
P
}

[ -d "$sources" ] || (fetch) || fail "kafkajs cannot be fetched or built; see $sources.build.log. KAFKAJS_SOURCES takes a checkout."
export KAFKA_TEST_HOST=${address%:*} KAFKA_TEST_PORT=${address##*:} KAFKA_VERSION=4.3.1
logs=$results.logs
mkdir -p "$logs"
cd "$sources"
[ $# -gt 0 ] || mapfile -t list < <(files)
[ $# -eq 0 ] || list=("$@")
: >"$results"
for file in "${list[@]}"; do run "$file" | tee -a "$results"; done
summary "$suites/kafkajs-baseline.txt" "$results"
