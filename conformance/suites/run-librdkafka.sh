#!/usr/bin/env bash
# run-librdkafka.sh HOST:PORT [TEST...]: librdkafka's own test-runner against a broker that makes topics on demand with four
# partitions (start-kafka.sh, start-sluice.sh). Each test number runs in a process of its own, one after the other; TEST is such
# a number. What passes on Apache Kafka is in librdkafka-VERSION-baseline.txt, and the exit code says whether all of it passed here.
#
# LIBRDKAFKA=2.12 (from the npm package node-rdkafka, which brings the sources) or 2.0 (Debian's source package)
# GROUP_PROTOCOL=classic or consumer (2.12 only)   SCENARIO=default or noautocreate (wants auto.create.topics.enable=false)
# RESULTS=FILE   MULTIPLIER=2: how much longer than by default tests wait   QUICK=on: leave out what takes long
# Needs a C and C++ compiler, make, python3, the headers of OpenSSL and zlib, node's npm or apt-get, and a JDK with Maven.
set -euo pipefail
. "$(dirname "$0")/common.sh"
address=$1
shift
version=${LIBRDKAFKA:-2.12} protocol=${GROUP_PROTOCOL:-classic} scenario=${SCENARIO:-default}
label=$version
[ "$protocol" = classic ] || label=$label-$protocol
[ "$scenario" = default ] || label=$label-$scenario
sources=$work/librdkafka-$version
results=${RESULTS:-$work/librdkafka-$label-results.txt}
logs=$results.logs
baseline=$suites/librdkafka-$label-baseline.txt

fetch() {
    rm -rf "$sources.new"
    mkdir -p "$sources.new"
    cd "$sources.new"
    case $version in
        2.12)
            npm pack --silent node-rdkafka@3.6.1 >/dev/null
            tar xzf node-rdkafka-*.tgz
            mv package/deps/librdkafka "$sources"
            ;;
        2.0)
            # A package list of our own, so that the machine's stays as it is.
            mkdir -p lists/partial parts
            # The places are the machine's own, asked for sources instead of packages.
            { cat /etc/apt/sources.list.d/*.sources 2>/dev/null || true; } |
                sed 's/^Types:.*/Types: deb-src/' >parts/machine.sources
            { cat /etc/apt/sources.list /etc/apt/sources.list.d/*.list 2>/dev/null || true; } |
                sed -n 's/^deb /deb-src /p' >parts/machine.list
            local apt=(-o Dir::Etc::SourceList=/dev/null -o Dir::Etc::SourceParts="$PWD/parts" -o Dir::State::Lists="$PWD/lists")
            apt-get "${apt[@]}" -qq update
            apt-get "${apt[@]}" -qq source --download-only librdkafka
            mkdir unpacked
            tar xzf librdkafka_*.orig.tar.gz -C unpacked --strip-components=1
            mv unpacked "$sources"
            ;;
        *) fail "LIBRDKAFKA is $version; expected 2.12 or 2.0." ;;
    esac
    rm -rf "$sources.new"
}

build() {
    cd "$sources"
    ./configure --disable-curl --disable-gssapi
    make -j2 libs
    make -C tests -j2 test-runner
}

# Numbers of tests that need a broker; local tests and those with librdkafka's own mock broker say nothing about ours. The test
# of the admin client ends at its first failure, so each of its parts runs alone as well: NUMBER.PART.
numbers() {
    sed -n '/^struct test tests\[\]/,/^};\|{NULL}/p' "$sources/tests/test.c" | tr '\n' ' ' | grep -o '_TEST([0-9]\{4\}[^,]*,[^,)]*' |
        grep -v 'TEST_F_LOCAL\|TEST_F_MANUAL\|_mock,' | sed 's/_TEST(\([0-9]*\).*/\1/' | sort -u
    sed -n '/^static void do_test_apis/,/^}/p' "$sources/tests/0081-admin.c" | grep -o 'do_test_[A-Za-z_]*' |
        sed 's/do_test_/0081./' | grep -v apis | sort -u
}

# One line a test: state, name, seconds. A process that did not come to its report hung or died.
run() { # NUMBER[.PART]
    local report=$logs/$1.json part=${1#????}
    rm -f "$report"
    part=${part#.}
    # The test-runner likes to end by abort(); the subshell keeps bash's word on that out of the results.
    (
        export TESTS=${1:0:4} SUBTESTS=${part:+do_test_$part} TEST_REPORT=$report
        timeout -k 10 "${LIMIT:-1800}" ./test-runner ${QUICK:+-Q} -p1 -L -s "$scenario" || echo "ended with $?"
    ) >"$logs/$1.log" 2>&1
    python3 - "$report" "$1" <<'P'
import json, sys
report, wanted = sys.argv[1:]
number, _, part = wanted.partition(".")
try:
    tests = json.load(open(report), strict=False)["tests"]
except (OSError, ValueError):
    print("HUNG", wanted, 0)
    sys.exit()
for name, test in sorted(tests.items()):
    local = name.endswith(("_mock", "_local")) and test["state"] == "SKIPPED"
    if name.startswith(number) and not local:
        print(test["state"], name + ("." + part if part else ""), round(test["duration"]))
P
}

[ -d "$sources" ] || (fetch)
[ -x "$sources/tests/test-runner" ] || (build >"$sources.build.log" 2>&1) || fail "librdkafka does not build; see $sources.build.log."
kafka_home
mkdir -p "$logs"
printf '%s\n' "metadata.broker.list=$address" test.topic.random=true "test.timeout.multiplier=${MULTIPLIER:-2}" >"$logs/test.conf"
export RDKAFKA_TEST_CONF=$logs/test.conf KAFKA_PATH=$kafka BROKERS=$address TEST_KAFKA_VERSION=4.3.1
export LD_LIBRARY_PATH=$sources/src:$sources/src-cpp
[ "$protocol" = classic ] || export TEST_CONSUMER_GROUP_PROTOCOL=$protocol
cd "$sources/tests"
if [ $# -gt 0 ]; then
    for number in "$@"; do run "$number"; done
    exit
fi
: >"$results"
for number in $(numbers); do run "$number" | tee -a "$results"; done
summary "$baseline" "$results"
