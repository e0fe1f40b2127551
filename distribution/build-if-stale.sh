# Read by bin/sluice in a checkout: builds $home from the sources in $root, unless it is newer than all of them.

log=$root/distribution/target/build.log
lock=$root/distribution/target/build.lock

# True when a source is newer than what was built; a removed file shows as a change of its folder.
is_stale() {
    [ -d "$home/lib" ] || return 0
    [ -n "$(find "$root" \( -path '*/target' -o -path '*/src/test' -o -path "$root/.git" -o -path "$root/data" \) -prune -o \
        \( -path '*/src/*' -o -name pom.xml -o -path "$root/bin/*" -o -path "$root/config/*" -o -path "$root/examples/*" \) \
        -newer "$home/lib" -print 2>/dev/null | head -n 1)" ]
}

# One build at a time: the lock names its owner, so that one left behind by a killed owner is seen.
acquire() {
    mkdir -p "$root/distribution/target" || fail "Cannot build: $root/distribution/target is not writable."
    until ln -s $$ "$lock" 2>/dev/null; do
        owner=$(readlink "$lock") && ! kill -0 "$owner" 2>/dev/null && rm -f "$lock"
        sleep 1
    done
    trap 'rm -f "$lock"' EXIT
    trap 'kill "${maven:-}" 2>/dev/null; exit 130' INT TERM HUP
}

release() {
    rm -f "$lock"
    trap - EXIT INT TERM HUP
}

# Shows which module is being built and for how long; only on a terminal.
show_progress() {
    while kill -0 "$maven" 2>/dev/null; do
        at=$(sed -n 's/^\[INFO\] Building Sluice :: \(.*[a-z]\) [0-9].*\[\(.*\)\/\(.*\)\]$/module \2 of \3, \1/p' "$log" | tail -n 1)
        printf '\r\033[K  %s (%s s)' "${at:-starting Maven}" $(($(date +%s) - began)) >&2
        sleep 1
    done
    printf '\r\033[K' >&2
}

build() {
    command -v mvn >/dev/null || fail "Cannot build: no mvn on the PATH. Install Maven 3.8.7 or newer."
    [ -d "$home/lib" ] && why='sources have changed' || why='first use'
    printf 'sluice: building (%s; log: %s)\n' "$why" "$log" >&2
    began=$(date +%s)
    : >"$log.began"
    (cd "$root" && exec mvn -B -ntp -Dquick package -pl distribution -am) >"$log" 2>&1 </dev/null &
    maven=$!
    [ ! -t 2 ] || show_progress
    if ! wait "$maven"; then
        grep -E '^\[ERROR\]|^Error' "$log" | head -n 20 >&2
        fail "Cannot build: Maven ended with an error, see $log."
    fi
    # Sources edited while Maven ran are newer than what it built.
    touch -r "$log.began" "$home/lib"
    printf 'sluice: built in %s s\n' $(($(date +%s) - began)) >&2
}

if is_stale; then
    acquire
    # Another launcher may have built it meanwhile.
    ! is_stale || build
    release
fi
