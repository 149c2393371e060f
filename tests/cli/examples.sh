#!/bin/bash
# examples.sh PROGRAM WORK ROOT: every example of the manual pages, as it stands there, ends with
# the status that the text above it names ("status 1"), or with 0. They run in the order of the
# page, beside logs that are named as in the examples; one may read what another wrote.
set -u
program=$1
work=$2
root=$3
result=0

prepare()
{
    local cases=$root/fixtures/cases
    rm -rf "$work"
    mkdir -p "$work/my-rules" "$work/machines"
    cd "$work" || exit 1
    cp -r "$cases/driver-file-copy-denied" logs
    cp logs/CBS.log logs/setupapi.dev.log .
    cp -r "$cases/driver-file-copy-denied" machines/PC01
    cp -r "$cases/healthy-driver-log" machines/PC02
    cp -r "$cases/mounted-windows/disk" disk
    cp "$cases/damaged-excerpt/ticket.txt" ticket.txt
    cp "$root/fixtures/archives/nested.zip" bundle.zip
    sed -n '/^\.Bd -literal/,/^\.Ed/{ /^\.[BE]d/d; s/\\e/\\/g; p; }' \
        "$root/src/rules/cbswhy-rules.5" > my-rules/antivirus.json
}

# The examples of a page as "STATUS COMMAND".
examples()
{
    awk '
        /^\.(Pp|Sh)/ { status = 0 }
        !/^\./ && match($0, /status [0-9]/) { status = substr($0, RSTART + 7, 1) }
        sub(/^\.Dl \$ /, "") { print status, $0 }' "$1"
}

run_page()
{
    local wanted line status count=0
    while read -r wanted line; do
        count=$((count + 1))
        if ! command -v "${line%% *}" > /dev/null; then
            echo "not run, there is no ${line%% *}: $line"
            continue
        fi
        bash -c "$line" < /dev/null > out 2> err
        status=$?
        if [ "$status" != "$wanted" ]; then
            echo "${1##*/}: status $status, not $wanted: $line"
            head -n 20 out err
            result=1
        fi
    done < <(examples "$1")
    if [ "$count" = 0 ]; then
        echo "${1##*/}: has no example"
        result=1
    fi
}

prepare
PATH=$(dirname "$program"):$PATH
for page in src/cli/cbswhy.1 src/rules/cbswhy-rules.5 src/report/cbswhy-report.5; do
    run_page "$root/$page"
done
exit $result
