#!/bin/bash
# bench/scale.sh: one ledger, on one server and on clusters of Citus with one
# worker and with two, measured in one run.  All servers are on this machine, so
# it shows what a cluster costs, not what more machines would bring.  Needs a
# server that has Citus (PG_CONFIG); see bench/README.md.
#
# PERSONS    persons (2000), with 30 activities a year over 4 years
# ROUNDS     how often everything is measured (5)
# COPY_ROWS  rows of a COPY (10 a person)
# CALLS      questions of a run (10000)
set -euo pipefail
PERSONS=${PERSONS:-2000}
ROUNDS=${ROUNDS:-5}
COPY_ROWS=${COPY_ROWS:-$((PERSONS * 10))}
CALLS=${CALLS:-10000}
# shellcheck source-path=SCRIPTDIR source=../test/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/../test/server.sh"
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$ROOT/bench/lib.sh"

NODES=(coordinator worker1 worker2)
declare -A PORT=([coordinator]=5432 [worker1]=5433 [worker2]=5434)
LAYOUTS=(one cluster1 cluster2)

stop_nodes() {
	local node
	for node in "${NODES[@]}"; do
		if [[ -e $WORK/$node/postmaster.pid ]]; then
			as_server "$BIN/pg_ctl" -D "$WORK/$node" -m immediate -s -w stop || true
		fi
	done
	stop_server
}

start_nodes() {
	local node
	as_server "$BIN/pg_ctl" -D "$WORK/data" -s -w stop
	trap stop_nodes EXIT
	for node in "${NODES[@]}"; do
		as_server cp -a "$WORK/data" "$WORK/$node"
		as_server tee -a "$WORK/$node/postgresql.conf" >/dev/null <<-CONF
			port = ${PORT[$node]}
			shared_preload_libraries = 'citus'
			wal_level = logical
			max_prepared_transactions = 100
			citus.shard_count = 8
			fsync = on
			shared_buffers = 256MB
			max_wal_size = 16GB
			checkpoint_timeout = 1h
			work_mem = 64MB
			random_page_cost = 1.1
			jit = off
			autovacuum = off
		CONF
		as_server "$BIN/pg_ctl" -D "$WORK/$node" -l "$WORK/$node.log" -s -w start
	done
}

# on NODE DATABASE [PSQL-ARGUMENT...]
on() {
	local node=$1
	shift
	PGPORT=${PORT[$node]} q "$@"
}

load() {
	local layout node
	say "loading $PERSONS persons, $((PERSONS * 120)) activities"
	"$BIN/createdb" one
	q one -o /dev/null -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION ce_hours' -c 'SELECT ce_setup()' 2> >(grep -v '^INFO' >&2)
	q one -v persons="$PERSONS" -f bench/data.sql -f bench/activities.sql
	q one -c "COPY (SELECT person_id, kind, plan_id, started_on, completed_on, days, hours, evidence, 'verified', verified_by, completed_on + 5
		FROM generate_series(1, $COPY_ROWS / (29 * $PERSONS) + 1) AS again, bench_activity($PERSONS, 2020, '[1,31)') LIMIT $COPY_ROWS) TO '$WORK/copy.tsv'"
	for layout in cluster1 cluster2; do
		say "distributing $layout"
		"$BIN/createdb" -T one "$layout"
		for node in "${NODES[@]}"; do
			[[ $node == coordinator ]] || PGPORT=${PORT[$node]} "$BIN/createdb" "$layout"
			on "$node" "$layout" -c 'SET client_min_messages = error' -c 'CREATE EXTENSION citus'
		done
		on coordinator "$layout" -o /dev/null -c "SELECT citus_set_coordinator_host('$PGHOST', ${PORT[coordinator]})"
		for node in worker1 worker2; do
			if [[ $node == worker1 || $layout == cluster2 ]]; then
				on coordinator "$layout" -o /dev/null -c 'SET client_min_messages = error' -c "SELECT citus_add_node('$PGHOST', ${PORT[$node]})"
				# the day of the data
				on "$node" "$layout" -c 'SET client_min_messages = error' -c 'SET citus.enable_ddl_propagation = off' -c 'CREATE EXTENSION IF NOT EXISTS ce_hours' \
					-c "CREATE OR REPLACE FUNCTION ce_today() RETURNS date LANGUAGE sql IMMUTABLE PARALLEL SAFE AS 'SELECT date ''2020-12-31'''" 2> >(grep -v '^INFO' >&2)
			fi
		done
		on coordinator "$layout" -o /dev/null -c 'SET client_min_messages = error' -c 'SELECT count(*) FROM ce_distribute()'
	done
	for layout in "${LAYOUTS[@]}"; do
		on coordinator "$layout" -c 'VACUUM ANALYZE'
	done
	for node in "${NODES[@]}"; do
		on "$node" postgres -c CHECKPOINT
	done
}

# Hundredths of seconds of all servers: theirs, of those of their processes that ended, and of those that run
cpu_now() {
	local node servers=
	for node in "${NODES[@]}"; do
		servers+=" $(head -n 1 "$WORK/$node/postmaster.pid")"
	done
	{ cat /proc/[0-9]*/stat 2>/dev/null || true; } | awk -v servers="$servers" -v tick="$(getconf CLK_TCK)" '
		BEGIN { for (n = split(servers, s, " "); n > 0; n--) server[s[n]] = 1 }
		{ pid = $1; sub(/^.*\) /, ""); split($0, f, " ") }
		pid in server { sum += f[12] + f[13] + f[14] + f[15] }
		f[2] in server { sum += f[12] + f[13] }
		END { print int(sum * 100 / tick) }'
}

