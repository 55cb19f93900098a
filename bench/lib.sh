# shellcheck shell=bash
# What the parts of the benchmark share: settings, progress, samples.

ROUNDS=${ROUNDS:-7}
PERSONS=${PERSONS:-20000}
COPY_ROWS=${COPY_ROWS:-$((PERSONS * 50))}
SECONDS_EACH=${SECONDS_EACH:-1}
BATCH=${BATCH:-10000}
SINGLE=${SINGLE:-3000}
CALLS=${CALLS:-20000}

# say TEXT...: progress, for a person who waits
say() {
	printf '%s  %s\n' "$(date +%H:%M:%S)" "$*" >&2
}

# sample SECTION CONTENDER ROUND VALUE
sample() {
	if [[ ! $4 ]]; then
		say "$1: nothing measured for $2"
		exit 1
	fi
	printf '%s\t%s\t%s\t%s\n' "$@" >>"$SAMPLES"
}

# in_turn ROUND NAME...: the names, in an order that turns from round to round
in_turn() {
	local round=$1 i n
	shift
	n=$#
	local -a names=("$@")
	for ((i = 0; i < n; i++)); do
		# rotated by the round, and every second round backwards
		if ((round % 2)); then
			echo "${names[(i + round) % n]}"
		else
			echo "${names[(n - 1 - i + round) % n]}"
		fi
	done
}

# round_begins SECTION ROUND: progress with what is left of the section
round_begins() {
	local now
	now=$(date +%s)
	if (($2 == 1)); then
		SECTION_START=$now
		say "$1: round 1 of $ROUNDS"
	else
		say "$1: round $2 of $ROUNDS, about $(((now - SECTION_START) * (ROUNDS - $2 + 1) / ($2 - 1))) s left of this part"
	fi
}

# q DATABASE [PSQL-ARGUMENT...]: stops at the first error
q() {
	local database=$1
	shift
	"$BIN/psql" -X -q -A -t -v ON_ERROR_STOP=1 -d "$database" "$@"
}

# load_now: 1-minute load average in hundredths
load_now() {
	if [[ -r /proc/loadavg ]]; then
		awk '{print int($1 * 100)}' /proc/loadavg
	else
		echo 0
	fi
}

# Settings of a server of its own; autovacuum would come at some contender's time.
configure() {
	as_server tee -a "$WORK/data/postgresql.conf" >/dev/null <<-CONF
		fsync = on
		shared_buffers = 1GB
		max_wal_size = 16GB
		checkpoint_timeout = 1h
		work_mem = 64MB
		maintenance_work_mem = 256MB
		random_page_cost = 1.1
		jit = off
		autovacuum = off
	CONF
	as_server "$BIN/pg_ctl" -D "$WORK/data" -l "$WORK/server.log" -s -w restart
}
