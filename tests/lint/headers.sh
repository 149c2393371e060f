#!/bin/sh
# headers.sh ROOT: each public header compiles alone, under stricter flags than ours, as C99 and
# later: others build against them.
set -eu
cd "$1"
command -v "${CC:-cc}" > /dev/null || { echo "skipped: there is no compiler named ${CC:-cc}"; exit; }
for header in include/cbswhy/*.h; do
    for standard in c99 c11; do
        printf '#include "%s"\nint unused;\n' "${header#include/}" |
            "${CC:-cc}" -std=$standard -Wall -Wextra -Wpedantic -Werror -Iinclude -fsyntax-only -x c -
    done
done