# measure WHAT LAYOUT ROUND COMMAND...: milliseconds by the clock, and of CPU; round 0 is to warm up
measure() {
	local what=$1 layout=$2 round=$3 cpu start
	shift 3
	cpu=$(cpu_now)
	start=${EPOCHREALTIME/./}
	"$@" >"$WORK/measure.out" 2>&1 || show_and_fail "$WORK/measure.out"
	((round == 0)) || sample "$what" "$layout" "$round" "$(((${EPOCHREALTIME/./} - start) / 1000))	$((($(cpu_now) - cpu) * 10))"
}

ask() {
	"$BIN/pgbench" -n -M prepared -p "${PORT[$2]}" -c "$3" -j 1 -t $((CALLS / $3)) -f "$WORK/ask.sql" "$1"
}

copy_rows() {
	q "$1" -c "\\copy ce_activity (person_id, kind, plan_id, started_on, completed_on, days, hours, evidence, status, verified_by, verified_on) FROM '$WORK/copy.tsv'"
}

# twenty times in a session
twenty_times() {
	local i
	for ((i = 0; i < 20; i++)); do
		echo "$2;"
	done | q "$1"
}

all_of() {
	local layout=$1 round=$2
	measure "$CALLS questions, one client" "$layout" "$round" ask "$layout" coordinator 1
	measure "$CALLS questions, eight clients" "$layout" "$round" ask "$layout" coordinator 8
	if [[ $layout != one ]]; then
		measure "$CALLS questions, one client, of a worker" "$layout" "$round" ask "$layout" worker1 1
	fi
	measure "COPY of $COPY_ROWS rows" "$layout" "$round" copy_rows "$layout"
	measure 'everybody, four levels, twenty times' "$layout" "$round" twenty_times "$layout" "SELECT count(*) FILTER (WHERE junior = 'eligible'),
		count(*) FILTER (WHERE intermediate = 'eligible'), count(*) FILTER (WHERE senior = 'eligible'), count(*) FILTER (WHERE full_senior = 'eligible') FROM ce_eligibility"
	measure 'totals of a year, twenty times' "$layout" "$round" twenty_times "$layout" \
		'SELECT count(*), sum(public_hours), sum(professional_hours), sum(total_hours), count(*) FILTER (WHERE met) FROM ce_yearly_totals WHERE year = 2020'
	q "$layout" -c "SELECT md5(string_agg(e::text, ',' ORDER BY e::text COLLATE \"C\")) FROM ce_eligibility e" >>"$WORK/answers.$round"
}

# Medians; each ratio is taken within a round
report() {
	awk -F '\t' '
		function median(v, n,    i, j, t) {
			for (i = 2; i <= n; i++)
				for (j = i; j > 1 && v[j - 1] > v[j]; j--) { t = v[j]; v[j] = v[j - 1]; v[j - 1] = t }
			return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
		}
		!($1 in seen) { seen[$1] = 1; what[++whats] = $1 }
		{ ms[$1, $2, $3] = $4; cpu[$1, $2, $3] = $5; if ($3 > rounds) rounds = $3 }
		function line(w, l,    r, n, a, b, c, d) {
			for (r = 1; r <= rounds; r++) {
				if (!((w, l, r) in ms)) return
				a[++n] = ms[w, l, r]; b[n] = cpu[w, l, r] / 1000
				c[n] = (w, "one", r) in ms ? ms[w, l, r] / ms[w, "one", r] : 0
				d[n] = (w, "one", r) in ms && cpu[w, "one", r] > 0 ? cpu[w, l, r] / cpu[w, "one", r] : 0
			}
			printf "| %s | %s | %.2f | %s | %.2f | %s |\n", w, l, median(a, n) / 1000, median(c, n) ? sprintf("%.2f", median(c, n)) : "", median(b, n), median(d, n) ? sprintf("%.2f", median(d, n)) : ""
		}
		END {
			print "| | ledger | seconds | x one | CPU seconds | x one |\n|---|---|---|---|---|---|"
			for (i = 1; i <= whats; i++) { line(what[i], "one"); line(what[i], "cluster1"); line(what[i], "cluster2") }
		}' "$SAMPLES"
}

need_server
start_server
if [[ ! -e $("$BIN/pg_config" --sharedir)/extension/citus.control ]]; then
	echo 'this server has no Citus; PG_CONFIG names the pg_config of another' >&2
	exit 1
fi
cd "$ROOT"
SAMPLES=$WORK/samples.tsv
: >"$SAMPLES"
start_nodes
load
{
	echo "\\set p random(1, $PERSONS)"
	echo "SELECT ce_eligible(:p, 'senior', 'review', '2020-12-31');"
} >"$WORK/ask.sql"
for ((round = 0; round <= ROUNDS; round++)); do
	if ((round > 0)); then
		round_begins scale "$round"
	fi
	while read -r layout; do
		all_of "$layout" "$round" </dev/null
	done < <(in_turn "$round" "${LAYOUTS[@]}")
	if [[ $(sort -u "$WORK/answers.$round" | wc -l) != 1 ]]; then
		say 'the ledgers give different answers'
		exit 1
	fi
done
echo "ce_hours on a cluster, $(date -u +%Y-%m-%d), $PERSONS persons, $((PERSONS * 120)) activities, $ROUNDS rounds, $(nproc) processors"
echo "$(q postgres -c 'SHOW server_version'); Citus $(on coordinator cluster1 -c "SELECT extversion FROM pg_extension WHERE extname = 'citus'"); 8 shards"
report
