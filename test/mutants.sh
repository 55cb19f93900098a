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
mutant 'filed before verified (7.2d)' src/write/activity_review.c 's/if \(row->kind->track != CE_TRACK_FILED\)/if (true)/' 'reg:ledger filing' tap:07_workflow
mutant 'filed not after verified (7.2d)' src/write/activity_review.c 's/if \(row->plan.filed_on > verified_on\)/if (false)/' 'reg:ledger filing' tap:07_workflow
mutant 'evidence (7.3a)' src/write/activity_review.c 's/if \(row->kind->track == CE_TRACK_ACTIVITY && /if (false \&\& /' 'reg:ledger verification' tap:07_workflow
mutant 'evidence at the first step (7.3a)' src/write/activity_steps.c 's/take_review_day\(row\);\n\t\tce_activity_check_evidence\(row\);/take_review_day(row);/' tap:44_completing
mutant 'evidence stays in review (7.3a)' src/write/activity_steps.c 's/if \(from == CE_STATUS_IN_REVIEW && ce_row_differs/if (false \&\& ce_row_differs/' tap:44_completing
mutant 'what was reviewed stays (7.4a)' src/write/activity_steps.c 's/\tcheck_frozen\(row, old, CE_COL_ACTIVITY_EVIDENCE \+ 1, CE_ACTIVITY_FACTS,\n\s+&change_in_review\);\n//' tap:44_completing
mutant 'what is completed is logged (7.4a)' src/write/activity_trigger.c 's/\tlog_completion\(row, old\);/\t(void) log_completion;/' tap:44_completing
mutant 'a rejected reference is free (AMB-34)' sql/ledger/activities.sql "s/ AND status <> 'rejected';/;/" tap:44_completing
mutant 'a bad row alone is reported (7.4)' sql/functions/steps.sql 's/IF first < last THEN/IF false THEN/' tap:45_each
mutant 'both halves are done (7.4)' sql/functions/steps.sql 's/lasts\[depth \+ 1\] := last;/lasts[depth + 1] := first;/' tap:45_each
mutant 'a bad call is an error (7.4)' sql/functions/steps.sql 's/array_position\(ids, NULL\) IS NOT NULL THEN ids/false THEN ids/' tap:45_each
mutant 'a code that is none is an error (7.4)' sql/functions/organisations.sql 's/IF found IS NULL THEN/IF false THEN/' tap:46_names
mutant 'names of the employer at the time (9.2)' sql/ledger/views.sql 's/LEFT JOIN ce_org o ON o\.org_id = a\.org_id;/LEFT JOIN ce_org o ON o.org_id = p.org_id + 1;/' tap:46_names
mutant 'the duty before the privilege (7.1)' src/write/duty.c 's/if \(binds_here\(table\) && !ce_member_holds/if (false \&\& !ce_member_holds/' tap:47_refusals
mutant 'an import asks for the duty (7.1)' src/feed/import_write.c 's/\tce_duty_require_anywhere\(CE_ACTIVITY, CE_DUTY_RECORD\);\n//' tap:47_refusals
mutant 'a question says which duty reads (7.1)' src/store/rows.c 's/\t\trequire_privilege\(query, rel\);/\t\t(void) require_privilege;/' tap:47_refusals
mutant 'level by level (7.4a)' src/write/activity_review.c 's/if \(next == NULL \|\| next->org_id != body\)/if (next == NULL)/' 'reg:ledger verification' tap:07_workflow
mutant 'loaded by the last body (7.4a, 7.5)' src/write/activity_review.c 's/else if \(ce_chain_end\(employer\)->org_id != body\)/else if (false)/' 'reg:ledger verification' tap:07_workflow
mutant 'academy, health commission (5.1, 5.3)' src/write/activity_review.c 's/if \(ce_verifies_alone\(body, row->kind->track\)\)/if (true)/' 'reg:ledger verification' tap:41_law_rows tap:07_workflow
mutant 'verified stands (7.4b)' src/write/activity_steps.c 's/ce_kept_check_change\(&row->r, &old->r, from == CE_STATUS_REVOKED, &verified\);/(void) 0;/' 'reg:ledger verification' tap:07_workflow
mutant 'verified is not deleted (7.4b)' src/write/activity_steps.c 's/if \(status == CE_STATUS_VERIFIED \|\| status == CE_STATUS_REVOKED\)/if (status == CE_STATUS_REVOKED)/' 'reg:ledger verification' iso:same_row
mutant 'who may revoke (6.2d)' src/write/activity_steps.c 's/if \(body != verified_by && /if (false \&\& body != verified_by \&\& /' 'reg:ledger verification' tap:07_workflow
mutant 'a reason to take back' src/store/trigger_row.c 's/if \(ce_row_blank\(row, column\) \|\| !ce_row_differs\(row, old, column\)\)/if (false)/' 'reg:ledger verification' tap:07_workflow
mutant 'not verified in the future' src/write/activity_review.c 's/DATE_NOT_FINITE\(verified_on\) \|\| verified_on > ce_day_of_act\(\)/DATE_NOT_FINITE(verified_on)/' 'reg:ledger verification' 'reg:ledger bad_input'
mutant 'no TRUNCATE' src/write/guards.c 's/(CE_ANY_TABLE\);\n\n\t)ereport\(ERROR,/$1ereport(NOTICE,/' 'reg:ledger bad_input' tap:30_catchup
mutant 'filed plans stay (AMB-26)' src/write/plan_trigger.c 's/ce_row_check_frozen\(row, old, 0, CE_COL_PLAN_NOTE, &change_filed\);\n/(void) change_filed;\n/' 'reg:ledger filing' iso:plan_race
mutant 'who reviews a plan (7.2a)' src/write/plan_trigger.c 's/if \(!ce_plan_may_review\(reviewer, organiser\)\)/if (false)/' 'reg:ledger filing'
mutant 'who files a plan (7.2)' src/write/plan_trigger.c 's/if \(!ce_plan_is_office\(office, organiser\)\)/if (false)/' 'reg:ledger filing'
mutant 'one plan, one session' src/write/steps.c 's/\$1 FOR UPDATE"/\$1"/' iso:plan_race
# -- facts (5)
mutant 'hours are derived' src/write/activity_facts.c 's/if \(!row->r.nulls\[column\] &&\n\s+changes/if (false \&\& changes/' 'reg:ledger bad_input' 'reg:ledger verification'
mutant 'half days (AMB-13)' src/write/activity_facts.c 's/if \(!whole\)/if (false)/' 'reg:ledger bad_input' tap:05_conversion
mutant 'days of the calendar (5.2.2)' src/write/activity_facts.c 's/if \(days \+ travel > 2/if (false \&\& days + travel > 2/' 'reg:ledger bad_input' tap:05_conversion
mutant '24 hours a day (AMB-14)' src/write/activity_facts.c 's/if \(!ce_hours_fit\(facts->hours, facts->whole_days\)\)/if (false)/' 'reg:ledger bad_input' tap:05_conversion
mutant 'one year a row (AMB-39)' src/write/activity_facts.c 's/if \(ce_in_one_year\(facts, rule\)\)/if (true)/' 'reg:ledger bad_input' tap:05_conversion
mutant 'not completed in the future (5.1)' src/write/activity_facts.c 's/if \(completed_on > ce_day_of_act\(\)\)/if (false)/' 'reg:ledger bad_input'
mutant 'an act is on a day of the calendar' src/store/trigger_row.c 's/if \(!row->nulls\[column\] && DATE_NOT_FINITE\(ce_row_day\(row, column\)\)\)/if (false)/' tap:63_waivers
mutant 'hours are deferred to a year of the calendar (AMB-35)' src/write/waiver_trigger.c 's/\t\tce_check_year\("defers_to", later\);/\t\t(void) later;/' tap:63_waivers
mutant 'one evidence, one credit (AMB-34)' sql/ledger/activities.sql 's/CREATE UNIQUE INDEX IF NOT EXISTS ce_activity_source/CREATE INDEX IF NOT EXISTS ce_activity_source/' tap:41_law_rows
mutant 'totals end where the ledger went live (0.4)' src/write/activity_facts.c 's/completed_on < live_from\)/true)/' tap:43_going_live
mutant 'a day to go live on (0.4)' src/write/live_from_trigger.c 's/ce_year_of\(day\) <= ce_year_of\(ce_day_of_act\(\)\) \+ YEARS_AHEAD/true/' tap:43_going_live
mutant 'no totals left behind (0.4)' src/write/live_from_trigger.c 's/if \(strcmp\(count, "0"\) != 0\)/if (false)/' tap:43_going_live
mutant 'the log of a setting is the owner'"'"'s (7.1)' src/who/policies.c 's/if \(strncmp\(object, "ledger\.", strlen\("ledger\."\)\) == 0\)/if (false)/' tap:43_going_live
mutant 'totals are late in nothing (8.2b, 8.3)' sql/ledger/views.sql 's/  JOIN ce_kind k ON k.kind = a.kind AND k.track <> .opening.\n//g' tap:43_going_live
mutant 'years without hours are totals, too (4.1)' sql/ledger/views.sql 's/CASE WHEN a\.person_id IS NULL THEN\n/CASE WHEN false THEN\n/' tap:38_totals
mutant 'trained is who has something on record (9.2c)' sql/ledger/views.sql 's/ AND t\.year = y\.year AND t\.on_record/ AND t.year = y.year/' tap:09_reports
mutant 'a year before the law counts those with hours (9.2c)' sql/ledger/views.sql 's/OR \(y\.year = ANY \(ARRAY\(.*?\)\)\n\s+AND /OR (/s' tap:09_reports
mutant 'ce_check() knows triggers of a subscriber by their function' sql/functions/checks.sql 's/WHEN p\.proname NOT IN \([^)]*\) THEN t\.tgenabled/WHEN t.tgname !~ q(_replicated\$|_changed\$) THEN t.tgenabled/; s/q\((_rep[^)]*)\)/\x27$1\x27/' t:018_data_only
mutant 'prefectures: the law is written by the province' examples/prefectures/prefecture.sql 's/BEFORE INSERT OR UPDATE OR DELETE OR TRUNCATE ON %I/BEFORE TRUNCATE ON %I/' t:040_prefectures
mutant 'prefectures: what one of them uses is kept' examples/prefectures/province.sql 's/IF used THEN/IF false THEN/' t:040_prefectures
mutant 'prefectures: a plan is found once' examples/prefectures/province.sql 's/ WHERE t\.object <> ..plan..//' t:040_prefectures
mutant 'prefectures: the log goes with its rows' examples/prefectures/ledger.sql 's/DELETE FROM ce_event e USING shared s WHERE/DELETE FROM ce_event e USING shared s WHERE false AND/' t:040_prefectures
mutant 'prefectures: an account equals its activities on arrival' examples/prefectures/ledger.sql 's/WHERE a\.credit IS DISTINCT FROM r\.credit OR a\.known_from IS DISTINCT FROM r\.known_from LIMIT/WHERE false LIMIT/' t:040_prefectures
mutant 'prefectures: row numbers are unique on arrival' examples/prefectures/ledger.sql 's/IF taken IS NOT NULL THEN/IF false THEN/' t:040_prefectures
mutant 'prefectures: nobody moves to another law' examples/prefectures/ledger.sql 's/ELSIF document ->> .law. IS DISTINCT FROM prefectures\.law_sum\(\) THEN/ELSIF false THEN/' t:040_prefectures
mutant 'prefectures: what one side alone has prepared is taken back' examples/prefectures/move.sh 's/prepared\/none\) ask "\$from" "ROLLBACK/prepared\/none) ask "\$from" "COMMIT/' t:040_prefectures
mutant 'prefectures: a new edition comes from the province' examples/prefectures/prefecture.sql 's/PERFORM prefectures\.take_back\(keys\);//' t:040_prefectures
mutant 'a kind in use stays' src/write/guards.c 's/if \(ce_activity_exists\(trigdata, "kind /if (false \&\& ce_activity_exists(trigdata, "kind /' 'reg:ledger bad_input' iso:kind_delete
# -- accounts
mutant 'the cap (5.2.4c)' src/law/assess.c 's/if \(law->caps\[category\] != NULL\)/if (false)/' iso:mentoring_cap tap:37_roster
mutant 'the cap of a law with a tree (5.2.4c)' src/law/assess.c 's/Min\(r->hours\[step->node\], step->cap\)/r->hours[step->node]/' tap:71_categories
mutant 'a law with a tree is not plain' src/law/assess.c 's/if \(likely\(law->plain\)\)/if (true)/' tap:71_categories
mutant 'revoked hours leave the account' src/write/activity_trigger.c 's/subtracts \? &subtract : NULL/NULL/' iso:verify_revoke
mutant 'accounts in key order' src/write/queue.c 's/\tqsort_arg\(items, n, queue->size, compare_items, queue\);\n//' iso:bulk_order
mutant 'rolled back with its savepoint' src/write/queue.c 's/if \(event != SUBXACT_EVENT_ABORT_SUB\)/if (true)/' 'reg:ledger bad_input verification filing accounts'
mutant 'nothing unposted at commit' src/write/queue.c 's/if \(queue->n > 0 && queue->left_over != NULL\)/if (false)/' 'reg:ledger bad_input verification filing accounts'
mutant 'accounts only by triggers' src/write/guards.c 's/if \(ce_posting\)/if (true)/' 'reg:ledger bad_input verification filing accounts'
mutant 'accounts are changed only by triggers' sql/ledger/activities.sql 's/BEFORE INSERT OR UPDATE OF person_id, year, credit, known_from OR DELETE OR TRUNCATE/BEFORE INSERT/' 'reg:ledger bad_input verification filing accounts'
mutant 'a plan that a rule left empty is forgotten' src/store/sql.c 's/\tif \(unlikely\(result != expected\)\)\n\t\tforget\(statement\);\n//' tap:47_refusals
mutant 'the log and the accounts take each row' src/write/posting.c 's/\tce_require_written\(written == n, ce_table_name\(table\)\);\n//' tap:47_refusals
mutant 'hours made again are written' src/write/rebuild.c 's/SPI_OK_UPDATE\) == n,/SPI_OK_UPDATE) >= 0,/' tap:47_refusals
mutant 'accounts made again are written' src/write/rebuild.c 's/ce_require_written\(!is_drift_left\(only, nargs, types, values\), /ce_require_written(true, /' tap:47_refusals
mutant 'a step that was left out is no wrong step' src/write/steps.c 's/ce_require_written\(!could_take\(step, id, by_org\), /ce_require_written(true || could_take(step, id, by_org), /' tap:47_refusals
mutant 'a plan that was left out is not filed' src/write/steps.c 's/SPI_OK_UPDATE_RETURNING\) == 1,/SPI_OK_UPDATE_RETURNING) >= 0,/' tap:47_refusals
mutant 'a duty that was left out is not granted' sql/functions/members.sql 's/\tPERFORM ce__require_written\(EXISTS [^\n]*ce_member.\);\n//' tap:47_refusals
mutant 'a duty that was left out is not revoked' sql/functions/members.sql 's/\tPERFORM ce__require_written\(NOT EXISTS [^\n]*ce_member.\);\n//' tap:47_refusals
mutant 'a person s role that was left out is not granted' sql/functions/members.sql 's/\tPERFORM ce__require_written\(EXISTS [^\n]*ce_person_role.\);\n//' tap:47_refusals
mutant 'a person s role that was left out is not revoked' sql/functions/members.sql 's/\tPERFORM ce__require_written\(NOT EXISTS [^\n]*ce_person_role.\);\n//' tap:47_refusals
mutant 'a reversal that was left out is none' sql/functions/allocation.sql 's/\tPERFORM ce__require_written\(NOT EXISTS [^\n]*\n//' tap:47_refusals
mutant 'a scheme is cloned whole' sql/functions/allocation.sql 's/PERFORM ce__require_written\(whole, part\);/NULL;/' tap:47_refusals
mutant 'a person that was left out is not unchanged' src/feed/person.c 's/ce_require_written\(!DatumGetBool\(ce_sql_value\(0, 1, &isnull\)\), /ce_require_written(true, /' tap:47_refusals
mutant 'a finding has its effect (6.2)' src/write/sanction_trigger.c 's/ce_require_written\(left == 0, /ce_require_written(true, /' tap:47_refusals
mutant 'a move marks the person' src/write/person_scheme.c 's/ce_require_written\(left == 0, /ce_require_written(true, /' tap:47_refusals
mutant 'rules are named in words' src/store/ledger.c 's/if \(has_rules\(rel, on_conflict\)\)/if (false \&\& has_rules(rel, on_conflict))/' tap:47_refusals
mutant 'rules beside what is written' src/store/ledger.c 's/rule->isInstead \|\| on_conflict/rule->isInstead/' tap:47_refusals
mutant 'rules: allocate' sql/functions/allocation.sql 's/\tPERFORM ce__refuse_rules\([^\n]*\n//' tap:47_refusals
mutant 'rules: apply' sql/functions/questions.sql 's/\tPERFORM ce__refuse_rules\([^\n]*\n//' tap:47_refusals
mutant 'rules: duties' sql/functions/members.sql 's/\tPERFORM ce__refuse_rules\(.ce_member.[^\n]*\n//' tap:47_refusals
mutant 'rules: roles of persons' sql/functions/members.sql 's/\tPERFORM ce__refuse_rules\(.ce_person_role.[^\n]*\n//' tap:47_refusals
mutant 'rules: imported activities' src/feed/import_write.c 's/\tce_refuse_rules\(CE_ACTIVITY, false\);\n//' tap:47_refusals
mutant 'rules: voided statements' src/feed/import_statement.c 's/\tce_refuse_rules_by_name\([^\n]*\n//' tap:47_refusals
mutant 'rules: staged lines' src/feed/import.c 's/\tce_refuse_rules_by_name\([^\n]*\n//' tap:47_refusals
mutant 'rules: links' src/feed/link.c 's/\tce_refuse_rules_by_name\([^\n]*\n//' tap:47_refusals
mutant 'rules: listed rows' src/feed/link_take.c 's/\tce_refuse_rules_by_name\([^\n]*\n//' tap:47_refusals
mutant 'rules: the log' src/write/posting.c 's/\tce_refuse_rules\(CE_EVENT, false\);\n//' tap:47_refusals
mutant 'rules: moves' src/write/person_scheme.c 's/\tce_refuse_rules\(CE_PERSON, false\);\n//' tap:47_refusals
mutant 'rules: findings' src/write/sanction_trigger.c 's/\tce_refuse_rules\(table, false\);\n//' tap:47_refusals
mutant 'known_from is the latest day' src/write/posting.c 's/\tto->known_from = Max\(to->known_from, from->known_from\);\n//' 'reg:ledger bad_input verification filing accounts' 'reg:ledger asof'
mutant 'an older question reads the facts' src/record/credits.c 's/CE_COL_ACCOUNT_KNOWN_FROM\]\) > /CE_COL_ACCOUNT_KNOWN_FROM]) > 100000 + /' 'reg:ledger asof'
mutant 'only the owner has hours made again (7.4b)' src/write/activity_steps.c 's/ &&\n\t\tce_owns_relation\(RelationGetRelid\(row->r.rel\), row->r.writer\)//' tap:60_members
mutant 'nothing else changes with hours made again (7.4b)' src/write/activity_steps.c 's/\tcheck_frozen\(row, old, 0, CE_ACTIVITY_NCOLUMNS, &change_rebuilt\);\n//' 'reg:ledger bad_input verification filing accounts'
mutant 'a review leaves no day (7.4)' src/write/activity_review.c 's/\tce_row_set_null\(&row->r, CE_COL_ACTIVITY_VERIFIED_ON\);\n//' tap:07_workflow
mutant 'rebuild waits for writers' src/write/rebuild.c 's/LockRelationOid\(ce_table_oid\(tables\[i\]\), ShareRowExclusiveLock\);/(void) 0;/' iso:rebuild
mutant 'ce_check() compares accounts' sql/functions/checks.sql 's/ WHERE a.credit IS DISTINCT FROM r.credit OR a.known_from IS DISTINCT FROM r.known_from;/ WHERE false;/' 'reg:ledger bad_input verification filing accounts'
# -- the law
mutant 'a changed law is reloaded' src/write/guards.c 's/return reload_after_change\(fcinfo, "ce_law_changed", CE_ANY_TABLE\);/(void) reload_after_change; PG_RETURN_NULL();/' iso:law_change 'reg:ledger lawcache'
mutant 'a changed organisation is reloaded' src/write/guards.c 's/return reload_after_change\(fcinfo, "ce_org_changed", CE_ORG\);/PG_RETURN_NULL();/' iso:law_change 'reg:ledger lawcache'
mutant 'no circle of parents' src/write/guards.c 's/if \(above == org_id\)/if (false)/' 'reg:ledger bad_input' 'reg:ledger verification'
mutant 'moves of organisations take turns (7.4a)' src/write/guards.c 's/\tce_take_turn\(RelationGetRelid\(trigdata->tg_relation\), 0\);//' iso:org_moves
mutant 'at most 32 bodies above one another (7.4a)' src/write/guards.c 's/if \(n > CE_MAX_CHAIN\)\n\t\tereport/if (false)\n\t\tereport/' 'reg:ledger bad_input'
mutant 'what stands below a body moves with it (7.4a)' src/write/guards.c 's/n \+= levels_below\(trigdata, org_id\);/(void) levels_below;/' 'reg:ledger bad_input'
mutant 'ce_check() names circles and long chains (7.4a)' sql/functions/checks.sql 's/ WHERE r.org_id IS NULL OR r.above > 32;/ WHERE false;/' 'reg:ledger bad_input'
mutant 'a revoked duty ends on a subscriber' src/write/guards.c 's/return reload_after_change\(fcinfo, "ce_member_changed", CE_ANY_TABLE\);/PG_RETURN_NULL();/' t:016_logical
mutant 'a kind waits for its first activity' src/write/guards.c 's/LockRelationOid\(lfirst_oid\(lc\), ShareRowExclusiveLock\);/(void) 0;/' iso:kind_delete
mutant 'a kind looks at what is there now' src/write/guards.c 's/(&value, NULL,\s+CE_SQL_READ_ONLY) \| CE_SQL_LATEST/$1/' iso:kind_delete
mutant 'a number of two persons is no answer' src/record/person_rows.c 's/if \(other->scheme != NULL\)/if (false)/' tap:62_person_facts
# -- allocating (7.6)
mutant 'no more than the surplus (7.6e)' src/write/allocation_trigger.c 's/if \(left >= 0\)/if (true)/' iso:allocate_revoke tap:30_catchup
mutant 'no more than the shortfall (7.6e)' src/write/allocation_trigger.c 's/if \(allocation->hours > shortfall\)/if (false)/' tap:30_catchup
mutant 'allocated hours are not revoked (7.6e)' src/ask/surplus.c 's/if \(left < 0\)/if (false)/' iso:allocate_revoke tap:30_catchup
mutant 'posted before it is compared' src/write/posting.c 's/PushActiveSnapshot\(GetLatestSnapshot\(\)\);/PushActiveSnapshot(GetActiveSnapshot());/' iso:allocate_revoke
mutant 'allocated in key order' src/write/decision.c 's/return true;\n\t\}\n\treturn false;/;\n\t}\n\treturn false;/' iso:allocate_order
mutant 'allocated one by one in key order' src/write/allocation_trigger.c 's/CE_LOCK_PERSONS \| CE_LOCK_ACCOUNTS/0/' iso:allocate_order
mutant 'allocated in a ledger not set up again' src/write/decision.c 's/if \(flushed_after_statement\(trigdata\)\)/if (flushed_after_statement(trigdata) || true)/' t:012_update
mutant 'allocated together is bounded together (7.6e)' src/write/posting.c 's/ce_post_all\(rel\);\n\tif \(n > 0\)/ce_post_all(rel);\n\tif (n == 1)/' tap:30_catchup
mutant 'public hours cure the total, too' src/ask/surplus.c 's/return Max\(a.public_short, a.total_short - a.professional_short\);/return a.public_short > 0 ? a.public_short : Max(a.total_short - a.professional_short, 0);/' tap:30_catchup
mutant 'professional hours fill a total without their minimum (7.6e)' src/ask/surplus.c 's/return law->requirement->has_professional \? a.professional_short :/return true ? a.professional_short :/' tap:72_shapes
mutant 'national bases only (7.6b)' src/ask/carry.c 's/if \(!DatumGetBool\(values\[CE_COL_ACTIVITY_NATIONAL_BASE\]\)\)/if (false)/' tap:30_catchup
mutant 'public surplus is the academy'"'"'s (7.6b)' src/ask/carry.c 's/kind != NULL && \(kind->track == CE_TRACK_FEED \|\| kind->track == CE_TRACK_OPENING\)/kind != NULL/' tap:30_catchup
mutant 'the source of a catch-up is read (7.6b)' src/law/categories.c 's/return subject == CE_SUBJECT_PUBLIC;\n(\t\*source = CE_SOURCE_NATIONAL_BASE;)/return true;\n$1/; s/return subject == CE_SUBJECT_PROFESSIONAL;\n(\t\*source = CE_SOURCE_CATEGORY;)/return true;\n$1/' tap:42_law_entry
mutant 'what was received is no surplus (7.6e)' src/ask/carry.c 's/own.category\[CE_CATEGORY_CARRIED_PUBLIC\] = 0;/;/' tap:30_catchup
mutant 'hours are given once (7.6e)' src/ask/carry.c 's/carry->surplus = ce_hours_subtract\(beyond, carry->given\);/carry->surplus = beyond;/; s/went = carry->given;/went = 0;/' tap:30_catchup
mutant 'the total comes before a surplus (AMB-29)' src/ask/carry.c 's/return ce_hours_subtract\(beyond_minimum\(a, subject\), rest\);/return beyond_minimum(a, subject);/' tap:30_catchup
mutant 'every study year cures (7.6e)' src/law/law.c 's/c->study_year > after &&/c->study_year > after \&\& after == INT_MIN \&\&/' tap:30_catchup
# -- titles (4.2, 6.2)
mutant 'apply only if eligible (4.2)' src/write/application_trigger.c 's/if \(\(e->outcome == CE_OUTCOME_ELIGIBLE\) != kept_refused\)/if (!kept_refused || e->outcome != CE_OUTCOME_ELIGIBLE)/' tap:32_applications
mutant 'banned (6.2b)' src/ask/person_years.c 's/return years->banned;/return false;/' tap:31_sanctions tap:06_sanctions
mutant 'no rule is not a no, but pending is (AMB-31)' src/ask/eligibility.c 's/if \(outcome == CE_OUTCOME_NOT_ELIGIBLE && question->yes_or_no\)/if (outcome != CE_OUTCOME_ELIGIBLE \&\& question->yes_or_no)/' tap:04_requirements
mutant 'pending is told where it is asked for (AMB-31)' src/ask/eligibility.c 's/if \(outcome == CE_OUTCOME_NOT_ELIGIBLE && question->yes_or_no\)/if (outcome == CE_OUTCOME_NOT_ELIGIBLE)/' tap:04_requirements
mutant 'the last day of a ban (AMB-25)' src/law/bans.c 's/day <= ban->until;/day < ban->until;/' tap:06_sanctions tap:31_sanctions
mutant 'a finding cancels (6.2a)' src/write/sanction_trigger.c 's/\tchange_all\(CE_APPLICATION, .*?\);\n//s' iso:finding_application
mutant 'a finding cancels what is there now' src/write/sanction_trigger.c 's/CE_SQL_LATEST, SPI_OK_UPDATE/0, SPI_OK_UPDATE/' iso:finding_application
mutant 'an application waits for a finding' src/write/application_trigger.c 's/\$1 FOR SHARE"/\$1"/' iso:finding_application
mutant 'achievements of one snapshot' src/ask/achievements.c 's/if \(!ce_same_snapshot\(&everybody.stamp, &now\)\)/if (everybody.worth == 0)/' tap:38_totals
mutant 'totals: a place that there is' src/ask/totals.c 's/if \(place < 0 \|\| place >= n\)/if (false)/' tap:38_totals
mutant 'totals: only values of ce__totals()' src/ask/totals.c 's/if \(VARSIZE\(totals\) != TOTALS_SIZE\)/if (false)/' tap:38_totals
mutant 'attested achievements stay (7.3c)' src/write/achievement_trigger.c 's/attested = old != NULL && !old->nulls\[CE_COL_ACHIEVEMENT_ATTESTED_ON\];/attested = false;/' tap:33_achievements
mutant 'a waiver is the body'"'"'s that verifies (AMB-35)' src/write/decision.c 's/if \(end->org_id != body\)/if (false)/' tap:63_waivers
mutant 'nobody waives a year of their own (7.4)' src/write/decision.c 's/\tce_duty_refuse_own\(row, person_id\);\n//' tap:63_waivers
mutant 'whom the writer does not see (AMB-35)' src/write/decision.c 's/\tce_duty_require_sight\(row, person_id, &person\);\n/\t(void) person;\n/' tap:63_waivers
mutant 'a year that has ended (AMB-35)' src/write/waiver_trigger.c 's/if \(year >= ce_year_of\(day\)\)/if (false)/' tap:63_waivers
mutant 'reason and decision (AMB-35)' src/write/waiver_trigger.c 's/if \(ce_row_blank\(row, columns\[i\]\)\)/if (row->nulls[columns[i]])/' tap:63_waivers
mutant 'no more than the requirement, of one waiver (AMB-35)' src/write/waiver_trigger.c 's/if \(hours > required\)/if (false)/' tap:63_waivers
mutant 'no more than the requirement, together (AMB-35)' src/write/waiver_trigger.c 's/if \(waived > required\)/if (false)/' tap:63_waivers iso:waiver_twice
mutant 'waivers do not overlap (AMB-35)' src/write/waiver_trigger.c 's/\t\tce_read_waivers\(change->queued.person_id, refuse_overlap, unconstify\(Change \*, change\)\);\n/\t\t(void) refuse_overlap;\n/' tap:63_waivers
mutant 'two sessions waive a year (AMB-35)' src/write/posting.c 's/ ORDER BY %s FOR NO KEY UPDATE/ ORDER BY %s/' iso:waiver_twice
mutant 'a waiver on which hours rest (AMB-35)' src/write/waiver_trigger.c 's/\telse\n\t\tce_check_allocated\(/\telse if (false)\n\t\tce_check_allocated(/' tap:63_waivers
mutant 'waivers are not deleted (AMB-35)' src/write/decision.c 's/\t\tce_kept_refuse_delete\(old, .*?;\n/\t\treturn PointerGetDatum(trigdata->tg_trigtuple);\n/' tap:63_waivers
mutant 'a waiver is kept as granted (AMB-35)' src/write/decision.c 's/\tce_kept_check_change\(row, old,/\tif (was_withdrawn) ce_kept_check_change(row, old,/' tap:63_waivers
mutant 'a waiver is posted (AMB-35)' src/write/waiver_trigger.c 's/if \(ce_waiver_credit\(row->values, row->nulls, &credit\)\)/if (false)/' tap:63_waivers
mutant 'waivers as of a day (10.5)' src/record/credits.c 's/\t\tce_granted_on\(values, nulls, reader->as_of\) &&\n/\t\ttrue \&\&\n/' tap:63_waivers
mutant 'sums are asked of waived years (AMB-35)' src/write/waiver_trigger.c 's/return required > 0 \? required : Max\(.*?\);/return required;/s' tap:72_shapes
mutant 'sums never ask less than nothing (AMB-35)' src/law/windows.c 's/sum->required = Max\((ce_hours_subtract\(sum->required, Max\(hours, 0\)\)), 0\);/sum->required = $1;/' tap:72_shapes
mutant 'what is complete takes its share of a sum (5.2.3)' src/law/windows.c 's/if \(whole \|\| \(a->public_deemed && a->public_required == 0\)\)/if (whole)/' tap:72_shapes
mutant 'what is complete is summed singly (5.2.3)' src/ask/roster.c 's/\(group->own_sums && \(credit->deems_public > 0/(false \&\& (credit->deems_public > 0/' tap:72_shapes tap:73_random_law
mutant 'later columns are missed, too' src/store/columns.c 's/CE_LATER && ce_ledger_is_older\(\)/CE_LATER/' reg:'ledger altered'
mutant 'later tables are missed, too' src/store/ledger.c 's/if \(!ce_ledger_is_older\(\)\)\n\t\tno_table/if (false)\n\t\tno_table/' reg:'ledger altered'
mutant 'years of shards: those attested are not there twice' sql/ledger/distributed.sql 's/WHERE a.person_id IS NULL AND t.person_id IS NULL/WHERE a.person_id IS NULL/' t:047_shard_views
mutant 'years of shards: those that the law requires' sql/ledger/distributed.sql 's/\n\t   AND ce__requires\([^\n]*//' t:047_shard_views
mutant 'a ledger without ce_ledger is no older one' src/store/ledger.c 's/if \(older && !ce_table_exists\(CE_LEDGER\)\)/if (false)/' reg:'ledger altered'
mutant 'one change of schemes at a time' src/write/law_tree.c 's/(together form a circle\. \*\/\n)\tce_take_turn\([^;]*;/$1\t;/' iso:law_moves
mutant 'one change of categories at a time' src/write/law_tree.c 's/(want one lane\. \*\/\n)\tce_take_turn\([^;]*;/$1\t;/' iso:law_moves
mutant 'no longer chain than is read' src/write/law_tree.c 's/\tcheck_chain\(row, trigdata\);/\t(void) check_chain;/' tap:48_based_on
mutant 'a lane with hours is not given again' src/write/law_tree.c 's/if \(!ce_activity_exists\(/if (true || !ce_activity_exists(/' tap:71_categories
mutant 'names that mean something else' src/write/law_tree.c 's/\{"any", "academy", "national_base", "total"\}/{"any"}/' tap:71_categories
mutant 'law: a cycle of the calendar' src/write/law_trigger.c 's/\tif \(cycle\)\n\t\tce_check_year\(/\tif (false)\n\t\tce_check_year(/' tap:71_categories
mutant 'law: what deems and completes nothing' sql/functions/checks.sql 's/WHERE a.subject = d.subject AND a.from_year/WHERE a.from_year/' tap:71_categories
mutant 'law: sums of a window contradict each other' sql/functions/checks.sql 's/ > w.required_total;/ > w.required_total AND false;/' tap:71_categories
mutant 'what a waiver leaves is required (AMB-29)' src/ask/carry.c 's/a->professional_hours, a->professional_required\)/a->professional_hours, law_required)/; s/beyond_minimum\(const CeAssessment \*a, CeSubject subject\)\n\{/beyond_minimum(const CeAssessment *a, CeSubject subject)\n{\n\tCeHours law_required = CeHoursFromInt(90);\n/' tap:63_waivers
mutant 'a waiver is told (AMB-35)' src/ask/conditions.c 's/\n\ttell_waivers\(x\);\n/\n\t(void) tell_waivers;\n/' tap:63_waivers
mutant 'a waived year is not certified as studied (AMB-35)' sql/pages/certificate.sql 's/THEN .waived_text. ELSE .met_text. END/THEN \x27met_text\x27 ELSE \x27met_text\x27 END/' tap:63_waivers
mutant 'a waiver is no deeming by 5.3 (AMB-35)' sql/pages/certificate.sql 's/\n\s+AND EXISTS \(SELECT FROM ce_activity v WHERE v.person_id = \$1 AND v.year = \$2 AND v.status = .verified.\n\s+AND CASE d.subject [^\n]* END\)//' tap:63_waivers
mutant 'a certificate of a waiver that was revoked (AMB-35)' sql/pages/certificate_code.sql 's/w.granted_on <= day AND w.revoked_on > day;/false;/' tap:63_waivers
mutant 'only who may not apply is refused (4.2)' src/write/application_trigger.c 's/\tif \(kept_refused\)\n\t\tereport/\tif (kept_refused)\n\t\treturn;\n\tif (kept_refused)\n\t\tereport/' tap:32_applications
mutant 'the error names the level that was judged (AMB-9)' src/write/application_trigger.c 's/_\(ce_level_label\(e->level\)\),\n\t\t\t\t\t_/_(ce_level_label(question->level)),\n\t\t\t\t\t_/' tap:32_applications
mutant 'a body without a name is told by its id' src/who/org.c 's/org != NULL && org->name\[strspn.*?!= .\\0.\)/org != NULL)/' tap:63_waivers
mutant 'what was taken is not refused (4.2)' src/write/application_trigger.c 's/strcmp\(status, "refused"\) == 0\)\n\t\tereport/false)\n\t\tereport/' tap:32_applications
mutant 'applications: no other status (4.2)' src/write/application_trigger.c 's/\t\tcheck_new_status\(&row, old\);\n/\t\t(void) check_new_status;\n/' tap:32_applications
mutant 'applications: cancelled by a finding alone (6.2a)' src/write/application_trigger.c 's/\t\tif \(found\)\n\t\t\treturn;/\t\treturn;/' tap:32_applications
mutant 'applications: a finding that was revoked cancels nothing (6.2a)' src/write/application_trigger.c 's/\|= nulls\[CE_COL_SANCTION_REVOKED_ON\]/|= true/' tap:32_applications
mutant 'applications: closed before any duty (4.2)' src/write/application_trigger.c 's/\tif \(closed\)\n\t\tce_kept_check_change/\tif (false)\n\t\tce_kept_check_change/' tap:60_members
mutant 'in review nothing is deleted (7.4a)' src/write/activity_steps.c 's/if \(status == CE_STATUS_IN_REVIEW\)\n\t\tce_refuse_delete/if (false)\n\t\tce_refuse_delete/' tap:07_workflow
mutant 'a reviewed plan is not deleted (7.2a)' src/write/plan_trigger.c 's/if \(plan_status\(old\) == CE_PLAN_REVIEWED\)\n\t\t\tce_refuse/if (false)\n\t\t\tce_refuse/' tap:07_workflow
mutant 'archive: a year with a deferral alone (AMB-35)' sql/pages/certificate.sql 's/\n\t+UNION SELECT w.year FROM ce_waiver[^\n]*\) y\) v/) y) v/' tap:55_pages_notices
mutant 'archive: no year of a revoked decision alone (AMB-35)' sql/pages/certificate.sql 's/(UNION SELECT w.year FROM ce_waiver w WHERE w.person_id = \$1) AND w.revoked_on IS NULL/$1/' tap:55_pages_notices
mutant 'applying names the duty (7.1)' sql/functions/questions.sql 's/\tPERFORM ce__require_duty_on\(.ce_application., NULL, .record.\);\n//' tap:60_members
mutant 'checking a code names the duty (7.1)' sql/pages/certificate_code.sql 's/\tPERFORM ce__require_reading\(.*?;\n//s' tap:54_pages
mutant 'refused only where it is said (4.2)' sql/functions/questions.sql 's/CASE WHEN \$6 AND ce_verdict/CASE WHEN ce_verdict/' tap:32_applications
mutant 'a waiver comes once (9.4a)' src/feed/import_waiver.c 's/if \(is_known\(waiver\)\)/if (is_known(waiver) \&\& false)/' tap:65_import_waivers
mutant 'a waiver comes once from two sessions (9.4a)' src/feed/import_waiver.c 's/\tlock_person\(loaded->person_id\);\n/\t(void) lock_person;\n/' iso:import_waivers_twice
mutant 'also from one that began before (9.4a)' src/feed/import_waiver.c 's/PushActiveSnapshot\(GetLatestSnapshot\(\)\)/PushActiveSnapshot(GetTransactionSnapshot())/' iso:import_waivers_twice
mutant 'a waiver that was revoked comes again (AMB-35)' src/feed/import_waiver.c 's/ AND v.revoked_on IS NULL"/"/' tap:65_import_waivers
mutant 'no field of a waiver is ignored (9.4a)' src/feed/import_waiver.c 's/if \(field == WAIVER_FIELDS\)\n\t\t\tce_load_reject.*?;\n\t\telse if/if (field == WAIVER_FIELDS)\n\t\t\tcontinue;\n\t\telse if/s' tap:65_import_waivers
mutant 'every fault of a waiver in one round (9.4a)' src/feed/import_load.c 's/\tce_import_add_line\(lines, line\);/\tif (*lines == NULL)\n\t\tce_import_add_line(lines, line);/' tap:65_import_waivers
mutant 'a waiver: which duty is lacking (7.1)' src/feed/import_waiver.c 's/\tce_duty_require_anywhere\(CE_WAIVER, CE_DUTY_VERIFY\);\n//' tap:65_import_waivers
mutant 'a waiver: and for which body (7.1)' src/feed/import_waiver.c 's/\trequire_duty\(&waiver\);\n/\t(void) require_duty;\n/' tap:65_import_waivers
mutant 'a waiver that a trigger leaves out' src/feed/import_waiver.c 's/SPI_OK_INSERT_RETURNING\) > 0, ce_table_name/SPI_OK_INSERT_RETURNING) >= 0, ce_table_name/' tap:47_refusals
mutant 'import: a kind by its label' src/feed/import_spelling.c 's/\ttake_label\(item\);\n/\t(void) take_label;\n/' tap:50_import
mutant 'import: a code goes before a label' src/feed/import_spelling.c 's/if \(text == NULL \|\| ce_find_kind\(text, strlen\(text\)\) != NULL\)/if (text == NULL)/' tap:50_import
mutant 'import: a label with blanks is told once' src/feed/import_spelling.c 's/!\(field == IMPORT_KIND && /!(false \&\& /' tap:50_import
mutant 'import: a label of two kinds' src/feed/import_spelling.c 's/if \(n == 1\)/if (n > 0)/' tap:50_import
mutant 'fields: a month is no day' src/store/day_text.c 's/if \(folded != NULL && is_month\(folded\)\)/if (false \&\& is_month(folded))/' tap:65_import_waivers
mutant 'a deferral lets hours go (AMB-35)' src/ask/carry.c 's/left->hours = with_waiver\(&carry, Max\(left->hours, 0\), target\);/;/' tap:64_carry
mutant 'to the year that is deferred (AMB-35)' src/ask/carry.c 's/if \(target->year != to_year \|\| /if (/' tap:64_carry
mutant 'so many hours as are deferred (AMB-35)' src/ask/carry.c 's/return target->deferred.all \? target->given : Min\(target->given, target->deferred.hours\);/return target->given;/' tap:64_carry
mutant 'deferred of either subject, together (AMB-35)' src/ask/carry.c 's/Max\(ce_hours_subtract\(target->given_of_other, target->of_other.hours\), 0\)/0/' tap:68_allocation_plan
mutant 'deferred of the subject first (AMB-35)' src/ask/carry.c 's/ce_hours_subtract\(target->given_of_other, target->of_other.hours\)/target->given_of_other/' tap:68_allocation_plan
mutant 'no more than a waiver defers (AMB-35)' src/ask/carry.c 's/take\(-without_permission\(&carry, to_year\), CE_LIMIT_WAIVER, least, limit\);/;/' tap:64_carry iso:deferral_revoked
mutant 'a permission that went is named (7.6)' sql/functions/checks.sql 's/ WHERE l.hours > .0.;/ WHERE false;/' tap:30_catchup
mutant 'a deferral as of its day (10.5)' src/record/credits.c 's/return !nulls\[CE_COL_WAIVER_DEFERS_TO\] && ce_granted_on\(values, nulls, day\);/return !nulls[CE_COL_WAIVER_DEFERS_TO];/' tap:64_carry
mutant 'an allocation and its waiver (AMB-35)' src/write/allocation_trigger.c 's/CE_LOCK_PERSONS \| CE_LOCK_ACCOUNTS/CE_LOCK_ACCOUNTS/' iso:deferral_revoked
mutant 'no more than the most (7.6)' src/ask/carry.c 's/law->most_hours < 0 \? carry->by_source :/true ? carry->by_source :/' tap:64_carry
mutant 'the source of a carry (7.6b)' src/ask/carry.c 's/if \(!in_category\(&credit, carry->law->source_node\)\)/if (false)/' tap:64_carry
mutant 'not before the later year (7.6e)' src/write/allocation_trigger.c 's/check_day\(row, CE_COL_ALLOCATION_ALLOCATED_ON, Max\(from_year, to_year\)\)/check_day(row, CE_COL_ALLOCATION_ALLOCATED_ON, from_year)/' tap:64_carry
mutant 'a circle of years (7.6)' sql/functions/checks.sql 's/ WHERE r.study_year BETWEEN r.target_from AND r.target_to;/ WHERE false;/' tap:64_carry
mutant 'law: not to its own year (7.6e)' src/write/law_trigger.c 's/\t\tce_in_years\(target_from, target_to, study_year\)\)/\t\tfalse)/' tap:42_law_entry
mutant 'law: a carry across subjects (7.6b)' src/law/categories.c 's/return \*node >= 0 && tree->root\[\*node\] == root;/return *node >= 0;/' tap:42_law_entry
mutant 'sanctions are not deleted (6.2)' src/write/sanction_trigger.c 's/\t\tce_kept_refuse_delete\(.*?;\n/\t\treturn PointerGetDatum(trigdata->tg_trigtuple);\n/' tap:31_sanctions
# -- imports (9.4)
mutant 'import: a reference is known again (AMB-34)' src/feed/import_lookup.c 's/ AND a.source_ref OPERATOR\(pg_catalog.=\) ANY \(ARRAY\[i.ref, i.ref2, i.ref3\]\)"/ AND false"/' tap:50_import
mutant 'import: what differs is a conflict (AMB-34)' src/feed/import_compare.c 's/if \(left_to_ledger\(item, activity\[LOOKUP_STATUS\], field\) \|\|\n\t+ce_same_text\(stored, item->values\[field\]\)\)/if (true)/' tap:50_import
mutant 'import: a reference of several persons' src/feed/import_lookup.c 's/ce_same_text\(found\[LOOKUP_STORED \+ IMPORT_PERSON_ID\], person\)/false/' tap:50_import
mutant 'import: a reference twice in one batch' src/feed/import_batch.c 's/item->wave = Max\(first, wave_after\(waves, by_ref\)\);/item->wave = first;/' tap:50_import
mutant 'import: one evidence, one credit (AMB-34)' src/feed/import_batch.c 's/ce_import_find_same_course\(batch->items, batch->n\);//' tap:51_xapi
mutant 'import: one evidence within a batch (AMB-34)' src/feed/import_batch.c 's/item->wave = Max\(item->wave, wave_after\(waves, by_course\)\);//' tap:51_xapi
mutant 'import: the hours of the course' src/feed/import_lookup.c 's/\{IMPORT_HOURS, LOOKUP_COURSE_HOURS\}/{IMPORT_HOURS, LOOKUP_PERSON_BY_ID}/' tap:51_xapi
mutant 'import: what a statement says goes first' src/feed/import_lookup.c 's/if \(\*value == NULL\)\n(\t+\*value = lookup)/$1/' tap:51_xapi
mutant 'import: voided before it came' src/feed/import_batch.c 's/else if \(lookup->voided_by != NULL\)/else if (false)/' tap:51_xapi
mutant 'import: what is voided is remembered' src/feed/import_batch.c 's/\tce_import_remember_voided\(item\);\n//' tap:51_xapi
mutant 'import: the second of a pair is remembered' src/feed/import_batch.c 's/\tce_import_remember_same_course\(batch->items, batch->n\);//' tap:51_xapi
mutant 'import: a sibling brings nothing back (AMB-34)' src/feed/import_compare.c 's/coalesce\(i.completed_on::pg_catalog.date OPERATOR\(pg_catalog.<=\) a.revoked_on, true\)/false/' tap:51_xapi
mutant 'import: a course taken after a revocation' src/feed/import_compare.c 's/coalesce\(i.completed_on::pg_catalog.date OPERATOR\(pg_catalog.<=\) a.revoked_on, true\)/true/' tap:51_xapi
mutant 'import: a statement voided and sent again' src/feed/import_compare.c 's/coalesce\(NOT pg_catalog.starts_with\(a.note, .voided: .\), true\)/true/' tap:51_xapi
mutant 'import: UUIDs in either case (RFC 4122)' src/feed/import_record.c 's/if \(is_uuid\(ref\)\)/if (false)/' tap:51_xapi
mutant 'import: UUIDs kept in capitals before' src/feed/import_record.c 's/\t\titem->spellings\[n\+\+\] = asc_toupper\(ref, strlen\(ref\)\);\n//' tap:51_xapi
mutant 'import: equal numbers are one reference' src/feed/import_item.c 's/return numeric_normalize\(value->val.numeric\);/return DatumGetCString(DirectFunctionCall1(numeric_out, NumericGetDatum(value->val.numeric)));/' tap:50_import
mutant 'import: a number kept with decimals before' src/feed/import_record.c 's/else if \(item->ref_as_sent != NULL && item->voids == NULL\)/else if (false)/' tap:50_import
mutant 'import: what does not fit into an index' src/feed/import_record.c 's/if \(text != NULL && strlen\(text\) > limit\)/if (false)/' tap:50_import
mutant 'import: success is true' src/feed/import_xapi.c 's/if \(value->type != jbvBool\)\n\t+ce_import_reject.*?conditions\[i\]\)\);\n\t\telse if/if (value->type == jbvBool)\n\t\tif/s' tap:51_xapi
mutant 'import: a result is an object' src/feed/import_xapi.c 's/if \(found == NULL && member\(object, name\) != NULL\)/if (false)/' tap:51_xapi
mutant 'import: how long a class hour is (AMB-12)' src/feed/import_lookup.c 's/SECS_PER_MINUTE \* atoi\(minutes\)/SECS_PER_MINUTE * 45/' tap:51_xapi
mutant 'import: a class hour of the scheme (AMB-12)' src/feed/import_lookup.c 's/ce__requirement\(s\.scheme,/ce__requirement('"'general'"',/' tap:51_xapi
mutant 'import: a class hour of the year (AMB-12)' src/feed/import_lookup.c 's/THEN pg_catalog.substr\(i\.completed_on, 1, 4\)::integer END/THEN 2016 END/' tap:51_xapi
mutant 'import: the setting is gone (AMB-12)' src/module.c 's/if \(\*newval == NULL \|\| \*\*newval == .*?\)\n/if (true)\n/' tap:51_xapi
mutant 'import: every fault in one round' src/feed/import_item.c 's/\tce_import_add_line\(&item->faults, fault\);/\tif (item->faults == NULL)\n\t\tce_import_add_line(\&item->faults, fault);/' tap:50_import
mutant 'import: a conflict names every field' src/feed/import_compare.c 's/if \(agrees\(item, activity, field\)\)\n\t\t\tcontinue;/if (agrees(item, activity, field) || message.len > 0)\n\t\t\tcontinue;/' tap:50_import
mutant 'import: what is read otherwise is told' src/feed/import_item.c 's/\tif \(item->readings != NULL\)/\tif (false)/' tap:50_import
mutant 'import: hours of 0 are not stated where days count' src/feed/import_facts.c 's/if \(rule != NULL && ce_goes_by_days\(rule\)\)/if (rule == NULL)/' tap:50_import
mutant 'import: hours of 0 are an error elsewhere' src/feed/import_facts.c 's/ && ce_goes_by_days\(rule\)\)/)/' tap:50_import
mutant 'import: what is to come is told with the rest (5.1)' src/feed/import_facts.c 's/if \(strcmp\(completed_on, today\) > 0\)/if (false)/' tap:50_import
mutant 'import: corrected after a rejection it is a new try' src/feed/import_compare.c 's/else if \(!rejected\)\n/else\n/' tap:50_import
mutant 'import: as it was rejected it stays so' src/feed/import_compare.c 's/for \(int i = 0; rejected && i < lookup->nrejected; i\+\+\)/for (int i = 0; false; i++)/' tap:50_import
mutant 'import: one try that is not rejected' sql/ledger/activities.sql "s/WHERE source IS NOT NULL AND status <> 'rejected'/WHERE source IS NOT NULL/" tap:50_import
mutant 'import: a voided statement is no new try' src/feed/import_compare.c 's/if \(rejected && lookup->voided_by != NULL\)/if (false)/' tap:51_xapi
mutant 'import: blanks kept before' src/feed/import_record.c 's/if \(item->ref != NULL && item->ref_as_sent == NULL && strcmp/if (false \&\& strcmp/' tap:50_import
mutant 'import: a staging table that is older' src/feed/import.c 's/if \(get_attnum\(staging, column\) == InvalidAttrNumber\)/if (false)/' tap:50_import
mutant 'fields: thousands have three digits' src/store/field_text.c 's/if \(separates != \(whole\[i\] == .,.\) \|\|\n\s+/if ((/; s/\(!separates && !isdigit/whole[i] != \x27,\x27 \&\& !isdigit/' tap:50_import
mutant 'fields: the first group of thousands' src/store/field_text.c 's/if \(digits % 4 == 0\)/if (false)/' tap:50_import
mutant 'fields: blanks of any width' src/store/field_text.c 's/c == 0x3000 \|\| c == 0xFEFF/false/' tap:50_import
mutant 'fields: #N\/A is empty' src/store/field_text.c 's/strncmp\(begin, NOT_AVAILABLE, end - begin\) == 0/false/' tap:50_import
mutant 'days: serials only where the source says so' src/store/day_text.c 's/if \(serials == CE_NO_SERIALS \|\| number < 0\)/if (number < 0)/' tap:50_import
mutant 'days: 29 February 1900 was none' src/store/day_text.c 's/number == 0 \|\| number == 60/number == 0/' tap:50_import
mutant 'days: serials behind it' src/store/day_text.c 's/number - \(number > 60 \? 1 : 0\)/number/' tap:50_import
mutant 'titles: by the table' src/feed/title.c 's/if \(find_title\(title, level\)\)/if (false)/' tap:52_link
mutant 'titles: an unknown one is an error' src/feed/title.c 's/\tif \(\*level != 0\)\n\t\treturn NULL;/\treturn NULL;/' tap:52_link
mutant 'import_person: every fault in one round' src/feed/import_load.c 's/\tadd_line\(loaded, &loaded->faults, fault\);/\tif (loaded->faults == NULL)\n\t\tadd_line(loaded, \&loaded->faults, fault);/' tap:52_link
mutant 'import_person: null is not given' src/feed/import_person.c 's/if \(ce_field_text\(text\) == NULL\)\n\t\{/if (false)\n\t{/' tap:52_link
mutant 'days: of Asia/Shanghai (AMB-40)' src/store/day_text.c 's/seconds \+= SHANGHAI_SECONDS - offset;/seconds += 0 * SHANGHAI_SECONDS;/' tap:50_import
mutant 'days: text behind is a time' src/store/day_text.c 's/if \(!read_time\(&p, blank \? 1 : 2, &seconds\)\)\n\t\treturn false;/if (!read_time(\&p, blank ? 1 : 2, \&seconds))\n\t\tp = "";/' tap:50_import
mutant 'days: written in ISO' src/store/day_text.c 's/EncodeDateOnly\(&tm, USE_ISO_DATES, buf\)/EncodeDateOnly(\&tm, DateStyle, buf)/' tap:50_import
mutant 'receipts: no setting of the session' sql/functions/reasons.sql 's/ SET IntervalStyle = .postgres. SET TimeZone = .UTC.//' tap:34_reasons
mutant 'receipts: those of 0.2.0 hold' sql/functions/reasons.sql 's/ WHERE d.recorded \? n.key\)/)/' tap:34_reasons
mutant 'findings: more hours than one day has (AMB-14)' sql/ledger/views.sql 's/IS NOT DISTINCT FROM p.plan_id THEN 24 END/IS NOT DISTINCT FROM p.plan_id THEN NULL END/' tap:09_reports
mutant 'findings: not the totals of courses of the academy (AMB-14)' sql/ledger/views.sql 's/ AND k.track <> .feed.//' tap:09_reports
mutant 'findings: not the totals of earlier years' sql/ledger/views.sql 's/ AND k.track <> .opening.\n   AND d.hours/ AND d.hours/' tap:09_reports
mutant 'findings: hours of a plan without attended ones (AMB-14)' sql/ledger/views.sql 's/coalesce\(a.hours, CASE WHEN r.basis = .filed_hours. THEN a.awarded END\)/a.hours/' tap:09_reports
mutant 'findings: a plan with many hours a day (AMB-14)' sql/ledger/views.sql 's/AND p.hours::numeric > 10 \* d.days/AND false/' tap:09_reports
mutant 'findings: completed before the course (5.2)' sql/ledger/views.sql 's/a.completed_on < p.starts_on/a.completed_on <= p.starts_on/' tap:09_reports
mutant 'hours fit into the days given (AMB-14)' src/record/conversion.c 's/return nulls\[CE_COL_ACTIVITY_DAYS\] \? CE_DAYS_UNKNOWN :\n\t\tce_whole_days\(values\[CE_COL_ACTIVITY_DAYS\]\);/return CE_DAYS_UNKNOWN;/' tap:09_reports
mutant 'hours of a plan fit into the days (AMB-14)' src/write/activity_facts.c 's/\tcheck_filed_hours\(&facts, &conversion\);/\t(void) check_filed_hours;/' tap:05_conversion
mutant 'hours of a plan fit into its days, too (AMB-14)' src/law/convert.c 's/Min\(facts->whole_days, facts->plan_whole_days\)/facts->whole_days/' tap:05_conversion
mutant 'waiting: hours fit into the days (AMB-14)' src/law/convert.c 's/\(!facts->has_hours \|\| ce_hours_fit\(facts->hours, facts->whole_days\)\)/true/' tap:35_waiting
mutant 'waiting: hours of a plan fit into the days (AMB-14)' src/law/convert.c 's/ &&\n\t\tce_plan_hours_fit\(facts, conversion\);/;/' tap:35_waiting
mutant 'waiting: days in one year (AMB-39)' src/law/convert.c 's/return ce_in_one_year\(facts, conversion->rule\) &&/return/' tap:35_waiting
mutant 'waiting: no quantity without a unit (AMB-31)' src/law/convert.c 's/\t\t!is_unwanted\(facts, conversion->rule\) &&\n//' tap:35_waiting
mutant 'waiting: whole units (AMB-31)' src/law/convert.c 's/\t\t!has_parts\(facts, conversion->rule\) &&\n//' tap:35_waiting
mutant 'waiting: the queue has the first day (AMB-31)' sql/ledger/views.sql 's/a.completed_on, a.started_on, a.days, a.hours, a.grade, a.role, a.rank, a.quantity\)::numeric AS hours/a.completed_on, NULL, a.days, a.hours, a.grade, a.role, a.rank, a.quantity)::numeric AS hours/' tap:35_waiting
mutant 'what was verified stands (AMB-31)' src/record/conversion.c 's/\treturn convert_row\(values, nulls, scheme, converted, &refused\);/\tconst char *m = convert_row(values, nulls, scheme, converted, \&refused);\n\treturn m == NULL \&\& refused ? "refused" : m;/' tap:35_waiting
mutant 'what the law converts no longer can be rejected (7.4)' src/write/activity_steps.c 's/to == CE_STATUS_REJECTED && !ce_row_differs_in\(.*?\)\)/false)/' tap:35_waiting
mutant 'a rejection gives no hours' src/write/activity_facts.c 's/\t\tderive\(row, before, column, before->r.values\[column\]\);/\t\tcontinue;/' tap:35_waiting
mutant 'conversion: a product that is no hours (AMB-31)' src/law/convert.c 's/problem == ce_hours_too_large \? too_many : too_fine/NULL/' tap:35_waiting
mutant 'conversion: the most hours of one activity' src/law/convert.c 's/missing == NULL && conversion->hours > MAX_HOURS/false/' tap:35_waiting
mutant 'plans: hours fit into the days (AMB-14)' src/write/plan_trigger.c 's/\t\tcheck_fit\(row\);/\t\t(void) check_fit;/' tap:07_workflow
mutant 'plans: days fit into the calendar (AMB-14)' src/write/plan_trigger.c 's/if \(days > calendar_days\)/if (false)/' tap:07_workflow
mutant 'plans: one with too many hours can be rejected (AMB-14)' src/write/plan_trigger.c 's/ && status != CE_PLAN_REJECTED\)\n\t\tcheck_fit/)\n\t\tcheck_fit/' tap:07_workflow
mutant 'the schema may be renamed' src/store/language.c 's/psprintf\("%s, pg_temp", name\)/"hours, pg_temp"/' t:019_rename
mutant 'a restore finds the operator =' sql/types/equality.sql 's/ALTER OPERATOR = \(ce_level, ce_level\) SET SCHEMA pg_catalog;\n//; s/\nCREATE OPERATOR \@extschema\@.= \(\n\tFUNCTION = ce_level_eq.*//s' t:001_dump
mutant 'import: verified stands (7.4b)' src/feed/import_write.c 's/if \(ce_import_has_status\(status, CE_STATUS_VERIFIED\)\)/if (false)/' tap:51_xapi
mutant 'import: nothing is left out silently' src/feed/import_record.c 's/ce_import_reject\(item, psprintf\(_\("field \\"%s\\" does not exist.*?&key\)\)\)\);/continue;/s' tap:50_import
mutant 'import: a bad record stands alone' src/feed/import_write.c 's/if \(n > 1\)\n\t\{/for (int i = 0; i < n \&\& n > 1; i++)\n\t\trefuse(items[i], error, retry_wave);\n\tif (false)\n\t{/; s/(refuse\(items\[0\], error, retry_wave\);\n)\tFreeErrorData\(error\);/$1/' tap:50_import
mutant 'import: imports of a source take turns' src/feed/import_batch.c 's/\tlock_sources\(items, nitems\);/\t(void) lock_sources;/' iso:import_twice
mutant 'turns: one after the other' src/store/turn.c 's/LockDatabaseObject\(table, \(Oid\) work, 0, ExclusiveLock\);/(void) table;/' iso:import_twice
mutant 'turns: by a lock that is out of reach' src/store/turn.c 's/LockDatabaseObject\(table, \(Oid\) work, 0, ExclusiveLock\);/LOCKTAG tag;\n\tSET_LOCKTAG_ADVISORY(tag, MyDatabaseId, table, work, 2);\n\t(void) LockAcquire(\&tag, ExclusiveLock, false, false);/; s/#include "storage.lmgr.h"/#include "miscadmin.h"\n#include "storage\/lmgr.h"/' iso:nobody_blocks
mutant 'turns: ce_setup() by a lock of the owner' sql/functions/setup.sql 's/LOCK TABLE ce_ledger IN SHARE ROW EXCLUSIVE MODE;/PERFORM pg_catalog.pg_advisory_xact_lock(pg_catalog.hashtext(\x27ce_setup\x27), 2615);/' iso:nobody_blocks
mutant 'turns: two first calls of ce_setup()' sql/functions/setup.sql 's/EXCEPTION WHEN unique_violation OR duplicate_table OR duplicate_object THEN/EXCEPTION WHEN division_by_zero THEN/' iso:setup_twice
mutant 'setup: a ledger of an earlier version gets what it lacks' sql/functions/setup.sql 's/<= array_position\(releases, f\.lacking\)/< array_position(releases, f.lacking)/' t:012_update
mutant 'setup: CHECKs hold for all rows once all keep them' sql/functions/setup.sql 's/EXECUTE (format\(.ALTER TABLE %s VALIDATE)/PERFORM $1/' t:034_setup
mutant 'setup: law rows come once' sql/functions/setup.sql 's/coalesce\(f.edition > has_edition, /coalesce(f.edition IS NOT NULL, /' reg:setup
mutant 'setup: others keep a ledger that they work in' sql/functions/setup.sql 's/AND x\.grantee <> c\.relowner/AND false/' t:012_update
mutant 'setup: a dry run changes nothing' sql/functions/setup.sql 's/IF NOT dry_run THEN/IF true THEN/' t:034_setup
mutant 'setup: a dry run takes its turn' sql/functions/setup.sql 's/\t\tIF first THEN\n/\t\tIF false THEN\n/' t:034_setup
mutant 'setup: the line of a statement' src/store/script.c 's/line \+= count_lines\(text, end\);//' t:034_setup
mutant 'released scripts are frozen' sql/ce_hours--0.1.0.sql 's/\n\n/\n/' t:035_frozen
mutant 'import: a staged line once' src/feed/import.c 's/ce_staging WHERE outcome IS NULL AND line/ce_staging WHERE line/' tap:50_import
mutant 'import: staged lines of one source' src/feed/import.c 's/one_source \? " AND source OPERATOR\(pg_catalog.=\) \$3" : ""/one_source ? " AND \$3 IS NOT NULL" : ""/' tap:50_import
mutant 'import: a staged line says what became of it' src/feed/import.c 's/\t\twrite_outcomes\(items, n\);/\t\t(void) write_outcomes;/' tap:50_import
mutant 'import: evidence that came later stays (7.3a)' src/feed/import_compare.c 's/\t\tcase IMPORT_TITLE:\n\t\tcase IMPORT_EVIDENCE:\n//' tap:50_import
mutant 'white space of any width is no evidence (7.3a)' src/store/trigger_row.c 's/ce_field_text\(s\) == NULL/*s == 0/' tap:44_completing
# -- an HR table next door
mutant 'link: a waiver keeps the person (AMB-35)' src/feed/person_records.c 's/CE_APPLICATION, CE_WAIVER, CE_PERSON_SCHEME/CE_APPLICATION, CE_PERSON_SCHEME/' tap:52_link
mutant 'link: former schemes go with the person' src/feed/person_records.c 's/\t\tce_person_query_run\(&schemes, Int64GetDatum\(person_id\), 0\);/\t\t(void) schemes;/' tap:52_link
mutant 'link: former schemes keep the key' src/feed/link_rows.c 's/ce_person_records\(person_id, !goes\)/ce_person_records(person_id, false \&\& goes)/' tap:52_link
mutant 'import_person: a person whom the role does not see' src/feed/person.c 's/if \(facts->given\[FACT_ORG_ID\] &&\n\t\t\tperson_is_hidden/if (false \&\&\n\t\t\tperson_is_hidden/' tap:60_members
mutant 'import_person: a number that is taken' src/feed/import_sql.c 's/if \(is_number_taken\(error\)\)/if (false \&\& is_number_taken(error))/' tap:60_members
mutant 'titles: the level that they begin with' src/feed/title.c 's/level = longer != 0 \? longer : level;/(void) longer;/' tap:52_link
mutant 'titles: assistants are junior' src/feed/title.c 's/\t\tlevel = CE_JUNIOR;/\t\tlevel = 0;/' tap:52_link
mutant 'import: a plan of another organisation (7.1)' src/feed/import_lookup.c 's/\tif \(lookup->foreign_plan != NULL\)\n/\tif (false)\n/' tap:60_members
mutant 'import: a plan that is not seen is not named (7.1)' src/feed/import_lookup.c 's/\t\tce_sees_plan_of\(role, plan.org_id, plan.status\) &&\n//' tap:60_members
mutant 'link: its key identifies' src/feed/link.c 's/if \(!unique\)/if (false)/' tap:52_link
mutant 'link: by the owner of the ledger' src/feed/link.c 's/if \(!ce_owns_relation\(ce_table_oid\(CE_PERSON\), GetUserId\(\)\)\)/if (false)/' tap:52_link t:015_link
mutant 'link: by who may put triggers there' src/feed/link.c 's/if \(acl != ACLCHECK_OK\)/if (false)/' tap:52_link t:015_link
mutant 'link: READ COMMITTED' src/feed/link.c 's/if \(IsolationUsesXactSnapshot\(\)\)/if (false)/' tap:52_link t:015_link
mutant 'link: no table of the ledger' src/feed/link.c 's/strncmp\(name, "ce_", 3\) == 0\)/false)/' tap:52_link
mutant 'link: an ordinary permanent table' src/feed/link.c 's/if \(rel->rd_rel->relkind != RELKIND_RELATION \|\|\n\s+rel->rd_rel->relpersistence == RELPERSISTENCE_TEMP\)/if (false)/' tap:52_link
mutant 'link: a person of two tables (rows)' src/feed/link_rows.c 's/if \(done != CE_PERSON_NEW && others\)/if (false)/' tap:52_link
mutant 'link: a person of two tables (at once)' src/feed/link_load.c 's/if \(load.nmet > 0\)/if (false)/' tap:52_link
mutant 'link: who has records stays (6.2d, 7.4)' src/feed/link_rows.c 's/if \(records != NULL\)/if (false)/' tap:52_link
mutant 'link: TRUNCATE, too' src/feed/link_rows.c 's/refuse_if_records\(link, person_id, true,\n\s+gettext_noop\(\"cannot remove.*?\)\);//' tap:52_link
mutant 'link: the rows as the table'"'"'s owner' src/feed/link_take.c 's/\t\tce_become_owner\(rel, &self\);\n(\t\tif \(has_key)/\t\tce_become_owner(rel, \&self);\n\t\tce_become_self(\&self);\n$1/' tap:52_link t:015_link
mutant 'link: the dry run keeps nothing' src/feed/link_load.c 's/\tRollbackAndReleaseCurrentSubTransaction\(\);/\tReleaseCurrentSubTransaction();/' tap:52_link
mutant 'link: the dry run tells every fault' src/feed/link_load.c 's/(foreach\(lc, faults\)\n\t\t\tload->report.*?;)/$1\n\tif (load->report != NULL)\n\t\tload->report = NULL;/s' tap:52_link
mutant 'link: a bad row that is listed changes nothing' src/feed/link_rows.c 's/if \(!link->lists\)\n/if (true)\n/' tap:52_link
mutant 'link: a corrected row goes from the list' src/feed/link_take.c 's/" AND key OPERATOR\(pg_catalog\.=\) \$2"/" AND key OPERATOR(pg_catalog.=) \$2 AND false"/' tap:52_link
mutant 'link: a person of two tables is listed' src/feed/link_take.c 's/if \(attempt->others && attempt->done != CE_PERSON_NEW\)/if (false)/' tap:52_link
mutant 'link: a number of two tables' src/feed/link_take.c 's/bool\t\tas_number = by_number && /bool\t\tas_number = false \&\& /' tap:52_link
mutant 'link: ids given away are passed over' src/feed/person_records.c 's/\} while \(ce_person_exists\(id\)\);/} while (false);/' tap:52_link
mutant 'link: a corrected number keeps its person' src/feed/link_rows.c 's/if \(new != NULL && link->by_number\)\n\t\treturn true;/if (false)\n\t\treturn true;/' tap:52_link
mutant 'link: a UUID is no person_id' src/feed/link_columns.c 's/category != TYPCATEGORY_STRING\)/false)/' tap:52_link
mutant 'unlink: the triggers go' src/feed/link.c 's/run_utility\(psprintf\("DROP TRIGGER IF EXISTS ce_link ON %s", table\)\);//' tap:52_link
mutant 'unlink: what is linked' src/feed/link.c 's/SPI_OK_DELETE\) == 0\)\n\t\tereport/SPI_OK_DELETE) == 9)\n\t\tereport/' tap:52_link
mutant 'import_person: a field that nobody knows' src/feed/import_person.c 's/if \(fact < 0\)\n\t\t\treject.*?;/if (fact < 0)\n\t\t\tcontinue;/s' tap:52_link
mutant 'import_person: one employer' src/feed/import_person.c 's/if \(is_org && \*org_field != NULL\)/if (false)/' tap:52_link
mutant 'import_person: what does not fit into an index' src/feed/person.c 's/if \(strlen\(text\) > CE_MAX_PERSON_NO\)/if (false)/' tap:52_link
mutant 'import_person: a number of one person' src/feed/person.c 's/else if \(facts->given\[FACT_PERSON_ID\] &&\n\s+is_number_of_another\(text, facts->values\[FACT_PERSON_ID\]\)\)/else if (false)/' tap:52_link
mutant 'import_person: an employer that is known' src/feed/person.c 's/else if \(slot == FACT_ORG_ID && ce_find_org\(id\) == NULL\)/else if (false)/' tap:52_link
mutant 'import_person: days of the calendar' src/store/day_text.c 's/\|\| d < 1 \|\|\n\s+d > day_tab\[isleap\(y\)\]\[m - 1\]\)/|| d < 1 || d > 31)/' tap:52_link
mutant 'import_person: fields not given stay' src/feed/person.c 's/if \(!facts->given\[f\]\)\n\t\t\tcontinue;\n\t\tappendStringInfo\(&sets/appendStringInfo(\&sets/' tap:52_link
# -- pages and receipts
mutant 'pages: < is escaped' sql/pages/html.sql 's/, .<., .&lt;.\)/, chr(60), chr(60))/' tap:54_pages
mutant 'pages: & is escaped' sql/pages/html.sql 's/, .&., .&amp;.\)/, chr(38), chr(38))/' tap:54_pages
mutant 'pages: quotes are escaped' sql/pages/html.sql 's/, ."., .&quot;.\)/, chr(34), chr(34))/' tap:54_pages
mutant 'pages: no date behind a title that is not held' sql/pages/certificate.sql 's/CASE WHEN p.held_level IS NOT NULL AND (p.held_since IS NOT NULL THEN format\(t ->> .since.)/CASE WHEN $1/' tap:54_pages
mutant 'pages: no words about a date that is not known' sql/pages/certificate.sql 's/ AND p.held_since IS NOT NULL THEN/ THEN/' tap:54_pages
mutant 'pages: the duty that is lacking is named (7.1)' sql/pages/html.sql 's/, ce__require_reading\(.ce_archive., NULL, .read.\)//' tap:47_refusals
mutant 'pages: no answer goes by a plan (7.1)' sql/pages/certificate_code.sql 's/\tIF facts IS NULL THEN\n\t\tRETURN NULL;\n\tEND IF;\n//' tap:61_strangers
mutant 'pages: an own category by its label' sql/functions/messages.sql 's/WHEN .en. THEN c.label_en/WHEN \x27en\x27 THEN c.category/' tap:71_categories
mutant 'only the owner sets comments' sql/functions/comments.sql 's/IF NOT pg_has_role\(current_user, owner, .USAGE.\) THEN/IF false THEN/' t:021_messages
mutant 'pages: a title is escaped' sql/pages/certificate.sql 's/ce__html\(v.item\)/v.item/' tap:54_pages
mutant 'pages: the foot ends no style sheet' sql/pages/html.sql 's/foot text := translate\(\$3, E.*?, ..\);/foot text := \$3;/' tap:54_pages
mutant 'pages: verified items alone (7.4b)' sql/pages/certificate.sql 's/ce__page_items\(\$1, \$2, lang, true\)/ce__page_items(\$1, \$2, lang, false)/' tap:54_pages
mutant 'pages: a certificate of what is met (4.1)' sql/pages/certificate.sql 's/WHEN scheme.governed AND \(facts ->> .met.\)::boolean THEN/WHEN scheme.governed THEN/' tap:54_pages
mutant 'pages: innovation that a law puts there (7.3)' sql/pages/certificate.sql 's/HAVING bool_or\(NOT r.in_archive\)/HAVING true/' tap:55_pages_notices
mutant 'pages: what is missing of a category' sql/pages/certificate.sql 's/(FROM jsonb_array_elements\(facts -> .minima.\) m)\) s\n\t\t\t WHERE s.short > 0/$1 WHERE false) s\n\t\t\t WHERE s.short > 0/' tap:55_pages_notices
mutant 'pages: a year that is not asked by itself' src/law/law_query.c 's/PG_RETURN_BOOL\(sums\);/PG_RETURN_BOOL(false);/' tap:55_pages_notices
mutant 'pages: a floor of each year' src/law/law_query.c 's/ \|\| w->each_at_least > 0//' tap:55_pages_notices
mutant 'pages: the rules of each year' sql/pages/certificate.sql 's/ce__html\(ce__page_basis\(f.facts, lang\)\)/NULL/' tap:55_pages_notices
mutant 'statistics: what is waived is no study' sql/ledger/views.sql 's/\(NOT t.waived OR EXISTS/(true OR EXISTS/' tap:55_pages_notices
mutant 'statistics: an item beside a waiver' sql/ledger/views.sql 's/\(NOT t.waived OR EXISTS \(/(NOT t.waived AND NOT EXISTS (/' tap:55_pages_notices
mutant 'statistics: a waiver of the year is of both subjects' sql/ledger/views.sql 's/w.subject IS NULL THEN 2 ELSE 1/w.subject IS NULL THEN 1 ELSE 1/' tap:66_waived_sums
mutant 'statistics: an achievement in the archive beside a waiver' sql/ledger/views.sql 's/h.year = t.year AND \(h.deems_public OR h.deems_professional\)/false/' tap:66_waived_sums
mutant 'short years: by the law of the year' sql/ledger/views.sql 's/ELSE p.scheme END, t.year\)\);/ELSE p.scheme END, extract(year FROM ce_today())::integer));/' tap:55_pages_notices
mutant 'short years of shards: by the law of the year' sql/ledger/distributed.sql 's/\n\t\t\t\tAND ce__sums_years\([^\n]*s$/) s/m' t:047_shard_views
mutant 'short years: those before the first windows are asked by these' src/law/law_query.c 's/next = Min\(next, w->from_year\)/next = INT_MAX/' tap:55_pages_notices
mutant 'certificates: sums of the law of the year' sql/pages/certificate_code.sql 's/ce__sums_years\(s.scheme, .2\)/true/' tap:55_pages_notices
mutant 'report: sums of the law of the year' sql/pages/report.sql 's/ AND ce__sums_years\(s.scheme, .1\)//' tap:55_pages_notices
mutant 'report: no findings are told' sql/pages/report.sql 's/CASE WHEN count\(\*\) > 0 THEN\n/CASE WHEN true THEN\n/' tap:55_pages_notices
mutant 'statistics of shards: an achievement beside a waiver' sql/ledger/distributed.sql 's/ OR d.person_id IS NOT NULL\)/)/' t:047_shard_views
mutant 'statistics of shards: what is waived is no study' sql/ledger/distributed.sql 's/coalesce\(w.grants, 0\)/0/' t:047_shard_views
mutant 'totals: a waiver that is not needed' src/ask/totals.c 's/return !a.met;/return true;/' tap:55_pages_notices
mutant 'totals: hours that a waiver takes off' src/law/assess.c 's/ \|\|\n\t\tcredit->category\[CE_CATEGORY_REDUCED_TOTAL\] > 0;/;/' tap:55_pages_notices
mutant 'minima: a waiver of another subject' sql/functions/questions.sql 's/subject = ce__category_root\(category\)/true/' tap:55_pages_notices
mutant 'pages: items that go on say whose' sql/pages/html.sql 's/ \.again\{display:table-row\}//' t:020_pages
mutant 'export: no formula' sql/functions/export.sql 's/WHEN t.txt ~ .*? THEN .*? \|\| t.txt/WHEN false THEN NULL/' tap:46_names
mutant 'export: long numbers are text' sql/functions/export.sql 's/WHEN length\(t.txt\) <= 250/WHEN false/' t:037_export
mutant 'export: the byte order mark' examples/export/head.psql 's/\\qecho -n .*\n//' t:037_export
mutant 'removal: by the owner' sql/functions/remove.sql 's/IF NOT pg_has_role\(current_user, owner, .USAGE.\) THEN/IF false THEN/' tap:48_removal
mutant 'removal: confirmed' sql/functions/remove.sql 's/ELSIF confirmation <> schema THEN/ELSIF false THEN/' tap:48_removal
mutant 'removal: of nothing that others need' sql/functions/remove.sql 's/IF dependents <> .\{\}. THEN/IF false THEN/' tap:48_removal
mutant 'removal: a list removes nothing' sql/functions/remove.sql 's/IF confirmation IS NULL THEN\n\t\tRETURN;/IF false THEN\n\t\tRETURN;/' tap:48_removal
mutant 'update: tells the second step' sql/functions/setup.sql 's/pg_catalog.to_regclass\(.\@extschema\@.ce_ledger.\) IS NULL THEN/true THEN/' t:012_update
mutant 'certificate: a mistyped code' sql/pages/certificate_code.sql 's/IF ce__certificate_checksum\(left\(signs, -2\)\) <> right\(signs, 2\) THEN/IF false THEN/' tap:54_pages
mutant 'certificate: a code of tomorrow' sql/pages/certificate_code.sql 's/IF issued_on > ce_today\(\) THEN/IF false THEN/' tap:54_pages
mutant 'cited: another instrument (4.2)' src/law/cite.c 's/strcmp\(citation->instrument, scheme->citation.instrument\) == 0\)/true)/' tap:48_based_on
mutant 'cited: the own instrument is at hand (4.2)' src/law/cite.c 's/ \|\|\n\t\tstrcmp\(citation->instrument, scheme->citation.instrument\) == 0//' tap:48_based_on
mutant 'cited: the ban of the base of a base (6.2b)' src/law/law_rows.c 's/ = base->ban_citation;/ = base->citation;/' tap:48_based_on
mutant 'report: applications are no plans' sql/pages/report.sql 's/UNION ALL\n\t+SELECT y.finding, y.clause FROM o y WHERE y.object = .application.[^\n]*\) v/) v/' tap:62_person_facts
mutant 'pages: none of a year that has not begun (7.6d, 9.2)' sql/pages/html.sql 's/ELSIF year > extract/ELSIF year > 1 + extract/' tap:54_pages
mutant 'certificate: a code of a year that had not begun' sql/pages/certificate_code.sql 's/IF year > extract\(year FROM issued_on\) THEN/IF false THEN/' tap:54_pages
mutant 'certificate: other hours' sql/pages/certificate_code.sql 's/ = left\(right\(signs, 12\), 7\) THEN/ IS NOT NULL THEN/' tap:54_pages
mutant 'certificate: other law' sql/pages/certificate_code.sql 's/IF ce__certificate_sum\(stated, id, year, issued_on, true\) <> sum_law THEN/IF false THEN/' tap:54_pages
mutant 'certificate: revoked since (6.2d)' sql/pages/certificate_code.sql 's/IF gone IS NOT NULL THEN/IF false THEN/' tap:54_pages
mutant 'certificate: taken back since (7.6e)' sql/pages/certificate_code.sql 's/IF taken IS NOT NULL THEN/IF false THEN/' tap:54_pages
mutant 'certificate: nothing of another person' sql/pages/certificate_code.sql 's/concat_ws\(.\|., .ce_certificate., person_id, year, /concat_ws(chr(124), year, /' tap:54_pages
mutant 'receipt: another verdict' sql/functions/reasons.sql 's/ WHERE receipt -> .verdict. IS DISTINCT FROM fresh -> .verdict./ WHERE false/' tap:34_reasons
mutant 'receipt: other inputs or law' sql/functions/reasons.sql 's/ WHERE d.recorded IS DISTINCT FROM d.now\n/ WHERE false\n/' tap:34_reasons
mutant 'receipt: complete' sql/functions/reasons.sql 's/IF q ->> .person_id. IS NULL OR .*? THEN/IF false THEN/' tap:34_reasons
mutant 'check: figures of a confirmed code alone' sql/pages/check.sql 's/IF answer.valid THEN/IF true THEN/' tap:54_pages
mutant 'check: no word on whom it does not confirm' sql/pages/certificate_code.sql 's/message := t ->> .check.other.;/message := (t ->> \x27check.other\x27) || coalesce((SELECT p.person_no FROM ce_person p WHERE p.person_id = id), \x27nobody\x27);/' tap:54_pages
mutant 'the setting of a language' src/messages/message.c 's/return chinese\(english\);/break;/' t:021_messages
mutant 'the setting of English' src/messages/message.c 's/\t\t\treturn english;/\t\t\tbreak;/' t:021_messages
mutant 'a language that is not given' sql/functions/messages.sql 's/current_setting\(.ce_hours.language., true\)/NULL/' t:021_messages
mutant 'check: what was typed is escaped' sql/pages/check.sql 's/ce__html\(left\(coalesce\(code, ..\), 80\)\)/left(code, 80)/' tap:54_pages
mutant 'check: an address is an address' src/module.c 's/strspn\(address, .*?== strlen\(address\)\)/true)/s' tap:54_pages
mutant 'check: a module is one high' src/types/qr.c 's/appendStringInfo\(path, "M%d %dh%dv1h-%dz"/appendStringInfo(path, "M%d %dh%dv2h-%dz"/' tap:54_pages
# -- who may (7.1, 7.4, 7.5)
mutant 'duty: it binds' src/write/duty.c 's/if \(ce_duty_binds\(row\) && !ce_member_holds\(row->writer, duty, org_id\)\)/if (false)/' tap:60_members
mutant 'duty: a day before today' src/write/duty.c 's/\tce_duty_require\(row, CE_DUTY_BACKDATE, org_id\);/\t;/' tap:60_members
mutant 'duty: nobody acts on his own hours' src/write/duty.c 's/if \(!ce_member_is_person\(row->writer, person_id\) &&\n/if (true ||\n/' tap:60_members
mutant 'duty: nor behind SET ROLE' src/write/duty.c 's/\(session == row->writer \|\| !ce_member_is_person\(session, person_id\)\)/true/' tap:60_members
mutant 'duty: what it is over' src/write/duty.c 's/if \(ce_duty_binds\(row\) && !ce_member_verifies_over\(row->writer, org_id\)\)/if (false)/' tap:60_members
mutant 'duty: below, too' src/who/member.c 's/org->parent_id == 0 \? NULL : ce_find_org\(org->parent_id\)/NULL/' tap:60_members
mutant 'duty: verify for the very body (7.4a)' src/who/member.c 's/duty == CE_DUTY_VERIFY \?\n\t\tduties_at\(member_of\(role\), org_id\) : duties_over\(role, org_id\)/duties_over(role, org_id)/' tap:60_members
mutant 'duty: of a role that inherits' src/who/member.c 's/if \(ce_membership_inherits\(form\)\)/if (true)/' tap:60_members
mutant 'duty: a change takes effect' src/write/guards.c 's/return reload_after_change\(fcinfo, "ce_member_changed", CE_ANY_TABLE\);/return PointerGetDatum(NULL);/' tap:60_members
mutant 'duty: record (persons)' sql/ledger/security.sql "s/(.ce_records_new.[^\\n]*) WITH CHECK \\([^\\n]*\\)',/\$1 WITH CHECK (true)',/" tap:60_members
mutant 'duty: record (activities)' src/write/activity_duty.c 's/\tce_member_refuse\(role, CE_DUTY_RECORD, person.org_id\);//' tap:60_members
mutant 'duty: an organiser names no employer' src/write/activity_duty.c 's/if \(employer != 0 && employer != person\.org_id\)/if (records \&\& employer != 0 \&\& employer != person.org_id)/' tap:60_members
mutant 'duty: verify (activities)' src/write/activity_duty.c 's/\tce_duty_require\(&row->r, CE_DUTY_VERIFY, body\);//' tap:60_members
mutant 'duty: record (plans)' src/write/plan_trigger.c 's/(if \(!acts \|\| content_differs\(row, old\)\)\n\t\t)ce_duty_require/$1(void) ce_duty_require; if (false) ce_duty_require/' tap:60_members
mutant 'duty: review (plans)' src/write/plan_trigger.c 's/ce_duty_require\(row, CE_DUTY_VERIFY, ce_row_id\(row, CE_COL_PLAN_REVIEWED_BY\)\);/;/' tap:60_members
mutant 'duty: file (plans)' src/write/plan_trigger.c 's/ce_duty_require\(row, CE_DUTY_VERIFY, ce_row_id\(row, CE_COL_PLAN_FILED_BY\)\);/;/' tap:60_members
mutant 'duty: file on a day before (plans)' src/write/plan_trigger.c 's/ce_duty_require_day\(row, CE_COL_PLAN_FILED_ON, ce_row_id\(row, CE_COL_PLAN_FILED_BY\)\);/;/' tap:60_members
mutant 'duty: record (achievements)' src/write/achievement_trigger.c 's/(if \(records\)\n\t\t)ce_duty_require_for_person\(row, CE_DUTY_RECORD, person_id\);/$1;/' tap:60_members
mutant 'duty: attest (achievements)' src/write/achievement_trigger.c 's/ce_duty_require\(row, CE_DUTY_VERIFY, ce_row_id\(row, CE_COL_ACHIEVEMENT_ATTESTED_BY\)\);//' tap:60_members
mutant 'duty: nobody attests for himself' src/write/achievement_trigger.c 's/if \(attests \|\| revokes\)\n/if (false)\n/' tap:60_members
mutant 'duty: take back (achievements)' src/write/achievement_trigger.c 's/ce_duty_require_over\(row, ce_row_id\(row, CE_COL_ACHIEVEMENT_ATTESTED_BY\)\);//' tap:60_members
mutant 'duty: allocate (7.6e)' src/write/decision.c 's/\tce_duty_require\(row, CE_DUTY_VERIFY, body\);//' tap:60_members
mutant 'duty: nobody allocates for himself' src/write/decision.c 's/\tce_duty_refuse_own\(row, person_id\);//' tap:60_members
mutant 'duty: sanction (6.2)' src/write/sanction_trigger.c 's/\tce_duty_require_for_person\(row, CE_DUTY_SANCTION, person_id\);//' tap:61_strangers
mutant 'duty: nobody lifts his own sanction' src/write/sanction_trigger.c 's/\tce_duty_refuse_own\(row, person_id\);//' tap:60_members
mutant 'duty: apply' src/write/application_trigger.c 's/ce_duty_require\(row, CE_DUTY_RECORD, person.org_id\);/;/' tap:60_members
mutant 'duty: decide on an application' src/write/application_trigger.c 's/ce_duty_require_over\(row, person.org_id\);/;/' tap:60_members
mutant 'duty: nobody decides on his own application' src/write/application_trigger.c 's/\t\tce_duty_refuse_own\(row, person_id\);/\t\t;/' tap:60_members
mutant 'duty: the owner grants' sql/functions/members.sql 's/IF NOT pg_has_role\(current_user, owner, .USAGE.\) THEN/IF false THEN/' tap:60_members
mutant 'duty: report does not read marks (6.2)' sql/functions/members.sql 's/held_since, entered_on, moved\)\x27, \x27\{ce_person\}\x27, \x27\{report/held_since, entered_on, moved, sanctioned)\x27, \x27{ce_person}\x27, \x27{report/' t:030_matrix
mutant 'duty: report asks of what it reads' src/ask/attested.c 's/if \(ce_read_person_for_report\(/if (ce_read_person(/' tap:60_members
mutant 'duty: report asks of what it reads, by the long way' src/store/rows_sql.c 's/\t\tif \(!ce_row_reads\(query, c\)\)\n\t\t\tcontinue;\n//; s/(int\t\t\tn = 0;\n\n\tfor .*?\n\t\{\n\t\t)if \(ce_row_reads\(query, c\)\)/$1if (true)/s' tap:60_members
mutant 'duty: the columns of the query, not the table' src/store/rows.c 's/if \(ce_row_reads\(query, c\) && columns\[c\] != InvalidAttrNumber &&\n\t\t\tpg_attribute_aclcheck/if (false \&\&\n\t\t\tpg_attribute_aclcheck/' tap:60_members
mutant 'duty: report is narrowed in a ledger of 0.2.0' sql/ledger/update/0.2.0-duties.sql 's/EXECUTE pg_catalog.format\(.REVOKE SELECT ON ce_person/PERFORM pg_catalog.format(\x27REVOKE SELECT ON ce_person/' t:012_update
mutant 'findings grow as rows do (AMB-34)' sql/ledger/views.sql 's/ROWS BETWEEN 5 PRECEDING/ROWS BETWEEN UNBOUNDED PRECEDING/' tap:09_reports
mutant 'duty: privileges go with it' sql/functions/members.sql 's/\tPERFORM ce__revoke_privileges\(\$1, ARRAY\[\$3\]\);//' tap:60_members
mutant 'duty: privileges of the others stay' sql/functions/members.sql 's/(EXECUTE format\(.REVOKE %s ON %I FROM %I., [^\n]*\n\tEND LOOP;\n)\tPERFORM ce_grant_privileges\(\$1\);/$1/' tap:60_members
for t in person plan activity account achievement allocation sanction application event member person_role; do
	mutant "sees: rows of ce_$t" sql/ledger/security.sql "s/(ce__policy\('ce_$t', 'ce_sees', [^\n]*USING) \([^\n]*\)',/\$1 (true)',/" tap:60_members
