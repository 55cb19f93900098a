#!/bin/bash
# Random queries by sqlsmith over the examples: no crash, no internal error that
# the extension has a part in, ce_check() empty.
# DURATION  seconds (default 3600)     ERRORS  a file for the internal errors
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../server.sh
source "$(dirname "${BASH_SOURCE[0]}")/../server.sh"

DURATION=${DURATION:-3600}

need_server
need sqlsmith
start_server
as_server tee -a "$WORK/data/postgresql.conf" >/dev/null <<-CONF
	log_line_prefix = '%e '
	log_error_verbosity = verbose
CONF
as_server "$BIN/pg_ctl" -D "$WORK/data" -s reload
make_demo demo

# it does not survive every answer of the server; the seed is another each time
queries=0
end=$((SECONDS + DURATION))
while ((SECONDS < end)); do
	as_server timeout $((end - SECONDS)) sqlsmith --exclude-catalog --verbose --target="host=$SOCKETS port=5432 dbname=demo user=postgres" >/dev/null 2>"$WORK/smith.log" || true
	queries=$((queries + $(grep -oE '^queries: [0-9]+' "$WORK/smith.log" | tail -n 1 | grep -oE '[0-9]+' || echo 0)))
	sleep 1
done

log=$WORK/server.log
echo "$queries queries; errors by SQLSTATE:"
grep -oE '^[0-9A-Z]{5} (ERROR|FATAL|PANIC)' "$log" | sort | uniq -c | sort -rn
echo 'internal errors:'
(grep -E '^XX[0-9A-Z]{3} (ERROR|FATAL|PANIC|LOCATION)' "$log" || true) | tee "${ERRORS:-/dev/null}" | sed -E 's/[0-9]{3,}/N/' | sort | uniq -c | sort -rn | head -n 40
own=$(cd "$SOURCE/src" && echo *.c | tr ' ' '|')
bad=$(grep -cE "^XX[0-9A-Z]{3} (ERROR:.*cache lookup failed|LOCATION:.*[ ,/]($own):)|terminated by signal|PANIC" "$log" || true)
violations=$(sql demo -At -c 'SELECT count(*) FROM ce_check()')
echo "$bad crashes or internal errors of the extension; ce_check(): $violations violations"
[[ $queries != 0 && $bad == 0 && $violations == 0 ]]
