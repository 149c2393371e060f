#!/bin/sh
# readme.sh ROOT: what the README shows is what the tree holds. The block after a comment
# `<!-- from FILE -->` consists of lines of FILE, in their order; "[...]" stands for some left out.
set -eu
cd "$1"
awk '
    function complain(text) {
        printf "README.md:%d: %s\n", FNR, text
        bad = 1
    }
    /^<!-- from .* -->$/ { file = $3; shown++; next }
    /^```/ {
        if (inside)
            close(file)
        if (inside)
            file = ""
        inside = !inside && file != ""
        next
    }
    inside && $0 != "[...]" {
        while ((status = (getline line < file)) > 0) {
            sub(/\r$/, "", line)
            if (line == $0)
                next
        }
        complain("not in " file ", or not in this order")
        exit
    }
    END {
        if (!shown) {
            print "README.md: shows no sample"
            bad = 1
        }
        exit bad
    }' README.md
