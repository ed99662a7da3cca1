#!/bin/sh
# Compiles every catalogue of translated sentences that is newer than its compiled form (after python.sh).
set -eu
cd "$(dirname "$0")/../.."

find app -name '*.po' | while read -r catalogue; do
    compiled=${catalogue%.po}.mo
    [ -f "$compiled" ] && [ -z "$(find "$catalogue" -newer "$compiled")" ] && continue
    language=$(basename "$(dirname "$(dirname "$catalogue")")")
    .venv/bin/pybabel --quiet compile --input-file "$catalogue" --output-file "$compiled" \
        --locale "$language"
done
