#!/bin/bash
# bench/against.sh TREE: figures of this tree and of another in one run.  Two
# servers stand side by side, each built from its tree, with the same data; in
# every round both are measured, in an order that turns.  See bench/README.md.
#
# PERSONS, ROUNDS, CALLS, COPY_ROWS, BATCH, SINGLE   as for bench/run.sh; a run
#          takes 15 minutes with 20,000 persons
# PARTS    question everybody write bytes instructions hot
# FACTORS  fillfactors of ce_account for the part hot
# ALSO     "name|statement": one more for everybody, which only the other tree has
# SAVE     a file to leave the samples in
# shellcheck disable=SC2016,SC2030,SC2031
set -euo pipefail
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
OTHER=$(cd "$1" && pwd)
RUN=$(mktemp -d "${TMPDIR:-/tmp}/against.XXXXXX")
chmod 777 "$RUN"
ROUNDS=${ROUNDS:-7}
COPY_ROWS=${COPY_ROWS:-200000}
SINGLE=${SINGLE:-1000}
# shellcheck source-path=SCRIPTDIR source=lib.sh
source "$HERE/bench/lib.sh"
PARTS=${PARTS:-question everybody write bytes instructions hot}
FACTORS=${FACTORS:-100 90 80 70 50}
SAMPLES=$RUN/samples.tsv
: >"$SAMPLES"

wants() {
	[[ " $PARTS " == *" $1 "* ]]
}

# serve NAME TREE: a server of the tree with the data, until the run ends
serve() (
	# shellcheck source=/dev/null
	source "$2/test/server.sh"
	for part in lib question write; do
		# shellcheck source=/dev/null
		source "$HERE/bench/$part.sh"
	done
	need_server
	start_server
	cd "$HERE"
	configure
	for database in bench write; do
		"$BIN/createdb" "$database"
		q "$database" -o /dev/null -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION ce_hours' -c 'SELECT ce_setup()' 2> >(grep -v '^INFO' >&2)
	done
	q bench -v persons="$PERSONS" -f bench/data.sql -f bench/activities.sql
	q bench -o /dev/null <<-'SQL'
		CREATE SCHEMA bench;
		CREATE TABLE bench.question (name text, is_expression boolean, body text);
		INSERT INTO bench.question VALUES ('empty', true, 'true'), ('pk', false, 'SELECT org_id IS NOT NULL FROM ce_person WHERE person_id = {p}'),
			('ce_hours', true, 'ce_eligible({p}, ''senior'', ''review'', ''2020-12-31'')');
	SQL
	# shellcheck disable=SC2034
	QUESTIONS=()
	question_setup
	# the CPU time of a backend, in microseconds, which others on the machine affect less than the clock
	q bench -o /dev/null <<-'SQL'
		CREATE FUNCTION bench.cpu() RETURNS float8 LANGUAGE sql VOLATILE AS $$SELECT split_part(pg_read_file('/proc/self/schedstat'), ' ', 1)::float8 / 1000$$;
		-- milliseconds of a statement, one of ten in a row, which the first one warms
		CREATE FUNCTION bench.cpu_ms(statement text) RETURNS float8 LANGUAGE plpgsql AS $$
		DECLARE
			start float8;
		BEGIN
			EXECUTE statement;
			start := bench.cpu();
			FOR i IN 1..10 LOOP
				EXECUTE statement;
			END LOOP;
			RETURN (bench.cpu() - start) / 10000;
		END $$;
		CREATE FUNCTION bench.wall_ms(statement text) RETURNS float8 LANGUAGE plpgsql AS $$
		DECLARE
			start timestamptz;
		BEGIN
			EXECUTE statement;
			start := clock_timestamp();
			FOR i IN 1..10 LOOP
				EXECUTE statement;
			END LOOP;
			RETURN extract(epoch FROM clock_timestamp() - start) * 100;
		END $$;
		SELECT replace(replace(pg_get_functiondef(oid), 'timestamptz := clock_timestamp()', 'float8 := bench.cpu()'),
			'extract(epoch FROM clock_timestamp() - start) * 1000000', '(bench.cpu() - start)')
		FROM pg_proc WHERE pronamespace = 'bench'::regnamespace AND proname LIKE 'loop%' \gexec
	SQL
	q write -v persons="$PERSONS" -f bench/data.sql
	q write -o /dev/null -c "INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code, self_verifies)
		VALUES (99, 'hospital', 'hospital that verifies itself', 'public_institution', 'provincial', 10, '630000', true)"
	q write -c "COPY (SELECT person_id, kind, plan_id, started_on, completed_on, days, hours, evidence, 'verified', verified_by, completed_on + 5
		FROM generate_series(1, $COPY_ROWS / (29 * $PERSONS) + 1) AS again, bench_activity($PERSONS, 2020, '[1,31)') LIMIT $COPY_ROWS) TO '$WORK/copy.tsv'"
	"$BIN/createdb" -T write verify
	# what waits, of persons who have accounts of four years
	q verify -v persons="$PERSONS" <<-SQL
		INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on)
		SELECT p, CASE WHEN y = 2020 THEN 'academy_course' ELSE 'recorded_public' END, make_date(y, 6, 1), 10, 'verified', CASE WHEN y = 2020 THEN 4 ELSE 2 + p % 2 END, make_date(y, 7, 1)
		FROM generate_series(1, $PERSONS) AS p, generate_series(2017, 2020) AS y WHERE p % 100 <> 50;
		INSERT INTO ce_activity (activity_id, person_id, kind, org_id, started_on, completed_on, hours, evidence)
		SELECT $FIRST_ID - 1 + i, 1 + i * 7919 % $PERSONS + CASE WHEN (1 + i * 7919 % $PERSONS) % 100 = 50 THEN 1 ELSE 0 END,
			'training', 99, '2020-06-01', '2020-06-05', '7', 'document'
		FROM generate_series(1, $ROUNDS * $BATCH + ($ROUNDS + 1) * 6 * $SINGLE + 20000) AS i;
		CREATE SCHEMA bench;
		CREATE SEQUENCE bench.next START $((FIRST_ID + ROUNDS * BATCH));
		VACUUM ANALYZE;
	SQL
	q bench -c 'VACUUM ANALYZE' -c CHECKPOINT
	declare -p BIN PGHOST PGPORT PGUSER WORK PATH HOME >"$RUN/$1.tmp"
	mv "$RUN/$1.tmp" "$RUN/$1.env"
	while [[ ! -e $RUN/stop ]]; do
		sleep 1
	done
)

