#!/bin/bash
# valgrind.sh [STAGE...]: runs the regression, isolation and pgTAP tests, or the
# stages of run.sh that are named, on a server under valgrind, whose reports
# are printed; any is a failure.  Takes some fifty times as long.
#
# PG_CONFIG     of a server configured with --enable-debug --enable-cassert CPPFLAGS=-DUSE_VALGRIND,
#               below a prefix with "pgsql" in its name
# SUPPRESSIONS  src/tools/valgrind.supp of that server's source
set -euo pipefail

: "${PG_CONFIG:?names no server built with USE_VALGRIND}" "${SUPPRESSIONS:?names no src/tools/valgrind.supp}"
[[ $("$PG_CONFIG" --configure) == *-DUSE_VALGRIND* ]] || { echo "$PG_CONFIG is of a server without USE_VALGRIND" >&2; exit 1; }
SUPPRESSIONS=$(realpath "$SUPPRESSIONS")

reports=$(mktemp -d /tmp/ce_hours.XXXXXX)
trap 'rm -rf "$reports"' EXIT
chmod 777 "$reports"
# in the place of postgres, which is the first in the PATH
cat >"$reports/postgres" <<-SH
	#!/bin/sh
	exec valgrind --quiet --trace-children=yes --leak-check=no --error-markers=VBEGIN,VEND \
		--suppressions='$SUPPRESSIONS' --log-file='$reports/%p.log' "\$(command -v postgres)" "\$@"
SH
chmod 755 "$reports/postgres"

status=0
POSTGRES=$reports/postgres PGCTLTIMEOUT=600 PGCONNECT_TIMEOUT=300 PGISOLATIONTIMEOUT=3600 \
	"$(dirname "${BASH_SOURCE[0]}")/run.sh" "${@:-regress isolation pgtap}" || status=$?

find "$reports" -name '*.log' -size +0 -exec cat {} +
found=$(cat "$reports"/*.log | grep -c VBEGIN || true)
files=$(cd "$(dirname "${BASH_SOURCE[0]}")/../src" && find . -name '*.c' -printf '%f|' | sed 's/|$//')
own=$(cat "$reports"/*.log | grep -cE "\((${files//./\\.}):[0-9]+\)" || true)
echo "valgrind: $(find "$reports" -name '*.log' | wc -l) processes, $found reports, $own frames of the extension in them"
[[ $status == 0 && $found == 0 ]]
