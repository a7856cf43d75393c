#!/bin/sh
# Print the command of a Python that can run the course, or one sentence on what is missing.
#
#   sh tools/find_python.sh            looks at .venv, python3.13, 3.12, 3.11, python3
#   sh tools/find_python.sh PYTHON     looks at PYTHON and nothing else
#
# A candidate is run, not only looked up: a version manager's stand-in can exist and still fail.
tools=$(dirname "$0")
chosen=$1
if [ -n "$chosen" ]; then
    set -- "$chosen"
else
    set -- python3.13 python3.12 python3.11 python3
    # An environment that was interrupted while it was made has no pip yet, and is made anew.
    .venv/bin/python -c 'import pip' >/dev/null 2>&1 && set -- .venv/bin/python "$@"
fi
reason=
for candidate in "$@"; do
    "$candidate" -c 'import sys' >/dev/null 2>&1 || continue
    if answer=$("$candidate" "$tools/check_python.py" 2>&1); then
        printf '%s\n' "$candidate"
        exit 0
    fi
    reason=${reason:-$answer}
done
if [ -z "$reason" ] && [ -n "$chosen" ]; then
    reason="PYTHON=$chosen could not be run: give the name or the path of Python 3.11, 3.12 or 3.13."
elif [ -z "$reason" ]; then
    reason="No Python was found: install Python 3.11, 3.12 or 3.13 (Debian, Ubuntu: sudo apt install python3 python3-venv)."
fi
printf '%s\n' "$reason" >&2
exit 1
