#!/usr/bin/env bash
# kcat: over TLS, with a user's name and password if the environment names them.
#   KAFKA_CA=ca.pem [KAFKA_USER=alice KAFKA_PASSWORD=secret KAFKA_MECHANISM=PLAIN] clients/kcat/secured.sh HOST:PORT
# SCRAM fails with librdkafka before 2.6.1, at every broker.
set -u -o pipefail

brokers=${1:?usage: $0 HOST:PORT}
command -v kcat >/dev/null || { echo "kcat is not installed: apt-get install kcat"; exit 77; }
kcat -V | sed -n 's/^Version /kcat /p'

fail() { echo "FAILED: $1"; exit 1; }
trusting=(-X ssl.ca.location="${KAFKA_CA:?the certificate to trust, as PEM}")
user=()
if [ -n "${KAFKA_USER:-}" ]; then
    user=(-X sasl.mechanism="$KAFKA_MECHANISM" -X sasl.username="$KAFKA_USER")
    protocol=sasl_ssl
    password=(-X sasl.password="$KAFKA_PASSWORD")
else
    protocol=ssl
    password=()
fi
client() { timeout 60 kcat -b "$brokers" -X security.protocol=$protocol "${user[@]}" "$@"; }

topic=kcat-secured-$$-$RANDOM
lines=$(seq 1000)
client "${trusting[@]}" "${password[@]}" -P -t "$topic" -z zstd <<<"$lines" || fail "writing over $protocol"
read=$(client "${trusting[@]}" "${password[@]}" -C -q -e -t "$topic" -o beginning) || fail "reading over $protocol"
[ "$read" = "$lines" ] || fail "lines come back over $protocol"
echo "ok  lines come back over $protocol"

client "${password[@]}" -L -m 5 >/dev/null 2>&1 && fail "a certificate that is not trusted ends the connection"
echo "ok  a certificate that is not trusted ends the connection"
if [ -n "${KAFKA_USER:-}" ]; then
    client "${trusting[@]}" -X sasl.password=wrong -L -m 5 >/dev/null 2>&1 && fail "a wrong password is refused"
    echo "ok  a wrong password is refused"
fi
exit 0