done
mutant 'sees: the person itself' src/who/policies.c 's/if \(ce_member_is_person\(role, person_id\)\)\n\t\treturn true;//' tap:60_members
mutant 'sees: the employer at the time (AMB-37)' src/who/policies.c 's/if \(!PG_ARGISNULL\(1\) && ce_member_sees_org\(role, PG_GETARG_INT64\(1\)\)\)/if (false)/' tap:60_members
mutant 'sees: the organiser of the plan' src/who/policies.c 's/if \(!PG_ARGISNULL\(2\) &&\n/if (false \&\&\n/' tap:60_members
mutant 'sees: the academy, the health commission' src/who/policies.c 's/!PG_ARGISNULL\(3\) &&\n\s+ce_acts_for_single_body\(role, .*?-1\)/!PG_ARGISNULL(3) \&\& false/' tap:60_members
mutant 'sees: no drafts of others (7.2)' src/who/policies.c 's/if \(organiser == NULL \|\| status == CE_PLAN_DRAFT\)/if (organiser == NULL)/' tap:60_members
mutant 'sees: plans that it files (7.2)' src/who/policies.c 's/if \(ce_plan_is_office\(body, organiser\) \|\|/if (false ||/' tap:60_members
mutant 'sees: a restrictive policy' src/who/policies.c 's/if \(!policy->permissive\)\n\t\t\treturn false;//' tap:60_members
mutant 'sees: a policy that was altered' src/who/policies.c 's/shown = shown \|\| shows_person\(policy, table, rel\);/(void) shows_person; shown = true;/' tap:60_members
mutant 'sees: a person that has moved' src/who/policies.c 's/ && ce_same_snapshot\(&now, &stamp\)//' tap:60_members iso:sight_undone
mutant 'sees: what waits need not show the person' sql/ledger/views.sql 's/  LEFT JOIN ce_rule r ON r.rule_id = a.rule_id\n/  JOIN ce_person r ON r.person_id = a.person_id\n/' tap:60_members
# -- law rows
mutant 'law: days of a month' src/write/law_values.c 's/day <= days_of\[month - 1\]/day <= 31/' tap:42_law_entry
mutant 'law: years of the calendar' src/write/law_values.c 's/if \(year < FIRST_YEAR \|\| year > CE_LAST_YEAR\)/if (false)/' tap:42_law_entry
mutant 'law: a band that ends begins' src/write/law_rule.c 's/\(row->nulls\[CE_COL_RULE_RANK_FROM\] \|\|/(false ||/' tap:42_law_entry
mutant 'law: a source gives hours of its subject (7.6b)' src/write/law_trigger.c 's/\tif \(subject != CE_SUBJECT_BOTH &&\n\t\tce_carry_source\(/\tif (true ||\n\t\tce_carry_source(/' tap:42_law_entry
mutant 'law: a newer notice ends rules' src/law/law.c 's/ &&\n\t\t\tce_rule_governs\(scheme, r, year\)\)/)/' tap:42_law_entry
mutant 'law: less by rank needs ranks (5)' src/write/law_rule.c 's/if \(row->nulls\[CE_COL_RULE_RANK_FROM\] \|\| basis != CE_BASIS_FIXED\)/if (false)/' tap:53_rules
mutant 'law: a unit is of fixed hours (5)' src/write/law_rule.c 's/if \(!row->nulls\[CE_COL_RULE_UNIT\] && basis != CE_BASIS_FIXED\)/if (false)/' tap:53_rules
mutant 'law: per without a unit (5)' src/write/law_rule.c 's/\tif \(row->nulls\[CE_COL_RULE_UNIT\]\)\n/\tif (false)\n/' tap:53_rules
mutant 'law: most hours of what deems (5)' src/write/law_rule.c 's/if \(basis == CE_BASIS_DEEMS \|\| basis == CE_BASIS_DEEMS_TENURE\)/if (false)/' tap:53_rules
mutant 'law: a second rule for the same facts' src/write/law_rule.c 's/\t\tcheck_overlap\(row\);\n/\t\t;\n/' tap:53_rules
mutant 'kept rows: only with the setting' sql/functions/setup.sql "s/IF current_setting\('ce_hours.keep_law_rows'\) <> 'on' THEN/IF false THEN/" tap:74_keep_law_rows
mutant 'kept rows: no part of another reading' sql/functions/setup.sql "s/\(to_jsonb\(t\) ->> ''instrument'' IS DISTINCT FROM to_jsonb\(n\) ->> ''instrument'' OR %s\)/%s/" tap:74_keep_law_rows
mutant 'kept rows: those that differ are named' sql/functions/setup.sql 's/IF kept - given <> left_out - given THEN/IF false THEN/' reg:'ledger keep_law_rows'
mutant 'kept rows: those that do not, are not' sql/functions/setup.sql 's/IF kept - given <> left_out - given THEN/IF true THEN/' reg:'ledger keep_law_rows'
mutant 'kept rows: the columns that differ' sql/functions/setup.sql "s/IF left_out -> 'instrument' IS NOT DISTINCT FROM kept -> 'instrument' AND .*? THEN/IF false THEN/" reg:'ledger keep_law_rows'
mutant 'kept rows: a trigger names columns' sql/functions/setup.sql 's/IF TG_ARGV\[0\] IS NULL THEN/IF false THEN/' tap:74_keep_law_rows
mutant 'law check: what is carried' sql/functions/checks.sql 's/ \+ node.carried;/;/' tap:75_law_words
mutant 'law check: caps of each year of a window' sql/functions/checks.sql 's/array\[w.from_year, c.year - 1, c.year, c.year \+ w.years - 1, c.year \+ w.years\]/array[w.from_year::bigint]/' tap:75_law_words
mutant 'law check: windows that decide no longer' sql/functions/checks.sql 's/ UNION SELECT x.to_year::bigint \+ 1 FROM ce_window x WHERE x.scheme = a.scheme AND x.route = a.route AND x.level = a.level\) AS c/) AS c/' tap:75_law_words
mutant 'clone: a name that is taken' sql/functions/allocation.sql 's/\tIF FOUND THEN(\n\t\tRAISE EXCEPTION USING ERRCODE = .unique)/\tIF false THEN$1/' tap:36_whatif
mutant 'clone: judges go along (4.2)' sql/functions/allocation.sql 's/SELECT w\.judged_by AS scheme FROM ce_window w WHERE w\.scheme = c\.scheme/SELECT NULL::text AS scheme/' tap:36_whatif
mutant 'clone: with what is between' sql/functions/allocation.sql 's/\t+UNION ALL\n\t+SELECT s\.based_on FROM ce_scheme s WHERE s\.scheme = c\.scheme//' tap:36_whatif
mutant 'clone: only those based on the scheme' sql/functions/allocation.sql 's/ WHERE b\.of_scheme = \$1\)/)/' tap:36_whatif
mutant 'clone: windows name the copies' sql/functions/allocation.sql 's/coalesce\(copies ->> w\.judged_by, w\.judged_by\)/w.judged_by/' tap:36_whatif
mutant 'clone: copies are based on the copy' sql/functions/allocation.sql 's/coalesce\(copies ->> s\.based_on, s\.based_on\)/s.based_on/' tap:36_whatif
mutant 'ce_check: there is a ledger' sql/functions/checks.sql 's/\tPERFORM ce__require_ledger\(\);\n(\tPERFORM ce__require_reading\(.ce_account.)/$1/' 'reg:setup'
mutant 'ce_check: a ledger without waivers' sql/functions/checks.sql 's/to_regclass\((.ce_waiver.)\), .decision/$1, '"'"'decision/' 'reg:ledger altered'
mutant 'ce_check: white space before a number' sql/functions/checks.sql 's/ce__is_blank\(left\(p\.person_no, 1\)\) OR //' tap:48_values
mutant 'ce_check: white space behind a number' sql/functions/checks.sql 's/ce__is_blank\(right\(p\.person_no, 1\)\) OR //' tap:48_values
mutant 'ce_check: white space before a code' sql/functions/checks.sql 's/ce__is_blank\(left\(w\.value, 1\)\) OR //' tap:48_values
mutant 'ce_check: white space behind a code' sql/functions/checks.sql 's/ce__is_blank\(right\(w\.value, 1\)\) OR //' tap:48_values
mutant 'clone: two names' sql/functions/allocation.sql 's/ OR \(SELECT count\(\*\) FROM named o WHERE o\.name = n\.name\) = 1 THEN/ OR true THEN/' tap:36_whatif
mutant 'clone: a number that is free' sql/functions/allocation.sql 's/WHERE NOT EXISTS \(SELECT FROM named o WHERE o\.name = n\.name [^\n]* i\)\) END/) END/' tap:36_whatif
mutant 'clone: the scheme s own judge has its name' sql/functions/allocation.sql 's/WHEN starts_with\(n\.scheme, \$1\) OR/WHEN NOT starts_with(n.scheme, \$1) OR/' tap:36_whatif
mutant 'compare: both schemes are there' sql/functions/allocation.sql 's/unnest\(ARRAY\[\$1, \$2\]\)/unnest(ARRAY[\$2])/' tap:36_whatif
mutant 'kept rows: ranks that overlap' sql/ledger/law.sql 's/ AND coalesce\(t.rank_from, 1\) <= coalesce\(n.rank_to, 2147483647\)/ AND t.rank_from = n.rank_from/' tap:74_keep_law_rows
mutant 'later editions: the owner s rows stay' sql/functions/setup.sql "s/\(0, 'on'\)/(0, 'off')/" t:034_setup
mutant 'waivers of two subjects are not of a third' src/law/assess.c 's/return waivers.of_year > 0 \|\|/return true ||/' tap:66_waived_sums
mutant 'surplus: other hours stand for no own subject' src/ask/carry.c 's/Max\(a->own_hours, law->own_required\)/a->own_hours/' tap:70_notices
mutant 'what is waived is told as waived (AMB-35)' src/ask/need_words.c 's/bool\t\twaived = is_waived\(need\);/bool\t\twaived = false \&\& is_waived(need);/' tap:63_waivers
mutant 'sums: a waived year asks for nothing' src/law/windows.c 's/CeHours\t\trequired = a->whole_waived \? 0 :/CeHours\t\trequired = false ? 0 :/' tap:66_waived_sums
mutant 'sums: what is waived counts as studied' src/law/windows.c 's/a->professional_waived \?\n\t\ta->professional_hours : a->professional_got/a->professional_got/' tap:66_waived_sums
mutant 'own sums: what is deemed adds no hours' src/law/windows.c 's/\(a->whole_waived \? 0 : ce_all_hours\(a\)\)/0/' tap:66_waived_sums
mutant 'a ban of a base cites the base (6.2b)' src/law/law_rows.c 's/\t\t\t\tscheme->ban_citation = base->ban_citation;\n//' tap:66_waived_sums
mutant 'remedies: professional surplus for the total' src/ask/remedies.c 's/Min\(left, professional_missing\(r\)\)/0/' tap:68_allocation_plan
mutant 'remedies: nobody studies in a year that is over' src/ask/remedies.c 's/return year >= ce_year_of\(ce_today_date\(\)\) \? year : 0;/return year;/' tap:70_notices
mutant 'remedies: study for an earlier year (7.6e)' src/ask/remedies.c 's/\tby_study_for\(&r\);\n//' tap:68_allocation_plan
mutant 'remedies: beside a degree public hours (10.2)' src/ask/remedies.c 's/if \(total && a->professional_deemed/if (false \&\& a->professional_deemed/' tap:68_allocation_plan
mutant 'remedies: an award counts for its subject (10.2)' src/ask/remedies.c 's/if \(award && missing == 0\)/if (award)/' tap:68_allocation_plan
mutant 'plan: first the source that serves the fewest (7.6e)' src/ask/carry_sources.c 's/return x->last != y->last \? /return false ? /' tap:68_allocation_plan
mutant 'plan: no more than a year takes (7.6e)' src/ask/allocation_plan.c 's/hours = Min\(hours, ce_plan_room\(plan, i, subject\)\);/;/' tap:68_allocation_plan
mutant 'plan: what is proposed is gone (AMB-29)' src/ask/allocation_plan.c 's/question->as_of, plan->proposed, &left\)/question->as_of, NIL, \&left)/' tap:68_allocation_plan
mutant 'plan: within a sum it changes nothing (7.6e)' src/ask/allocation_plan.c 's/return plan->e->window->aggregation != CE_SUM \|\| y == NULL/return true/' tap:68_allocation_plan
mutant 'plan: but for hours beside a degree (10.2)' src/ask/allocation_plan.c 's/ \|\| y == NULL \|\|\n\t\tcounts_as_minimum\(&y->assessment, subject\);/ || y == NULL;/' tap:68_allocation_plan
mutant 'plan: one subject from the last source (7.6e)' src/ask/allocation_plan.c 's/i < lengthof\(orders\)/i < 1/' tap:68_allocation_plan
mutant 'surplus: the total of a year with a degree (10.2)' src/ask/carry.c 's/if \(rest == 0 && \(of_public/if ((of_public/' tap:68_allocation_plan
mutant 'what-if: years of another scheme stay' src/ask/whatif.c 's/if \(person->former\[i\].scheme != of\)/if (false)/' tap:49_moves
mutant 'what-if: so do their hours' src/write/activity_facts.c 's/if \(scheme == of\)\n/if (of != NULL)\n/' tap:49_moves
mutant 'archive: an achievement stays' src/ask/attested.c 's/\tif \(ce_law_archives\(\)\)\n/\tif (false)\n/' tap:67_archived
mutant 'archive: by the scheme of its year' src/ask/attested.c 's/ce_scheme_in_year\(person, a->last_year, reader->as_of\)/reader->scheme/' tap:67_archived
mutant 'archive: without a post, too' src/ask/attested.c 's/ \|\| ce_law_archives\(\);/;/' tap:67_archived
mutant 'archive: one from before is entered' src/write/achievement_trigger.c 's/if \(!rule->in_archive && person.has_held_since/if (person.has_held_since/' tap:67_archived
mutant 'archive: achievements use up caps of several categories (AMB-16)' src/ask/archive.c 's/if \(a->year == reader.year\)/if (false)/' tap:67_archived
mutant 'archive: each in its year' src/ask/archive.c 's/if \(a->year == reader.year\)/if (true)/' tap:67_archived
mutant 'archive: of one day activities are first' src/ask/archive.c 's/return x->is_achievement \? 1 : -1/return x->is_achievement ? -1 : 1/' tap:67_archived
mutant 'pages: what a cap cut, with all that it takes together' sql/pages/certificate.sql 's/\t+UNION ALL\n\t+SELECT g.category FROM taken k JOIN ce_category g ON g.parent = k.category//' tap:67_archived
mutant 'pages: only what a cap cut' sql/pages/certificate.sql 's/WHERE EXISTS \(SELECT FROM ce__recognised\(.*?\)/WHERE EXISTS (SELECT/' tap:67_archived
mutant 'titles: only of the post (AMB-17)' src/ask/attested.c 's/DatumGetDateADT\(values\[CE_COL_ACHIEVEMENT_ACHIEVED_ON\]\) >= person->held_since/true/' tap:67_archived
mutant 'law: of two rows of a statement too' src/write/law_rule.c 's/lengthof\(keys\), types, values, nulls, 0, SPI_OK_SELECT\) > 0/lengthof(keys), types, values, nulls, CE_SQL_READ_ONLY, SPI_OK_SELECT) > 0/' tap:53_rules
mutant 'rules: a grade that none lists' src/law/cases.c 's/\tcheck_word\(&c, "grade", grade, grade_of\);\n//' tap:53_rules
mutant 'rules: a role that none lists' src/law/cases.c 's/\tcheck_word\(&c, "role", role, role_of\);\n//' tap:53_rules
mutant 'rules: a rank that none lists' src/law/cases.c 's/\tcheck_rank\(&c\);\n//' tap:53_rules
mutant 'rules: a quantity without a unit' src/law/convert.c 's/if \(is_unwanted\(facts, rule\)\)/if (false)/' tap:53_rules
mutant 'rules: less by rank is never below 0' src/law/convert.c 's/return Max\(rule->hours - less, 0\);/return rule->hours - less;/' tap:53_rules
mutant 'rules: most hours of one activity' src/law/convert.c 's/\tconversion->hours = Min\(conversion->hours, rule->most_hours\);\n//' tap:53_rules
mutant 'rules: most hours of one achievement' src/ask/attested.c 's/Min\(ce_fixed_hours\(rule, rank\), rule->most_hours\)/ce_fixed_hours(rule, rank)/' tap:53_rules
mutant 'rules: hours for each so many are cut down' src/types/hours.c 's/DirectFunctionCall2\(numeric_div_trunc, product, per\)/DirectFunctionCall2(numeric_round, DirectFunctionCall2(numeric_div, product, per), Int32GetDatum(0))/' tap:53_rules
mutant 'rules: the category of the rule' src/law/convert.c 's/rule->category_name != NULL \? rule->category_name :\n\t\tfacts->kind->category_name;/facts->kind->category_name;/' tap:53_rules
mutant 'rules: a quantity is more than nothing' src/write/activity_facts.c 's/\tcheck_case\(row\);\n//' tap:53_rules
mutant 'attested hours in the archive only by a rule (7.3b)' src/ask/attested.c 's/if \(a->rule->in_archive\)\n/if (true)\n/' tap:53_rules
mutant 'what is listed of it, too (7.3b)' src/ask/attested.c 's/->rule->in_archive\)\n\t\t\tyears = archived_years/->rule != NULL)\n\t\t\tyears = archived_years/' tap:53_rules
mutant 'law: a newer notice ends windows' src/law/windows.c 's/ &&\n\t\t\twindow_governs\(scheme, w, year\)\)/)/' tap:42_law_entry
mutant 'law: rows of one notice go on' src/law/law.c 's/strcmp\(newer->instrument, older->instrument\) != 0/true/' 'tap:42_law_entry' tap:40_accounting
mutant 'law: a cap of innovation (5.2.5)' src/law/assess.c 's/\t\ta->attested_hours = ce_hours_subtract\(ce_all_hours\(a\), without\);/\t\ta->attested_hours = ce_hours_subtract(ce_all_hours(a), without);\n\t\ta->professional_hours += attested->category[CE_CATEGORY_INNOVATION] - a->attested_hours;/' tap:42_law_entry
mutant 'law: verified innovation uses the cap' src/law/assess.c 's/\tCeCredit\twith;\n/\tCeCredit\twith;\n\tCeHours\t\tapart = credit->category[CE_CATEGORY_INNOVATION];\n/; s/with = \*credit;\n/with = *credit;\n\t\twith.category[CE_CATEGORY_INNOVATION] = 0;\n/; s/\t\ta->attested_hours = /\t\ta->professional_hours += apart;\n\t\ta->attested_hours = /' tap:42_law_entry
mutant 'law: rows that are replaced are named' sql/functions/checks.sql 's/AND n.instrument <> o.instrument\n/AND false\n/g' tap:42_law_entry
mutant 'law: old rows with no day are read' sql/ledger/views.sql 's/least\((make_date\(y.year, left\(q.study_due[^,]*, 2\)::integer, 1\) \+ right\(q.study_due, 2\)::integer - 1),\n[^\n]* AS study_due/(y.year || q.study_due)::date AS study_due/' tap:42_law_entry
mutant 'the same hours by another rule are sound' src/write/rebuild.c 's/ && c != CE_COL_ACTIVITY_RULE_ID\)/)/' tap:42_law_entry
mutant 'what waits is converted by today s law (AMB-31)' src/record/credits.c 's/if \(!waits\(values, nulls\) && !\(/if (!(/' tap:35_waiting
mutant 'what waits of one specialty, too (4.2.3)' src/record/specialties.c 's/!ce_waiting_credit\(values, nulls, reader->person, false, &credit\)/(ce_activity_credit(values, \&credit), false)/' tap:35_waiting
mutant 'what was verified since keeps its hours' src/record/credits.c 's/ && !\(what_if && scheme->governed\)\)/ \&\& false)/' tap:35_waiting
mutant 'a what-if converts what was verified since' src/ask/whatif.c 's/years.what_if = as != of;/years.what_if = false;/' tap:35_waiting
mutant 'what no rule converts cannot be verified' src/record/conversion.c 's/convert_row\(values, nulls, scheme, converted, &refused\) == NULL && !refused/(convert_row(values, nulls, scheme, converted, \&refused), true) \&\& !refused/' tap:35_waiting
mutant 'what waits under a scheme not governed' src/record/conversion.c 's/return scheme->governed &&\n\t\t/return /' tap:35_waiting
mutant 'leaving a scheme keeps verified hours' src/record/credits.c 's/what_if && scheme->governed/what_if/' tap:35_waiting
mutant 'a plan that is not seen' src/record/conversion.c 's/\t\t\treturn NULL;\n\t\tce_plan_facts/\t\t\treturn "x";\n\t\tce_plan_facts/' tap:35_waiting
mutant 'the queue says what verification awards' sql/ledger/views.sql 's/ce__to_award\(a.awarded, e.moved, .*?\)::numeric AS hours/a.awarded::numeric AS hours/' tap:35_waiting
mutant 'a person who is not seen: the scheme of the rule' sql/ledger/views.sql 's/coalesce\(e.scheme, r.scheme\), a.kind/e.scheme, a.kind/' tap:35_waiting
mutant 'what waits is not studied again (AMB-31)' src/ask/remedies.c 's/\tr->missing = ce_sum_missing\(&with\);/\t(void) with;/' tap:04_requirements
mutant 'who has nothing is short (4.1)' sql/ledger/views.sql 's/ WHERE NOT t\.met\n/ WHERE NOT t.met AND t.on_record\n/' tap:09_reports
mutant 'statistics: each year of the law (9.2c)' sql/ledger/views.sql 's/ WHERE d.year <= extract\(year FROM ce_today\(\)\)\n/ WHERE false\n/' tap:09_reports
mutant 'a plan is of no scheme (8.1a)' sql/ledger/views.sql 's/max\(q.filing_due\)/min(q.filing_due)/' tap:09_reports
mutant 'the usual scheme is the default' src/feed/person.c 's/if \(usual != NULL && IsA/if (false \&\& IsA/' tap:52_link