# on NAME FUNCTION...: with the settings of that server
on() (
	# shellcheck source=/dev/null
	source <(sed 's/^declare --/declare -x/' "$RUN/$1.env")
	NAME=$1
	shift
	"$@"
)

# server's user
as_server() {
	if [[ $EUID == 0 ]]; then runuser -u postgres -- "$@"; else "$@"; fi
}

timed() {
	"$BIN/psql" -X -q -A -t -v ON_ERROR_STOP=1 -d "$1" -o /dev/null -c '\timing on' -c "$2" | sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p'
}

question_of() {
	local who name
	for who in 'eligible' 'not eligible'; do
		for name in $(in_turn "$1" empty pk ce_hours); do
			echo "SELECT bench.loop_$name($CALLS / 10, '$who') \\g /dev/null"
			echo "SELECT 'question, $who: $name, us (cpu)', '$NAME', $1, bench.loop_$name($CALLS, '$who');"
		done
	done | q bench -F $'\t' >>"$SAMPLES"
}

E='SELECT count(*) FILTER (WHERE junior = $$eligible$$), count(*) FILTER (WHERE intermediate = $$eligible$$), count(*) FILTER (WHERE senior = $$eligible$$), count(*) FILTER (WHERE full_senior = $$eligible$$) FROM ce_eligibility'
T='SELECT count(*), sum(public_hours), sum(professional_hours), sum(total_hours), count(*) FILTER (WHERE met) FROM ce_yearly_totals WHERE year = 2020'

S='SELECT sum(year) FROM ce_account'

# The floor is that of this tree.
statements_of() {
	echo "eligibility|$E"
	echo "totals of 2020|$T"
	if [[ $NAME == here ]]; then
		echo "sum over the accounts|$S"
	elif [[ ${ALSO:-} ]]; then
		echo "$ALSO"
	fi
}

everybody_of() {
	local workers clock s
	for workers in 0 2; do
		# a worker's time is not the backend's
		clock=$([[ $workers == 0 ]] && echo cpu || echo wall)
		echo "SET max_parallel_workers_per_gather = $workers;"
		while IFS= read -r s; do
			echo "SELECT '${s%%|*}, workers $workers, ms ($clock)', '$NAME', $1, bench.${clock}_ms(\$q\$${s#*|}\$q\$);"
		done < <(statements_of)
	done | q bench -F $'\t' >>"$SAMPLES"
}

