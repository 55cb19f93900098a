# shellcheck shell=bash
# Fresh connections: the first and the second call, and many short connections.

startup_round() {
	local round=$1 i name sql
	for i in 1 2 3 4 5; do
		for name in $(in_turn $((round + i)) pk ce_hours); do
			sql="$(tr '\n' ' ' <"$WORK/pgbench/question_$name.sql" | sed 's/^\\set [^)]*)//; s/:p/1/g')"
			"$BIN/psql" -X -q -A -t -d bench -o /dev/null -c 'SELECT 1' -c '\timing on' -c "$sql" -c "$sql" |
				sed -n 's/^Time: \([0-9.]*\) ms.*/\1/p' | paste -s | {
				read -r first second
				sample 'start-up: first call' "$name" "$((round * 5 + i))" "$first"
				sample 'start-up: second call' "$name" "$((round * 5 + i))" "$second"
				sample 'start-up: first less second' "$name" "$((round * 5 + i))" "$(awk "BEGIN {print $first - $second}")"
			}
		done
	done
	for name in $(in_turn "$round" pk ce_hours); do
		sample 'pgbench -C: a connection each' "$name" "$round" "$("$BIN/pgbench" -n -C -c 1 -T "$SECONDS_EACH" --random-seed="$round" \
			-f "$WORK/pgbench/question_$name.sql" bench 2>&1 | sed -n 's/^tps = \([0-9.]*\).*/\1/p')"
	done
}
