#!/bin/sh
# names.sh ROOT: the name of a C file says which one is meant, wherever it stands.
set -eu
cd "$1"
twice=$(find src include tests -name '*.[ch]' | sed 's|.*/||' | LC_ALL=C sort | uniq -d)
if [ -n "$twice" ]; then
    for name in $twice; do
        find src include tests -name "$name"
    done
    echo "file names must be unique in the tree"
    exit 1
fi
