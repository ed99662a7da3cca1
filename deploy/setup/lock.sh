#!/bin/sh
# Re-makes every lock file from the ranges; `lock.sh --upgrade` also takes newer versions (after python.sh dev).
set -eu
cd "$(dirname "$0")/../.."
PATH=$PWD/.venv/bin:$PATH

compile() {
    uv pip compile --quiet --universal --python-version 3.11 --generate-hashes --no-sources \
        --no-emit-index-url --no-emit-find-links --custom-compile-command "make lock" "$@"
}
compile "$@" pyproject.toml --output-file deploy/locks/runtime.txt
compile "$@" pyproject.toml --group dev --constraints deploy/locks/runtime.txt \
    --output-file deploy/locks/dev.txt
compile "$@" --group node --output-file deploy/locks/node.txt
if [ "${1:-}" = --upgrade ]; then
    npm update --package-lock-only --loglevel=error
else
    npm install --package-lock-only --loglevel=error
fi
if grep -nE '://|file:' deploy/locks/*.txt || grep -n '"resolved"' package-lock.json; then
    echo "A lock file names a host or a path." >&2
    exit 1
fi
