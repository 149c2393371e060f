#!/bin/sh
# banned.sh ROOT: calls that are unsafe, depend on the locale or time zone, print below the command
# line, or belong to src/base/os.c; and notes about work that was not done.
set -eu
cd "$1"
find src include tests -name '*.[ch]' | LC_ALL=C sort | xargs awk '
    function complain(text) {
        printf "%s:%d: %s\n", FILENAME, FNR, text
        bad = 1
    }
    # The call `name(` as a word of its own, not the end of a longer name.
    function calls(names) { return code ~ "(^|[^A-Za-z0-9_.>])(" names ")[ ]*\\(" }
    FNR == 1 {
        in_comment = 0
        is_test = FILENAME ~ /^tests\//
        is_cli = FILENAME ~ /^src\/cli\//
        is_os = FILENAME == "src/base/os.c" || FILENAME == "src/cli/terminal.c"
    }
    {
        if (/(^|[^A-Za-z])(TODO|FIXME|XXX)([^A-Za-z]|$)/)
            complain("do it or drop it")
        code = $0
        gsub(/"([^"\\]|\\.)*"/, "\"\"", code)
        gsub(/\/\*.*\*\//, "", code)
        if (in_comment && !sub(/^.*\*\//, "", code))
            next
        in_comment = sub(/\/\*.*$/, "", code)
    }
    calls("strcpy|strcat|strncpy|strncat|sprintf|vsprintf|gets|(f|s)?scanf|alloca") {
        complain("unsafe call")
    }
    calls("strtok|atoi|atol|atof|strto(l|ul|ll|ull|d|f)|is(space|digit|alpha|alnum|xdigit|upper|lower|print|punct)|to(lower|upper)|str(n)?casecmp|strcoll|setlocale|wcwidth") &&
            !is_test {
        complain("has hidden state or depends on the locale: use base/str.h or base/cursor.h")
    }
    calls("localtime|localtime_r|gmtime|mktime|strftime|ctime|asctime|time|clock|rand|srand") &&
            !is_test { complain("depends on the clock or the time zone") }
    calls("printf|fprintf|vprintf|vfprintf|puts|putchar|perror|exit|abort|system") &&
            !is_cli && !is_test { complain("prints or ends the program below the command line") }
    code ~ /#[ ]*include[ ]*<(unistd|fcntl|dirent|poll|signal|pthread|sys\/|strings)/ &&
            !is_os && !is_test { complain("only src/base/os.c and src/cli/terminal.c call POSIX") }
    code ~ /^[ \t]*typedef (struct|enum|union)/ { complain("struct and enum stand without typedef") }
    code ~ /(^|[^:])\/\// { complain("comments are written /* so */") }
    END { exit bad }'
