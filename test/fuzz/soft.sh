#!/bin/bash
# The types' errors taken softly, by PostgreSQL 16 and later: pg_input_is_valid()
# raises nothing whatever the text, says what the cast does, and
# pg_input_error_info() has the error that the cast raises.
# INPUTS  texts for each type (default 300000)     PGVERSION  (default 18)
set -euo pipefail
export PGVERSION=${PGVERSION:-18}
# shellcheck source-path=SCRIPTDIR source=../server.sh
source "$(dirname "${BASH_SOURCE[0]}")/../server.sh"

INPUTS=${INPUTS:-300000}

need_server
start_server
as_server "$BIN/createdb" fuzz
sql fuzz -v ON_ERROR_STOP=1 -o /dev/null -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION ce_hours' -f test/fuzz/soft.sql
sql fuzz -v ON_ERROR_STOP=1 -c "CALL soft_inputs($INPUTS)" -c 'SELECT * FROM soft_outcome ORDER BY type, outcome'
read -r inputs valid bad < <(sql fuzz -At -F ' ' -c "SELECT sum(n), sum(n) FILTER (WHERE outcome = 'valid'), coalesce(sum(n) FILTER (WHERE outcome ~ 'raised|unlike|XX'), 0) FROM soft_outcome")
echo "$inputs inputs, $valid of them valid, $bad of them raised or unlike the cast"
[[ $valid -gt 0 && $bad == 0 ]]
