#!/bin/bash
# Takes guards out of the source, one at a time, and runs the test that is to
# notice: each must fail.  A mutant that survives is a promise without a test.
# docs/guarantees.md lists the promises.  With arguments: only mutants whose
# name matches one of these patterns.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=server.sh
source "$(dirname "${BASH_SOURCE[0]}")/server.sh"

need_server
need "postgresql-$PGVERSION-pgtap" libtap-parser-sourcehandler-pgtap-perl libipc-run-perl
start_server
MAKE=(make -s PG_CONFIG="$BIN/pg_config" with_llvm=no)
killed=0
survived=0
patterns=("$@")
declare -A sound=()

# run TEST: kind:name, in the copy of the source
run() {
	local kind=${1%%:*} names=${1#*:}
	case $kind in
		tap)
			sql postgres -c 'SET client_min_messages = error' -c 'DROP DATABASE IF EXISTS mutant' -c 'CREATE DATABASE mutant' &&
				sql mutant -o /dev/null -c 'SET client_min_messages = error' -c 'CREATE EXTENSION pgtap' -c 'CREATE EXTENSION ce_hours' -c 'SELECT ce_setup()' &&
				in_source pg_prove -Q --dbname mutant "test/pgtap/$names.sql"
			;;
		reg) in_source "${MAKE[@]}" -o installcheck-pgtap installcheck ISOLATION= REGRESS="$names" ;;
		iso) in_source "${MAKE[@]}" -o installcheck-pgtap installcheck REGRESS= ISOLATION="$names" ;;
		t) in_source "${MAKE[@]}" -o installcheck-pgtap installcheck REGRESS= ISOLATION= TAP_TESTS=1 PROVE_TESTS="test/t/$names.pl" ;;
	esac
}

