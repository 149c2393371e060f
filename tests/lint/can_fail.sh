#!/bin/sh
# can_fail.sh WORK: every check refuses a tree that breaks its rule, and passes one that does not.
set -eu
checks=$(CDPATH='' cd "$(dirname "$0")" && pwd)
work=$1/can_fail
result=0

fresh_tree()
{
    rm -rf "$work"
    mkdir -p "$work/src/base" "$work/src/report" "$work/src/cli" "$work/include/cbswhy" "$work/tests"
    printf '#include "base/good.h"\n\nint f(void)\n{\n    return snprintf(); /* strcpy( */\n}\n' \
        > "$work/src/base/good.c"
    echo 'int f(void);' > "$work/include/cbswhy/good.h"
    printf '.Dd January 1, 2026\n.Dt GOOD 1\n.Os\n.Sh NAME\n.Nm good\n.Nd a tree\n' \
        > "$work/src/cli/good.1"
    printf 'x[] = {{"the file is %%1 empty", "..."}};\n' > "$work/src/report/sentence_table.c"
    printf 'x = "the file is %%s empty";\n' > "$work/src/base/says.c"
    printf '<!-- from src/base/good.c -->\n```\nint f(void)\n[...]\n}\n```\n' > "$work/README.md"
}

# expect pass|fail CHECK WHAT
expect()
{
    outcome=fail
    if sh "$checks/$2.sh" "$work" > "$work/out" 2>&1; then
        outcome=pass
    fi
    if [ "$outcome" != "$1" ]; then
        echo "$2 should $1: $3"
        cat "$work/out"
        result=1
    fi
}

# refuse CHECK PATH TEXT: the fresh tree passes, and does not with this file in it.
refuse()
{
    fresh_tree
    expect pass "$1" "a good tree"
    printf '%b' "$3" > "$work/$2"
    expect fail "$1" "$2: $3"
}

refuse layers src/base/bad.c '#include "report/report.h"\n'
refuse layers src/base/bad.c '#include "sibling.h"\n'
refuse layers src/cli/bad.c '#include "base/str.h"\n'
refuse banned src/base/bad.c '    x = strcpy(a, b);\n'
refuse banned src/base/bad.c '    if (isspace(c))\n'
refuse banned src/base/bad.c '    t = mktime(&tm);\n'
refuse banned src/base/bad.c '    printf("x");\n'
refuse banned src/base/bad.c '#include <unistd.h>\n'
refuse banned src/base/bad.c '/* TODO */\n'
refuse banned src/base/bad.c 'typedef struct x x;\n'
refuse banned src/base/bad.c 'int x; // x\n'
refuse names src/report/good.c 'int x;\n'
refuse sizes src/base/bad.c "$(yes 'int x;\n' | head -n 501 | tr -d '\n')"
refuse sizes src/base/bad.c "int f(void)\n{\n$(yes '    x();\n' | head -n 71 | tr -d '\n')}\n"
refuse headers include/cbswhy/bad.h 'size_t x;\n'
refuse readme README.md '<!-- from src/base/good.c -->\n```\n}\nint f(void)\n```\n'
refuse readme README.md 'nothing\n'
if command -v python3 > /dev/null; then
    refuse translations src/base/bad.c 'x = "it is not translated";\n'
    refuse translations src/base/says.c 'x = "nothing";\n'
fi
if command -v mandoc > /dev/null; then
    refuse manual src/cli/bad.1 '.Dd January 1, 2026\n.Dt BAD 1\n.Os\n.Sh NAME\n.Nm bad\n'
fi
if ! sh "$checks/format.sh" "$checks/../.." 2>&1 | grep -q '^skipped:'; then
    cp "$checks/../../.clang-format" "$1/.clang-format"
    refuse format src/base/bad.c 'int   x;\n'
    rm "$1/.clang-format"
fi
rm -rf "$work"
exit $result
