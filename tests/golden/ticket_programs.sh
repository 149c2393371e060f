#!/bin/sh
# ticket_programs.sh PROGRAM ROOT WORK: what src/report/README.md shows is what comes out. Each block
# of sh there is run as it stands, with PROGRAM as `cbswhy`, and the block behind it is its output; a
# block of yaml holds a line of those ("- cbswhy ...").
set -eu
program=$1 root=$2 work=$3
if ! command -v jq > /dev/null; then
    echo "skipped: there is no jq (Debian: jq) to run the programs of src/report/README.md with"
    exit 0
fi
rm -rf "$work"
mkdir -p "$work"
ln -s "$root/fixtures" "$work/fixtures"
awk -v work="$work" '
    /^```/ && inside {
        close(file)
        inside = 0
        next
    }
    /^```sh$/ { file = work "/" ++count ".sh" }
    /^```(json|text)$/ { file = work "/" count ".expected" }
    /^```yaml$/ { file = work "/yaml" }
    /^```/ {
        printf "" > file
        inside = 1
        next
    }
    inside { print > file }' "$root/src/report/README.md"
cd "$work"
PATH=$(dirname "$program"):$PATH
failed=0
for block in [0-9]*.sh; do
    name=${block%.sh}
    if ! sh -eu "$block" > "$name.out" || ! diff -u "$name.expected" "$name.out"; then
        echo "sample $name of src/report/README.md gives something else"
        failed=1
    fi
done
sed -n 's/^ *- \(cbswhy .*\)/\1/p' yaml > lines
while read -r line; do
    if ! grep -qxF "$line" [0-9]*.sh; then
        echo "in yaml of src/report/README.md only: $line"
        failed=1
    fi
done < lines
exit "$failed"
