# Sourced by the benchmark of Elasticsearch: a private server of one node, kept for the whole series, on a free port; or the one that
# ELASTICSEARCH_URL names. The server is Elastic's minimal build, fetched by Maven. As root it runs as the user nobody.

es_version=8.19.21
es_as=()
[ "$(id -u)" != 0 ] || es_as=(runuser -u nobody --)

start_elasticsearch() {
    es_url=${ELASTICSEARCH_URL:-}
    [ -z "$es_url" ] || { es_port=${es_url##*:}; return; }
    es_folder=$(mktemp -d "${TMPDIR:-/tmp}/sluice-elasticsearch-XXXXXX")
    mvn -B -q dependency:copy -DoutputDirectory="$es_folder" \
        -Dartifact=org.elasticsearch.distribution.integ-test-zip:elasticsearch:$es_version:zip
    (cd "$es_folder" && "$JAVA_HOME/bin/jar" xf "elasticsearch-$es_version.zip" && chmod +x "elasticsearch-$es_version"/bin/*)
    rm "$es_folder/elasticsearch-$es_version.zip"
    [ "$(id -u)" != 0 ] || chown -R nobody "$es_folder"
    free_port es_port
    es_url=http://127.0.0.1:$es_port
    (cd "$es_folder" && exec "${es_as[@]}" env ES_JAVA_HOME="$JAVA_HOME" ES_JAVA_OPTS="-Xms1g -Xmx1g" \
        "elasticsearch-$es_version/bin/elasticsearch" -Ediscovery.type=single-node -Expack.security.enabled=false \
        -Ehttp.port="$es_port" -Etransport.port=$((es_port + 1)) -Ehttp.max_content_length=100mb) >"$work/elasticsearch.log" 2>&1 </dev/null &
    es_pid=$!
    for ((i = 0; i < 600; i++)); do
        curl -sf "$es_url/_cluster/health?wait_for_status=yellow&timeout=1s" >"$work/health.json" && return
        kill -0 "$es_pid" 2>/dev/null || die "Elasticsearch ended, see $work/elasticsearch.log."
        pause 0.2
    done
    die "Elasticsearch did not get ready, see $work/elasticsearch.log."
}

stop_elasticsearch() {
    [ -n "${es_pid:-}" ] || return 0
    pkill -P "$es_pid" 2>/dev/null || true
    stop "$es_pid"
    rm -rf "$es_folder"
}

# A mapping that costs the server little, so that the connector can be seen beside it; no refresh while a clock runs.
new_index() { # NAME
    curl -sS --fail-with-body -o "$work/index.json" -X DELETE "$es_url/$1?ignore_unavailable=true"
    curl -sS --fail-with-body -o "$work/index.json" -X PUT -H 'Content-Type: application/json' "$es_url/$1" -d '{
        "settings": {"number_of_shards": 1, "number_of_replicas": 0, "refresh_interval": "-1"},
        "mappings": {"dynamic": "strict", "properties": {"id": {"type": "long"}, "customer": {"type": "keyword"}, "product": {"type": "keyword"},
            "qty": {"type": "integer"}, "price": {"type": "double"}, "active": {"type": "boolean"}, "created": {"type": "date"},
            "note": {"type": "keyword", "index": false, "doc_values": false}}}}'
}

# Sets $indexed: how many documents the server has taken, refreshed or not. No process is started for the question.
count_indexed() { # INDEX
    local socket line body=
    indexed=0
    { exec {socket}<>"/dev/tcp/127.0.0.1/$es_port"; } 2>/dev/null || return 0
    printf 'GET /%s/_stats/indexing?filter_path=_all.primaries.indexing.index_total HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n' \
        "$1" >&"$socket"
    while read -rt 10 -u "$socket" line || [ -n "$line" ]; do body+=$line; done
    exec {socket}>&-
    [[ $body =~ index_total\":([0-9]+) ]] && indexed=${BASH_REMATCH[1]} || true
}

wait_indexed() { # INDEX COUNT
    indexed=0
    until [ "$indexed" -ge "$2" ]; do
        pause 0.1
        count_indexed "$1"
        cpu_of "${pids[@]}"
    done
    mark
}

# The number of documents, and sums that change when a number in one of them does.
contents() { # INDEX
    curl -sS --fail-with-body -o "$work/refresh.json" -X POST "$es_url/$1/_refresh"
    curl -sS --fail-with-body -H 'Content-Type: application/json' "$es_url/$1/_search?filter_path=hits.total,aggregations" -d '{
        "size": 0, "track_total_hits": true, "aggs": {"id": {"sum": {"field": "id"}}, "qty": {"sum": {"field": "qty"}},
            "created": {"sum": {"field": "created"}}, "customers": {"terms": {"field": "customer", "size": 5}}}}'
}
