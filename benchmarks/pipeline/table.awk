# Turns results into a Markdown table of medians: of pipelines with -v records=N, with -v jdbc=on those of databases, of starts with
# -v starts=on.
BEGIN {FS = "\t"}

$9 == "same" || $9 == "-" {
    key = $1 "\t" $2 "\t" $4
    n = ++count[key]
    wall[key, n] = $5; cpu[key, n] = $6; memory[key, n] = $7; foreign[key, n] = $8
}

function median(values, key,   i, j, n, t, sorted) {
    n = count[key]
    for (i = 1; i <= n; i++) {
        t = values[key, i]
        for (j = i - 1; j > 0 && sorted[j] + 0 > t + 0; j--) sorted[j + 1] = sorted[j]
        sorted[j + 1] = t
    }
    return n % 2 ? sorted[(n + 1) / 2] : (sorted[n / 2] + sorted[n / 2 + 1]) / 2
}

function row(product, variant, what, n, w, c, m, f, flows) {
    printf "| %s | %s | %s | %d | %.2f | %.2f | %s | %s | %s | %.0f | %s |\n", product, variant, what, n, w, c,
        flows ? sprintf("%.1f", c * 1e6 / records) : "", flows ? sprintf("%.0f", records / c) : "",
        flows ? sprintf("%.0f", records / w) : "", m, f
}

function phase(product, variant, name, label,   key) {
    key = product "\t" variant "\t" name
    if (!(key in count)) return
    row(product, variant, label, count[key], median(wall, key), median(cpu, key), median(memory, key),
        sprintf("%.2f", median(foreign, key)), name != "start")
}

# Documents of one size by one product; the phase is their number.
function documents(product, size,   key, parts, raw) {
    for (key in count) {
        split(key, parts, "\t")
        if (parts[1] != product || parts[2] != size) continue
        raw = "raw\t" size "\t" parts[3]
        printf "| %s | %s | %s | %d | %.2f | %.2f | %.1f | %.0f | %s | %.0f | %.2f |\n", product, size, parts[3], count[key],
            median(wall, key), median(cpu, key), median(cpu, key) * 1e6 / parts[3], parts[3] / median(wall, key),
            (raw in count) ? sprintf("%.2f", median(wall, raw) / median(wall, key)) : "", median(memory, key), median(foreign, key)
    }
}

function sum(product, variant, label, a, b,   x, y) {
    x = product "\t" variant "\t" a; y = product "\t" variant "\t" b
    if ((x in count) && (y in count))
        row(product, variant, label, count[x], median(wall, x) + median(wall, y), median(cpu, x) + median(cpu, y),
            median(memory, median(memory, x) > median(memory, y) ? x : y), "", 1)
}

function start(product, name, label,   key) {
    key = product "\tdefault\t" name
    if (key in count)
        printf "| %s | %d | %.2f | %.2f | %.0f | %.2f |\n", label, count[key], median(wall, key), median(cpu, key),
            median(memory, key), median(foreign, key)
}

# What is left of a phase that began with the process, once a start without connectors is taken off.
function rest(variant, name, label,   x, y) {
    x = "sluice\t" variant "\t" name; y = "sluice\t" variant "\tstart"
    if ((x in count) && (y in count))
        row("sluice", variant, label, count[x], median(wall, x) - median(wall, y), median(cpu, x) - median(cpu, y),
            median(memory, x), "", 1)
}

END {
    if (starts) {
        print "| start until REST answers | starts | wall s | CPU s | idle MiB | others' cores |"
        print "| --- | ---: | ---: | ---: | ---: | ---: |"
        start("sluice", "archive", "Sluice")
        start("sluice", "no-archive", "Sluice without class archive")
        start("peer", "peer", "broker and Connect")
        exit
    }
    if (elasticsearch)
        print "| product | bytes | documents | runs | wall s | CPU s | CPU s per million | documents/s | of raw | peak MiB | others' cores |"
    else
        print "| product | settings | phase | runs | wall s | CPU s | CPU s per million | records per CPU s | records/s | peak MiB | others' cores |"
    print "| --- | --- | --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"
    if (elasticsearch) {
        split("200 1000 10000", sizes, " ")
        split("raw sluice client", products, " ")
        for (s = 1; s <= 3; s++)
            for (p = 1; p <= 3; p++) documents(products[p], sizes[s])
        exit
    }
    if (jdbc) {
        split("insert upsert select", phases, " ")
        for (p = 1; p <= 3; p++) {
            phase("sluice", "tuned", phases[p], phases[p])
            phase("peer", "tuned", phases[p], phases[p])
        }
        phase("limit", "psql", "copy-in", "COPY FROM")
        phase("limit", "psql", "copy-out", "COPY TO")
        exit
    }
    split("default tuned", variants, " ")
    for (v = 1; v <= 2; v++) {
        phase("sluice", variants[v], "start", "start")
        phase("sluice", variants[v], "source", "file to topic, with start")
        rest(variants[v], "source", "file to topic, start taken off")
        phase("sluice", variants[v], "sink", "topic to file, with start")
        rest(variants[v], "sink", "topic to file, start taken off")
        phase("sluice", variants[v], "whole", "file to file, with start")
        rest(variants[v], "whole", "file to file, start taken off")
        phase("peer", variants[v], "start", "start")
        phase("peer", variants[v], "source", "file to topic")
        phase("peer", variants[v], "sink", "topic to file")
        sum("peer", variants[v], "file to topic + topic to file", "source", "sink")
    }
}
