#!/bin/bash
# setup.sh PROVINCE NAME=PREFECTURE...: makes one province of ledgers that have a
# database each.  PROVINCE and PREFECTURE are connection strings of psql, for
# superusers; each database has the extension, in a schema of the same name,
# and has run ce_setup().  The prefectures' ledgers are empty, that of the
# province may hold everything so far: move.sh takes each prefecture's staff
# out of it.  Run again, it adds prefectures and mends what is missing; after
# an update it is the last step (docs/scale.md).
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=functions.sh
source "$(dirname "${BASH_SOURCE[0]}")/functions.sh"

[[ $# -ge 2 ]] || fail 'usage: setup.sh PROVINCE NAME=PREFECTURE...' 'Example: setup.sh "host=a dbname=hours" xining="host=b dbname=hours"'
province=$1
shift

# ---- what is asked of each database ----
look_at() {
	local schema version prepared
	schema=$(ask "$1" "SELECT coalesce((SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'ce_hours'), '')")
	[[ $schema ]] || fail "there is no extension ce_hours in database $(ask "$1" 'SELECT current_database()') of $2" 'Run CREATE EXTENSION ce_hours and SELECT ce_setup() there.'
	version=$(ask "$1" "SELECT CASE WHEN to_regclass(format('%I.ce_ledger', '$schema')) IS NOT NULL THEN extversion ELSE '' END FROM pg_extension WHERE extname = 'ce_hours'")
	[[ $version ]] || fail "there is no ledger in $2" "Run SELECT $schema.ce_setup() there, as its owner."
	prepared=$(ask "$1" 'SHOW max_prepared_transactions')
	[[ $prepared != 0 ]] || fail "max_prepared_transactions of $2 is 0" 'Set it to 10 and restart the server: a person moves by two prepared transactions.'
	[[ $(ask "$1" 'SHOW is_superuser') == on ]] || fail "the connection to $2 is not a superuser's" 'Subscriptions and foreign servers need one; the ledgers keep their owners.'
	printf '%s %s' "$schema" "$version"
}

like=$(look_at "$province" 'the province')
schema=${like% *}
[[ $(ask "$province" 'SHOW wal_level') == logical ]] || fail 'wal_level of the province is not logical' 'Set it and restart the server: prefectures subscribe to the law.'
for arg in "$@"; do
	name=${arg%%=*}
	[[ $arg == *=* && $name =~ ^[a-z][a-z0-9_]{0,30}$ && $name != province ]] ||
		fail "\"$name\" is not a name for a prefecture" 'Names have small letters, digits and underscores: xining=CONNECTION.'
	here=$(look_at "${arg#*=}" "$name")
	[[ $here == "$like" ]] || fail "$name has ce_hours ${here#* } in schema ${here% *}" "The province has ${like#* } in schema $schema; use one version and one schema."
done

# ---- the province ----
install_files "$province" "$schema" ledger.sql province.sql
run "$province" -v schema="$schema" <<-'SQL'
	SELECT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE oid = format('%I.ce_ledger', :'schema')::regclass \gset
	SET search_path = :"schema", pg_temp;
	CREATE EXTENSION IF NOT EXISTS postgres_fdw SCHEMA public;
	INSERT INTO prefectures.here (name, number) VALUES ('province', 0) ON CONFLICT DO NOTHING;
	SELECT 'CREATE ROLE ce_prefecture LOGIN REPLICATION BYPASSRLS' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ce_prefecture') \gexec
	GRANT USAGE ON SCHEMA :"schema" TO ce_prefecture;
	SELECT format('GRANT CREATE ON DATABASE %I TO %I', current_database(), :'owner') \gexec
	SET ROLE :"owner";
	SELECT prefectures.publish();
SQL

# ---- each prefecture ----
for arg in "$@"; do
	name=${arg%%=*}
	prefecture=${arg#*=}
	install_files "$prefecture" "$schema" ledger.sql prefecture.sql
	number=$(ask "$province" "INSERT INTO prefectures.ledger (name) SELECT '$name' WHERE NOT EXISTS (SELECT FROM prefectures.ledger WHERE name = '$name');
		SELECT number FROM prefectures.ledger WHERE name = '$name'")
	was=$(ask "$prefecture" 'SELECT name FROM prefectures.here')
	[[ ! $was || $was == "$name" ]] || fail "the ledger given for $name is that of $was" 'Give each prefecture its own database.'
	subscribed=$(ask "$prefecture" "SELECT count(*) FROM pg_subscription s JOIN pg_database d ON d.oid = s.subdbid WHERE d.datname = current_database() AND s.subname = 'ce_province'")

	run "$prefecture" -v schema="$schema" -v name="$name" -v number="$number" -v was="$was" -v subscribed="$subscribed" -v live_from="$(ask "$province" "SELECT live_from FROM \"$schema\".ce_ledger")" <<-'SQL'
		SELECT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE oid = format('%I.ce_ledger', :'schema')::regclass \gset
		SET search_path = :"schema", pg_temp;
		SELECT 'CREATE ROLE ce_province LOGIN' WHERE NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'ce_province') \gexec
		GRANT USAGE ON SCHEMA :"schema" TO ce_province;
		BEGIN;
		SET LOCAL ROLE :"owner";
		INSERT INTO prefectures.here (name, number) VALUES (:'name', :number) ON CONFLICT DO NOTHING;
		UPDATE ce_ledger SET live_from = :'live_from' WHERE live_from <> :'live_from';
		SELECT :subscribed = 0 AS new \gset
		\if :new
			SELECT prefectures.make_room(:'was' <> '');
		\endif
		SELECT prefectures.guard(), prefectures.number_rows();
		COMMIT;
	SQL
	if [[ $subscribed == 0 ]]; then
		run "$prefecture" -v name="ce_prefecture_$name" -v from="$(address "$province") user=ce_prefecture application_name=ce_prefecture_$name" <<-'SQL'
			CREATE SUBSCRIPTION ce_province CONNECTION :'from' PUBLICATION ce_province WITH (slot_name = :"name");
		SQL
	else
		run "$prefecture" <<<'ALTER SUBSCRIPTION ce_province ENABLE; ALTER SUBSCRIPTION ce_province REFRESH PUBLICATION;'
	fi
	wait_until "$prefecture" "SELECT count(*) > 0 AND bool_and(srsubstate IN ('r', 's')) FROM pg_subscription_rel" "the province's rows arrive in $name"
	wait_until "$prefecture" "SELECT EXISTS (SELECT FROM \"$schema\".ce_org)" "the province's organisations arrive in $name"
	as_owner "$prefecture" "$schema" 'SELECT prefectures.admit()'

	run "$province" -v schema="$schema" -v name="$name" -v server="ce_$name" -v to="$(options "$prefecture")" <<-'SQL'
		SELECT pg_get_userbyid(relowner) AS owner FROM pg_class WHERE oid = format('%I.ce_ledger', :'schema')::regclass \gset
		SET search_path = :"schema", pg_temp;
		SELECT format('CREATE SERVER %I FOREIGN DATA WRAPPER postgres_fdw OPTIONS (%s, updatable ''false'', truncatable ''false'', fetch_size ''1000'', connect_timeout ''10'')', :'server', :'to')
		 WHERE NOT EXISTS (SELECT FROM pg_foreign_server WHERE srvname = :'server') \gexec
		GRANT USAGE ON FOREIGN SERVER :"server" TO :"owner";
		SELECT format('CREATE USER MAPPING FOR %I SERVER %I OPTIONS (user ''ce_province'', password_required ''false'')', r, :'server')
		  FROM (SELECT DISTINCT r FROM unnest(ARRAY[:'owner', current_user]) r) r
		 WHERE NOT EXISTS (SELECT FROM pg_user_mappings m WHERE m.srvname = :'server' AND m.usename = r) \gexec
		SET ROLE :"owner";
		SELECT prefectures.attach(:'name', :'schema');
	SQL
	echo "$name is a ledger of the province"
done
