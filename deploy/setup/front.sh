#!/bin/sh
# Installs the pages' packages and builds their scripts and styles (after node.sh).
set -eu
cd "$(dirname "$0")/../.."
PATH=$PWD/.venv/bin:$PATH

lock=$(cat package.json package-lock.json | cksum)
if [ "$(cat node_modules/.lock 2>/dev/null)" != "$lock" ]; then
    echo "Packages of the pages …"
    npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > /dev/null
    echo "$lock" > node_modules/.lock
fi
node static/build.mjs