write_of() {
	local first what commit clients tps single
	"$BIN/createdb" -T write copying
	q copying -c CHECKPOINT
	sample 'COPY, ms' "$NAME" "$1" "$(timed copying "COPY ce_activity (person_id, kind, plan_id, started_on, completed_on, days, hours, evidence, status, verified_by, verified_on) FROM '$WORK/copy.tsv'")"
	"$BIN/dropdb" copying
	first=$((1000000001 + ($1 - 1) * BATCH))
	q verify -c CHECKPOINT
	sample 'batch by ce_verify(), ms' "$NAME" "$1" "$(timed verify "SELECT count(*) FROM ce_verify(ARRAY(SELECT generate_series($first, $((first + BATCH - 1)))::bigint), 99, '2020-11-30')")"
	cat >"$RUN/insert.sql" <<-SQL
		\\set p 100 * random(0, $PERSONS / 100 - 1) + random(1, 49)
		INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (:p, 'academy_course', '2020-05-01', '5.25', 'verified', 4, '2020-05-06');
	SQL
	echo "SELECT ce_verify(ARRAY[nextval('bench.next')], 99, '2020-11-30');" >"$RUN/verify.sql"
	# one person, the year by client; and the same in transactions of 5 ms
	cat >"$RUN/one_person.sql" <<-SQL
		\\set y 2020 + :client_id
		INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (7, 'academy_course', make_date(:y, 5, 1), '0.25', 'verified', 4, make_date(:y, 5, 6));
	SQL
	{
		echo 'BEGIN;'
		cat "$RUN/one_person.sql"
		printf 'SELECT pg_sleep(0.005);\nCOMMIT;\n'
	} >"$RUN/one_person_long.sql"
	for what in insert verify one_person one_person_long; do
		for commit in on off; do
			single=$SINGLE
			if [[ $commit == on || $what == *long ]]; then
				single=$((SINGLE / 5))
			fi
			for clients in 1 2; do
				tps=$(PGOPTIONS="-c synchronous_commit=$commit" "$BIN/pgbench" -n -M prepared -c "$clients" -j "$clients" -t $((single / clients)) \
					--random-seed="$1" -f "$RUN/$what.sql" verify 2>&1 | sed -n 's/^tps = \([0-9.]*\).*/\1/p')
				sample "$what, synchronous_commit $commit, clients $clients, tps" "$NAME" "$1" "$tps"
			done
		done
	done
}

bytes_of() {
	q bench -F $'\t' -c "SELECT relname || ', bytes a person', '$NAME', 1, round(pg_relation_size(oid)::numeric / $PERSONS, 1) FROM pg_class
		WHERE relname ~ '^ce_account' AND relkind IN ('r', 'i') ORDER BY 1" >>"$SAMPLES"
}

# A day of single verifications at each fillfactor, from a table just written.
hot_of() {
	local factor day=$((PERSONS < 10000 ? PERSONS : 10000)) first=2000000001 before
	q bench -o /dev/null <<-SQL
		ALTER SYSTEM SET full_page_writes = off;
		SELECT pg_reload_conf();
		INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code, self_verifies)
		VALUES (99, 'hospital', 'hospital that verifies itself', 'public_institution', 'provincial', 10, '630000', true);
		INSERT INTO ce_activity (activity_id, person_id, kind, org_id, started_on, completed_on, hours, evidence)
		SELECT 2000000000 + i, p + CASE WHEN p % 100 = 50 THEN 1 ELSE 0 END, 'training', 99, '2020-11-02', '2020-11-06', '7', 'document'
		FROM generate_series(1, $day * $(wc -w <<<"$FACTORS")) AS i CROSS JOIN LATERAL (SELECT 1 + i::bigint * 7919 % $PERSONS AS p OFFSET 0) x;
		CREATE SEQUENCE bench.next_day START 2000000001;
		VACUUM ANALYZE ce_activity;
	SQL
	echo "SELECT ce_verify(ARRAY[nextval('bench.next_day')], 99, '2020-11-30');" >"$RUN/day.sql"
	for factor in $FACTORS; do
		q bench -o /dev/null -c "ALTER TABLE ce_account SET (fillfactor = $factor)" -c 'VACUUM FULL ce_account' -c 'VACUUM ANALYZE ce_account' \
			-c "SELECT pg_stat_reset_single_table_counters('ce_account'::regclass)"
		sample "fillfactor $factor: bytes a person" "$NAME" 1 "$(q bench -c "SELECT round(pg_relation_size('ce_account')::numeric / $PERSONS, 1)")"
		before=$(q bench -c 'SELECT pg_current_wal_insert_lsn()')
		PGOPTIONS='-c synchronous_commit=off' "$BIN/pgbench" -n -M prepared -c 2 -j 2 -t $((day / 2)) -f "$RUN/day.sql" bench >/dev/null 2>&1
		sample "fillfactor $factor: WAL bytes a verification" "$NAME" 1 "$(q bench -c "SELECT round((pg_current_wal_insert_lsn() - '$before') / $day, 0)")"
		sleep 1
		sample "fillfactor $factor: HOT, percent" "$NAME" 1 "$(q bench -c "SELECT round(100.0 * n_tup_hot_upd / nullif(n_tup_upd, 0), 1) FROM pg_stat_user_tables WHERE relname = 'ce_account'")"
		sample "fillfactor $factor: bytes a person after the day" "$NAME" 1 "$(q bench -c "SELECT round(pg_relation_size('ce_account')::numeric / $PERSONS, 1)")"
	done
}

