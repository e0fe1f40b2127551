#!/usr/bin/env bash
# kcat: writes in a transaction, which a reader of committed records sees whole.
#   clients/kcat/transactions.sh HOST:PORT
set -u -o pipefail

brokers=${1:?usage: $0 HOST:PORT}
command -v kcat >/dev/null || { echo "kcat is not installed: apt-get install kcat"; exit 77; }
kcat -V | sed -n 's/^Version /kcat /p'

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 1
run=$$-$RANDOM
topic=kcat-transactions-$run

fail() { echo "FAILED: $1"; exit 1; }
client() { timeout 60 kcat -b "$brokers" "$@"; }
read_committed() { client -C -q -e -t "$topic" -o beginning -X isolation.level=read_committed; }

seq 1 500 >first
seq 501 1000 >second
client -P -t "$topic" -l first -X transactional.id="kcat-$run" || fail "writing in a transaction"
read_committed >read || fail "reading committed records"
cmp first read || fail "a reader of committed records sees the transaction"
echo "ok  a reader of committed records sees the transaction"

client -P -t "$topic" -l second -X transactional.id="kcat-$run" || fail "writing in a second transaction"
read_committed >read || fail "reading committed records"
cat first second | cmp - read || fail "the next process with that transactional.id goes on"
echo "ok  the next process with that transactional.id goes on"

end=$(client -Q -t "$topic:0:-1")
[ "$end" = "$topic [0] offset 1002" ] || fail "each transaction ends with a marker in the log: $end"
echo "ok  each transaction ends with a marker in the log"
