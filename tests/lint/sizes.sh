#!/bin/sh
# sizes.sh ROOT: files have at most 500 lines, functions 70, lines 100 columns.
set -eu
cd "$1"
find src include tests -name '*.[ch]' | LC_ALL=C sort | xargs awk '
    function complain(line, text) {
        printf "%s:%d: %s\n", FILENAME, line, text
        bad = 1
    }
    FNR == 501 { complain(FNR, "the file has more than 500 lines") }
    # In this style a brace in the first column opens or closes a function body.
    /^\{/ { opened = FNR }
    /^\}/ && opened {
        if (FNR - opened - 1 > 70)
            complain(opened, "the function has " FNR - opened - 1 " lines, more than 70")
        opened = 0
    }
    FNR == 1 { opened = 0 }
    END { exit bad }'