# mutant NAME FILE PERL TEST...: the file is put back afterwards
mutant() {
	local name=$1 file=$2 edit=$3 t seen=
	shift 3
	if [[ ${#patterns[@]} != 0 ]]; then
		for t in "${patterns[@]}"; do
			[[ $name == $t ]] && seen=1
		done
		[[ $seen ]] || return 0
	fi
	# what fails without a mutant says nothing
	for t in "$@"; do
		[[ ${sound[$t]:-} ]] && continue
		# the last mutant is still installed
		in_source "${MAKE[@]}" -j2 install >"$WORK/mutant.log" 2>&1
		run "$t" >"$WORK/mutant.log" 2>&1 || { cat "$WORK/mutant.log"; echo "$t fails without a mutant"; exit 1; }
		sound[$t]=1
	done
	cp "$SOURCE/$file" "$WORK/original"
	in_source perl -0pi -e "$edit" "$file"
	seen=
	if cmp -s "$SOURCE/$file" "$WORK/original"; then
		seen='NOT CHANGED'
	elif ! in_source "${MAKE[@]}" -j2 install >"$WORK/mutant.log" 2>&1; then
		seen='DOES NOT BUILD'
	else
		for t in "$@"; do
			if ! run "$t" >"$WORK/mutant.log" 2>&1; then
				seen="killed by $t"
				break
			fi
		done
	fi
	if [[ $seen == killed* ]]; then
		killed=$((killed + 1))
	else
		survived=$((survived + 1))
		seen=${seen:-SURVIVED $*}
	fi
	printf '%-42s %s\n' "$name" "$seen"
	as_server cp "$WORK/original" "$SOURCE/$file"
	as_server touch "$SOURCE/$file"
}

# -- verification (7)
mutant 'filed before verified (7.2d)' src/activity_steps.c 's/if \(row->kind->track != CE_FILED\)/if (true)/' 'reg:ledger filing' tap:07_workflow
mutant 'filed not after verified (7.2d)' src/activity_steps.c 's/if \(row->plan.filed_on > verified_on\)/if (false)/' 'reg:ledger filing' tap:07_workflow
mutant 'evidence (7.3a)' src/activity_steps.c 's/if \(row->kind->track == CE_ACTIVITY_TRACK && /if (false \&\& /' 'reg:ledger verification' tap:07_workflow
mutant 'level by level (7.4a)' src/activity_steps.c 's/if \(next == NULL \|\| next->org_id != body\)/if (next == NULL)/' 'reg:ledger verification' tap:07_workflow
mutant 'loaded by the last body (7.4a, 7.5)' src/activity_steps.c 's/else if \(ce_chain_end\(employer\)->org_id != body\)/else if (false)/' 'reg:ledger verification' tap:07_workflow
mutant 'academy, health commission (5.1, 5.3)' src/activity_steps.c 's/if \(ce_verifies_alone\(body, row->kind->track == CE_FEED\)\)/if (true)/' 'reg:ledger verification' tap:41_law_rows tap:07_workflow
mutant 'verified stands (7.4b)' src/activity_steps.c 's/check_frozen\(row, old, 0, ACTIVITY_COLUMNS,\n(\s+gettext_noop\("Clause 7.4b: verified)/(void) (\n$1/' 'reg:ledger verification' tap:07_workflow
mutant 'verified is not deleted (7.4b)' src/activity_steps.c 's/if \(status == CE_VERIFIED \|\| status == CE_REVOKED\)/if (status == CE_REVOKED)/' 'reg:ledger verification' iso:same_row
mutant 'who may revoke (6.2d)' src/activity_steps.c 's/if \(body != verified_by && /if (false \&\& body != verified_by \&\& /' 'reg:ledger verification' tap:07_workflow
mutant 'a reason to take back' src/trigger_row.c 's/if \(ce_row_blank\(row, column\) \|\| !ce_row_differs\(row, old, column\)\)/if (false)/' 'reg:ledger verification' tap:07_workflow
mutant 'not verified in the future' src/activity_steps.c 's/DATE_NOT_FINITE\(verified_on\) \|\| verified_on > ce_today_date\(\)/DATE_NOT_FINITE(verified_on)/' 'reg:ledger verification' 'reg:ledger bad_input'
mutant 'no TRUNCATE' src/guard_triggers.c 's/(CE_ANY_TABLE\);\n\n\t)ereport\(ERROR,/$1ereport(NOTICE,/' 'reg:ledger bad_input' tap:30_catchup
mutant 'filed plans stay (AMB-26)' src/plan_trigger.c 's/check_filed_unchanged\(row, old\);\n/(void) check_filed_unchanged;\n/' 'reg:ledger filing' iso:plan_race
mutant 'who reviews a plan (7.2a)' src/plan_trigger.c 's/if \(!ce_plan_may_review\(reviewer, organiser\)\)/if (false)/' 'reg:ledger filing'
mutant 'who files a plan (7.2)' src/plan_trigger.c 's/if \(!ce_plan_is_office\(office, organiser\)\)/if (false)/' 'reg:ledger filing'
mutant 'one plan, one session' src/steps.c 's/ WHERE plan_id = \$1 FOR UPDATE"/ WHERE plan_id = \$1"/' iso:plan_race
# -- facts (5)
mutant 'hours are derived' src/activity_facts.c 's/if \(!row->r.nulls\[column\] &&\n\s+ce_row_differs/if (false \&\& ce_row_differs/' 'reg:ledger bad_input' 'reg:ledger verification'
mutant 'half days (AMB-13)' src/activity_facts.c 's/if \(!whole\)/if (false)/' 'reg:ledger bad_input' tap:05_conversion
mutant 'days of the calendar (5.2.2)' src/activity_facts.c 's/if \(days \+ travel > 2/if (false \&\& days + travel > 2/' 'reg:ledger bad_input' tap:05_conversion
mutant '24 hours a day (AMB-14)' src/activity_facts.c 's/if \(hours > CeHoursFromInt\(24\)/if (false \&\& hours > CeHoursFromInt(24)/' 'reg:ledger bad_input' tap:05_conversion
mutant 'one year a row (AMB-39)' src/activity_facts.c 's/if \(ce_year_of\(DatumGetDateADT\(row->r.values\[ACTIVITY_STARTED_ON\]\)\) !=\n/if (false \&\& ce_year_of(DatumGetDateADT(row->r.values[ACTIVITY_STARTED_ON])) !=\n/' 'reg:ledger bad_input' tap:05_conversion
mutant 'not completed in the future (5.1)' src/activity_facts.c 's/if \(DATE_NOT_FINITE\(completed_on\) \|\| completed_on > ce_today_date\(\)\)/if (DATE_NOT_FINITE(completed_on))/' 'reg:ledger bad_input'
mutant 'one evidence, one credit (AMB-34)' sql/ledger/50_activities.sql 's/CREATE UNIQUE INDEX IF NOT EXISTS ce_activity_source/CREATE INDEX IF NOT EXISTS ce_activity_source/' tap:41_law_rows
mutant 'a kind in use stays' src/guard_triggers.c 's/if \(activity_exists\(trigdata, "kind /if (false \&\& activity_exists(trigdata, "kind /' 'reg:ledger bad_input' iso:kind_delete
# -- accounts
mutant 'the cap (5.2.4c)' src/assess.c 's/cap != NULL \? Min\(hours, cap->hours\) : hours/hours/' iso:mentoring_cap
mutant 'revoked hours leave the account' src/activity_trigger.c 's/subtracts \? &subtract : NULL/NULL/' iso:verify_revoke
mutant 'accounts in key order' src/posting.c 's/qsort\(taken, \*n, sizeof\(CePosting\), by_key\);/(void) by_key;/' iso:bulk_order
mutant 'rolled back with its savepoint' src/posting.c 's/if \(event != SUBXACT_EVENT_ABORT_SUB \|\| posting_context == NULL\)/if (true)/' 'reg:ledger bad_input verification filing accounts'
mutant 'nothing unposted at commit' src/posting.c 's/if \(postings != NULL && hash_get_num_entries\(postings\) > 0\)/if (false)/' 'reg:ledger bad_input verification filing accounts'
mutant 'what the user added has its say' src/posting_direct.c 's/\*as_made = is_as_made\(rel\);/*as_made = true;/' 'reg:ledger bad_input verification filing accounts'
mutant 'others at the same account' src/posting_direct.c 's/&which\) != TM_Ok/&which) == TM_Deleted/' iso:verify_verify
mutant 'a new row version has its index entries' src/posting_direct.c 's/if \(ce_needs_index_entries\(which\)\)/if (false)/' 'reg:ledger bad_input verification filing accounts'
mutant 'a snapshot older than the account' src/posting_direct.c 's/if \(IsolationUsesXactSnapshot\(\)\)/if (false)/' iso:verify_verify
mutant 'accounts only by triggers' src/guard_triggers.c 's/if \(!ce_posting\)/if (false)/' 'reg:ledger bad_input verification filing accounts'
mutant 'known_from is the latest day' src/posting.c 's/posting->known_from = Max\(posting->known_from, known_from\);//' 'reg:ledger bad_input verification filing accounts' 'reg:ledger asof'
mutant 'an older question reads the facts' src/store.c 's/ACCOUNT_KNOWN_FROM\]\) > /ACCOUNT_KNOWN_FROM]) > 100000 + /' 'reg:ledger asof'
mutant 'rebuild waits for writers' src/rebuild.c 's/LockRelationOid\(ce_table_oid\(CE_ACTIVITY\), ShareRowExclusiveLock\);//' iso:rebuild
mutant 'ce_check() compares accounts' sql/80_checks.sql 's/ WHERE a.credit IS DISTINCT FROM r.credit OR a.known_from IS DISTINCT FROM r.known_from;/ WHERE false;/' 'reg:ledger bad_input verification filing accounts'
# -- the law
mutant 'a changed law is heard of' src/guard_triggers.c 's/return read_afresh\(fcinfo, "ce_law_changed", CE_ANY_TABLE\);/(void) read_afresh; PG_RETURN_NULL();/' iso:law_change 'reg:ledger lawcache'
mutant 'a changed organisation is heard of' src/guard_triggers.c 's/return read_afresh\(fcinfo, "ce_org_changed", CE_ORG\);/PG_RETURN_NULL();/' iso:law_change 'reg:ledger lawcache'
mutant 'no circle of parents' src/guard_triggers.c 's/if \(above == org_id \|\| i > CE_MAX_CHAIN\)/if (i > CE_MAX_CHAIN)\nbreak;\nif (false)/' 'reg:ledger bad_input' 'reg:ledger verification'
mutant 'a kind waits for its first activity' src/guard_triggers.c 's/LockRelationOid\(ce_table_oid\(CE_ACTIVITY\), ShareRowExclusiveLock\);//' iso:kind_delete
mutant 'a kind looks at what is there now' src/guard_triggers.c 's/PushActiveSnapshot\(GetLatestSnapshot\(\)\);\n\tif \(SPI_connect/PushActiveSnapshot(GetTransactionSnapshot());\n\tif (SPI_connect/' iso:kind_delete
# -- spreading (7.6)
mutant 'no more than the surplus (7.6e)' src/allocation_trigger.c 's/if \(left < 0\)/if (false)/' iso:allocate_revoke tap:30_catchup
mutant 'no more than the shortfall (7.6e)' src/allocation_trigger.c 's/if \(hours > shortfall\)/if (false)/' tap:30_catchup
mutant 'spread hours are not revoked (7.6e)' src/catchup.c 's/if \(left < 0\)/if (false)/' iso:allocate_revoke tap:30_catchup
mutant 'posted before it is compared' src/allocation_trigger.c 's/PushActiveSnapshot\(GetLatestSnapshot\(\)\);/PushActiveSnapshot(GetActiveSnapshot());/' iso:allocate_revoke
mutant 'national bases only (7.6b)' src/catchup.c 's/eligible = Min\(own.lane\[CE_LANE_NATIONAL_ONLINE\],/eligible = Min(own.lane[CE_LANE_NATIONAL_ONLINE] + own.lane[CE_LANE_ONLINE],/' tap:30_catchup
# -- titles (4.2, 6.2)
mutant 'apply only if eligible (4.2)' src/application_trigger.c 's/if \(e.outcome != CE_ELIGIBLE\)/if (false)/' tap:32_applications
mutant 'banned (6.2b)' src/eligibility.c 's/return e->banned;/return false;/' tap:31_sanctions tap:06_sanctions
mutant 'the last day of a ban (AMB-25)' src/eligibility.c 's/reader->as_of > end \|\|/reader->as_of >= end ||/' tap:06_sanctions tap:31_sanctions
mutant 'a finding cancels (6.2a)' src/title_triggers.c 's/\tcancel_applications\(values\);/\t(void) cancel_applications;/' iso:finding_application
mutant 'a finding cancels what is there now' src/title_triggers.c 's/SPI_execute_snapshot\(plan, values, NULL, GetLatestSnapshot\(\)/SPI_execute_snapshot(plan, values, NULL, GetTransactionSnapshot()/' iso:finding_application
mutant 'an application waits for a finding' src/application_trigger.c 's/\$1 FOR SHARE"/\$1"/' iso:finding_application
mutant 'attested achievements stay (7.3c)' src/achievement_trigger.c 's/attested = !old.nulls\[ACHIEVEMENT_ATTESTED_ON\];/attested = false;/' tap:33_achievements
mutant 'sanctions are not deleted (6.2)' src/title_triggers.c 's/ce_refuse_delete\(gettext_noop\("sanction"/if (false) ce_refuse_delete(gettext_noop("sanction"/' tap:31_sanctions
# -- types
mutant 'hours are exact' src/hours.c 's/if \(inexact\)/if (false)/' reg:hours
mutant 'hours do not overflow (text)' src/hours.c 's/if \(overflow\)/if (false)/' reg:hours
mutant 'hours do not overflow (sum)' src/hours.c 's/if \(unlikely\(pg_add_s64_overflow\(a, b, &sum\)\)\)/if (pg_add_s64_overflow(a, b, \&sum) \&\& false)/' reg:hours
mutant 'one binary form a credit' src/credit.c 's/if \(!valid \|\| credit_mask\(credit\) != mask\)/if (!valid)/' reg:binary

echo "$killed killed, $survived survived"
[[ $survived == 0 ]]
