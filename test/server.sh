# shellcheck shell=bash
# Functions that examples/demo.sh and test/run.sh share: a private copy of
# PostgreSQL with the extension built into it, and a throwaway server of it
# that listens on a socket of its own.  The system's PostgreSQL is only read.
#
# PGVERSION  major version to use (default 15)
# PG_CONFIG  absolute path of another installation's pg_config, to copy that instead

set -euo pipefail

PGVERSION=${PGVERSION:-15}
ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
export LC_ALL=C.UTF-8

# as_server COMMAND...: as the user that runs the server, who cannot be root
as_server() {
	if [[ $EUID == 0 ]]; then
		runuser -u postgres -- "$@"
	else
		"$@"
	fi
}

# need PACKAGE...: installs what is missing, as far as we may
need() {
	local package missing=()
	command -v dpkg-query >/dev/null || return 0
	for package in "$@"; do
		[[ $(dpkg-query -W -f '${Status}' "$package" 2>&1) == *' installed' ]] || missing+=("$package")
	done
	[[ ${missing[*]} ]] || return 0
	if [[ $EUID != 0 ]]; then
		echo "missing packages, to be installed as root: apt-get install ${missing[*]}" >&2
		exit 1
	fi
	echo "installing ${missing[*]}"
	apt-get -qq update
	DEBIAN_FRONTEND=noninteractive apt-get -qq install --no-install-recommends "${missing[@]}" >/dev/null
}

# need_server: compiler and server
need_server() {
	local packages=(make gcc libc6-dev)
	if [[ -e $ROOT/nls.mk ]]; then
		packages+=(gettext)
	fi
	if [[ ! ${PG_CONFIG:-} ]]; then
		packages+=("postgresql-$PGVERSION" "postgresql-server-dev-$PGVERSION")
	fi
	need "${packages[@]}"
}

# Where to work: under build/, unless the server's user cannot go there.
make_work() {
	mkdir -p "$ROOT/build"
	WORK=$(mktemp -d "$ROOT/build/run.XXXXXX")
	chmod 755 "$WORK"
	if ! as_server test -x "$WORK" 2>/dev/null; then
		rmdir "$WORK"
		WORK=$(mktemp -d "${TMPDIR:-/tmp}/ce_hours.XXXXXX")
		chmod 755 "$WORK"
	fi
	# the path of a socket is short, so it does not go there
	SOCKETS=$(mktemp -d /tmp/ce_hours.XXXXXX)
	cd "$WORK"
}

# Parts keep their places relative to each other, which is how they find each other.
copy_server() {
	local pg_config=${PG_CONFIG:-/usr/lib/postgresql/$PGVERSION/bin/pg_config} part dir
	for part in bindir pkglibdir sharedir pkgincludedir includedir-server; do
		dir=$("$pg_config" "--$part")
		mkdir -p "$WORK/pg$dir"
		cp -a "$dir/." "$WORK/pg$dir/"
	done
	BIN=$WORK/pg$("$pg_config" --bindir)
}

copy_source() {
	SOURCE=$WORK/ce_hours
	mkdir "$SOURCE"
	tar -C "$ROOT" --exclude=./build --exclude=./.git --exclude='*.o' --exclude='*.bc' --exclude='*.so' -cf - . |
		tar -C "$SOURCE" -xf -
}

# in_source COMMAND...: in the copy of the source
in_source() {
	(cd "$SOURCE" && as_server "$@")
}

# start_server: builds, installs into the copy and starts; all ends with the script
start_server() {
	trap stop_server EXIT
	make_work
	copy_server
	copy_source
	if [[ $EUID == 0 ]]; then
		chown -R postgres: "$WORK" "$SOCKETS"
	fi
	unset MAKEFLAGS MAKELEVEL PGDATABASE PGOPTIONS PGSERVICE PGTZ PGDATESTYLE PGCLIENTENCODING
	export HOME=$WORK PATH=$BIN:$PATH PGHOST=$SOCKETS PGPORT=5432 PGUSER=postgres
	MAKE=(make -s PG_CONFIG="$BIN/pg_config" with_llvm=no WERROR=1)
	in_source "${MAKE[@]}" -j2 install >"$WORK/build.log" 2>&1 || show_and_fail "$WORK/build.log"
	as_server "$BIN/initdb" -D "$WORK/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N >"$WORK/initdb.log" 2>&1 ||
		show_and_fail "$WORK/initdb.log"
	as_server tee -a "$WORK/data/postgresql.conf" >/dev/null <<-CONF
		listen_addresses = ''
		unix_socket_directories = '$SOCKETS'
		fsync = off
	CONF
	as_server "$BIN/pg_ctl" -D "$WORK/data" -l "$WORK/server.log" -s -w start || show_and_fail "$WORK/server.log"
}

show_and_fail() {
	cat "$1" >&2
	exit 1
}

stop_server() {
	if [[ -e ${WORK:-}/data/postmaster.pid ]]; then
		as_server "$BIN/pg_ctl" -D "$WORK/data" -m immediate -s -w stop || true
	fi
	cd /
	rm -rf "${WORK:-}" "${SOCKETS:-}"
}

# sql DATABASE [PSQL-ARGUMENT...]: from the copy of the source
sql() {
	local database=$1
	shift
	in_source "$BIN/psql" -X -q -d "$database" "$@"
}

# make_demo DATABASE: a database with the ledger and the examples in it
make_demo() {
	as_server "$BIN/createdb" "$1"
	sql "$1" -v ON_ERROR_STOP=1 -o /dev/null -c 'SET client_min_messages = warning' \
		-c 'CREATE EXTENSION ce_hours' -c 'SELECT ce_setup()' -f examples/load.sql
}
