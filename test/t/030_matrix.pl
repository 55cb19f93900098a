# Every table, view, column and function, as every kind of role, is what the tables in
# docs/security.md say: what the catalog has and the tables have not fails, too.
use strict;
use warnings;

use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my @roles = qw(stranger person report read record verify backdate sanction audit owner);

#
# The matrix as it is written
#
my (%written, %call, %columns, $part);
foreach my $line (split /\n/, slurp_file("$FindBin::RealBin/../../docs/security.md"))
{
	$part = $1 if $line =~ /^\| (relation|columns of|function) \|/;
	undef $part if $line !~ /^\|/;
	next unless $part && $line =~ /^\| `/;
	my @cells = map { s/^\s+|\s+$//gr } split /(?<!\\)\|/, substr($line, 1, -1);
	my $name = shift(@cells) =~ s/`//gr;
	if ($part eq 'columns of')
	{
		$columns{$name} = [ map { [ sort /\w+/g ] } @cells ];
		next;
	}
	$call{$name} = shift(@cells) =~ s/`//gr if $part eq 'function';
	$written{$name} = join ' | ', @cells;
}

#
# A ledger: a bureau that verifies itself with a school below it, and a factory outside; a role for each duty at the bureau
#
my $node = PostgreSQL::Test::Cluster->new('matrix');
$node->init;
$node->start;
$node->safe_psql('postgres', q{
	CREATE ROLE owner LOGIN;
	CREATE ROLE outsider;
	CREATE SCHEMA hours AUTHORIZATION owner;
	GRANT USAGE ON SCHEMA hours TO PUBLIC;
	CREATE EXTENSION ce_hours SCHEMA hours;
	ALTER DATABASE postgres SET search_path = hours;
	CREATE SCHEMA probe;
	GRANT USAGE ON SCHEMA probe TO PUBLIC;
	CREATE TABLE probe.hr (id bigint PRIMARY KEY, org bigint NOT NULL);
	INSERT INTO probe.hr VALUES (21, 6);
	ALTER TABLE probe.hr OWNER TO owner});
$node->safe_psql('postgres', "CREATE ROLE $_ LOGIN") for grep { $_ ne 'owner' } @roles;
$node->safe_psql('postgres', q{
	SELECT ce_setup();
	INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code, base_level, self_verifies) VALUES
		(9, 'province', 'provincial office', 'hrss', 'provincial', NULL, '630000', NULL, false),
		(3, 'department', 'department', 'authority', 'provincial', 9, '630000', NULL, false),
		(4, 'academy', 'academy', 'academy', 'provincial', NULL, '630000', NULL, false),
		(20, 'base', 'national base', 'base', 'provincial', 3, '630000', 'national', false),
		(1, 'office', 'county office', 'hrss', 'county', 9, '632599', NULL, false),
		(2, 'bureau', 'bureau', 'authority', 'county', 1, '632599', NULL, true),
		(6, 'school', 'school', 'public_institution', 'county', 2, '632599', NULL, false),
		(7, 'factory', 'factory', 'enterprise', 'county', 1, '632599', NULL, false);
	INSERT INTO ce_person (person_id, person_no, org_id, held_level, held_since)
		SELECT i, 'P' || i, (ARRAY[2, 2, 6, 7, 7])[i], 'junior', '2016-01-01' FROM generate_series(1, 5) i;
	INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status, reviewed_by, filed_by, filed_on) VALUES (101, 20, 'roads', 'online', '300', 'filed', 3, 9, '2020-01-02');
	INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES (102, 6, 'teaching', 'offline', '20', 'submitted'), (103, 7, 'steel', 'offline', '20', 'draft');
	INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours, status, verified_by, verified_on)
		SELECT p.person_id, k.kind, k.plan_id, k.on_day::date, k.hours::ce_hours, 'verified', CASE k.kind WHEN 'academy_course' THEN 4 ELSE CASE WHEN p.org_id = 2 THEN 2 ELSE 1 END END, k.on_day::date
		FROM ce_person p, (VALUES ('academy_course', NULL, '2020-03-01', '45'), ('base_online', 101, '2020-04-01', '200'),
			('recorded_public', NULL, '2018-12-31', '30'), ('recorded_professional', NULL, '2018-12-31', '40'),
			('recorded_public', NULL, '2019-12-31', '30'), ('recorded_professional', NULL, '2019-12-31', '60')) k (kind, plan_id, on_day, hours);
	INSERT INTO ce_activity (activity_id, person_id, kind, started_on, completed_on, days, evidence)
		SELECT 1000 + i, i, 'training', '2020-05-11', '2020-05-13', 3, 'document' FROM generate_series(1, 5) i;
	INSERT INTO ce_minimum (scheme, category, from_year, hours, instrument, clause) VALUES ('general', 'online', 2020, '10', 'mohrss-order-25', 'of ours');
	UPDATE ce_rule SET in_archive = true WHERE kind = 'invention_patent';
	SELECT ce_clone_scheme('general', 'stricter');
	UPDATE ce_rule SET most_hours = '100' WHERE scheme = 'stricter' AND kind = 'base_online';
	INSERT INTO ce_achievement (achievement_id, person_id, kind, rank, achieved_on, attested_by, attested_on)
		SELECT 2000 + person_id, person_id, 'invention_patent', 1, '2020-02-03', org_id, '2020-02-04' FROM ce_person;
	INSERT INTO ce_allocation (allocation_id, person_id, from_year, to_year, subject, hours, allocated_by, allocated_on)
		SELECT 3000 + i, i, 2020, 2018, 'professional', '5', CASE WHEN i <= 2 THEN 2 ELSE 1 END, '2020-12-01' FROM generate_series(1, 5) i;
	INSERT INTO ce_waiver (waiver_id, person_id, year, subject, hours, reason, decision, granted_by, granted_on)
		SELECT 5000 + i, i, 2019, 'professional', '5', 'illness', 'd' || i, CASE WHEN i <= 2 THEN 2 ELSE 1 END, '2020-12-01' FROM generate_series(1, 5) i;
	INSERT INTO ce_application (person_id, level, applied_on) SELECT i, 'junior', '2020-12-31' FROM generate_series(1, 5) i;
	INSERT INTO ce_sanction (sanction_id, person_id, found_on, decision) SELECT 4000 + i, i, '2021-03-01', 'd' || i FROM generate_series(1, 5) i;
	INSERT INTO ce_person_scheme (person_id, until_on, scheme) SELECT i, '2010-12-31', 'accounting' FROM generate_series(1, 5) i;
	INSERT INTO ce_specialty_pair VALUES ('roads', 'bridges');
	INSERT INTO ce_course (course, kind, plan_id) VALUES ('https://base.example/roads', 'base_online', 101);
	INSERT INTO ce_staging (source, source_ref) VALUES ('hr', 's1');
	INSERT INTO ce_statement (source, ref, voided_by) VALUES ('lms', 'never came', 'v1');
	UPDATE ce_person SET specialty = 'roads' WHERE person_id = 1;
	CREATE TABLE other_hr (id bigint PRIMARY KEY, org bigint NOT NULL);
	INSERT INTO other_hr VALUES (5, 7), (99, 99);
	SELECT ce_link('other_hr', 'id', 'org', bad_rows => 'list');
	SELECT ce_grant_person('person', 1), ce_grant_person('outsider', 3), ce_grant_person('outsider', 4), ce_grant('outsider', 7, 'read')}, extra_params => [ '-U', 'owner' ]);
$node->safe_psql('postgres', "SELECT ce_grant('$_', 2, '$_')", extra_params => [ '-U', 'owner' ]) for grep { !/^(stranger|person|owner)$/ } @roles;

#
# What a role can do, tried and undone
#
$node->safe_psql('postgres', q{
	CREATE FUNCTION probe.try(statement text, OUT state text, OUT answer text) LANGUAGE plpgsql AS $$
	BEGIN
		EXECUTE statement INTO answer;
		RAISE EXCEPTION USING ERRCODE = 'ZZ999';
	EXCEPTION WHEN SQLSTATE 'ZZ999' THEN state := 'ok'; WHEN OTHERS THEN state := SQLSTATE; answer := SQLERRM;
	END $$;
	CREATE FUNCTION probe.letters(relation regclass) RETURNS text LANGUAGE sql AS $$
		SELECT CASE WHEN bool_or(s <> '42501') THEN 'S' ELSE '' END || CASE WHEN bool_or(i <> '42501') THEN 'I' ELSE '' END || CASE WHEN bool_or(u <> '42501') THEN 'U' ELSE '' END
			|| CASE WHEN bool_or(d <> '42501') THEN 'D' ELSE '' END || CASE WHEN bool_or(t) THEN 'T' ELSE '' END
		FROM (
			SELECT (probe.try(format('SELECT %I FROM %s WHERE false', attname, relation))).state AS s,
				CASE attidentity WHEN 'a' THEN '42501' ELSE (probe.try(format('INSERT INTO %2$s (%1$I) SELECT (NULL::%2$s).%1$I WHERE false', attname, relation))).state END AS i,
				(probe.try(format('UPDATE %s SET %I = DEFAULT WHERE false', relation, attname))).state AS u,
				(probe.try(format('DELETE FROM %s WHERE false', relation))).state AS d,
				has_table_privilege(relation, 'TRUNCATE') OR has_table_privilege(relation, 'REFERENCES') OR has_table_privilege(relation, 'TRIGGER') AS t
			FROM pg_attribute WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped) c
	$$;
	CREATE FUNCTION probe.columns(relation regclass, OUT readable text, OUT hidden text) LANGUAGE sql AS $$
		SELECT string_agg(attname, ' ' ORDER BY attname COLLATE "C") FILTER (WHERE state <> '42501'), string_agg(attname, ' ' ORDER BY attname COLLATE "C") FILTER (WHERE state = '42501')
		FROM pg_attribute, probe.try(format('SELECT %I FROM %s WHERE false', attname, relation)) WHERE attrelid = relation AND attnum > 0 AND NOT attisdropped
	$$;
	CREATE FUNCTION probe.count(relation regclass, condition text DEFAULT 'true') RETURNS bigint LANGUAGE plpgsql AS $$
	DECLARE n bigint; BEGIN EXECUTE format('SELECT count(*) FROM %s WHERE %s', relation, condition) INTO n; RETURN n; EXCEPTION WHEN insufficient_privilege THEN RETURN -1; END $$;
	CREATE FUNCTION probe.outcome(statement text) RETURNS text LANGUAGE sql AS $$
		SELECT CASE WHEN state = '42501' THEN 'no' WHEN state <> 'ok' THEN 'error ' || state WHEN answer IS NULL OR answer IN ('f', 'false', '0', 'unknown_person', '') THEN 'none' ELSE 'ok' END FROM probe.try(statement)
	$$;
	CREATE VIEW probe.relations AS SELECT oid::regclass AS relation, relkind FROM pg_class WHERE relnamespace = 'hours'::regnamespace AND relname <> 'other_hr' AND relkind IN ('r', 'p', 'v', 'm', 'f');
	CREATE VIEW probe.functions AS SELECT p.oid::regprocedure AS function, p.proname, p.provolatile = 'i' AS immutable, p.prorettype = 'trigger'::regtype AS trigger
		FROM pg_proc p WHERE pronamespace = 'hours'::regnamespace;
	GRANT SELECT ON probe.relations, probe.functions TO PUBLIC});

sub ask
{
	my ($role, $query) = @_;
	return map { [ split /\t/, $_, -1 ] } split /\n/, $node->safe_psql('postgres', $query, extra_params => [ '-U', $role, '-F', "\t" ]);
}

# how many rows there are, of the person, of the bureau's subtree
my %rows;
foreach my $row (ask('owner', q{
	SELECT relation, probe.count(relation),
		CASE WHEN has THEN probe.count(relation, 'person_id = 1') END,
		CASE WHEN has THEN probe.count(relation, 'person_id IN (SELECT person_id FROM ce_person WHERE org_id IN (2, 6))') END
	FROM (SELECT relation, EXISTS (SELECT FROM pg_attribute WHERE attrelid = relation AND attname = 'person_id' AND atttypid = 'int8'::regtype) AS has FROM probe.relations) r}))
{
	my ($name, $all, $own, $subtree) = @$row;
	$rows{$name} = { all => $all, own => $own, subtree => $subtree };
	cmp_ok($all, '>', 0, "$name has rows to see");
}

sub seen
{
	my ($name, $n) = @_;
	return '' if $n < 0;
	return 'all' if $n == $rows{$name}{all};
	return 'none' if $n == 0;
	foreach my $scope ('own', 'subtree')
	{
		return $scope if $rows{$name}{$scope} ne '' && $n == $rows{$name}{$scope};
	}
	return 'some';
}

my %found;
foreach my $role (@roles)
{
	foreach my $row (ask($role, q{SELECT relation, relkind, probe.letters(relation), probe.count(relation) FROM probe.relations}))
	{
		my ($name, $kind, $letters, $n) = @$row;
		$letters =~ s/[IUDT]//g if $kind eq 'v';
		$found{$name}{$role} = join(' ', grep { $_ ne '' } $letters, seen($name, $n)) || '-';
	}
	# a duty reads all columns of what it reads, but for those that the table of columns keeps from report
	foreach my $row (ask($role, 'SELECT relation, readable, hidden FROM probe.relations, probe.columns(relation)'))
	{
		my ($name, $readable, $hidden) = @$row;
		my @expected = $role eq 'report' && exists $columns{$name} ? map { join ' ', @$_ } @{ $columns{$name} } : $readable eq '' ? ('', $hidden) : ("$readable $hidden" =~ s/ $//r, '');
		next if is("$readable | $hidden", join(' | ', @expected), "$role: columns of $name that are read and that are not");
		diag("| `$name` | " . join(', ', map { "`$_`" } split / /, $readable) . ' | ' . join(', ', map { "`$_`" } split / /, $hidden) . ' |');
	}
	foreach my $name (sort keys %call)
	{
		next if $name =~ /^(trigger functions|immutable functions)$/;
		my ($row) = ask($role, "SELECT probe.outcome(\$call\$$call{$name}\$call\$)");
		$found{$name}{$role} = $row->[0];
	}
	is_deeply([ ask($role, q{SELECT function FROM probe.functions WHERE NOT has_function_privilege(function, 'EXECUTE')}) ], [],
		"$role may call every function, each of which goes by the caller's privileges");
	my ($trigger) = ask($role, q{SELECT string_agg(DISTINCT (probe.try(format('SELECT %s()', proname))).state, ',') FROM probe.functions WHERE trigger});
	$found{'trigger functions'}{$role} = $trigger->[0] eq '0A000' ? 'no' : $trigger->[0];
	$found{'immutable functions'}{$role} = 'ok';
}

# what the catalog has
is($node->safe_psql('postgres', q{SELECT string_agg(proname, ',') FROM pg_proc WHERE pronamespace = 'hours'::regnamespace AND prosecdef}), '', 'no function has the rights of another than its caller');
is($node->safe_psql('postgres', q{SELECT string_agg(c.relname, ',') FROM pg_class c, aclexplode(c.relacl) x WHERE relnamespace = 'hours'::regnamespace AND x.grantee = 0}), '', 'PUBLIC has no privilege on a table, view or sequence');
is($node->safe_psql('postgres', q{SELECT string_agg(relname, ',') FROM pg_class WHERE relnamespace = 'hours'::regnamespace AND relkind = 'v' AND NOT coalesce(reloptions::text LIKE '%security_invoker=true%', false)}), '', 'every view is read with the reader\'s rights');
is($node->safe_psql('postgres', q{SELECT string_agg(c.relname, ',') FROM pg_class c, aclexplode(c.relacl) x WHERE relnamespace = 'hours'::regnamespace AND relkind = 'S' AND x.grantee <> c.relowner}), '', 'no sequence is granted');
my @functions = map { $_->[0] } ask('owner', q{SELECT function FROM probe.functions WHERE NOT immutable AND NOT trigger});
foreach my $function (@functions)
{
	next if ok(exists $call{$function}, "$function has a line in docs/security.md");
	$found{$function}{$_} = '?' for @roles;
}
is_deeply([ grep { !exists $found{$_} } sort(keys %written, keys %columns) ], [], 'no line is about what is not there');

foreach my $name (sort keys %found)
{
	my $line = join ' | ', map { $found{$name}{$_} } @roles;
	next if is($line, $written{$name} // '(no line)', $name);
	diag('| `' . $name . '` | ' . (exists $rows{$name} ? '' : '`' . ($call{$name} // "SELECT $name") . '` | ') . $line . ' |');
}

$node->stop;
done_testing();
