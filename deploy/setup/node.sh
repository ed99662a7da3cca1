#!/bin/sh
# Finds Node.js 20 or newer, or puts it into .venv as a Python package (after python.sh).
set -eu
cd "$(dirname "$0")/../.."
PATH=$PWD/.venv/bin:$PATH

node -e 'process.exit(Number(process.versions.node.split(".")[0]) >= 20 ? 0 : 1)' 2>/dev/null &&
    command -v npm >/dev/null && exit 0
echo "Node.js (no version 20 or newer was found) …"
.venv/bin/python -m pip install -qq --disable-pip-version-check --no-deps --require-hashes \
    -r deploy/locks/node.txt
