# shellcheck shell=bash
# What setup.sh and move.sh share.
export PGAPPNAME=ce_prefectures PGOPTIONS='-c client_min_messages=notice'
FILES=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

# fail MESSAGE HINT
fail() {
	printf 'error: %s\nhint: %s\n' "$1" "$2" >&2
	exit 1
}

# run CONNECTION [PSQL-ARGUMENT...]: SQL from the input
run() {
	local connection=$1
	shift
	psql -Xq -v ON_ERROR_STOP=1 -o /dev/null -d "$connection" "$@" -f -
}

# ask CONNECTION QUERY: its answer
ask() {
	psql -XqAt -v ON_ERROR_STOP=1 -d "$1" -c "$2"
}

# as_owner CONNECTION SCHEMA STATEMENT
as_owner() {
	run "$1" -v schema="$2" -v statement="$3" <<-'SQL'
		SELECT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE oid = format('%I.ce_ledger', :'schema')::regclass \gset
		SET search_path = :"schema", pg_temp;
		SET ROLE :"owner";
		:statement;
	SQL
}

# install_files CONNECTION SCHEMA FILE...: as the ledger's owner, who may keep triggers silent while persons move
install_files() {
	local connection=$1 schema=$2 file
	shift 2
	run "$connection" -v schema="$schema" <<-'SQL'
		SELECT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE oid = format('%I.ce_ledger', :'schema')::regclass \gset
		SET client_min_messages = warning;
		GRANT SET ON PARAMETER session_replication_role TO :"owner";
		CREATE SCHEMA IF NOT EXISTS prefectures AUTHORIZATION :"owner";
	SQL
	for file in "$@"; do
		psql -Xq -v ON_ERROR_STOP=1 -o /dev/null -d "$connection" -v schema="$schema" -v file="$FILES/$file" -f "$FILES/as_owner.sql"
	done
}

# address CONNECTION: host, port and database as a connection string
address() {
	psql -XqAt -d "$1" <<<"\\echo host=:HOST port=:PORT dbname=:DBNAME"
}

# options CONNECTION: the same as options of a foreign server
options() {
	psql -XqAt -d "$1" <<<"\\echo host :'HOST', port :'PORT', dbname :'DBNAME'"
}

# wait_until CONNECTION QUERY WHAT
wait_until() {
	local tries=0
	until [[ $(ask "$1" "$2") == t ]]; do
		((++tries < 600)) || fail "$3: not within a minute" "See the log of that server and of the province's; the role of the subscription, ce_prefecture, must be able to log in."
		sleep 0.1
	done
}
