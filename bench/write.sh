# shellcheck shell=bash
# Writing: COPY of verified activities, a batch verified in one statement,
# single rows by pgbench.

FACTS='person_id, kind, plan_id, started_on, completed_on, days, hours, evidence, status, verified_by, verified_on'
FIRST_ID=1000000001

write_setup() {
	local waiting relation name
	make_database write
	q write -v persons="$PERSONS" -f bench/data.sql -f bench/contenders/50_write.sql
	mapfile -t WRITERS < <(q write -c 'SELECT name FROM bench.writer ORDER BY ord')
	q write -c 'VACUUM ANALYZE'
	q write -c "COPY (SELECT person_id, kind, plan_id, started_on, completed_on, days, hours, evidence, 'verified', verified_by, completed_on + 5
		FROM generate_series(1, $COPY_ROWS / (29 * $PERSONS) + 1) AS again, bench_activity($PERSONS, 2020, '[1,31)') LIMIT $COPY_ROWS) TO '$WORK/copy.tsv'"

	# what waits: for the batches, then for the single rows
	waiting=$(((ROUNDS * 2 * BATCH) + (ROUNDS + 1) * 5 * SINGLE))
	"$BIN/createdb" -T write verify
	for name in "${WRITERS[@]}"; do
		relation=$(q verify -c "SELECT relation FROM bench.writer WHERE name = '$name'")
		q verify -c "INSERT INTO $relation (activity_id, person_id, kind, org_id, started_on, completed_on, hours, evidence)
			SELECT $FIRST_ID - 1 + i, 1 + i * 7919 % $PERSONS + CASE WHEN (1 + i * 7919 % $PERSONS) % 100 = 50 THEN 1 ELSE 0 END,
				'training', 99, '2020-06-01', '2020-06-05', '7', 'document'
			FROM generate_series(1, $waiting) AS i" \
			-c "CREATE SEQUENCE bench.next_$name START $((FIRST_ID + ROUNDS * 2 * BATCH))"
	done
	q verify -c 'VACUUM ANALYZE' -c CHECKPOINT

	mkdir -p "$WORK/pgbench"
	for name in "${WRITERS[@]}"; do
		relation=$(q verify -c "SELECT relation FROM bench.writer WHERE name = '$name'")
		cat >"$WORK/pgbench/insert_$name.sql" <<-SQL
			\\set p 100 * random(0, $PERSONS / 100 - 1) + random(1, 49)
			INSERT INTO $relation (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (:p, 'academy_course', '2020-05-01', '5.25', 'verified', 4, '2020-05-06');
		SQL
		echo "UPDATE $relation SET status = 'verified', verified_by = 99, verified_on = '2020-11-30' WHERE activity_id = (SELECT nextval('bench.next_$name'));" \
			>"$WORK/pgbench/verify_$name.sql"
	done
	mv "$WORK/pgbench/verify_ledger.sql" "$WORK/pgbench/verify_ledger_update.sql"
	echo "SELECT ce_verify(ARRAY[nextval('bench.next_ledger')], 99, '2020-11-30');" >"$WORK/pgbench/verify_ledger.sql"
}

# timed DATABASE STATEMENT: milliseconds with its commit
timed() {
	"$BIN/psql" -X -q -A -t -v ON_ERROR_STOP=1 -d "$1" -o /dev/null -c '\timing on' -c "$2" | sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p'
}

copy_round() {
	local round=$1 name relation
	"$BIN/createdb" -T write copying
	q copying -c CHECKPOINT
	for name in $(in_turn "$round" "${WRITERS[@]}"); do
		relation=$(q copying -c "SELECT relation FROM bench.writer WHERE name = '$name'")
		sample 'write: COPY' "$name" "$round" "$(timed copying "COPY $relation ($FACTS) FROM '$WORK/copy.tsv'")"
	done
	if ((round == 1)); then
		q copying -f bench/contenders/95_check_write.sql
	fi
	"$BIN/dropdb" copying
}

verify_round() {
	local round=$1 name relation first update
	first=$((FIRST_ID + (round - 1) * 2 * BATCH))
	q verify -c CHECKPOINT
	for name in $(in_turn "$round" "${WRITERS[@]}" ledger_update); do
		relation=$(q verify -c "SELECT relation FROM bench.writer WHERE name = replace('$name', '_update', '')")
		update="UPDATE $relation SET status = 'verified', verified_by = 99, verified_on = '2020-11-30' WHERE activity_id = ANY (ARRAY(SELECT generate_series(@, @ + $BATCH - 1)))"
		case $name in
		ledger) update="SELECT count(*) FROM ce_verify(ARRAY(SELECT generate_series(@, @ + $BATCH - 1)::bigint), 99, '2020-11-30')" ;;
		ledger_update) update=${update//@/$((first + BATCH))} ;;
		esac
		sample 'write: verify a batch' "$name" "$round" "$(timed verify "${update//@/$first}")"
	done
}

# writers_of insert|verify: a verification is a step by ce_verify() or an UPDATE
writers_of() {
	if [[ $1 == verify ]]; then
		echo "${WRITERS[*]} ledger_update"
	else
		echo "${WRITERS[*]}"
	fi
}

single_round() {
	local round=$1 what commit clients name tps single
	for what in insert verify; do
		for commit in on off; do
			# a flush each is slow on any disk
			single=$SINGLE
			if [[ $commit == on ]]; then
				single=$((SINGLE / 10))
			fi
			for clients in 1 2; do
				for name in $(in_turn "$round" $(writers_of "$what")); do
					tps=$(PGOPTIONS="-c synchronous_commit=$commit" "$BIN/pgbench" -n -M prepared -c "$clients" -j "$clients" -t $((single / clients)) \
						--random-seed="$round" -f "$WORK/pgbench/${what}_$name.sql" verify 2>&1 | sed -n 's/^tps = \([0-9.]*\).*/\1/p')
					sample "pgbench: single ${what}, synchronous_commit $commit, clients $clients" "$name" "$round" "$tps"
				done
			done
		done
	done
}
