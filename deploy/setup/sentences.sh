#!/bin/sh
# Brings the catalogues in line with the sentences in the source; a new one stands empty until it is translated.
set -eu
cd "$(dirname "$0")/../.."
PATH=$PWD/.venv/bin:$PATH

found=$(mktemp)
trap 'rm -f "$found"' EXIT
pybabel --quiet extract --mapping-file babel.cfg --keywords t --keywords _ \
    --ignore-dirs "node_modules tests var .* _*" --no-wrap --sort-by-file --add-location file \
    --output-file "$found" .
find app -name '*.po' | while read -r catalogue; do
    language=$(basename "$(dirname "$(dirname "$catalogue")")")
    pybabel --quiet update --input-file "$found" --output-file "$catalogue" --locale "$language" \
        --no-wrap --no-fuzzy-matching --ignore-obsolete --ignore-pot-creation-date
done
