#!/usr/bin/env bash
# kcat: lists, writes, reads, finds offsets and reads as a group.
#   clients/kcat/produce-and-consume.sh HOST:PORT
set -u -o pipefail

brokers=${1:?usage: $0 HOST:PORT}
command -v kcat >/dev/null || { echo "kcat is not installed: apt-get install kcat"; exit 77; }
kcat -V | sed -n 's/^Version /kcat /p'

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
run=$$-$RANDOM

fail() { echo "FAILED: $1"; exit 1; }
equal() { cmp "$2" "$3" || fail "$1"; echo "ok  $1"; }
is() { [ "$2" = "$3" ] || fail "$1: '$2' in place of '$3'"; echo "ok  $1"; }
client() { timeout 60 kcat -b "$brokers" "$@"; }
# Waits until a topic has so many records: with acks=0 nobody says when they are in.
await() {
    for _ in $(seq 100); do
        [ "$(client -Q -t "$1:0:-1" 2>/dev/null)" = "$1 [0] offset $2" ] && return
        sleep 0.1
    done
    fail "$1 should have $2 records"
}
# Everything in partition 0 of a topic: key, tab, value.
all() { client -C -q -e -t "$1" -p 0 -o beginning -f '%k\t%s\n'; }

seq 1000 | sed 's/.*/key &\tvalue & with some letters to compress: äöü/' >lines

for codec in none gzip snappy lz4 zstd; do
    topic=kcat-$codec-$run
    client -P -t "$topic" -K '\t' -z "$codec" -l lines || fail "writing with $codec"
    all "$topic" >read || fail "reading $codec"
    equal "1,000 keys and values come back as they were, compression $codec" lines read
done

for settings in acks=0 acks=1 acks=all enable.idempotence=true; do
    topic=kcat-${settings/=/-}-$run
    client -P -t "$topic" -p 0 -K '\t' -l lines -X "$settings" || fail "writing with $settings"
    await "$topic" 1000
    all "$topic" >read || fail "reading what was written with $settings"
    equal "1,000 keys and values come back as they were, $settings" lines read
done

topic=kcat-details-$run
echo "with headers" | client -P -t "$topic" -H one=1 -H two=zwei -H empty= || fail "writing headers"
is "headers come back in their order" \
    "$(client -C -q -e -t "$topic" -f '%h|%s|%p|%o')" "one=1,two=zwei,empty=|with headers|0|0"
printf 'key:\n' | client -P -t "$topic" -K : -Z || fail "writing a null"
is "a null is a null" "$(client -C -q -e -t "$topic" -o 1 -f '%k %K %S')" "key 3 -1"
head -c 900000 /dev/zero | tr '\0' x >large
client -P -t "$topic" large || fail "writing 900,000 bytes"
client -C -q -e -t "$topic" -o 2 -f '%s' >read || fail "reading 900,000 bytes"
equal "900,000 bytes come back as they were" large read

topic=kcat-gzip-$run
client -L -t "$topic" >listed || fail "listing"
is "the topic is listed with a leader" "$(grep -c "topic \"$topic\" with 1 partitions" listed)" 1
client -L >listed || fail "listing all"
is "it is among all topics" "$(grep -c "topic \"$topic\" " listed)" 1
is "the last offset is known" "$(client -Q -t "$topic:0:-1")" "$topic [0] offset 1000"
is "the first offset is known" "$(client -Q -t "$topic:0:-2")" "$topic [0] offset 0"
stamp=$(client -C -q -c 1 -t "$topic" -o 500 -f '%T')
found=$(client -Q -t "$topic:0:$stamp" | sed 's/.*offset //')
is "the record of a time is found" "$(client -C -q -c 1 -t "$topic" -o "$found" -f '%T')" "$stamp"
is "reading begins at an offset" "$(client -C -q -c 2 -t "$topic" -p 0 -o 700 -f '%k,%o ')" "key 701,700 key 702,701 "
is "reading begins before the end" "$(client -C -q -e -t "$topic" -p 0 -o -2 -f '%k,%o ')" "key 999,998 key 1000,999 "

group() { client -G "kcat-group-$run" -q -e -X auto.offset.reset=earliest -f '%k\t%s\n' "$topic"; }
group >read 2>log || { cat log; fail "reading as a group"; }
equal "a group reads everything" lines read
echo $'key 1001\tnew' | client -P -t "$topic" -K '\t' || fail "writing one more"
is "the group goes on after its commit" "$(group 2>log)" $'key 1001\tnew'
