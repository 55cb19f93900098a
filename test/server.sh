# shellcheck shell=bash
# Functions that examples/demo.sh and test/run.sh share: a private copy of
# PostgreSQL with the extension built into it, and a throwaway server of it
# that listens on a socket of its own.  The system's PostgreSQL is only read.
#
# PGVERSION  major version to use (default 15); one that is not installed is fetched
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
	local packages=(make gcc libc6-dev libqrencode-dev)
	if [[ -e $ROOT/nls.mk ]]; then
		packages+=(gettext)
	fi
	if [[ ! ${PG_CONFIG:-} && $PGVERSION == 15 ]]; then
		packages+=(postgresql-15 postgresql-server-dev-15)
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

find_server() {
	PG_CONFIG=${PG_CONFIG:-/usr/lib/postgresql/$PGVERSION/bin/pg_config}
	if [[ ! -x $PG_CONFIG ]]; then
		PG_CONFIG=$("$ROOT/test/other_server.sh" "$PGVERSION" "$WORK/$PGVERSION")
	fi
}

# copy_server PG_CONFIG: prints the programs' directory of the copy.  Parts keep
# their places relative to each other, which is how they find each other.
copy_server() {
	local part dir copy
	copy=$(mktemp -d "$WORK/pg.XXXXXX")
	chmod 755 "$copy"
	for part in bindir pkglibdir sharedir pkgincludedir includedir-server; do
		dir=$("$1" "--$part")
		mkdir -p "$copy$dir"
		cp -a "$dir/." "$copy$dir/"
	done
	if [[ $EUID == 0 ]]; then
		chown -R postgres: "$copy"
	fi
	echo "$copy$("$1" --bindir)"
}

# copy_source DIRECTORY
copy_source() {
	mkdir "$1"
	tar -C "$ROOT" --exclude=./build --exclude=./.git --exclude='*.o' --exclude='*.bc' --exclude='*.so' -cf - . |
		tar -C "$1" -xf -
	if [[ $EUID == 0 ]]; then
		chown -R postgres: "$1"
	fi
}

# install_into PROGRAMS SOURCE: builds and installs, any warning an error
install_into() {
	(cd "$2" && as_server make -s -j2 PG_CONFIG="$1/pg_config" with_llvm=no WERROR=1 COPT="${COPT:-}" install) >"$WORK/build.log" 2>&1 ||
		show_and_fail "$WORK/build.log"
}

# in_source COMMAND...: in the copy of the source
in_source() {
	(cd "$SOURCE" && as_server "$@")
}

# start_server: builds, installs into the copy and starts; all ends with the script
start_server() {
	trap stop_server EXIT
	make_work
	find_server
	BIN=$(copy_server "$PG_CONFIG")
	SOURCE=$WORK/ce_hours
	copy_source "$SOURCE"
	if [[ $EUID == 0 ]]; then
		chown postgres: "$WORK" "$SOCKETS"
	fi
	unset MAKEFLAGS MAKELEVEL PGDATABASE PGOPTIONS PGSERVICE PGTZ PGDATESTYLE PGCLIENTENCODING
	export HOME=$WORK PATH=$BIN:$PATH PGHOST=$SOCKETS PGPORT=5432 PGUSER=postgres
	MAKE=(make -s PG_CONFIG="$BIN/pg_config" with_llvm=no WERROR=1 COPT="${COPT:-}")
	install_into "$BIN" "$SOURCE"
	as_server "$BIN/initdb" -D "$WORK/data" -U postgres -A trust -E UTF8 --locale=C.UTF-8 -N >"$WORK/initdb.log" 2>&1 ||
		show_and_fail "$WORK/initdb.log"
	as_server tee -a "$WORK/data/postgresql.conf" >/dev/null <<-CONF
		listen_addresses = ''
		unix_socket_directories = '$SOCKETS'
		fsync = off
	CONF
	as_server "$BIN/pg_ctl" ${POSTGRES:+-p "$POSTGRES"} -D "$WORK/data" -l "$WORK/server.log" -s -w start || show_and_fail "$WORK/server.log"
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
