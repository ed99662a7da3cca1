#!/bin/sh
# Sees that the system libraries the product needs, and for `dev` what its tests need, are there.
# usage: system.sh runtime|dev (after python.sh)
set -eu
lock=${1:?runtime or dev}
cd "$(dirname "$0")/../.."

writes_pdf() { .venv/bin/python -c 'import weasyprint' >/dev/null 2>&1; }
has_postgres() { command -v initdb >/dev/null || ls /usr/lib/postgresql/*/bin/initdb >/dev/null 2>&1; }
has_browser() { command -v chromium >/dev/null || command -v google-chrome >/dev/null; }
reads_japanese() { fc-list :lang=ja 2>/dev/null | grep -q .; }

writes_pdf || {
    deploy/setup/apt.sh "Pango, which lays out the PDF" \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0
    writes_pdf || {
        echo "WeasyPrint still does not load; .venv/bin/python -c 'import weasyprint' says why." >&2
        exit 1
    }
}
[ "$lock" = dev ] || exit 0
has_postgres || deploy/setup/apt.sh "the PostgreSQL server the tests start" postgresql
has_program() { PATH=$PATH:/usr/sbin command -v "$1" >/dev/null; }
has_program nginx || deploy/setup/apt.sh "nginx, behind which the tests put two nodes" nginx-light
has_program redis-server || deploy/setup/apt.sh "Redis, by which nodes tell who is there" redis-server
has_browser || deploy/setup/apt.sh "Chromium, in which the tests walk the pages" chromium
reads_japanese ||
    deploy/setup/apt.sh "a Japanese font for the browser tests" fontconfig fonts-morisawa-bizud-gothic
