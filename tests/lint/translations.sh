#!/bin/sh
# translations.sh ROOT: see translations.py.
if ! command -v python3 > /dev/null; then
    echo "skipped: there is no python3"
    exit 0
fi
exec python3 "$(dirname "$0")/translations.py" "$1"
