# shellcheck shell=bash
# Everybody in one pass, serial and with two workers.

everybody_round() {
	local round=$1 workers name
	for workers in 0 2; do
		{
			echo "SET max_parallel_workers_per_gather = $workers;"
			for name in $(in_turn "$round" "${EVERYBODY[@]}"); do
				echo "SELECT 'everybody: workers $workers', name, $round, bench.ms(body) FROM bench.everybody WHERE name = '$name';"
			done
		} | q bench -F $'\t' >>"$SAMPLES"
	done
}

everybody_setup() {
	q bench <<'SQL'
-- milliseconds of a statement
CREATE FUNCTION bench.ms(statement text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	start timestamptz := clock_timestamp();
BEGIN
	EXECUTE statement;
	RETURN extract(epoch FROM clock_timestamp() - start) * 1000;
END $$;
SQL
}

# The plans with two workers, for the reader
everybody_plans() {
	local name
	for name in ce_eligibility ce_yearly_totals; do
		echo "Plan of $(q bench -c "SELECT body FROM bench.everybody WHERE name = '$name'")"
		echo "SET max_parallel_workers_per_gather = 2; SELECT 'EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, SUMMARY OFF) ' || body FROM bench.everybody WHERE name = '$name' \\gexec" |
			q bench
		echo
	done
}
