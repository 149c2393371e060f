#!/bin/sh
# layers.sh ROOT: a file in src/LAYER includes its own layer, earlier ones and the public headers;
# src/cli includes itself and the public headers only.
set -eu
cd "$1/src"
find . -name '*.[ch]' | LC_ALL=C sort | xargs awk '
    BEGIN {
        count = split("base codes input logs model rules diagnose report", names, " ")
        for (i = 1; i <= count; i++)
            rank[names[i]] = i
    }
    function complain(text) {
        printf "src/%s:%d: %s\n", substr(FILENAME, 3), FNR, text
        bad = 1
    }
    FNR == 1 { split(FILENAME, parts, "/"); layer = parts[2] }
    /^[ \t]*#[ \t]*include[ \t]*"/ {
        split($0, quoted, "\"")
        split(quoted[2], path, "/")
        target = path[1]
        if (target == "cbswhy" || target == layer)
            next
        if (layer == "cli")
            complain("the command line sees include/cbswhy only, not " quoted[2])
        else if (!(target in rank))
            complain("include from src or include/cbswhy, not " quoted[2])
        else if (rank[target] > rank[layer])
            complain("layer " layer " stands before " target)
    }
    END { exit bad }'