# -- groups: schemes based on others
mutant 'the nearest scheme s row applies' src/law/law.c 's/return depth < other_depth \|\|\n/return depth > other_depth ||\n/' tap:48_based_on
mutant 'rules of a kind end the base s' src/law/law.c 's/\(r->depth < rule->depth \|\|/(false ||/' tap:48_based_on
mutant 'windows of a level end the base s' src/law/windows.c 's/\(w->depth < window->depth \|\|/(false ||/' tap:48_based_on
mutant 'a ban as long as the base s' src/law/law_rows.c 's/scheme->ban_years = base->ban_years;/;/' tap:48_based_on
mutant 'what law rows name stays' sql/functions/setup.sql 's/CONTINUE WHEN NOT found_one;/CONTINUE;/' tap:48_based_on
mutant 'and keeps its name' sql/functions/setup.sql 's/AND \(after IS NULL OR f\.attname = ANY \(changed\)\)/AND after IS NULL/' tap:48_based_on
mutant 'what law rows name is there' sql/functions/setup.sql 's/CONTINUE WHEN found_one;/CONTINUE;/' tap:75_law_words
mutant 'what imports look up has no white space around it' src/write/values_trigger.c 's/\t\{"(ce_person|ce_org|ce_course|ce_specialty_pair)", "\w+", RULE_TRIMMED, \{NULL\}\},\n//g' tap:48_values
mutant 'a number of an earlier version stays' src/write/values_trigger.c 's/ && !is_kept\(trigdata, &rules\[i\], value\)/ \&\& (true || is_kept(trigdata, \&rules[i], value))/' tap:48_values
mutant 'a person s scheme is there' src/write/values_trigger.c 's/if \(ce_find_scheme\(value, strlen\(value\)\) == NULL\)/if (false)/' tap:75_law_words
mutant 'what law rows print is not blank' sql/functions/setup.sql 's/IF blank IS NOT NULL THEN/IF false THEN/' tap:75_law_words
mutant 'a former scheme is there' src/write/person_scheme.c 's/if \(scheme != NULL && ce_find_scheme/if (false \&\& ce_find_scheme/' tap:75_law_words
mutant 'law: a second window for the same persons' src/write/law_trigger.c 's/\t\t\tcheck_ties\(trigdata->tg_relation\);\n/\t\t\t(void) check_ties;\n/' tap:75_law_words
mutant 'law: a window of both conditions decides' src/write/law_trigger.c 's/ OR NOT EXISTS \("\n/ OR (SELECT true) OR NOT EXISTS ("\n/' tap:75_law_words
mutant 'law: another owner s policy does not run' sql/functions/setup.sql 's/ AND r.relowner = \(SELECT t.relowner FROM pg_class t WHERE t.oid = TG_RELID\)\n\t\t ORDER BY k.conrelid/\n\t\t ORDER BY k.conrelid/' tap:75_law_words
mutant 'a waiver beside a degree waives what it says (AMB-35)' src/law/assess.c 's/a->professional_waived = a->whole_waived \|\| waivers.of_professional > 0;/a->professional_waived = a->waived = true;/' tap:66_waived_sums
mutant 'law: overlaps of windows are named' sql/functions/checks.sql 's/ WHERE b.needs_doctorate = a.needs_doctorate\n/ WHERE false\n/' tap:75_law_words
mutant 'law: minima above the caps' sql/functions/checks.sql 's/w\.fed AND w\.minimum::numeric > w\.most/false/' tap:75_law_words
mutant 'law: a total above the caps' sql/functions/checks.sql 's/t\.fed AND t\.total_hours::numeric > t\.most/false/' tap:75_law_words
mutant 'law: minima above the total' sql/functions/checks.sql 's/t\.asked > t\.total_hours::numeric AND NOT t\.told/false/' tap:75_law_words
mutant 'law: caps below one another add up' sql/functions/checks.sql 's/CASE WHEN node\.given THEN no_limit ELSE coalesce[^;]*;/no_limit);/' tap:75_law_words
mutant 'law: sums above the caps' sql/functions/checks.sql 's/WHERE a\.hours::numeric > a\.most\)/WHERE false)/' tap:75_law_words
mutant 'law: sums of hours that the scheme of the person gives (4.2)' sql/functions/checks.sql 's/ce__within_caps\(y\.scheme, y\.judge/ce__within_caps(y.judge, y.judge/' tap:75_law_words
mutant 'law: sums under the caps of the judge (4.2)' sql/functions/checks.sql 's/ce__within_caps\(y\.scheme, y\.judge/ce__within_caps(y.scheme, y.scheme/' tap:75_law_words
mutant 'law: what a judge requires of a year (4.2)' sql/functions/checks.sql 's/s\.governed AND w\.judged_by IS NOT NULL AND/false AND/' tap:75_law_words
mutant 'law: not where sums are asked' sql/functions/checks.sql 's/w\.judged_by IS NOT NULL AND coalesce\(.*?\) IS NULL\)/w.judged_by IS NOT NULL)/' tap:75_law_words
mutant 'law: rules for minima of a judge' sql/functions/checks.sql 's/(asked AS MATERIALIZED.*?j\.scheme = s\.scheme) OR j\.scheme IN \(.*?\)\n/$1\n/s' tap:75_law_words
mutant 'law: sums that a window does not ask' sql/functions/checks.sql 's/ WHERE w\.professional_only AND a\.hours > .0.;/ WHERE false;/' tap:75_law_words
mutant 'law: carrying to years without a requirement' sql/functions/checks.sql 's/WHERE r\.from_year <= y\.last AND/WHERE true OR r.from_year <= y.last AND/' tap:75_law_words
mutant 'law: a window of everybody ends the others' sql/functions/checks.sql 's/AND NOT x\.needs_doctorate AND x\.needs_held IS NULL\)\)\)/AND false)))/' tap:75_law_words
mutant 'parts of a unit give none (5)' src/law/convert.c 's/facts->has_quantity && rule->whole_units &&/false \&\& rule->whole_units \&\&/' tap:53_rules
mutant 'in the year of the title none is owed' src/law/windows.c 's/\*first = Max\(\*first, held_year \+ 1\);/*first = Min(Max(*first, held_year + 1), year);/' tap:72_notices
mutant 'no circle of schemes' src/write/law_tree.c 's/if \(is_above\(trigdata, CE_SCHEME/if (false \&\& is_above(trigdata, CE_SCHEME/' tap:48_based_on

