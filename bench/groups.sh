# shellcheck shell=bash
# Everybody's verdicts where the law has several schemes, or windows that add up
# years: instructions against the plain ledger, in one pass each.

GROUPS_OF='plain mixed sums own_sums both moved minima'

# A copy of the ledger with another law; the table is rewritten, so that it has as many pages.
groups_database() {
	local name=bench_$1
	"$BIN/createdb" -T bench "$name"
	case $1 in
	mixed | both | moved)
		q "$name" <<-'SQL'
			SELECT ce_clone_scheme('general', 'general' || n) FROM generate_series(1, 4) n;
			UPDATE ce_person SET scheme = 'general' || person_id % 5 WHERE scheme = 'general' AND person_id % 5 > 0;
		SQL
		;;
	esac
	case $1 in
	sums | both) q "$name" -c "UPDATE ce_window SET aggregation = 'sum' WHERE route = 'review'" ;;
	own_sums)
		q "$name" -c "UPDATE ce_window SET aggregation = 'sum', required_total = ce_hours(100 * years), required_public = ce_hours(30 * years) WHERE route = 'review'"
		;;
	minima)
		# eight, one within the other, which everybody with hours meets
		q "$name" <<-'SQL'
			INSERT INTO ce_category (category, parent, label_zh, label_en, clause) VALUES
				('m1', 'professional', 'm1', 'm1', 'bench'), ('m2', 'm1', 'm2', 'm2', 'bench'), ('m3', 'm2', 'm3', 'm3', 'bench'), ('m4', 'm3', 'm4', 'm4', 'bench'),
				('m5', 'm4', 'm5', 'm5', 'bench'), ('m6', 'm5', 'm6', 'm6', 'bench');
			UPDATE ce_category SET parent = 'm6' WHERE parent = 'professional' AND category <> 'm1';
			INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause)
			SELECT 'general', c, 2016, 0.01, 'qinghai-2020-227', 'bench' FROM unnest('{professional,m1,m2,m3,m4,m5,m6,public}'::text[]) AS c;
		SQL
		;;
	moved) q "$name" -c "INSERT INTO ce_person_scheme (person_id, until_on, scheme) SELECT person_id, '2018-06-30', 'general' FROM ce_person WHERE person_id % 100 = 7" ;;
	esac
	q "$name" -c 'VACUUM (FULL, ANALYZE) ce_person' -c 'VACUUM (ANALYZE)' -c CHECKPOINT
}

groups() {
	local name body
	if ! command -v valgrind >/dev/null; then
		say 'groups: not counted, valgrind is not installed'
		return 0
	fi
	say 'groups: under valgrind, a minute or more'
	body=$(q bench -c "SELECT replace(body, chr(10), ' ') FROM bench.everybody WHERE name = 'ce_eligibility'")
	for name in $GROUPS_OF; do
		groups_database "$name"
	done
	as_server "$BIN/pg_ctl" -D "$WORK/data" -s -w stop
	for name in $GROUPS_OF; do
		as_server mkdir -p "$WORK/groups.$name"
		printf '%s;\nSELECT pg_backend_pid();\n%s;\nSELECT pg_backend_pid();\n' "$body" "$body" >"$WORK/groups.sql"
		as_server valgrind --tool=callgrind --dump-before=pg_backend_pid --callgrind-out-file="$WORK/groups.$name/out" \
			"$BIN/postgres" --single -j -D "$WORK/data" "bench_$name" <"$WORK/groups.sql" >"$WORK/groups.log" 2>&1
		if grep -q 'ERROR\|FATAL' "$WORK/groups.log"; then
			show_and_fail "$WORK/groups.log"
		fi
		sample 'groups: instructions' "$name" 1 "$(sed -n 's/^totals: \([0-9]*\).*/\1/p' "$WORK/groups.$name/out.2" | awk '{n += $1} END {print n}')"
	done
	as_server "$BIN/pg_ctl" -D "$WORK/data" -l "$WORK/server.log" -s -w start
}
