#!/bin/bash
# Fuzzes ce_import(), as import.sql says: no crash, no internal error, no
# backend that grows, ce_check() empty.
# CALLS  calls of RECORDS records each (default 1000 and 1000)
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../server.sh
source "$(dirname "${BASH_SOURCE[0]}")/../server.sh"

CALLS=${CALLS:-1000}
RECORDS=${RECORDS:-1000}

need_server
start_server
as_server "$BIN/createdb" fuzz
sql fuzz -v ON_ERROR_STOP=1 -o /dev/null -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION ce_hours' -c 'SELECT ce_setup()' -f test/fuzz/import.sql
memory='SELECT (sum(total_bytes) / 1024)::integer FROM pg_backend_memory_contexts'
sql fuzz -At -v ON_ERROR_STOP=1 >"$WORK/out" <<-SQL
	CALL fuzz_import($((CALLS / 10 + 1)), $RECORDS);
	$memory;
	CALL fuzz_import($CALLS, $RECORDS);
	$memory;
SQL
sql fuzz -c "SELECT outcome, n, left(message, 120) AS one FROM fuzz_outcome ORDER BY 1"
mapfile -t kb < <(grep -E '^[0-9]+$' "$WORK/out")
violations=$(sql fuzz -At -c 'SELECT count(*) FROM ce_check()')
bad=$(sql fuzz -At -c "SELECT count(*) FROM fuzz_outcome WHERE outcome LIKE 'error XX%' OR message LIKE '%cache lookup%' OR message ~ 'unrecognized|invalid memory'")
echo "$((CALLS * RECORDS)) records; memory ${kb[0]} kB, at the end ${kb[1]} kB; $bad internal errors; ce_check(): $violations violations"
[[ $violations == 0 && $bad == 0 ]] && ((kb[1] < kb[0] + 1024))