# Counted in a single-user backend: each statement warms itself first, except those that write.
instructions_of() {
	local names=() i part=0
	local -a statements=()
	"$BIN/psql" -X -q -d verify -o /dev/null <<-SQL
		CREATE OR REPLACE FUNCTION bench.verify_singly(calls integer) RETURNS bigint LANGUAGE plpgsql AS \$f\$
		DECLARE n bigint := 0;
		BEGIN
			FOR i IN 1..calls LOOP
				PERFORM ce_verify(ARRAY[nextval('bench.next')], 99, '2020-11-30');
			END LOOP;
			RETURN n;
		END \$f\$;
	SQL
	as_server "$BIN/pg_ctl" -D "$WORK/data" -s -w stop
	as_server rm -rf "$WORK/callgrind"
	as_server mkdir -p "$WORK/callgrind"
	while IFS= read -r i; do
		names+=("${i%%|*}")
		statements+=("${i#*|};")
	done < <(
		for i in 'empty|eligible' 'pk|eligible' 'ce_hours|eligible' 'pk|not eligible' 'ce_hours|not eligible'; do
			echo "1000 x ${i%|*} ${i#*|}|SELECT bench.loop_${i%|*}(1000, '${i#*|}')"
		done
		statements_of
	)
	for i in "${statements[@]}"; do
		printf '%s\nSELECT pg_backend_pid();\n%s\nSELECT pg_backend_pid();\n' "$i" "$i"
	done >"$WORK/callgrind.sql"
	as_server valgrind --tool=callgrind --dump-before=pg_backend_pid --callgrind-out-file="$WORK/callgrind/out" \
		"$BIN/postgres" --single -j -D "$WORK/data" bench <"$WORK/callgrind.sql" >"$WORK/callgrind.log" 2>&1 || true
	for i in "${names[@]}"; do
		part=$((part + 2))
		sample "instructions, $i" "$NAME" 1 "$(totals "$WORK/callgrind/out.$part")"
	done
	names=('1000 single ce_verify()' '2000 by one ce_verify()' '5000 inserted as verified')
	printf '%s\nSELECT pg_backend_pid();\n%s\nSELECT pg_backend_pid();\n' "SELECT bench.verify_singly(100);" "SELECT bench.verify_singly(1000);" \
		"SELECT count(*) FROM ce_verify(ARRAY(SELECT nextval('bench.next') FROM generate_series(1, 200)), 99, '2020-11-30');" \
		"SELECT count(*) FROM ce_verify(ARRAY(SELECT nextval('bench.next') FROM generate_series(1, 2000)), 99, '2020-11-30');" \
		"INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) SELECT 1 + p * 4, 'academy_course', '2020-05-01', '5.25', 'verified', 4, '2020-05-06' FROM generate_series(0, 199) AS p;" \
		"INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) SELECT 1 + p % (least($PERSONS, 8000) / 4) * 4, 'academy_course', '2020-05-01', '5.25', 'verified', 4, '2020-05-06' FROM generate_series(0, 4999) AS p WHERE (1 + p % 2000 * 4) % 100 <> 50;" \
		>"$WORK/callgrind.sql"
	as_server rm -rf "$WORK/callgrind"
	as_server mkdir -p "$WORK/callgrind"
	as_server valgrind --tool=callgrind --dump-before=pg_backend_pid --callgrind-out-file="$WORK/callgrind/out" \
		"$BIN/postgres" --single -j -D "$WORK/data" verify <"$WORK/callgrind.sql" >"$WORK/callgrind2.log" 2>&1 || true
	grep -h 'ERROR\|FATAL' "$WORK/callgrind.log" "$WORK/callgrind2.log" >&2 || true
	part=0
	for i in "${names[@]}"; do
		part=$((part + 2))
		sample "instructions, $i" "$NAME" 1 "$(totals "$WORK/callgrind/out.$part")"
	done
	as_server "$BIN/pg_ctl" -D "$WORK/data" -l "$WORK/server.log" -s -w start
}

