#!/usr/bin/env bash
# Times cbswhy beside public tools on a synthetic log; README.md says what the numbers mean.
set -euo pipefail
export LC_ALL=C

usage() {
    cat <<'EOF'
usage: tests/bench/run.sh [OPTION]... BUILD_DIR
  --size SIZE       of the log, for example 256M (default 1G)
  --rounds N        of the round robin (default 9)
  --noise PERCENT   of lines that look like failures and are none (default 0)
  --dir DIR         where the log is kept (default: a folder in $TMPDIR)
  --tool PROGRAM    instead of BUILD_DIR/src/cbswhy
  --rules DIR       measures also with these rules: what does a larger pack cost?
  --small           a log of 10 MB, start to end
  --memory          peak memory on a pipe of 4 GiB
  --callgrind       instructions a byte, on 20 MB
EOF
    exit 2
}

fail() {
    echo "run.sh: $*" >&2
    exit 1
}

mode=speed size=1G rounds=9 noise=0 dir=${TMPDIR:-/tmp}/cbswhy-bench tool='' rules='' build=''
while [ $# -gt 0 ]; do
    case $1 in
    --size | --rounds | --noise | --dir | --tool | --rules)
        [ $# -ge 2 ] || usage
        declare "${1#--}=$2"
        shift
        ;;
    --small | --memory | --callgrind) mode=${1#--} ;;
    -*) usage ;;
    *) build=$1 ;;
    esac
    shift
done
[ -n "$build" ] || usage
bin=$build/tests/bench
tool=${tool:-$build/src/cbswhy}
for program in "$bin/cw_genlog" "$bin/cw_timeit" "$tool"; do
    [ -x "$program" ] || fail "$program is missing; configure with -DCBSWHY_BENCH=ON and build"
done
mkdir -p "$dir"
work=$(mktemp -d "$dir/run.XXXXXX")
trap 'rm -rf "$work"' EXIT

# A log of $1 bytes with $2 failures a GiB, made once; its path in $log.
make_log() {
    log=$dir/cbs-$1-$2-$noise.log
    [ -s "$log" ] && [ "$log" -nt "$bin/cw_genlog" ] && return
    echo "making $log" >&2
    "$bin/cw_genlog" --size "$1" --failures "$2" --noise "$noise" >"$log.part"
    mv "$log.part" "$log"
}

# The same work for the other tools: literals and patterns of the rule pack. A pattern is anchored
# to the text of an event, rg sees whole lines: the anchor goes. What rg cannot compile goes, too.
make_patterns() {
    "$tool" rules list --literals >"$work/literals"
    "$tool" rules list --patterns |
        sed -E -e 's/\(\?<[A-Za-z_][A-Za-z_0-9]*>/(?:/g' -e 's/^\^//' >"$work/all"
    : >"$work/patterns"
    while IFS= read -r pattern; do
        rg -q -e "$pattern" /dev/null 2>"$work/why" || [ ! -s "$work/why" ] || continue
        printf '%s\n' "$pattern" >>"$work/patterns"
    done <"$work/all"
    echo "$(wc -l <"$work/literals") literals; $(wc -l <"$work/patterns") patterns," \
        "$(($(wc -l <"$work/all") - $(wc -l <"$work/patterns"))) more that rg does not know"
}

# One line of the list of commands: label, program, arguments.
command_line() {
    local IFS=$'\t'
    printf '%s\n' "$*" >>"$work/commands"
}

compare_tools() {
    make_patterns
    command_line 'wc -l' wc -l "$log"
    # shellcheck disable=SC2016  # the inner shell expands it
    command_line 'cat >/dev/null' sh -c 'exec cat "$0" >/dev/null' "$log"
    command_line 'grep -F, literals' grep -c -F -f "$work/literals" "$log"
    command_line 'rg -F, literals' rg -c -F -f "$work/literals" "$log"
    command_line 'rg, patterns' rg -c -f "$work/patterns" "$log"
    command_line 'cbswhy analyze' "$tool" analyze "$log"
    [ -z "$rules" ] || command_line 'cbswhy, other rules' "$tool" analyze --rules="$rules" "$log"
    cat "$log" >/dev/null
    echo "$(wc -c <"$log") bytes, $(wc -l <"$log") lines, $rounds rounds"
    "$bin/cw_timeit" "$rounds" "$(wc -c <"$log")" "$work/output" "$work/commands" \
        'rg, patterns' </dev/null
}

measure_memory() {
    command_line 'cbswhy analyze -' "$tool" analyze -
    "$bin/cw_genlog" --size 4G --noise "$noise" |
        "$bin/cw_timeit" 1 $((4 << 30)) "$work/output" "$work/commands"
}

# Instructions of one analysis of file $1, whatever its exit status.
instructions() {
    valgrind --tool=callgrind --callgrind-out-file=/dev/null "$tool" analyze "$1" \
        >"$work/output" 2>"$work/callgrind" || :
    sed -n 's/.*Collected : \([0-9]*\).*/\1/p' "$work/callgrind"
}

count_instructions() {
    local whole start bytes
    make_log 20M 40
    bytes=$(wc -c <"$log")
    head -n 1 "$log" >"$work/short.log"
    start=$(instructions "$work/short.log")
    whole=$(instructions "$log")
    if [ -z "$start" ] || [ -z "$whole" ]; then fail 'valgrind did not run'; fi
    awk -v start="$start" -v whole="$whole" -v bytes="$bytes" 'BEGIN {
        printf "instructions a byte %.2f, ", (whole - start) / bytes
        printf "to start %.1f million\n", start / 1e6
    }'
}

case $mode in
speed)
    make_log "$size" 40
    compare_tools
    ;;
small)
    make_log 10000000 1000
    compare_tools
    ;;
memory) measure_memory ;;
callgrind) count_instructions ;;
esac
