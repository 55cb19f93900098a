#!/bin/bash
# CLIENTS sessions verify, revoke, allocate, sanction, apply and change the law
# at once, for SECONDS at each isolation level, while one more session looks at
# every snapshot.  Prints what was done and what came of it; fails if a snapshot
# was wrong, an error was internal or ce_check() is not empty.
# DURATION  seconds for each level (default 300)     CLIENTS  sessions (default 20)
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../test/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/../test/server.sh"

DURATION=${DURATION:-300}
CLIENTS=${CLIENTS:-20}

need_server
start_server
as_server tee -a "$WORK/data/postgresql.conf" >/dev/null <<-CONF
	deadlock_timeout = '200ms'
	max_connections = $((CLIENTS + 20))
CONF
as_server "$BIN/pg_ctl" -D "$WORK/data" -l "$WORK/server.log" -s -w restart
as_server "$BIN/createdb" stress
sql stress -v ON_ERROR_STOP=1 -o /dev/null -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION ce_hours' -f test/t/stress.psql

ask() {
	sql stress -At -c "$1"
}

IFS=, read -ra LEVELS <<<"${LEVELS:-read committed,repeatable read,serializable}"
bad=0
run=0
for level in "${LEVELS[@]}"; do
	run=$((run + 1))
	deadlocks=$(ask "SELECT deadlocks FROM pg_stat_database WHERE datname = 'stress'")
	sql stress -At -F ' ' -c "CALL stress_observe($DURATION)" >"$WORK/observed" &
	observer=$!
	in_source env PGOPTIONS="-c default_transaction_isolation=${level/ /\\ }" "$BIN/pgbench" --no-vacuum --client="$CLIENTS" --jobs=2 \
		--time="$DURATION" --max-tries=1000 --failures-detailed --define=run=$run --define=n=0 --file=test/t/stress.pgbench stress >"$WORK/pgbench.out" 2>&1 || bad=1
	wait "$observer" || bad=1
	sleep 1
	echo "== $level, $CLIENTS clients, $DURATION s"
	grep -E 'processed|failed|retr|tps|aborted|error|ERROR' "$WORK/pgbench.out" | head -20
	echo "deadlocks: $(($(ask "SELECT deadlocks FROM pg_stat_database WHERE datname = 'stress'") - deadlocks))"
	grep -E "Process [0-9]+: SELECT stress_step\($run," "$WORK/server.log" | grep -oE "'[a-z]+'" | sort | uniq -c || true
	ask "SELECT format('%-9s %6s done, %6s refused%s', kind, count(*) FILTER (WHERE state IS NULL), count(state),
			(SELECT string_agg(format(' %s: %s', s.state, s.n), ',') FROM (SELECT state, count(*) n FROM stress_done x WHERE x.run = $run AND x.kind = d.kind AND state IS NOT NULL GROUP BY 1 ORDER BY 1) s))
		FROM stress_done d WHERE run = $run GROUP BY kind ORDER BY kind"
	read -r looks over_cap unequal <"$WORK/observed"
	echo "another session looked $looks times: $over_cap persons over the cap, $unequal accounts unlike their activities"
	violations=$(ask 'SELECT count(*) FROM ce_check()')
	lost=$(ask 'SELECT count(*) FROM stress_lost')
	internal=$(ask "SELECT count(*) FROM stress_done WHERE state LIKE 'XX%'")
	echo "ce_check(): $violations violations; $lost steps without effect; $internal internal errors"
	[[ $looks -gt 0 && "$over_cap$unequal$violations$lost$internal" == 00000 ]] || bad=1
done
exit "$bad"
