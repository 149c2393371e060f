#!/bin/bash
# completions.sh PROGRAM WORK ROOT BUILD: what the completion scripts of the build offer. bash is
# running this; fish and zsh are asked when they are there.
set -u
PATH=$(dirname "$1"):$PATH
work=$2
folder=$4/src/cli/completions
result=0
rm -rf "$work"
mkdir -p "$work/logs"
: > "$work/CBS.log"
cd "$work" || exit 1

# check SHELL WORDS WANTED OFFERED: exactly these are offered, in any order.
check()
{
    local offered
    offered=$(sort <<< "$4" | paste -sd ' ')
    if [ "$offered" != "$3" ]; then
        echo "$1: '$2' is completed with '$offered', not '$3'"
        result=1
    fi
}

# offered_by_bash WORD...: the last is the one at the cursor; readline makes "=" a word of its own.
offered_by_bash()
{
    COMP_WORDS=(cbswhy "$@")
    COMP_CWORD=$#
    COMPREPLY=()
    _cbswhy
    printf '%s\n' "${COMPREPLY[@]}"
}

# wants WANTED WORD...
wants()
{
    local wanted=$1
    shift
    check bash "$*" "$wanted" "$(offered_by_bash "$@")"
    if command -v fish > /dev/null; then
        check fish "$*" "$wanted" "$(HOME=$work fish --no-config -c '
            source '"$folder"'/cbswhy.fish
            complete -C "cbswhy '"$(sed 's/ = /=/g' <<< "$*")"'"' 2>&1 |
            sed 's/\t.*//; s|/$||; s/^--[a-z]*=\(.\)/\1/; s/^--[a-z-]*$/&=/; s/^\(--[vpmqj][a-z-]*\)=$/\1/')"
    fi
}

# As bash-completion does it: inside of a function.
load()
{
    . "$folder/cbswhy"
}
load

wants "analyze code events rules" ""
wants "analyze" an
wants "check explain list show test" rules ""
wants "show" -o report.txt rules sh
wants "--format=" analyze --fo
wants "--fail-on=" analyze --fa
wants "" code --fa
wants "--patterns" rules list --p
wants "--per-input" analyze --p
wants "json junit" analyze --format = j
wants "json junit" analyze --format j
wants "zh-CN" analyze --lang z
wants "CBS.log" analyze C
wants "CBS.log" analyze --color = never C
wants "CBS.log" rules check C
wants "logs" analyze --rules l
wants "driver.service-write-denied" rules explain driver.service-write-d
wants "" code 0x
[ "$(offered_by_bash analyze --format = html = C)" = CBS.log ] ||
    { echo "bash: no file behind --format=html="; result=1; }

if command -v zsh > /dev/null; then
    lines=("cbswhy an" "cbswhy rules sh" "cbswhy analyze --form" "cbswhy analyze --format=nd"
        "cbswhy analyze --lang z" "cbswhy analyze --per" "cbswhy code --col"
        "cbswhy rules list --pat" "cbswhy rules explain driver.service-write-d" "cbswhy code 0x"
        "cbswhy analyze --rules=l" "cbswhy analyze C")
    cat > zsh.expected << 'END'
cbswhy analyze
cbswhy rules show
cbswhy analyze --format
cbswhy analyze --format=ndjson
cbswhy analyze --lang zh-CN
cbswhy analyze --per-input
cbswhy code --color
cbswhy rules list --patterns
cbswhy rules explain driver.service-write-denied
cbswhy code 0x
cbswhy analyze --rules=logs
cbswhy analyze CBS.log
END
    timeout 60 zsh -f "$3/tests/cli/complete.zsh" "$folder" "${lines[@]}" > zsh.out
    diff zsh.expected zsh.out || { echo "zsh: completes otherwise"; result=1; }
fi
exit $result
