#!/bin/bash
# move.sh FROM TO [--employer CODE] PERSON_NO...: moves persons with all their
#	records from one ledger to another
# move.sh FROM TO --staff-of CODE: everybody employed by an organisation or by
#	one below it, who keep their employers
# move.sh FROM TO --finish: ends moves that were interrupted, while no other runs
# FROM and TO are connection strings of psql, for the owners of the ledgers or
# for superusers.
#
# Both sides prepare their part, then both commit: whatever breaks, a person is
# in one ledger, and --finish ends what was begun.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=functions.sh
source "$(dirname "${BASH_SOURCE[0]}")/functions.sh"

usage='usage: move.sh FROM TO [--employer CODE] PERSON_NO... | --staff-of CODE | --finish'
[[ $# -ge 3 ]] || fail "$usage" 'FROM and TO are connection strings, as "host=a dbname=hours".'
from=$1 to=$2
shift 2
BATCH=${BATCH:-500}

# name_of CONNECTION: the ledger's
name_of() {
	ask "$1" "SELECT CASE WHEN to_regclass('prefectures.here') IS NOT NULL THEN 'yes' END" | grep -q yes ||
		fail "database $(ask "$1" 'SELECT current_database()') is no ledger of a province" 'Run setup.sh first.'
	ask "$1" 'SELECT name FROM prefectures.here'
}
source_name=$(name_of "$from")
target_name=$(name_of "$to")
[[ $source_name != "$target_name" ]] || fail "both ledgers are $source_name" 'Give the ledger that has the person, then the one that is to have them.'

# state CONNECTION MOVE away|here: what a ledger says of its part of a move
state() {
	ask "$1" "SELECT CASE WHEN EXISTS (SELECT FROM pg_prepared_xacts WHERE gid = '$2' AND database = current_database()) THEN 'prepared'
		WHEN EXISTS (SELECT FROM prefectures.moved WHERE move = '$2' AND moved = '$3') THEN 'done' ELSE 'none' END"
}

# end_move MOVE: what both ledgers say of it decides.  The target commits first, so that the persons of a move which
# only the source has prepared either arrived or never will.  Fails if a ledger does not answer; then it is not over.
end_move() {
	local move=$1 at_source at_target
	at_source=$(state "$from" "$move" away) || return 1
	at_target=$(state "$to" "$move" here) || return 1
	case $at_source/$at_target in
		prepared/prepared) ask "$to" "COMMIT PREPARED '$move'" && ask "$from" "COMMIT PREPARED '$move'" ;;
		prepared/done) ask "$from" "COMMIT PREPARED '$move'" ;;
		done/prepared) ask "$to" "COMMIT PREPARED '$move'" ;;
		prepared/none) ask "$from" "ROLLBACK PREPARED '$move'" ;;
		none/prepared) ask "$to" "ROLLBACK PREPARED '$move'" ;;
	esac
}

if [[ $1 == --finish ]]; then
	begun="SELECT gid FROM pg_prepared_xacts WHERE database = current_database() AND gid LIKE 'ce\_move\_${source_name}-${target_name}\_%'"
	moves=$(ask "$from" "$begun" && ask "$to" "$begun")
	ended=0
	while read -r move; do
		[[ $move ]] || continue
		end_move "$move" </dev/null || fail "move $move is not over: a ledger does not answer" 'Call move.sh FROM TO --finish again once both do.'
		ended=$((ended + 1))
	done < <(sort -u <<<"$moves")
	echo "$ended moves ended"
	exit
fi

employer=
case $1 in
	--employer)
		[[ $# -ge 3 ]] || fail "$usage" 'After --employer come the code of an organisation and numbers of persons.'
		employer=$2
		shift 2
		;;
	--staff-of)
		[[ $# == 2 ]] || fail "$usage" 'After --staff-of comes the code of one organisation.'
		staff_of=$2
		;;
	-*) fail "$usage" "There is no option $1." ;;
esac

# the persons' identifiers, one a line
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
schema=$(ask "$from" "SELECT n.nspname FROM pg_extension e JOIN pg_namespace n ON n.oid = e.extnamespace WHERE e.extname = 'ce_hours'")
if [[ ${staff_of:-} ]]; then
	psql -XqAt -v ON_ERROR_STOP=1 -d "$from" -v schema="$schema" -v code="$staff_of" >"$work/persons" <<-'SQL'
		SET search_path = :"schema", pg_temp;
		WITH RECURSIVE below AS (
			SELECT o.org_id FROM ce_org o WHERE o.code = :'code'
			UNION SELECT o.org_id FROM below b JOIN ce_org o ON o.parent_id = b.org_id)
		SELECT p.person_id FROM ce_person p JOIN below b ON b.org_id = p.org_id ORDER BY p.person_id;
	SQL
	[[ $(ask "$from" "SELECT count(*) FROM \"$schema\".ce_org WHERE code = '${staff_of//\'/\'\'}'") == 1 ]] ||
		fail "there is no organisation with code $staff_of" 'Table ce_org lists the organisations.'
else
	for person_no in "$@"; do
		id=$(psql -XqAt -v ON_ERROR_STOP=1 -d "$from" -v schema="$schema" -v no="$person_no" <<<"SELECT person_id FROM :\"schema\".ce_person WHERE person_no = :'no'")
		[[ $id ]] || fail "ledger $source_name does not have person $person_no" 'View prefectures.ce_person of the province says which ledger has a person.'
		echo "$id" >>"$work/persons"
	done
fi

moved=0
split -l "$BATCH" "$work/persons" "$work/batch."
for batch in "$work"/batch.*; do
	[[ -e $batch ]] || continue
	move=ce_move_${source_name}-${target_name}_$(date +%s%N)_$$
	# The document is written before the transaction is prepared: if that fails, nothing has happened.
	psql -XqAt -v ON_ERROR_STOP=1 -d "$from" -v ids="{$(paste -sd, "$batch")}" -v to="$target_name" -v move="$move" -o "$work/document" <<-'SQL'
		BEGIN;
		SELECT prefectures.leave(:'ids', :'to', :'move');
		PREPARE TRANSACTION :'move';
	SQL
	if ! psql -Xq -v ON_ERROR_STOP=1 -d "$to" -v file="$work/document" -v org="$employer" -v move="$move" -o /dev/null <<-'SQL'
		\set document `cat :'file'`
		BEGIN;
		SELECT prefectures.arrive(:'document', nullif(:'org', ''));
		PREPARE TRANSACTION :'move';
	SQL
	then
		end_move "$move" || fail "a ledger does not answer" "The persons' rows are locked. Once both ledgers do: move.sh FROM TO --finish"
		fail "no person of this batch was moved; $moved were before" 'The error above says why; the persons are where they were.'
	fi
	end_move "$move" || fail "move $move is prepared, and a ledger does not answer" "The persons' rows are locked. Once both ledgers do: move.sh FROM TO --finish"
	[[ $(state "$to" "$move" here) == "done" ]] || fail "move $move was taken back by another move.sh --finish" 'Call move.sh again.'
	moved=$((moved + $(wc -l <"$batch")))
done
echo "$moved persons moved from $source_name to $target_name"
