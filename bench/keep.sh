# shellcheck shell=bash
# What running it takes: memory of a backend, bytes a person, a day of single
# verifications and the VACUUM after it, a year rolled over.  Prints name and
# value; changes the data, so it comes last.

keep() {
	local day=$((PERSONS < 10000 ? PERSONS : 10000))
	# contexts count what the extension and the server hold; RssAnon also what malloc does not give back, such as the loop's array of persons
	echo 'Memory of a backend that asks (memory contexts, RssAnon, kB):'
	q bench -F '  ' <<-'SQL'
		SELECT format($m$SELECT '  after %s questions', (SELECT sum(total_bytes) / 1024 FROM pg_backend_memory_contexts)::integer, substring(pg_read_file('/proc/self/status') FROM 'RssAnon:\s*(\d+)')
			FROM (SELECT bench.loop_ce_hours(%s, 'not eligible') OFFSET 0) l$m$, lpad(to_char(total, 'FM9,999,999'), 9), calls)
		FROM (VALUES (1000, 1000), (2000, 1000), (1000000, 998000), (2000000, 1000000)) t (total, calls) \gexec
	SQL
	echo 'Bytes a person (30 activities a year, 4 years):'
	q bench -F '  ' -c "SELECT '  ' || rpad(relname, 28) || lpad((pg_relation_size(oid) / $PERSONS)::text, 8)
		FROM pg_class WHERE relname ~ '^ce_(person|activity|account)' AND relkind IN ('r', 'i') AND relnamespace = 'public'::regnamespace
		ORDER BY relkind DESC, relname"

	echo "A day of $day single verifications by two clients:"
	q bench -o /dev/null <<-SQL
		INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code, self_verifies)
		VALUES (99, 'hospital', 'hospital that verifies itself', 'public_institution', 'provincial', 10, '630000', true);
		INSERT INTO ce_activity (activity_id, person_id, kind, org_id, started_on, completed_on, hours, evidence)
		SELECT 2000000000 + i, p + CASE WHEN p % 100 = 50 THEN 1 ELSE 0 END, 'training', 99, '2020-11-02', '2020-11-06', '7', 'document'
		FROM generate_series(1, $day) AS i CROSS JOIN LATERAL (SELECT 1 + i::bigint * 7919 % $PERSONS AS p OFFSET 0) x;
		CREATE SEQUENCE bench.next_day START 2000000001;
		VACUUM ANALYZE ce_activity, ce_account;
		SELECT pg_stat_reset_single_table_counters('ce_account'::regclass), pg_stat_reset_single_table_counters('ce_activity'::regclass);
	SQL
	local before
	before=$(q bench -c "SELECT pg_relation_size('ce_account')")
	echo "SELECT ce_verify(ARRAY[nextval('bench.next_day')], 99, '2020-11-30');" >"$WORK/pgbench/day.sql"
	"$BIN/pgbench" -n -M prepared -c 2 -j 2 -t $((day / 2)) -f "$WORK/pgbench/day.sql" bench >/dev/null 2>&1
	sleep 1
	q bench -F '  ' -c "SELECT format('  %s: %s updates, %s %% HOT, %s dead rows', relname, n_tup_upd, round(100.0 * n_tup_hot_upd / nullif(n_tup_upd, 0), 1), n_dead_tup)
		FROM pg_stat_user_tables WHERE relname IN ('ce_account', 'ce_activity') ORDER BY 1" \
		-c "SELECT format('  ce_account grew by %s %%', round(100.0 * (pg_relation_size('ce_account') - $before) / $before, 1))"
	echo "  VACUUM ce_account: $(timed bench 'VACUUM ce_account') ms, ce_activity: $(timed bench 'VACUUM ce_activity') ms"

	echo 'A year rolled over (30 verified activities of 2021 for each):'
	q bench <<-SQL
		CREATE FUNCTION bench.loop_2021(calls integer, who text) RETURNS float8 LANGUAGE plpgsql AS \$b\$
		DECLARE
			ids bigint[] := (SELECT w.ids FROM bench.whom w WHERE answer = who);
			n integer := cardinality(ids);
			v boolean;
			start timestamptz := clock_timestamp();
		BEGIN
			FOR i IN 1..calls LOOP
				v := ce_eligible(ids[1 + i % n], 'senior', 'review', '2021-12-31');
			END LOOP;
			RETURN extract(epoch FROM clock_timestamp() - start) * 1000000 / calls;
		END \$b\$;
		SELECT bench.loop_ce_hours($CALLS, 'eligible') \g /dev/null
		SELECT format('  before: as of 2020-12-31 %s us', round(bench.loop_ce_hours($CALLS, 'eligible')::numeric, 2));
		INSERT INTO ce_activity ($FACTS)
		SELECT person_id, kind, plan_id, started_on, completed_on, days, hours, evidence, 'verified', verified_by, completed_on + 5 FROM bench_activity($PERSONS, 2021, '[1,31)');
		VACUUM ANALYZE ce_activity, ce_account;
		SELECT bench.loop_2021($CALLS, 'eligible') \g /dev/null
		SELECT bench.loop_ce_hours($CALLS, 'eligible') \g /dev/null
		SELECT format('  after:  as of 2020-12-31 %s us, as of 2021-12-31 %s us', round(bench.loop_ce_hours($CALLS, 'eligible')::numeric, 2), round(bench.loop_2021($CALLS, 'eligible')::numeric, 2));
	SQL
}
