#!/bin/sh
# Makes .venv from deploy/locks/<runtime|dev>.txt; does nothing while the lock is the one installed.
set -eu
lock=${1:?runtime or dev}
cd "$(dirname "$0")/../.."

# A .venv knows its own folder, so one that was moved is made anew.
mark() { printf '%s %s %s\n' "$1" "$(cksum < "deploy/locks/$1.txt")" "$PWD"; }
holds() { [ -x .venv/bin/entaku ] && grep -qsxF "$(mark "$1")" .venv/locks; }

holds "$lock" && exit 0

python=
for name in ${PYTHON:-python3 python3.14 python3.13 python3.12 python3.11}; do
    if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
        python=$name
        break
    fi
done
if [ -z "$python" ]; then
    echo "Python 3.11 or newer is missing: install it (Debian, Ubuntu: apt-get install python3 python3-venv) and run make again." >&2
    exit 1
fi
"$python" -c 'import ensurepip, venv' 2>/dev/null ||
    deploy/setup/apt.sh "Python's venv module" python3-venv

# What the earlier lock brought and this one does not must go, unless this one only adds to it.
if [ "$lock" = dev ] && holds runtime; then clear=; else clear=--clear; fi
echo "Python packages ($lock) …"
rm -f .venv/locks
"$python" -m venv $clear .venv
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes \
    -r "deploy/locks/$lock.txt"
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --no-build-isolation -e .
mark runtime > .venv/locks.new
if [ "$lock" = dev ]; then mark dev >> .venv/locks.new; fi
mv .venv/locks.new .venv/locks
