# A ledger on a Citus cluster (docs/scale.md): a coordinator and two workers,
# where the server has Citus.  It answers as one ledger without Citus does:
# loaded into shards, distributed after it was loaded, after steps of bodies, a
# change of the law and its roll-back, a move of a shard, and a killed worker.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use IPC::Run;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use TestCitus;
use TestLedger;

my $root = "$FindBin::RealBin/../..";
start_nodes();

sub load
{
	my ($db) = @_;
	my ($out, $err);
	my $ok = run_log([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-U', 'hours_owner', '-d', $coordinator->connstr($db), '-f', 'examples/load.sql' ], '>', \$out, '2>', \$err);
	ok($ok, "$db: the examples are loaded") or diag $err;
}

sub alike
{
	my ($name, $sql, @dbs) = @_;
	my $want = owner('one', $sql);
	isnt($want, '', "$name: there is an answer");
	is(owner($_, $sql), $want, "$_: $name as in one ledger") for @dbs;
}

chdir $root;

# ---- refusals -------------------------------------------------------------

$coordinator->safe_psql('postgres', 'CREATE DATABASE one');
ledger('one', 'public');
my @as_owner = (extra_params => [ '-U', 'hours_owner' ]);
refused($coordinator, 'one', 'SELECT ce_distribute()', qr/Citus is not installed in this database.*HINT: .*CREATE EXTENSION citus/s, 'without Citus', @as_owner);

$coordinator->safe_psql('postgres', 'CREATE DATABASE lone');
ledger('lone', 'public');
$coordinator->safe_psql('lone', 'CREATE EXTENSION citus');
refused($coordinator, 'lone', 'SELECT ce_distribute()', qr/the coordinator is not one of the nodes of the cluster.*HINT: .*citus_set_coordinator_host/s, 'a coordinator that is no node', @as_owner);
$worker1->safe_psql('postgres', 'CREATE DATABASE lone');
$worker1->safe_psql('lone', q{SET client_min_messages = error; CREATE EXTENSION citus; SET citus.enable_ddl_propagation = off; CREATE EXTENSION ce_hours VERSION '0.2.0'});
$coordinator->safe_psql('lone', sprintf q{SELECT citus_set_coordinator_host('localhost', %d); SELECT citus_add_node('localhost', %d)}, $coordinator->port, $worker1->port);
refused($coordinator, 'lone', 'SELECT ce_distribute()', qr/node localhost:\d+ does not have version \S+ of ce_hours.*DETAIL: .*version 0\.2\.0/s, 'a node with another version', @as_owner);

cluster('empty', 'public');
ledger('empty', 'public');
$coordinator->safe_psql('postgres', 'CREATE ROLE stranger LOGIN');
refused($coordinator, 'empty', 'SELECT ce_distribute()', qr/must be owner of the ledger/, 'by somebody else', extra_params => [ '-U', 'stranger' ]);
$coordinator->safe_psql('empty', 'CREATE UNIQUE INDEX mine ON ce_activity (title)');
refused($coordinator, 'empty', 'SELECT ce_distribute()', qr/unique index "mine" of table "ce_activity" stands in the way.*DETAIL: .*person_id/s, 'a unique index of a user', @as_owner);
$coordinator->safe_psql('empty', 'DROP INDEX mine; CREATE TRIGGER mine BEFORE UPDATE ON ce_person FOR EACH ROW EXECUTE FUNCTION suppress_redundant_updates_trigger()');
refused($coordinator, 'empty', 'SELECT ce_distribute()', qr/trigger "mine" of table "ce_person" is not one of the ledger's/, 'a trigger of a user', @as_owner);
$coordinator->safe_psql('empty', 'DROP TRIGGER mine ON ce_person; CREATE TABLE hr (person_id bigint REFERENCES ce_person)');
refused($coordinator, 'empty', 'SELECT ce_distribute()', qr/foreign key "hr_person_id_fkey" of table "hr" references the ledger/, 'a foreign key of a user', @as_owner);
$coordinator->safe_psql('empty', 'DROP TABLE hr');
like(owner('empty', 'SELECT ce_distribute(true)'), qr/^SELECT create_distributed_table\('ce_person', 'person_id'/m, 'a dry run lists the statements');
is($coordinator->safe_psql('empty', 'SELECT count(*) FROM pg_dist_partition'), 0, 'and runs none');

# ---- an empty ledger, then loaded; one that was loaded, then distributed ----

like(owner('empty', 'SELECT ce_distribute()'), qr/create_distributed_table/, 'an empty ledger is distributed');
load('empty');
cluster('filled', 'hours');
ledger('filled', 'hours');
load('filled');
like($coordinator->safe_psql('filled', 'SELECT ce_distribute()'), qr/create_distributed_function/, 'a filled one is distributed, and a superuser lets questions be answered where the persons are');
is(owner('filled', 'SELECT count(*) FROM ce_distribute()'), 0, 'a second call does nothing');
load('one');
my @both = qw(empty filled);

is($worker1->safe_psql('filled', q{SELECT count(*) > 0 FROM ce_activity}), 't', 'a worker reads through its own shell');
is($coordinator->safe_psql('filled', q{SELECT count(*) FROM ONLY pg_class WHERE relname = 'ce_person' AND pg_relation_size(oid) > 0}), 0, 'nothing is left in the shells');

my @relations = split /\n/, owner('one', q{SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v')
	AND relname NOT IN ('ce_event', 'ce_ledger') ORDER BY 1});
cmp_ok(scalar @relations, '>', 40, 'tables and views');

sub everything
{
	my ($when, @dbs) = @_;
	my @different;
	for my $relation (@relations)
	{
		my $sql = qq{SELECT count(*) || coalesce(md5(string_agg(x, chr(10) ORDER BY x COLLATE "C")), '') FROM (SELECT t::text AS x FROM $relation t) u};
		my $want = owner('one', $sql);
		push @different, map { "$_.$relation" } grep { owner($_, $sql) ne $want } @dbs;
	}
	is("@different", '', "$when: all tables and views are those of one ledger");
	alike("$when: the log", q{SELECT string_agg(x::text, ',' ORDER BY x::text COLLATE "C") FROM (SELECT role_name, object, unnest(ids), from_status, to_status, by_org, note FROM ce_event) x}, @dbs);
	alike("$when: 2880 questions", q{
		SELECT md5(string_agg(p.person_id || l.l || r.r || d.d || coalesce(ce_verdict(p.person_id, l.l::ce_level, r.r::ce_route, d.d)::text, '-'), ',' ORDER BY p.person_id, l.l, r.r, d.d)), count(*)
		FROM ce_person p CROSS JOIN (VALUES ('junior'), ('intermediate'), ('senior'), ('full_senior')) l (l) CROSS JOIN (VALUES ('review'), ('recognition'), ('transfer')) r (r)
		CROSS JOIN (VALUES (date '2019-12-31'), ('2020-06-30'), ('2020-12-31'), ('2021-06-30'), ('2026-05-05')) d (d)}, @dbs);
	alike("$when: reasons", q{SELECT md5(string_agg(x::text, ',' ORDER BY x::text COLLATE "C")) FROM (SELECT person_id, (ce_explain(person_id, 'senior', 'review', '2020-12-31')).* FROM ce_person) x}, @dbs);
	for my $db ('one', @dbs)
	{
		is(owner($db, 'SELECT * FROM ce_check()'), '', "$when: $db is sound");
	}
}
everything('loaded', @both);

# one by one, on the coordinator and on a worker, that has the person or has not
my $singly = q{SELECT string_agg(v, ',' ORDER BY n) FROM (VALUES (1, ce_verdict(1001, 'senior')::text), (2, ce_verdict(1002, 'senior')::text), (3, ce_verdict(1003, 'senior')::text),
	(4, ce_verdict(1005, 'junior')::text), (5, ce_verdict(4711, 'junior')::text), (6, ce_verdict_by_no('C01', 'senior')::text)) v (n, v)};
alike('single questions', $singly, @both);
is($worker1->safe_psql($_, $singly), owner('one', $singly), "$_: a worker answers for every person") for @both;
alike('receipts', q{SELECT ce_receipt(1001, 'senior') - 'asked_at'}, @both);
alike('pages', q{SELECT length(ce_archive_html(1001, 'en')), length(ce_report_html(2020, 'en'))}, @both);

# ---- a person's number ------------------------------------------------------

owner($_, q{INSERT INTO ce_person (person_id, person_no, org_id) SELECT 90000 + g, 'twice', 1 FROM generate_series(1, 4) g}) for @both;
refused($coordinator, 'empty', q{SELECT ce_verdict_by_no('twice', 'senior')}, qr/number twice belongs to more than one person/, 'a number of several persons');
like(owner('empty', 'SELECT * FROM ce_check()'), qr/a number belongs to one person/, 'ce_check() names them');
owner($_, q{DELETE FROM ce_person WHERE person_no = 'twice'}) for @both;

# ---- what is not supported --------------------------------------------------

refused($coordinator, 'empty', q{SELECT ce_import('x', '{}')}, qr/ce_import\(\) is not supported on a distributed ledger.*HINT/s, 'imports');

# ---- steps, in every ledger alike -----------------------------------------------

for my $db ('one', @both)
{
	owner($db, $_) for (
		q{SELECT ce_verify('{337}', 51, '2020-07-01')},
		q{INSERT INTO ce_sanction (sanction_id, person_id, found_on, decision) VALUES (501, 1001, '2021-01-05', 'd')},
		q{SELECT ce_apply(1002, 'senior', applied_on => '2021-01-05', keep_refused => true)},
		q{SELECT ce_revoke(ARRAY(SELECT activity_id FROM ce_activity WHERE status = 'verified' AND verified_by = 10 ORDER BY 1 LIMIT 20), 10, 'audit', '2026-01-01')},
		q{SELECT ce_file('{11}', 1)},
		q{UPDATE ce_person SET specialty = 'changed' WHERE person_id IN (1001, 1006, 1009)},
		q{INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause, based_on) SELECT 'staff', 's', 's', true, instrument, clause, scheme FROM ce_scheme WHERE scheme = 'general'},
		q{INSERT INTO ce_category (category, parent, label_zh, label_en, instrument, clause) SELECT 'own', 'professional', 'o', 'o', instrument, clause FROM ce_scheme WHERE scheme = 'general'},
		q{SELECT ce_change_scheme(1009, 'staff', '2021-01-01')});
	my $waiver = q{SELECT outcome, coalesce(message, '') FROM ce_import_waivers((SELECT jsonb_build_object('person_id', p.person_id, 'year', '2019年', 'hours', 5, 'reason', 'r', 'decision', 'd1', 'granted_by', p.org_id)
		FROM ce_person p JOIN ce_org o ON o.org_id = p.org_id WHERE o.self_verifies ORDER BY p.person_id LIMIT 1))};
	like(owner($db, $waiver), qr/^new\|/, "$db: a waiver of a file is entered");
	like(owner($db, $waiver), qr/^unchanged\|/, "$db: once");
}
everything('after steps', @both);
refused($coordinator, 'empty', q{UPDATE ce_scheme SET based_on = 'staff' WHERE scheme = 'general'}, qr/scheme "general" cannot be based on "staff"/, 'a circle of schemes');
refused($coordinator, 'empty', q{UPDATE ce_category SET parent = 'own' WHERE category = 'own'}, qr/category "own" cannot be below "own"/, 'a circle of categories');
refused($coordinator, 'empty', q{DELETE FROM ce_kind WHERE kind = 'training'}, qr/kind "training" is in use/, 'a kind in use on a worker');
refused($coordinator, 'empty', q{SELECT ce_verify('{1}', 51)}, qr/activity 1 cannot be verified/, 'a step that is not possible');
is(owner('empty', 'SELECT * FROM ce_rebuild()'), '0|0', 'nothing is to be derived again');

# ---- a change of the law, heard by a session that is open -------------------------

for my $db (@both)
{
	my $session = $coordinator->background_psql($db);
	my $question = q{SELECT count(*) FROM ce_person p WHERE ce_verdict(p.person_id, 'senior', 'review', '2021-06-30') = 'eligible'};
	my $before = $session->query($question);
	$coordinator->safe_psql($db, q{UPDATE ce_requirement SET total_hours = '9999' WHERE from_year >= 2020});
	is($session->query($question), 0, "$db: an open session judges by the changed law");
	$coordinator->safe_psql($db, q{UPDATE ce_requirement r SET total_hours = '90' WHERE from_year >= 2020});
	is($session->query($question), $before, "$db: and by the law as it was again");
	$session->query(q{BEGIN});
	$session->query(q{UPDATE ce_requirement SET total_hours = '9999' WHERE from_year >= 2020});
	$session->query(q{ROLLBACK});
	is($session->query($question), $before, "$db: also when the change is rolled back");
	$session->quit;
}

# ---- four writers of one account -----------------------------------------------------

my $writes = PostgreSQL::Test::Utils::tempdir() . '/writes.sql';
append_to_file($writes, q{INSERT INTO ce_activity (person_id, kind, org_id, title, started_on, completed_on, days, evidence, status, verified_by, verified_on)
	SELECT person_id, 'training', org_id, 'x' || random(), '2024-03-04', '2024-03-04', 1, 'e', 'verified', org_id, '2024-05-01' FROM ce_person WHERE person_id = 1017;
});
my ($out, $err);
my $self = owner('filled', q{SELECT p.person_id FROM ce_person p JOIN ce_org o ON o.org_id = p.org_id WHERE o.self_verifies ORDER BY 1 LIMIT 1});
append_to_file("$writes.2", slurp_file($writes) =~ s/1017/$self/r);
ok(run_log([ 'pgbench', '-n', '-c', '4', '-t', '25', '-f', "$writes.2", '-U', 'hours_owner', $coordinator->connstr('filled') =~ s/^/ /r ], '>', \$out, '2>', \$err) || 1, 'pgbench ran');
like($out // '', qr/number of transactions actually processed: 100\/100/, 'four writers of one account: none fails') or diag $err;
is(owner('filled', 'SELECT * FROM ce_check()'), '', 'and it adds up');

# ---- row security -------------------------------------------------------------------

for my $node ($coordinator, $worker1, $worker2)
{
	$node->safe_psql('postgres', q{DO $$BEGIN CREATE ROLE reader LOGIN; EXCEPTION WHEN duplicate_object THEN NULL; END$$});
}
for my $db ('one', 'filled')
{
	owner($db, q{SELECT ce_grant('reader', 53, 'read')});
}
my $reads = q{SELECT (SELECT count(*) FROM ce_person), (SELECT count(*) FROM ce_activity), (SELECT count(*) FROM ce_eligibility), (SELECT count(*) FROM ce_yearly_totals)};
is($coordinator->safe_psql('filled', $reads, extra_params => [ '-U', 'reader' ]), $coordinator->safe_psql('one', $reads, extra_params => [ '-U', 'reader' ]), 'a role sees the rows of its duties');

# ---- tables that somebody distributed without ce_distribute() --------------------------

cluster('hand', 'public');
ledger('hand', 'public');
load('hand');
$coordinator->safe_psql('hand', q{SET client_min_messages = error; SET citus.enable_unsafe_triggers = on;
	DO $$ DECLARE k record; BEGIN
		FOR k IN SELECT conrelid::regclass AS t, conname FROM pg_constraint WHERE contype = 'f' AND connamespace = 'public'::regnamespace LOOP EXECUTE format('ALTER TABLE %s DROP CONSTRAINT %I', k.t, k.conname); END LOOP;
		FOR k IN SELECT tgrelid::regclass AS t, tgname FROM pg_trigger WHERE NOT tgisinternal AND tgrelid IN ('ce_person'::regclass, 'ce_account'::regclass) LOOP EXECUTE format('DROP TRIGGER %I ON %s', k.tgname, k.t); END LOOP;
	END $$;
	ALTER TABLE ce_person DROP CONSTRAINT ce_person_person_no_key;
	SELECT create_distributed_table('ce_person', 'person_id'); SELECT create_distributed_table('ce_account', 'person_id')});
is(owner('hand', q{SELECT count(*) FROM (SELECT person_id FROM ce_person OFFSET 0) p WHERE ce_verdict(p.person_id, 'senior') = 'unknown_person'}), 0, 'a shell is not read as if it were the table');
refused($coordinator, 'hand', 'SELECT ce_distribute()', qr/some tables of the ledger are distributed/, 'tables distributed in another way', @as_owner);

# ---- a shard moves, a worker is killed ------------------------------------------------

my ($shard) = split /\n/, $coordinator->safe_psql('filled', q{SELECT s.shardid FROM pg_dist_shard s JOIN pg_dist_placement p USING (shardid) JOIN pg_dist_node n USING (groupid)
	WHERE s.logicalrelid = 'ce_person'::regclass AND n.nodeport = } . $worker1->port . q{ ORDER BY 1 LIMIT 1});
$coordinator->safe_psql('filled', "SELECT citus_move_shard_placement($shard, 'localhost', " . $worker1->port . q{, 'localhost', } . $worker2->port . q{, 'block_writes')});
is(owner('filled', 'SELECT * FROM ce_check()'), '', 'sound after a shard has moved');
is($worker1->safe_psql('filled', $singly), $worker2->safe_psql('filled', $singly), 'both workers answer as before');
owner('filled', q{UPDATE ce_person SET specialty = 'moved'});
is(owner('filled', q{SELECT count(DISTINCT i) FROM ce_event, unnest(ids) i WHERE object = 'person.specialty' AND to_status = 'moved'}), owner('filled', 'SELECT count(*) FROM ce_person'), 'writes go on, and are logged');

$worker2->stop('immediate');
refused($coordinator, 'filled', q{UPDATE ce_person SET specialty = 'down'}, qr/localhost:\d+/, 'while a worker is down, what needs it', @as_owner);
$worker2->start;
is(owner('filled', q{SELECT count(*) FROM ce_person WHERE specialty = 'down'}), 0, 'nothing was changed');
is(owner('filled', 'SELECT * FROM ce_check()'), '', 'sound when it is back');

# ---- again ce_setup(), and the end -------------------------------------------------------

owner('empty', 'SET client_min_messages = error; SELECT ce_setup()');
is(owner('empty', 'SELECT * FROM ce_check()'), '', 'ce_setup() knows a distributed ledger');
owner('empty', q{INSERT INTO ce_instrument VALUES ('ours', '1', '2027', 'the notice of 2027', '2026-11-20');
	INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('general', 2027, '80', 'ours', '1')});
my $later = q{INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('general', 2027, '90', 'qinghai-2020-227', '4.1'), ('general', 2028, '90', 'qinghai-2020-227', '4.1')};
refused($coordinator, 'empty', 'BEGIN; SET LOCAL ce_hours.keep_law_rows = on; ' . $later =~ s/\('general', 2027.*?\), //r, qr/ce_hours\.keep_law_rows does not reach the other nodes/, 'nodes that would keep other rows', @as_owner);
$coordinator->safe_psql('empty', qq{
	ALTER FUNCTION ce__ledger_scripts() RENAME TO scripts_of_today;
	CREATE FUNCTION ce__ledger_scripts() RETURNS TABLE (place integer, file text, lacking text, edition integer, script text) LANGUAGE sql STABLE SET search_path = public, pg_temp AS \$\$
		SELECT * FROM scripts_of_today() UNION ALL VALUES (10, 'law/to_come.sql', NULL, 2, \$s\$$later;\$s\$) \$\$});
owner('empty', 'SET client_min_messages = error; SELECT ce_setup()');
is($_->safe_psql('empty', q{SELECT string_agg(concat_ws(' ', from_year, total_hours, instrument), ', ' ORDER BY from_year) FROM ce_requirement WHERE from_year >= 2027}),
	'2027 80 ours, 2028 90 qinghai-2020-227', $_->name . ' has the later edition beside the row of the owner') for $coordinator, $worker1, $worker2;
like(owner('empty', q{SET client_min_messages = error; SELECT kind, count(*) FROM ce_remove_ledger('public') GROUP BY 1}), qr/^table\|\d\d$/m, 'ce_remove_ledger() removes one');
is($coordinator->safe_psql('empty', 'SELECT count(*) FROM pg_dist_partition'), 0, 'with all its shards');

done_testing();
