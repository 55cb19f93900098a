# The views that ce_distribute() gives a ledger (sql/ledger/distributed.sql) have
# the columns and the rows of those that they replace.  The forms run without
# Citus, too, so this is compared on every test run: in the examples' ledger,
# with persons who moved, waivers, own categories and sums added.

use strict;
use warnings;

use FindBin;
use lib $FindBin::RealBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use TestLedger;

my $root = "$FindBin::RealBin/../..";
my $node = PostgreSQL::Test::Cluster->new('views');
$node->init;
$node->start;
$node->safe_psql('postgres', 'SET client_min_messages = error; CREATE EXTENSION ce_hours; SELECT ce_setup()');
chdir $root;
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-d', $node->connstr('postgres'), '-f', 'examples/load.sql' ], 'the examples are loaded');
$node->safe_psql('postgres', $_) for (
	q{UPDATE ce_person SET entered_on = '2017-03-01' WHERE person_id % 3 = 0},
	q{INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause, based_on) SELECT 'staff', 's', 's', true, instrument, clause, scheme FROM ce_scheme WHERE scheme = 'general'},
	q{INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) SELECT 'staff', 2018, 20, instrument, clause FROM ce_scheme WHERE scheme = 'staff'},
	q{INSERT INTO ce_category (category, parent, label_zh, label_en, instrument, clause) SELECT 'own', 'professional', 'o', 'o', instrument, clause FROM ce_scheme WHERE scheme = 'staff'},
	q{UPDATE ce_category SET parent = 'own' WHERE category IN ('training', 'mentoring')},
	q{INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) SELECT 'general', 'own', 2018, 10, instrument, clause FROM ce_scheme WHERE scheme = 'staff'},
	q{INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) SELECT 'general', 'own', 2019, 60, instrument, clause FROM ce_scheme WHERE scheme = 'staff'},
	q{SELECT ce_change_scheme(person_id, 'staff', '2019-07-01') FROM ce_person WHERE scheme = 'general' AND person_id % 5 = 0},
	q{INSERT INTO ce_waiver (person_id, year, hours, reason, decision, granted_by)
		SELECT p.person_id, 2019, 5, 'r', 'd1', o.org_id FROM ce_person p JOIN ce_org o ON o.org_id = p.org_id WHERE o.self_verifies},
	q{INSERT INTO ce_waiver (person_id, year, reason, decision, granted_by)
		SELECT p.person_id, 2018, 'r', 'd2', o.org_id FROM ce_person p JOIN ce_org o ON o.org_id = p.org_id WHERE o.self_verifies},
	q{INSERT INTO ce_rule (scheme, kind, from_year, basis, in_archive, instrument, clause) SELECT 'general', 'award', 2000, 'deems', true, instrument, clause FROM ce_scheme WHERE scheme = 'staff'},
	q{INSERT INTO ce_achievement (person_id, kind, achieved_on, work_ref, attested_by, attested_on)
		SELECT p.person_id, 'award', '2018-05-01', 'w' || p.person_id, o.org_id, '2018-06-01' FROM ce_person p JOIN ce_org o ON o.org_id = p.org_id WHERE o.self_verifies AND p.person_id % 2 = 0},
	q{INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause)
		SELECT 'staff', r, l, 'sum', 3, 2021, 'mohrss-order-25', '8' FROM unnest(enum_range(NULL::ce_route)) r, unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l},
	q{INSERT INTO ce_sanction (person_id, found_on, decision) SELECT person_id, '2021-01-05', 'd' FROM ce_person WHERE person_id % 7 = 0},
	q{SELECT ce_apply(person_id, 'junior', applied_on => '2021-01-05', keep_refused => true) FROM ce_person WHERE person_id % 4 = 0},
	q{VACUUM ANALYZE});
is($node->safe_psql('postgres', 'SELECT * FROM ce_check() WHERE invariant NOT LIKE \'hours follow%\''), '', 'the ledger is sound');
cmp_ok($node->safe_psql('postgres', 'SELECT count(*) FROM ce_waiver'), '>', 1, 'with waivers');
cmp_ok($node->safe_psql('postgres', 'SELECT count(*) FROM ce_person WHERE moved'), '>', 1, 'and persons who moved');

cmp_ok($node->safe_psql('postgres', 'SELECT count(other_short) FROM ce_shortfalls'), '>', 1, 'and years that are short of an own category');

my @views = slurp_file("$root/sql/ledger/distributed.sql") =~ /^CREATE OR REPLACE VIEW (\w+)/mg;
cmp_ok(scalar @views, '>=', 8, 'views have another form');
my $columns = q{SELECT string_agg(concat_ws(' ', attrelid::regclass, attnum, attname, format_type(atttypid, atttypmod)), chr(10) ORDER BY attrelid::regclass::text, attnum)
	FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE relkind = 'v' AND relname LIKE 'ce\_%' AND attnum > 0};
my $options = q{SELECT string_agg(relname || reloptions::text || coalesce(obj_description(oid, 'pg_class'), ''), chr(10) ORDER BY relname) FROM pg_class WHERE relkind = 'v' AND relname LIKE 'ce\_%'};
my ($columns_before, $options_before, $rows_before) = ($node->safe_psql('postgres', $columns), $node->safe_psql('postgres', $options), rows($node, 'postgres', 'public'));
$node->safe_psql('postgres', q{DO $$
DECLARE
	s text;
BEGIN
	FOR s IN SELECT t.statement FROM ce__ledger_scripts() f CROSS JOIN LATERAL ce__statements(f.script) t WHERE f.file = 'ledger/distributed.sql' ORDER BY t.line LOOP
		EXECUTE s;
	END LOOP;
END $$});
is($node->safe_psql('postgres', $columns), $columns_before, 'with the same columns');
is($node->safe_psql('postgres', $options), $options_before, 'options and comments');
my $rows_after = rows($node, 'postgres', 'public');
for my $view (@views)
{
	unlike($rows_before->{$view}, qr/^0 /, "$view has rows") unless $view eq 'ce_attested_hours';
	is($rows_after->{$view}, $rows_before->{$view}, "$view: the same rows");
}
is_deeply($rows_after, $rows_before, 'and so have the views above them');

done_testing();