# -- groups: who moved
mutant 'a year by the scheme of its end' src/record/person_rows.h 's/Min\(as_of, ce_last_day\(year\)\)/as_of/' tap:49_moves
mutant 'or of the day asked about' src/record/person_rows.h 's/Min\(as_of, ce_last_day\(year\)\)/ce_last_day(year)/' tap:49_moves
mutant 'windows by the scheme of the day' src/ask/eligibility.c 's/ce_scheme_on\(&e->person, question->as_of\)/e->person.scheme/' tap:49_moves
mutant 'bans by the scheme of the day' src/ask/person_years.c 's/ce_scheme_on\(person, as_of\);/person->scheme;/' tap:49_moves
mutant 'an activity by the scheme of its day' src/write/activity_facts.c 's/ce_scheme_on\(person, ce_row_day\(.*?\)\);/person->scheme;/s' tap:49_moves
mutant 'a what-if judges all years' src/ask/person_years.c 's/years->one_scheme = scheme != NULL;/years->one_scheme = false;/' tap:49_moves
mutant 'a surplus is the study year s' src/ask/carry_sources.c 's/ce_find_catchup\(ce_scheme_in_year\(person, study_year, day\)/ce_find_catchup(person->scheme/' tap:49_moves
mutant 'a shortfall is the year s' src/write/allocation_trigger.c 's/ce_shortfall\(ce_scheme_in_year\(.*?\),\n/ce_shortfall(person.scheme,\n/' tap:49_moves
mutant 'no former scheme ends in the future' src/write/person_scheme.c 's/\tce_row_check_past\(row, CE_COL_PERSON_SCHEME_UNTIL_ON, .*?\);\n//' tap:49_moves
mutant 'nobody moves themselves' src/write/person_scheme.c 's/\tce_duty_refuse_own\(given, person_id\);\n//' tap:49_moves
mutant 'who records enters former schemes' src/write/person_scheme.c 's/\tce_duty_require_for_person\(given, CE_DUTY_RECORD, person_id\);\n//' tap:49_moves
mutant 'the mark of a person who moved' src/write/person_trigger.c 's/if \(person.nformer > 0\)/if (false)/' tap:49_moves
mutant 'a move keeps nobody else from being derived' src/write/rebuild.c 's/problem != NULL \&\& list->everybody/false/' tap:49_moves
mutant 'revoked hours that no rule converts' src/write/rebuild.c 's/return problem != NULL \&\&/return false \&\&/' tap:49_moves
mutant 'a move is logged' src/write/person_scheme.c 's/\t\tce_post_event\("person.former_scheme".*?;/\t\t(void) to;/s' tap:49_moves
mutant 'a move waits for another' src/write/person_scheme.c 's/\tce_lock_persons\(&person, 1\);\n/\t(void) person;\n/' iso:scheme_moves

