# shellcheck shell=bash
# Instructions a call, counted by callgrind in a single-user backend: each loop
# is run to warm it and then counted.  The counts are nearly the same on a busy
# machine, so they can be a gate.

COUNTED='empty pk ce_hours sql_activities plpgsql_activities sql_accounts plpgsql_accounts'

# counted_calls NAME
counted_calls() {
	case $1 in
	*activities) echo 50 ;;
	*accounts) echo 200 ;;
	*) echo 1000 ;;
	esac
}

instructions() {
	local who name calls part=0
	if ! command -v valgrind >/dev/null; then
		say 'instructions: not counted, valgrind is not installed'
		return 0
	fi
	say 'instructions: under valgrind, half a minute or more'
	as_server "$BIN/pg_ctl" -D "$WORK/data" -s -w stop
	as_server mkdir -p "$WORK/callgrind"
	# A part ends where pg_backend_pid() is called: warming, then the loop that counts.
	for who in 'eligible' 'not eligible'; do
		for name in $COUNTED; do
			calls=$(counted_calls "$name")
			echo "SELECT bench.loop_$name($((calls + 10)), '$who');"
			echo 'SELECT pg_backend_pid();'
			echo "SELECT bench.loop_$name($calls, '$who');"
			echo 'SELECT pg_backend_pid();'
		done
	done >"$WORK/callgrind.sql"
	as_server valgrind --tool=callgrind --dump-before=pg_backend_pid --callgrind-out-file="$WORK/callgrind/out" \
		"$BIN/postgres" --single -j -D "$WORK/data" bench <"$WORK/callgrind.sql" >"$WORK/callgrind.log" 2>&1
	if grep -q 'ERROR\|FATAL' "$WORK/callgrind.log"; then
		show_and_fail "$WORK/callgrind.log"
	fi
	for who in 'eligible' 'not eligible'; do
		for name in $COUNTED; do
			part=$((part + 2))
			sample "instructions: $who" "$name" 1 "$(sed -n "s/^totals: \([0-9]*\).*/\1/p" "$WORK/callgrind/out.$part" |
				awk -v calls="$(counted_calls "$name")" '{n += $1} END {print n / calls}')"
		done
	done
	as_server "$BIN/pg_ctl" -D "$WORK/data" -l "$WORK/server.log" -s -w start
}
