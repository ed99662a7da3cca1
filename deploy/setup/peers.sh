#!/bin/sh
# Installs what the live room is measured beside, with the parts of it that must be compiled (after node.sh).
set -eu
cd "$(dirname "$0")/../../bench/peers"

lock=$(cat package.json package-lock.json | cksum)
[ "$(cat node_modules/.built 2>/dev/null)" = "$lock" ] && exit 0
echo "Packages to measure beside …"
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error > /dev/null
npm rebuild better-sqlite3 leveldown --ignore-scripts=false --loglevel=error > /dev/null
echo "$lock" > node_modules/.built