# -- groups: everybody in one pass
mutant 'everybody: each by their scheme' src/ask/roster.c 's/\tgroup = group_of\(roster, line\);\n\tif \(i/\tgroup = roster->groups[0];\n\tif (i/' tap:39_groups
mutant 'everybody: whose ban it is' src/ask/roster.c 's/scheme = group_of\(roster, line\)->scheme;/scheme = roster->groups[0]->scheme;/' tap:39_groups
mutant 'everybody: years are added up' src/ask/roster_sum.h 's/\tto->total \+= more->total - less->total;\n//' tap:39_groups
mutant 'everybody: the least of a year' src/ask/roster_sum.c 's/missing->floors == sum->floors/true/' tap:39_groups
mutant 'everybody: a sum by another scheme s law' src/ask/roster.c 's/sum->laws\[i\] != group->laws\[i\] \? &by_judge : a, /a, /' tap:39_groups
mutant 'everybody: no minima in sums' src/ask/roster_sum.c 's/if \(sum->laws\[i\]->nminima > 0\)/if (false)/' tap:39_groups
mutant 'everybody: a waiver is of all the years of a sum' src/ask/roster.c 's/\(credit->used & WAIVERS\) != 0 \|\|/false ||/' tap:39_groups tap:73_random_law
mutant 'everybody: years by another scheme' src/ask/roster_group.c 's/ : window->judge != NULL\)/ : false)/' tap:39_groups
mutant 'everybody: who moved is judged singly' src/ask/standing.c 's/if \(person->moved\)\n/if (false)\n/' tap:39_groups

