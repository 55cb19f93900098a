#!/bin/bash
# The benchmark: makes its data, runs every contender in turn, prints a table.
# See bench/README.md.
#
# PERSONS       persons (20000); each has 30 activities a year over 4 years
# ROUNDS        how often everything is measured (7)
# PARTS         what to run (question everybody startup instructions groups write keep)
# COPY_ROWS     rows of the COPY (50 a person), BATCH rows verified at once, SINGLE single-row
#               transactions a run, SECONDS_EACH of a pgbench run, CALLS of a loop
# SAVE          directory to leave samples.tsv in, for bench/growth.sh
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../test/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/../test/server.sh"
for part in lib question everybody write startup instructions groups keep; do
	# shellcheck source=/dev/null
	source "$ROOT/bench/$part.sh"
done
PARTS=${PARTS:-question everybody startup instructions groups write keep}

wants() {
	[[ " $PARTS " == *" $1 "* ]]
}

make_database() {
	"$BIN/createdb" "$1"
	q "$1" -o /dev/null -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION ce_hours' -c 'SELECT ce_setup()' 2> >(grep -v '^INFO' >&2)
}

load() {
	say "loading $PERSONS persons, $((PERSONS * 120)) activities"
	make_database bench
	q bench -v persons="$PERSONS" -f bench/data.sql -f bench/activities.sql
	say 'loading the contenders'
	q bench -f bench/contenders/10_tables.sql -f bench/contenders/20_question.sql -f bench/contenders/30_everybody.sql
	IVM='not installed'
	if [[ $(q bench -c "SELECT count(*) FROM pg_available_extensions WHERE name = 'pg_ivm'") == 1 ]]; then
		q bench -f bench/contenders/40_pg_ivm.sql
		IVM=$(q bench -c "SELECT extversion FROM pg_extension WHERE extname = 'pg_ivm'")
	fi
	q bench -c 'VACUUM ANALYZE' -c CHECKPOINT
	say 'asking every contender about every person'
	q bench -f bench/contenders/90_check.sql
	mapfile -t QUESTIONS < <(q bench -c 'SELECT name FROM bench.question ORDER BY ord')
	mapfile -t EVERYBODY < <(q bench -c 'SELECT name FROM bench.everybody ORDER BY ord')
	question_setup
	everybody_setup
}

# rounds FUNCTION...: all of a part in each round
rounds() {
	local what=$1 round part
	for ((round = 1; round <= ROUNDS; round++)); do
		round_begins "$what" "$round"
		"${what}_round" "$round"
	done
}

head_lines() {
	echo "ce_hours benchmark, $(date -u +%Y-%m-%d), $PERSONS persons, $((PERSONS * 120)) activities, $ROUNDS rounds"
	q postgres -c 'SELECT version()'
	echo "$(grep -m1 '^model name' /proc/cpuinfo 2>/dev/null | sed 's/.*: //'), $(nproc) processors; pg_ivm: $IVM"
	echo "Settings: $(q postgres -c "SELECT string_agg(name || ' = ' || current_setting(name), ', ' ORDER BY name) FROM pg_settings
		WHERE source = 'configuration file' AND name !~ '^(lc_|log_timezone|TimeZone|DateStyle|default_text|unix_socket|listen|dynamic)'")"
	if ((START_LOAD > 30)); then
		echo "NOISY: the load average was $(awk "BEGIN {print $START_LOAD / 100}") before the start; read ratios, and their spread, only"
	fi
}

# The empty loop does the same work in every round: how far apart it comes out is the machine's noise.
noise() {
	awk -F '\t' '$1 == "question: eligible" && $2 == "empty" {v[++n] = $4; if (n == 1 || $4 < low) low = $4; if ($4 > high) high = $4}
		END {if (n > 1) {printf "Noise: the empty loop took %.3f to %.3f us, %.0f %% apart%s\n", low, high, 100 * (high - low) / low, (high > low * 1.2 ? "; NOISY: more than 20 %" : "")}}' "$SAMPLES"
}

START_LOAD=$(load_now)
if ((START_LOAD > 30)); then
	say "warning: the load average is $((START_LOAD / 100)).$((START_LOAD % 100)), something else is running"
fi
need_server
start_server
cd "$ROOT"
SAMPLES=$WORK/samples.tsv
: >"$SAMPLES"
configure
load
head_lines >"$WORK/head"
if wants question; then
	rounds question
	rounds pgbench
fi
if wants everybody; then
	rounds everybody
	everybody_plans >"$WORK/plans"
fi
if wants startup; then
	rounds startup
fi
if wants instructions; then
	instructions
fi
if wants groups; then
	groups
fi
if wants write; then
	say 'making the tables to write to'
	write_setup
	rounds copy
	rounds verify
	rounds single
fi
if wants keep; then
	say 'memory, bytes, a day of verifications, a new year'
	keep >"$WORK/keep"
fi

{
	q bench -F $'\t' -c 'SELECT name, label FROM bench.question UNION ALL SELECT name, label FROM bench.everybody'
	if wants write; then
		q write -F $'\t' -c 'SELECT name, label FROM bench.writer'
	fi
	printf 'ledger_update\tce_hours: ce_activity by UPDATE\n'
} >"$WORK/labels.tsv"
if [[ ${SAVE:-} ]]; then
	cp "$SAMPLES" "$SAVE/samples.tsv"
fi
cat "$WORK/head"
noise
echo
awk -f bench/stats.awk "$WORK/labels.tsv" bench/goals.tsv "$SAMPLES"
for part in plans keep; do
	if [[ -s $WORK/$part ]]; then
		echo
		cat "$WORK/$part"
	fi
done