totals() {
	sed -n 's/^totals: \([0-9]*\).*/\1/p' "$1" | awk '{n += $1} END {print n}'
}

# The same answers about every person, on five days
answers_of() {
	q bench -c 'SELECT person_id, org_id, junior, intermediate, senior, full_senior FROM ce_eligibility ORDER BY 1' \
		-c 'SELECT person_id, year, public_hours, professional_hours, total_hours, attested_hours, public_short, professional_short, total_short, met, met_for_title
			FROM ce_yearly_totals WHERE on_record ORDER BY 1, 2' \
		-c "SELECT person_id, day, level, ce_verdict(person_id, level, 'review', day) FROM ce_person,
			unnest('{2020-12-31,2020-09-30,2020-05-02,2019-03-01,2018-12-31}'::date[]) AS day, unnest('{junior,senior}'::ce_level[]) AS level ORDER BY 1, 2, 3" |
		md5sum >"$RUN/$NAME.answers"
}

trap 'touch "$RUN/stop"; wait; rm -rf "$RUN"' EXIT
START_LOAD=$(load_now)
say "two servers, $PERSONS persons each"
declare -A pids
serve here "$HERE" >"$RUN/here.log" 2>&1 &
pids[here]=$!
serve other "$OTHER" >"$RUN/other.log" 2>&1 &
pids[other]=$!
for name in here other; do
	until [[ -e $RUN/$name.env ]]; do
		kill -0 "${pids[$name]}" 2>/dev/null || { tail -n 20 "$RUN/$name.log" >&2; exit 1; }
		sleep 1
	done
done
for name in here other; do
	on "$name" answers_of
done
cmp "$RUN/here.answers" "$RUN/other.answers" || { say 'the answers differ'; exit 1; }
say 'both answer the same about everybody'

# both FUNCTION ROUND: the two servers, in an order that turns
both() {
	local name
	for name in $(in_turn "$2" here other); do
		on "$name" "$1" "$2"
	done
}
for part in question everybody write; do
	if wants $part; then
		for ((round = 1; round <= ROUNDS; round++)); do
			round_begins "$part" "$round"
			both "${part}_of" "$round"
		done
	fi
done
for part in bytes instructions hot; do
	if wants $part; then
		say "$part"
		both "${part}_of" 1
	fi
done

echo "ce_hours, two trees, $(date -u +%Y-%m-%d), $PERSONS persons, $ROUNDS rounds; load average $(awk -v a="$START_LOAD" -v b="$(load_now)" 'BEGIN {print a / 100, "before,", b / 100, "after"}')"
# Medians of both, of the ratios within a round, and their spread.
awk -F '\t' '
	function median(a, n,   i, j, t) {
		for (i = 2; i <= n; i++) for (j = i; j > 1 && a[j - 1] > a[j]; j--) {t = a[j]; a[j] = a[j - 1]; a[j - 1] = t}
		return n % 2 ? a[(n + 1) / 2] : (a[n / 2] + a[n / 2 + 1]) / 2
	}
	{
		if (!($1 in seen)) {seen[$1]; order[++count] = $1}
		key = $1 SUBSEP $2
		v[key, ++n[key]] = $4
	}
	END {
		print "| figure | here | other | other / here (lowest - highest) |"
		print "|---|---|---|---|"
		for (k = 1; k <= count; k++) {
			h = order[k] SUBSEP "here"; o = order[k] SUBSEP "other"
			delete a; for (i = 1; i <= n[h]; i++) a[i] = v[h, i]; mh = n[h] ? median(a, n[h]) : ""
			delete a; for (i = 1; i <= n[o]; i++) a[i] = v[o, i]; mo = n[o] ? median(a, n[o]) : ""
			delete a; pairs = n[h] < n[o] ? n[h] : n[o]
			for (i = 1; i <= pairs; i++) a[i] = v[h, i] > 0 ? v[o, i] / v[h, i] : 0
			r = pairs ? sprintf("%.3f", median(a, pairs)) : "-"
			if (pairs > 1) r = r sprintf(" (%.2f - %.2f)", a[1], a[pairs])
			printf "| %s | %s | %s | %s |\n", order[k], mh, mo, r
		}
	}' "$SAMPLES"
if [[ ${SAVE:-} ]]; then
	cp "$SAMPLES" "$SAVE"
fi