# -- types
mutant 'hours are exact' src/types/hours.c 's/if \(inexact\)/if (false)/' reg:hours
mutant 'hours do not overflow (text)' src/types/hours.c 's/if \(overflow\)/if (false)/' reg:hours
mutant 'hours do not overflow (sum)' src/types/hours.h 's/if \(unlikely\(pg_add_s64_overflow\(a, b, &sum\)\)\)/if (pg_add_s64_overflow(a, b, \&sum) \&\& false)/' reg:hours
mutant 'one binary form a credit' src/types/credit.c 's/if \(!valid \|\| credit_mask\(credit\) != mask\)/if (!valid)/' reg:binary

# the user's tables, and who may, asked first
mutant 'a column of another type' src/store/columns.c 's/if \(attribute->atttypid != type_of\(column->type\)\)/if (false)/' t:031_hostile_owner
mutant 'a result of another type' src/store/columns.c 's/if \(type != type_of\(column->type\)\)/if (false)/' 'reg:ledger altered'
mutant 'a null in a stored row' src/store/columns.h 's/if \(unlikely\(\(nulls & ce_never_null\[table\]\) != 0\)\)/if (false)/' 'reg:ledger altered'
mutant 'a null in a given row' src/store/ledger.c 's/if \(unlikely\(\(found & ce_never_given_null\[table\]\) != 0\)\)/if (false)/' tap:32_applications
mutant 'a generated column' src/store/columns.c 's/if \(attribute->attgenerated != .*?\)\n/if (false)\n/' 'reg:ledger altered'
mutant 'a view in the place of a table' src/store/columns.c 's/\tcheck_relkind\(spec, rel\);\n//' 'reg:ledger altered'
mutant 'a table that others inherit from' src/store/columns.c 's/\tcheck_heirs\(spec, rel\);\n//' 'reg:ledger altered'
mutant 'a table of somebody else' src/store/columns.c 's/\tcheck_owner\(spec, rel, owner\);\n//' 'reg:ledger altered'
mutant 'a trigger function at another time' src/store/trigger_row.c 's/\(fired\(trigdata->tg_event\) & ~when\) != 0/false/' 'reg:ledger altered'
mutant 'the schema is gone' src/store/cache.c 's/if \(name == NULL\)\n/if (false)\n/' 'reg:ledger altered'
mutant 'a stranger is told of' src/write/duty.c 's/return ce_read_same_person\(person_id, person\) &&\n.*?;/return ce_read_same_person(person_id, person);/s' tap:61_strangers
mutant 'an application before its duty' src/write/application_trigger.c 's/\trequire_application_duties\(&row, old, closed\);\n(.*?check_new_application\(&row\);\n)/$1/s' tap:61_strangers
mutant 'a plan out of sight' src/write/activity_steps.c 's/\tce_activity_require_plan\(row, NULL\);\n//' tap:61_strangers
mutant 'a plan out of sight, later' src/write/activity_steps.c 's/\tce_activity_require_plan\(row, old\);\n//' tap:61_strangers
mutant 'an employer of the time without its part' src/write/activity_duty.c 's/if \(employer != 0 && employer != person\.org_id\)/if (!records \&\& employer != 0 \&\& employer != person.org_id)/' tap:61_strangers
mutant 'facts of one s own' src/write/person_trigger.c 's/\t\t\tce_duty_refuse_own\(.*?\);\n//' tap:62_person_facts
mutant 'facts that change are logged' src/write/person_trigger.c 's/if \(ce_row_differs\(&row, &old, facts\[i\]\.column\)\)\n\t\t\tce_post_event/if (false)\n\t\t\tce_post_event/' tap:62_person_facts
mutant 'changed facts of somebody unseen' src/write/person_history.c 's/has_privs_of_role\(role, rel->rd_rel->relowner\) \|\|\n.*?\)\)\n/true)\n/s' tap:62_person_facts
mutant 'the day of an act' src/store/day.c 's/GetCurrentTimestamp\(\)/GetCurrentTransactionStartTimestamp()/' t:032_midnight
mutant 'the day of a question' src/store/day.c 's/GetCurrentStatementStartTimestamp\(\)/GetCurrentTransactionStartTimestamp()/' t:032_midnight
mutant 'when it was logged' src/write/posting.c 's/GetCurrentTimestamp\(\)/GetCurrentTransactionStartTimestamp()/' t:032_midnight
mutant 'an online plan without hours' src/write/plan_trigger.c 's/if \(row->nulls\[CE_COL_PLAN_HOURS\] && strcmp\(.*?\) == 0\)/if (false)/' tap:05_conversion
mutant 'hours beyond a plan of days' src/law/convert.c 's/if \(facts->plan_has_days && !facts->plan_has_hours\)/if (false)/' tap:05_conversion

echo "$killed killed, $survived survived"
[[ $survived == 0 ]]
