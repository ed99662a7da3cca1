#!/bin/sh
# Copies all records into a new folder, while the server works, and drops copies older than DAYS.
# usage: backup.sh FOLDER [DAYS]     (settings as for `entaku serve`)
set -eu
umask 077
folder=${1:?a folder for the copies}
days=${2:-}
entaku=$(cd "$(dirname "$0")/.." && pwd)/.venv/bin/entaku

copy=$("$entaku" backup "$folder")
echo "$copy"
if [ -n "$days" ]; then
    find "$folder" -mindepth 1 -maxdepth 1 -name 'entaku-*' ! -path "$copy" -mtime "+$days" \
        -exec rm -rf {} +
    # What a copy that was cut off left behind; none takes a day.
    find "$folder" -mindepth 1 -maxdepth 1 -name '.entaku-*.part' -mtime +0 -exec rm -rf {} +
fi
