# Turns the results of a load, of the idle test and of starts into a Markdown table of medians, with ratios of Sluice to Kafka.
BEGIN {FS = "\t"}

FNR == 1 {next}
$NF != "yes" {print "left out, not verified: " $0; next}
{
    split($3, words, ":")
    step = words[1]
    key = step " " (words[2] > 0 ? words[2] " B, acks=" words[3] : "")
    if (step == "pause" || step == "idle-pause") {memory[step, $1] = $9; next}
    if (step == "start") {add("start", $1, "p50", $11); add("start", $1, "p99", $12); next}
    if ($10 > peak[$1]) peak[$1] = $10
    if (step ~ /^(produce|fetch|rate)$/) {
        if (!(key in seen)) {seen[key] = 1; order[++steps] = key}
        add(key, $1, "cpu", $7 / $5 * 1000); add(key, $1, "rate", $5 / $6); add(key, $1, "foreign", $8)
        add(key, $1, "p50", $11); add(key, $1, "p99", $12)
    }
}

function add(key, broker, what, value) {
    values[key, broker, what, ++count[key, broker, what]] = value
}

function median(key, broker, what,   n, i, j, t, sorted) {
    n = count[key, broker, what]
    for (i = 1; i <= n; i++) {
        t = values[key, broker, what, i]
        for (j = i - 1; j > 0 && sorted[j] + 0 > t + 0; j--) sorted[j + 1] = sorted[j]
        sorted[j + 1] = t
    }
    return n == 0 ? 0 : n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}

function ratio(a, b) {return b > 0 ? sprintf("%.2f", a / b) : ""}

END {
    print "| step | Sluice CPU s/GB | Kafka CPU s/GB | ratio | Sluice MB/s | Kafka MB/s | Sluice p50/p99 ms | Kafka p50/p99 ms | others' cores |"
    print "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    for (i = 1; i <= steps; i++) {
        key = order[i]
        s = median(key, "sluice", "cpu"); k = median(key, "kafka", "cpu")
        isRate = key ~ /^rate/
        printf "| %s | %.1f | %.1f | %s | %s | %s | %s | %s | %.2f |\n", key, s, k, ratio(s, k),
            isRate ? "" : sprintf("%.0f", median(key, "sluice", "rate")), isRate ? "" : sprintf("%.0f", median(key, "kafka", "rate")),
            isRate ? sprintf("%.1f / %.1f", median(key, "sluice", "p50"), median(key, "sluice", "p99")) : "",
            isRate ? sprintf("%.1f / %.1f", median(key, "kafka", "p50"), median(key, "kafka", "p99")) : "",
            (median(key, "sluice", "foreign") + median(key, "kafka", "foreign")) / 2
    }
    print "\n| | Sluice | Kafka | ratio |"
    print "| --- | ---: | ---: | ---: |"
    row("peak memory under load, MiB", peak["sluice"], peak["kafka"])
    row("memory after the start, MiB", memory["pause", "sluice"], memory["pause", "kafka"])
    row("more for 1,000 partitions and 500 connections, idle, MiB", memory["idle-pause", "sluice"] - memory["pause", "sluice"],
        memory["idle-pause", "kafka"] - memory["pause", "kafka"])
    row("start to first record acknowledged, ms", median("start", "sluice", "p50"), median("start", "kafka", "p50"))
    row("CPU until then, ms", median("start", "sluice", "p99"), median("start", "kafka", "p99"))
}

function row(what, s, k) {printf "| %s | %.0f | %.0f | %s |\n", what, s, k, ratio(s, k)}
