# shellcheck shell=bash
# Instructions a call, counted by callgrind in a single-user backend: the
# difference of two runs of the same loop, so that start and warming go away.
# The counts are the same on a busy machine; they can be a gate.

# instructions_of NAME WHO CALLS
instructions_of() {
	echo "SELECT bench.loop_$1($3, '$2');" |
		as_server valgrind --tool=callgrind --callgrind-out-file=/dev/null "$BIN/postgres" --single -j -D "$WORK/data" bench 2>&1 |
		sed -n 's/.*Collected : \([0-9]*\).*/\1/p'
}

instructions() {
	local who name calls few many
	if ! command -v valgrind >/dev/null; then
		say 'instructions: not counted, valgrind is not installed'
		return 0
	fi
	as_server "$BIN/pg_ctl" -D "$WORK/data" -s -w stop
	for who in 'eligible' 'not eligible'; do
		for name in empty pk ce_hours sql_activities plpgsql_activities sql_accounts plpgsql_accounts; do
			case $name in
			*activities) calls=50 ;;
			*accounts) calls=200 ;;
			*) calls=1000 ;;
			esac
			say "instructions: $who, $name"
			few=$(instructions_of "$name" "$who" "$calls")
			many=$(instructions_of "$name" "$who" $((calls * 2)))
			sample "instructions: $who" "$name" 1 $(((many - few) / calls))
		done
	done
	as_server "$BIN/pg_ctl" -D "$WORK/data" -l "$WORK/server.log" -s -w start
}
