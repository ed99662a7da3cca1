#!/bin/sh
# Puts a copy made by backup.sh back, brings it up to date and checks every journal.
# usage: restore.sh COPY     (the server must be stopped; settings as for `entaku serve`)
set -eu
umask 077
copy=${1:?the folder of the copy}
entaku=$(cd "$(dirname "$0")/.." && pwd)/.venv/bin/entaku

"$entaku" restore "$copy"
"$entaku" migrate
exec "$entaku" journal verify
