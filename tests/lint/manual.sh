#!/bin/sh
# manual.sh ROOT: mandoc has nothing to say about the manual pages, but that it does not find those
# they refer to, which are installed together.
set -eu
cd "$1"
command -v mandoc > /dev/null || { echo "skipped: there is no mandoc"; exit; }
pages=$(find src -name '*.[15]' | LC_ALL=C sort)
[ -n "$pages" ] || { echo "there are no manual pages"; exit 1; }
said=$(mandoc -T lint $pages 2>&1 | grep -Ev ': referenced manual not found: |: outdated mandoc.db ') || exit 0
echo "$said"
exit 1
