#!/bin/sh
# Installs system packages where this is allowed, and otherwise says in one sentence what is missing.
# usage: apt.sh "what is missing" package...
set -eu
missing=${1:?what is missing}
shift

if ! command -v apt-get >/dev/null; then
    echo "Missing: $missing. Install what your system calls $* and run make again." >&2
    exit 1
fi
if [ "$(id -u)" = 0 ]; then
    as_root=
elif sudo -n true 2>/dev/null; then
    as_root='sudo -n'
else
    echo "Missing: $missing. Install it (apt-get install $*) and run make again." >&2
    exit 1
fi

echo "System packages: $* …"
log=$(mktemp)
trap 'rm -f "$log"' EXIT
# A server that comes along is not to be started as a service of this machine.
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
    trap 'rm -f "$log"; $as_root rm -f $policy' EXIT
    printf '#!/bin/sh\nexit 101\n' | $as_root tee $policy > /dev/null
    $as_root chmod 755 $policy
fi
if ! { $as_root apt-get update -q &&
    $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -qy --no-install-recommends "$@"; } \
    > "$log" 2>&1 < /dev/null; then
    tail -n 5 "$log" >&2
    echo "Missing: $missing. apt-get could not install $*: install it and run make again." >&2
    exit 1
fi
