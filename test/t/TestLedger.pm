# What the TAP programs ask of a ledger: its rows, its definitions, its extension;
# and of the texts around it.

package TestLedger;

use strict;
use warnings;

use Exporter 'import';
use Test::More;

our @EXPORT = qw(rows definitions members refused $stumbles);

# Words that make a reader stop, in messages, COMMENTs and pages.
our $stumbles = qr/\b(?:of who|far by|let be|afresh|anew|(?<!there )is none|dearer|by hand|in sight|hears? of|heard of|nobody acts|acts? on his own)\b|\bit is not for\b/i;

# rows(NODE, DATABASE, SCHEMA): every table and view of the schema => count and md5 of its rows
sub rows
{
	my ($node, $db, $schema) = @_;
	my $names = $node->safe_psql($db, qq{
		SELECT quote_ident(relname) FROM pg_class WHERE relnamespace = '$schema'::regnamespace AND relkind IN ('r', 'v') ORDER BY 1});

	# in one statement, since a session for each table takes long
	my $query = join ' UNION ALL ', map {
		qq{SELECT '$_', count(*) || ' ' || coalesce(md5(string_agg(t::text, chr(10) ORDER BY t::text COLLATE "C")), '') FROM $_ t}
	} split /\n/, $names;

	return { map { split /\|/, $_, 2 } split /\n/, $node->safe_psql($db, "SET search_path = $schema; SET jit = off; $query") };
}

# definitions(NODE, DATABASE, SCHEMA): one line for each column, constraint,
# index, trigger, policy, view and comment of the schema's tables and views;
# the order of columns does not matter
sub definitions
{
	my ($node, $db, $schema) = @_;

	return [ split /\x01\n?/, $node->safe_psql($db, qq{
		SET search_path = $schema;
		WITH c AS (SELECT * FROM pg_class WHERE relnamespace = '$schema'::regnamespace AND relkind IN ('r', 'v', 'S'))
		SELECT string_agg(d, chr(1) ORDER BY d COLLATE "C") FROM (
			SELECT concat_ws(' ', 'trigger', pg_get_triggerdef(t.oid), tgenabled, obj_description(t.oid, 'pg_trigger'))
				FROM pg_trigger t JOIN c ON c.oid = tgrelid WHERE NOT tgisinternal
			UNION ALL SELECT concat_ws(' ', 'index', pg_get_indexdef(indexrelid), obj_description(indexrelid, 'pg_class'))
				FROM pg_index i JOIN c ON c.oid = indrelid
			UNION ALL SELECT concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(k.oid), convalidated, obj_description(k.oid, 'pg_constraint'))
				FROM pg_constraint k JOIN c ON c.oid = conrelid WHERE contype <> 'n'
			UNION ALL SELECT concat_ws(' ', 'relation', relname, relkind, relowner::regrole, relrowsecurity, relforcerowsecurity, relreplident, reloptions,
					(SELECT string_agg(a::text, ' ' ORDER BY a::text COLLATE "C") FROM unnest(relacl) a), obj_description(oid, 'pg_class')) FROM c
			UNION ALL SELECT concat_ws(' ', 'column', attrelid::regclass, attname, format_type(atttypid, atttypmod), attnotnull, attidentity, attgenerated,
					pg_get_expr(adbin, adrelid), attacl, col_description(attrelid, attnum))
				FROM pg_attribute JOIN c ON c.oid = attrelid LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
				WHERE relkind IN ('r', 'v') AND attnum > 0 AND NOT attisdropped
			UNION ALL SELECT concat_ws(' ', 'sequence', s.seqrelid::regclass, s.seqtypid::regtype, seqstart, seqincrement)
				FROM pg_sequence s JOIN c ON c.oid = s.seqrelid
			UNION ALL SELECT concat_ws(' ', 'policy', polrelid::regclass, polname, polcmd, polpermissive, pg_get_expr(polqual, polrelid), pg_get_expr(polwithcheck, polrelid))
				FROM pg_policy JOIN c ON c.oid = polrelid
			UNION ALL SELECT concat_ws(' ', 'view', relname, pg_get_viewdef(oid)) FROM c WHERE relkind = 'v') t (d)}) ];
}

# members(NODE, DATABASE): one line for each object of the extension, with its
# definition, privileges and comment
sub members
{
	my ($node, $db) = @_;

	return [ split /\x01\n?/, $node->safe_psql($db, q{
		SELECT string_agg(d, chr(1) ORDER BY d COLLATE "C") FROM (
			SELECT concat_ws(' ', pg_identify_object(d.classid, d.objid, 0),
				CASE d.classid
					WHEN 'pg_proc'::regclass THEN (SELECT concat_ws(' ', CASE WHEN prokind <> 'a' THEN pg_get_functiondef(p.oid) END, p.proacl)
						FROM pg_proc p WHERE p.oid = d.objid)
					WHEN 'pg_type'::regclass THEN (SELECT concat_ws(' ', typlen, typbyval, typalign, typstorage, typcategory, typispreferred, typinput, typoutput,
						typreceive, typsend, typmodin, typmodout, typacl, (SELECT string_agg(enumlabel, ',' ORDER BY enumsortorder) FROM pg_enum WHERE enumtypid = t.oid))
						FROM pg_type t WHERE t.oid = d.objid)
					WHEN 'pg_cast'::regclass THEN (SELECT concat_ws(' ', castfunc::regproc, castcontext, castmethod) FROM pg_cast x WHERE x.oid = d.objid)
					WHEN 'pg_operator'::regclass THEN (SELECT concat_ws(' ', oprcode, oprrest, oprjoin, oprcom::regoper, oprnegate::regoper, oprcanmerge, oprcanhash)
						FROM pg_operator o WHERE o.oid = d.objid)
					WHEN 'pg_opfamily'::regclass THEN (SELECT string_agg(x, ',' ORDER BY x) FROM (
						SELECT concat_ws(' ', amopstrategy, amopopr::regoperator) FROM pg_amop WHERE amopfamily = d.objid
						UNION ALL SELECT concat_ws(' ', amprocnum, amproc::regprocedure) FROM pg_amproc WHERE amprocfamily = d.objid) m (x))
				END,
				(SELECT concat_ws(' ', aggtransfn, aggfinalfn, aggcombinefn, aggserialfn, aggdeserialfn, aggmtransfn, aggminvtransfn, aggmfinalfn, aggsortop::regoper,
					aggtranstype::regtype, agginitval, aggminitval, p.proparallel) FROM pg_aggregate a JOIN pg_proc p ON p.oid = a.aggfnoid
					WHERE d.classid = 'pg_proc'::regclass AND a.aggfnoid = d.objid),
				obj_description(d.objid, d.classid::regclass::name))
			FROM pg_depend d
			JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND d.deptype = 'e' AND e.extname = 'ce_hours'
			-- array types are members from 17 on
			WHERE NOT EXISTS (SELECT FROM pg_type t WHERE d.classid = 'pg_type'::regclass AND t.oid = d.objid AND t.typcategory = 'A')) t (d)}) ];
}

# refused(NODE, DATABASE, STATEMENT, PATTERN, NAME, [OPTION...]): it fails, and says so
sub refused
{
	my ($node, $db, $sql, $like, $name, @options) = @_;
	my ($status, $out, $err) = $node->psql($db, $sql, @options);

	isnt($status, 0, "$name: refused");
	like($err, $like, "$name: message");
}

1;
