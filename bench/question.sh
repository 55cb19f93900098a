# shellcheck shell=bash
# One question: the same plpgsql loop around every contender, over eligible and
# not eligible persons; then pgbench -M prepared over all persons.

question_setup() {
	q bench -o /dev/null <<'SQL'
-- Whom to ask: p is the place in a shuffled order of those with one answer.
CREATE TABLE bench.whom AS
SELECT CASE WHEN ok THEN 'eligible' ELSE 'not eligible' END AS answer, array_agg(person_id ORDER BY person_id * 7919 % 99991, person_id) AS ids
FROM (SELECT person_id, ce_eligible(person_id, 'senior', 'review', '2020-12-31') AS ok
	  FROM ce_person WHERE person_id <= (SELECT max(person_id) - 103 FROM ce_person)) p
WHERE ok IS NOT NULL GROUP BY ok;
INSERT INTO bench.whom
SELECT answer, array_agg(person_id) FROM (
	SELECT CASE WHEN count(*) > 1000 THEN '10,000 activities' ELSE '10 activities' END AS answer, a.person_id
	FROM ce_activity a WHERE person_id > (SELECT max(person_id) - 103 FROM ce_person) GROUP BY a.person_id) p
GROUP BY answer;
-- A loop for each contender.  Microseconds a call.
SELECT format($f$CREATE FUNCTION bench.loop_%s(calls integer, who text) RETURNS float8 LANGUAGE plpgsql AS $b$
DECLARE
	ids bigint[] := (SELECT w.ids FROM bench.whom w WHERE answer = who);
	n integer := cardinality(ids);
	asked bigint;
	v boolean;
	start timestamptz := clock_timestamp();
BEGIN
	FOR i IN 1..calls LOOP
		asked := ids[1 + i %% n];
		%s;
	END LOOP;
	RETURN extract(epoch FROM clock_timestamp() - start) * 1000000 / calls;
END $b$ $f$, name, CASE WHEN is_expression THEN 'v := ' || replace(body, '{p}', 'asked') ELSE replace(body, '{p}', 'asked') || ' INTO v' END)
FROM bench.question \gexec
SQL
	mkdir -p "$WORK/pgbench"
	local name
	for name in "${QUESTIONS[@]}"; do
		{
			echo "\\set p random(1, $PERSONS)"
			q bench -c "SELECT CASE WHEN is_expression THEN 'SELECT ' || body ELSE body END FROM bench.question WHERE name = '$name'" |
				sed 's/{p}/:p/g' | tr '\n\t' '  '
			echo ';'
		} >"$WORK/pgbench/question_$name.sql"
	done
}

# Every contender warms itself with a tenth of its calls.
question_round() {
	local round=$1 who name calls
	for who in 'eligible' 'not eligible' '10 activities' '10,000 activities'; do
		in_turn "$round" "${QUESTIONS[@]}" | while read -r name; do
			calls=$CALLS
			case $name in
			*activities | pg_ivm) calls=$((CALLS / 20)) ;;
			*accounts) calls=$((CALLS / 5)) ;;
			esac
			if [[ $who == '10,000 activities' ]]; then
				case $name in
				*activities) calls=$((CALLS / 1000 + 5)) ;;
				esac
			fi
			echo "SELECT bench.loop_$name($calls / 10 + 6, '$who') \\g /dev/null"
			echo "SELECT 'question: $who', '$name', $round, bench.loop_$name($calls, '$who');"
		done
	done | q bench -F $'\t' >>"$SAMPLES"
}

pgbench_round() {
	local round=$1 clients name tps
	for clients in 1 2; do
		for name in $(in_turn "$round" pk ce_hours sql_activities plpgsql_activities sql_accounts plpgsql_accounts); do
			tps=$("$BIN/pgbench" -n -M prepared -c "$clients" -j "$clients" -T "$SECONDS_EACH" --random-seed="$round" \
				-f "$WORK/pgbench/question_$name.sql" bench 2>&1 | sed -n 's/^tps = \([0-9.]*\).*/\1/p')
			sample "pgbench: questions, clients $clients" "$name" "$round" "$tps"
		done
	done
}
