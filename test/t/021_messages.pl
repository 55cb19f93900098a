# Every message of C and SQL is in po/zh_CN.po, and a server whose lc_messages
# is Chinese shows it, in any client's encoding.

use strict;
use warnings;

use Encode;
use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;
use lib $FindBin::RealBin;
use TestLedger;

my $source = "$FindBin::RealBin/../..";

# ---- the sources ----------------------------------------------------------

# C text without comments, so that prose in them is not taken for code
sub c_files
{
	return map { (my $text = slurp_file($_)) =~ s{/\*.*?\*/}{}gs; [ $_, $text ] } glob("$source/src/*.c $source/src/*/*.c");
}

for my $file (c_files())
{
	my ($name, $text) = @$file;
	$name =~ s{.*/}{};
	my @bare;
	# a message that is no literal has to be marked where it is one
	while ($text =~ /\b(err(?:msg|detail|hint|context|detail_log)|err\w+_plural)\s*+\(\s*+([^"])([^;]{0,40})/g)
	{
		my ($function, $argument) = ($1, $2 . $3);
		push @bare, "$function($argument" unless $argument =~ /^\w+,/ && $text =~ /gettext_noop/
			|| $argument =~ /^(?:refusal->)?(?:message|detail),/ && $name eq 'trigger_row.c'
			|| $argument =~ /^(?:refusal|table)->\w+,/ && $name eq 'decision.c';
	}
	# what bypasses the catalogue there is translated already
	while ($text =~ /\b(?:err\w+_internal|errhint|errdetail)\s*\(\s*"%s",\s*+(?!_\(|\w+_(?:reason|failures)\()([^;]{0,40})/g)
	{
		push @bare, $1;
	}
	# what trigger_row.c and decision.c are handed is marked where it is written
	while ($text =~ /\bCeRefusal\s+\w+\s*=\s*\{(.*?)\n\};/gs)
	{
		push @bare, grep { !/^\s*gettext_noop\(".*"\),?$/ } grep { /\S/ } split(/\n/, $1);
	}
	while ($text =~ /\bCe(?:Kept|Decision)\s+\w+\s*=\s*\{(.*?)\n\};/gs)
	{
		push @bare, grep { /"/ && !/^\s*(?:\.\w+ = )?gettext_noop\(".*"\),?$/ && !/^\s*\.(?:object|withdrawn) = "\w+",$/ } split(/\n/, $1);
	}
	is(join("\n", @bare), '', "$name: every message is a literal or marked as one");
}

for my $path (glob("$source/sql/*/*.sql"))
{
	my $text = slurp_file($path);
	my @bare;
	$text =~ s/--[^\n]*//g;
	push @bare, $1 while $text =~ /(\b(?:MESSAGE|DETAIL|HINT)\s*=\s*+(?!(?:pg_catalog\.|\@extschema\@\.)?(?:format\(\s*(?:\@extschema\@\.)?)?ce_text\()[^,;\n]*)/g;
	push @bare, $1 while $text =~ /(\bRAISE\s+(?:EXCEPTION|WARNING|NOTICE|INFO)\s+'[^\n]*)/g;
	push @bare, $1 while $text =~ /(\bformat\(\s*'(?!<)[^']*\b[a-z]+ [a-z]+\b[^']*')/g;
	$path =~ s{.*/sql/}{};
	is(join("\n", @bare), '', "$path: every message goes through ce_text()");
}

# ---- the catalogue --------------------------------------------------------

# A .po file: its entries by msgid, with what makes one no good
sub catalogue
{
	my %entries;
	for my $block (split(/\n\n+/, slurp_file(shift)))
	{
		my ($field, %text) = ('');
		for (split(/\n/, $block))
		{
			next unless /^(?:(msgid|msgstr) )?"(.*)"$/;
			$field = $1 if $1;
			$text{$field} .= $2;
		}
		next unless length($text{msgid} // '');
		my @wrong;
		push @wrong, 'fuzzy' if $block =~ /^#,.*\bfuzzy\b/m;
		push @wrong, 'untranslated' unless length $text{msgstr};
		push @wrong, 'left in English' if $text{msgstr} eq $text{msgid};
		push @wrong, 'a sentence without its full stop, or one too many' if ($text{msgid} =~ /\.$/) != ($text{msgstr} =~ /\xE3\x80\x82$/);
		$entries{ $text{msgid} } = join(', ', @wrong);
	}
	return \%entries;
}

# What makes a reader stop in a message.  "Spread" has been "allocate" since 0.3.0; what the
# law's rows were given (AMB-29) keeps its words, as ledgers do.
my $fragments = qr/$stumbles|\bspread(?:s|ing)?\b|\blies (?:in|before|after)\b|\b(?:says|tells) who\b|\bread again who\b/i;


SKIP:
{
	skip 'gettext is not installed', 7 if system('xgettext --version >/dev/null 2>&1') != 0;

	delete local @ENV{qw(MAKEFLAGS MAKELEVEL MFLAGS)};
	unlink "$source/po/ce_hours.pot", "$source/po/sql_messages.c";
	command_ok([ 'make', '-s', '-C', $source, 'po/ce_hours.pot' ], 'the messages are extracted from the sources');
	my $asked = catalogue("$source/po/ce_hours.pot");
	my $given = catalogue("$source/po/zh_CN.po");
	cmp_ok(scalar keys %$asked, '>', 400, 'there are ' . scalar(keys %$asked));
	is(join("\n", grep { /$fragments/ && !/^AMB-/ } sort keys %$asked), '', 'no message has a word that makes a reader stop');
	is(join("\n", grep { !exists $given->{$_} } sort keys %$asked), '', 'none lacks a translation: make update-po');
	is(join("\n", grep { !exists $asked->{$_} } sort keys %$given), '', 'none is obsolete');
	is(join("\n", map { "$given->{$_}: $_" } grep { $given->{$_} } sort keys %$given), '', 'each is translated');
	command_ok([ 'msgfmt', '--check', '-o', '/dev/null', "$source/po/zh_CN.po" ], 'and has the conversions of its message');
}

# ---- the server -----------------------------------------------------------

my $locales = PostgreSQL::Test::Utils::tempdir();
if (!check_pg_config('#define ENABLE_NLS 1'))
{
	note('a server without NLS has English messages');
	done_testing();
	exit;
}
if (system("localedef --no-archive -i zh_CN -f UTF-8 '$locales/zh_CN.UTF-8' >/dev/null 2>&1") > 256)
{
	note('localedef or its sources (package locales) are not installed');
	done_testing();
	exit;
}
$ENV{LOCPATH} = $locales;
$ENV{PGCLIENTENCODING} = 'UTF8';

my $node = PostgreSQL::Test::Cluster->new('messages');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->start;
$node->safe_psql('postgres', 'CREATE EXTENSION ce_hours');
$node->command_ok([ 'psql', '-X', '-q', '-v', 'ON_ERROR_STOP=1', '-o', '/dev/null', '-d', $node->connstr('postgres'), '-f', "$FindBin::RealBin/ledger.psql" ], 'the ledger is made');

is(join("\n", grep { /$fragments/ } split(/\n/, $node->safe_psql('postgres', q{SELECT DISTINCT replace(description, E'\n', ' ') FROM pg_description d
	WHERE EXISTS (SELECT FROM pg_depend e WHERE e.classid = d.classoid AND e.objid = d.objoid AND e.deptype = 'e')
		OR d.objoid IN (SELECT oid FROM pg_class WHERE relnamespace = 'public'::regnamespace)
		OR d.objoid IN (SELECT oid FROM pg_trigger WHERE NOT tgisinternal) OR d.objoid IN (SELECT oid FROM pg_policy)}))), '',
	'nor has a COMMENT');

# What a query prints and complains of, with messages in a language
sub ask
{
	my ($language, $sql, $database) = @_;
	my ($out, $err) = ('', '');
	run_log([ 'psql', '-XqAt', '-d', $node->connstr($database // 'postgres'), '-c', "SET lc_messages = '$language'", '-c', $sql ], '>', \$out, '2>', \$err);
	chomp($out);
	return $out . $err;
}
my ($zh, $en) = ('zh_CN.UTF-8', 'C');

# an error with DETAIL and HINT
my $wrong = q{INSERT INTO ce_activity (person_id, kind, started_on, completed_on, days, hours) VALUES (1, 'mentoring', '2020-03-02', '2020-03-04', 1.3, 7)};
my @errors = (
	ask($en, $wrong),
	qr/ERROR:  days is not a number of whole or half days\nDETAIL:  Clause 5\.2\.2\(1\)b, AMB-13: days count in whole or half days; 1\.3 was given\.\nHINT:  Give whole or half days, such as 2\.5\.$/,
	ask($zh, $wrong),
	qr/:  days 不是以半天为单位的天数\nDETAIL:  第5\.2\.2\(1\)b条：天数按整天或半天计；填写的是 1\.3。\nHINT:  请填写整天或半天，例如 2\.5。$/);
like($errors[0], $errors[1], 'an error in English');
like($errors[2], $errors[3], 'and in Chinese');

# one put together from what another file marked
my $delete = 'DELETE FROM ce_sanction';
like(ask($en, $delete), qr/ERROR:  sanction \d+ cannot be deleted\nDETAIL:  Clause 6\.2: a sanction is kept/, 'an error marked in a table of messages, in English');
like(ask($zh, $delete), qr/:  惩戒 \d+ 不得删除\nDETAIL:  第6\.2条：.*\nHINT:  请填写 revoked_on，并在 note 中说明理由。$/, 'and in Chinese');

# reasons and cures
my $explain = q{SELECT message, cure FROM ce_explain(1, 'intermediate', as_of => '2020-03-31')};
my ($reasons_en, $reasons_zh) = (ask($en, $explain), ask($zh, $explain));
unlike($reasons_en, qr/\p{Han}/, 'ce_explain() in English');
for my $line (split(/\n/, decode('UTF-8', $reasons_zh)))
{
	like($line, qr/\p{Han}/, 'ce_explain() in Chinese: ' . encode('UTF-8', $line));
	unlike($line, qr/[a-z]+ [a-z]+/, 'with no English in it');
}
like($reasons_zh, qr/以评审方式申报中级职称：2018 至 2020 年，每年均须达到要求（包括当年在内/, 'the window, with the reading of the law');
like($reasons_zh, qr/\|.*2020 年已过：如该年度有启用台账前/, 'a cure for a year that is over');
like(ask($zh, q{SELECT cure FROM ce_explain(1, 'intermediate') WHERE NOT ok}), qr/\d{4} 年再学习 \S+ 学时/, 'and for the running one');

unlike("$reasons_en$reasons_zh", qr/AMB-|\bce_|art\./, 'without numbers of readings and names of tables');
like(ask($zh, q{SELECT message FROM ce_explain(1, 'intermediate') WHERE condition = 'scope'}), qr/^“专业技术人员”适用本台账的规则（禁止申报期/, 'a scheme by its label');
like(ask($en, q{SELECT message FROM ce_explain(1, 'intermediate') WHERE condition = 'scope'}), qr/^the rules of this ledger apply to scheme "professional and technical staff" \(the ban starts/, 'in English');

# clauses, as law rows have them and as users may
my %cited = ('4.2' => '第4.2条', 'art. 8' => '第8条', 'art.8' => '第8条', '2.1, 6.2b' => '第2.1、6.2b条', '第八条第二款' => '第八条第二款', '5.2.5(6)a' => '第5.2.5(6)a条');
for my $clause (sort keys %cited)
{
	is(ask($zh, "SELECT ce__clause('$clause'), ce__clause('$clause', 'en'), ce__clause('$clause', 'zh')"), "$cited{$clause}|$clause|$cited{$clause}", "clause $clause in Chinese");
	is(ask($en, "SELECT ce__clause('$clause'), ce__clause('$clause', 'en'), ce__clause('$clause', 'zh')"), "$clause|$clause|$cited{$clause}", "clause $clause in English");
}
is(ask($zh, 'SELECT ce__clause(NULL) IS NULL, ce__label(NULL, $$x$$) IS NULL'), 't|t', 'none of nothing');
# those of readings are for documents, which COMMENTs are
is(join("\n", grep { /^msgstr .*AMB-/ms && !m{^#: sql/(?:law|ledger)/}m } split(/\n\n+/, slurp_file("$source/po/zh_CN.po"))), '', 'nor numbers of readings');
is(join("\n", grep { /条款 ?[0-9%]/ } split(/\n/, slurp_file("$source/po/zh_CN.po"))), '', 'no message cites clauses otherwise');

# a reading of the user's own, and one that only looks like a number
for my $reading (['AMB-99: as the bureau says', 'as the bureau says'], ['AMB-7, AMB-99: both', 'both'], ['AMB-: none', 'AMB-: none'], ['AMB-99', 'AMB-99'], ['AMB-99: ', 'AMB-99: '], ['AMB-5 holds', 'AMB-5 holds'], ['plain', 'plain'])
{
	is(ask($en, "BEGIN; UPDATE ce_scheme SET interpretation = '$reading->[0]'; SELECT substring(message FROM '\\((.*)\\)') FROM ce_explain(1, 'intermediate') WHERE condition = 'scope'; ROLLBACK"), $reading->[1], "reading $reading->[0]");
}

# an application that is refused says all of it in its DETAIL
my $application = q{INSERT INTO ce_application (person_id, level, route, applied_on) VALUES (1, 'full_senior', 'review', '2020-03-31')};
like(ask($zh, $application), qr/:  人员 1 不得申报正高级职称：.*\nDETAIL:  人力资源和社会保障部令第25号第8条：2019 年专业科目还差 60 学时：已有 0，要求 60。人力资源和社会保障部令第25号第8条：.*。\nHINT:  ce_explain\(\) 逐条/, 'an application refused, in Chinese');

# what is kept speaks no session's language
my $kept = q{BEGIN; INSERT INTO ce_person (person_id, org_id) VALUES (999, 2);
	INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, evidence, status, verified_by, verified_on) VALUES (999999, 999, 'degree', '2020-03-01', 'degree', 'verified', 1, '2020-03-02');
	INSERT INTO ce_activity (activity_id, person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (1000000, 999, 'academy_course', '2020-03-01', '45', 'verified', 4, '2020-03-02');
	INSERT INTO ce_application (application_id, person_id, level, applied_on) VALUES (1000000, 999, 'junior', '2020-12-31');
	INSERT INTO ce_sanction (sanction_id, person_id, found_on, decision) VALUES (1000000, 999, '2021-04-01', '2021-17');
	SELECT verdict, receipt, status, note FROM ce_application WHERE person_id = 999;
	SELECT object, ids, from_status, to_status, note FROM ce_event WHERE at >= now(); ROLLBACK};
like(ask($en, $kept), qr/\|cancelled\|6\.2a: 2021-04-01 2021-17\n/, 'why an application was cancelled');
is(ask($zh, "SET datestyle = German; $kept"), ask($en, $kept), 'receipts, notes and the log are the same in every language');

# functions and views in SQL
like(ask($en, q{SELECT ce_clone_scheme('none', 'other')}), qr/ERROR:  scheme "none" does not exist\nHINT:  Table ce_scheme lists/, 'an error of plpgsql in English');
like(ask($zh, q{SELECT ce_clone_scheme('none', 'other')}), qr/:  方案“none”不存在\nHINT:  各方案见表 ce_scheme。/, 'and in Chinese');
is(ask($zh, q{SELECT ce_text('no such message'), ce_text(''), ce_text(NULL) IS NULL}), 'no such message||t', 'ce_text() returns what has no translation, and the empty text');
is(ask($zh, q{SELECT DISTINCT regexp_replace(remark, '\d+', 'N') FROM ce_archive WHERE remark !~ '^[\u4e00-\u9fff]'}), '', 'remarks of ce_archive in Chinese');
is(ask($zh, q{BEGIN; DELETE FROM ce_requirement WHERE from_year = 2016; SELECT count(*) > 0, bool_and(detail ~ '[\u4e00-\u9fff]') FROM ce_law_check(); ROLLBACK}), 't|t', 'ce_law_check() in Chinese');

# what the law itself says
my $readings = join(' UNION ALL ', map { "SELECT '$_' AS t, interpretation FROM $_" } qw(ce_scheme ce_requirement ce_kind ce_rule ce_cap ce_window ce_catchup));
is(ask($zh, "SELECT DISTINCT t, interpretation FROM ($readings) r WHERE interpretation = ce_text(interpretation)"), '', 'every interpretation of the shipped law has a translation');
is(ask($zh, q{SELECT scheme FROM ce_scheme WHERE label_zh !~ '[\u4e00-\u9fff]' OR label_en !~ '^[ -~]+$'
	UNION ALL SELECT kind FROM ce_kind WHERE label_zh !~ '[\u4e00-\u9fff]' OR label_en !~ '^[ -~]+$'
	UNION ALL SELECT instrument FROM ce_instrument WHERE title_zh !~ '[\u4e00-\u9fff]' OR title_en !~ '^[ -~]+$'}), '', 'labels in both languages');
is(ask($zh, q{SELECT t.typname, e.enumlabel FROM pg_enum e JOIN pg_type t ON t.oid = e.enumtypid
	WHERE t.typname IN ('ce_subject', 'ce_status', 'ce_plan_status', 'ce_route', 'ce_outcome') AND ce_text(e.enumlabel) = e.enumlabel}), '', 'labels of the closed lists');
is(ask($zh, q{SELECT c FROM (SELECT l::text FROM unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) l UNION SELECT category FROM ce_kind UNION SELECT grade FROM ce_rule UNION SELECT role FROM ce_rule
	UNION SELECT m[1] FROM pg_constraint, regexp_matches(pg_get_constraintdef(oid), $$'(\w+)'::text$$, 'g') m
	WHERE conrelid IN ('ce_org'::regclass, 'ce_application'::regclass) AND contype = 'c') AS r (c) WHERE ce_text(c) = c}), '',
	'levels, categories, grades, roles, kinds of organisations');

# what ce_import_person() joins of a field, its value and the reason
my $persons = q{SELECT message FROM ce_import_person('[{"person_id": 998, "org_code": "nobody"}, {"person_id": 998, "org_id": 2, "held_level": "\u526f\u6559\u6388", "scheme": "nothing"}, {"person_id": 998, "org_id": 2, "title": "x"}]') ORDER BY ord};
is(ask($zh, $persons) =~ s/“[^”]*”//gr =~ /[":] /, '', 'a record that is rejected, in Chinese: its marks, too');
like(ask($zh, $persons), qr/^org_code：“nobody”：/m, 'field, value and reason');
like(ask($en, $persons), qr/^org_code: "nobody": /m, 'and in English');
my $refused = q{BEGIN; CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE data_exception USING message = 'one', detail = coalesce(nullif(NEW.specialty, 'hint'), ''), hint = coalesce(nullif(NEW.specialty, 'detail'), ''); END $$;
	CREATE TRIGGER refuse BEFORE INSERT ON ce_person FOR EACH ROW EXECUTE FUNCTION refuse();
	SELECT string_agg(message, '|' ORDER BY ord) FROM ce_import_person('[{"person_id": 998, "org_id": 2}, {"person_id": 998, "org_id": 2, "specialty": "detail"}, {"person_id": 998, "org_id": 2, "specialty": "hint"}, {"person_id": 998, "org_id": 2, "specialty": "both"}]'); ROLLBACK};
is(ask($zh, $refused), 'one|one。detail|one。hint|one。bothboth', 'what an error says is joined as Chinese is');
is(ask($en, $refused), 'one|one. detail|one. hint|one. both both', 'and as English is');

# The severity is the server's word, which follows lc_messages.
sub plain { return shift =~ s/^(.*?)(?:ERROR|\xE9\x94\x99\xE8\xAF\xAF):  /$1ERROR:  /mr }

# the setting, for a role that may not set lc_messages, and on a host without the locale
sub ask_by_setting
{
	my ($setting, $sql, $database, $lc) = @_;
	return ask($lc // 'C', "SET ce_hours.language = '$setting'; $sql", $database);
}
for my $question ($wrong, $delete, $explain, $application, q{SELECT ce_clone_scheme('none', 'other')}, q{SELECT DISTINCT remark FROM ce_archive ORDER BY 1},
	q{BEGIN; DELETE FROM ce_requirement WHERE from_year = 2016; SELECT detail FROM ce_law_check() ORDER BY 1; ROLLBACK}, q{SELECT * FROM ce_allocation_plan(1, 'senior')},
	q{SELECT * FROM ce_import('x', '[{}, {"person_id": 1, "kind": "x", "source_ref": "a"}]')})
{
	my $loaded = "SELECT ce_today() IS NULL; $question";
	is(plain(ask_by_setting('zh', $loaded)), plain(ask($zh, $loaded)), "ce_hours.language = zh: $question");
	is(plain(ask_by_setting('en', $loaded, undef, $zh)), plain(ask($en, $loaded)), "ce_hours.language = en: $question");
	is(ask_by_setting('', $loaded, undef, $zh), ask($zh, $loaded), "none: $question");
}
is(ask_by_setting('zh', "SET datestyle = German; $kept"), ask($en, $kept), 'what is kept is the same under the setting');
like(ask($en, q{SELECT ce_today() IS NULL; SET ce_hours.language = 'de'}), qr/ERROR:  invalid value for parameter "ce_hours\.language": "de"\nDETAIL:  The languages are zh \(Chinese\) and en \(English\)\.\nHINT:  Set it to the empty string/, 'another language is refused');
is(ask_by_setting('ZH', q{SELECT ce_text('recognition'), current_setting('ce_hours.language')}), '认定|ZH', 'in capitals');
like(ask_by_setting('en', 'SELECT ce_certificate_html(1, 2020)'), qr{<html lang="en">.*Certificate of Continuing Education}s, 'a page follows the setting');
like(ask_by_setting('', 'SELECT ce_certificate_html(1, 2020)'), qr{<html lang="zh-CN">.*学时}s, 'a page without one is Chinese');
like(ask_by_setting('en', q{SELECT ce_certificate_html(1, 2020, 'zh')}), qr{<html lang="zh-CN">.*学时}s, 'and has the language that it is given');
$node->safe_psql('postgres', q{CREATE ROLE clerk LOGIN});
{
	my ($out, $err) = ('', '');
	my @clerk = ('psql', '-XqAt', '-d', $node->connstr('postgres') . ' user=clerk');
	run_log([ @clerk, '-c', 'SELECT ce_today() IS NULL', '-c', q{ALTER ROLE clerk SET ce_hours.language = 'zh'} ], '>', \$out, '2>', \$err);
	is($err, '', 'a role sets its own language');
	run_log([ @clerk, '-c', q{SELECT ce_text('recognition')}, '-c', q{SELECT ce_org_id('x')} ], '>', \$out, '2>', \$err);
	is($out, "认定\n", 'and has it in its next session');
	like($err, qr/ERROR:  .*ce_org/, 'where the server\'s own errors speak its language');
}

# comments of tables, views and columns
my $comments = q{SELECT c.relname, a.attname, col_description(c.oid, a.attnum) FROM pg_class c
	JOIN (SELECT attrelid, attname, attnum FROM pg_attribute WHERE attnum > 0 AND NOT attisdropped UNION ALL SELECT oid, '', 0 FROM pg_class) a ON a.attrelid = c.oid
	WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND c.relname LIKE 'ce\_%' ORDER BY 1, a.attnum};
my $english = ask($en, $comments);
cmp_ok(scalar(() = $english =~ /\n/g), '>', 600, 'columns, tables and views');
is(join("\n", grep { /\|\s*$|[^ -~]/ } split(/\n/, $english)), '', 'each has an English comment');
is(ask($en, "SELECT ce_comments('zh')"), 1 + (() = $english =~ /\n/g), 'all are set in Chinese');
my $chinese = ask($en, $comments);
is(join("\n", grep { !/\|.*\p{Han}[^|]*$/ } split(/\n/, decode('UTF-8', $chinese))), '', 'each is Chinese, whatever the language of messages');
like($chinese, qr/^ce_scheme\|ban_years\|查实弄虚作假后不得申报职称的年数（6\.2b）$/m, 'such as this');
for my $lang ("'de'", "''", 'NULL')
{
	like(ask($en, "SELECT ce_comments($lang)"), qr/ERROR:  language "\w*" is not supported\nHINT:  The languages are zh \(Chinese\) and en/, "none in the language $lang");
}
{
	my ($out, $err) = ('', '');
	run_log([ 'psql', '-XqAt', '-d', $node->connstr('postgres') . ' user=clerk', '-c', q{SET ce_hours.language = 'en'; SELECT ce_comments('en')} ], '>', \$out, '2>', \$err);
	like($err, qr/ERROR:  must be owner of the ledger to set its comments\nDETAIL:  Role "\w+" owns the ledger\.\nHINT:  Call it as role "\w+"\./, 'nor by somebody else');
}
is(ask($en, $comments), $chinese, 'they stay as they were');
is(ask($zh, "SELECT ce_comments('en')"), 1 + (() = $english =~ /\n/g), 'and are set in English');
is(ask($en, $comments), $english, 'as before');
$node->safe_psql('postgres', q{SELECT ce_comments('zh'); SELECT ce_setup()});
is(ask($en, $comments), $english, 'as ce_setup() sets them');
is(ask($en, q{BEGIN; DROP VIEW ce_credit_record; SELECT ce_comments('zh') > 600; ROLLBACK}), 't', 'what the ledger lacks is left out');

# other encodings: of the client, of the database
{
	local $ENV{PGCLIENTENCODING} = 'GBK';
	my $gbk = ask($zh, $wrong);
	like(encode('UTF-8', decode('GBK', $gbk, Encode::FB_CROAK)), $errors[3], 'an error survives a client that speaks GBK');
	is(encode('UTF-8', decode('GBK', ask($zh, $explain), Encode::FB_CROAK)), $reasons_zh, 'so do reasons and cures');
}
$node->safe_psql('postgres', q{CREATE DATABASE gb ENCODING 'EUC_CN' TEMPLATE template0 LOCALE 'C'});
$node->safe_psql('gb', 'CREATE EXTENSION ce_hours');
is(ask($zh, q{SELECT ce_text('recognition')}, 'gb'), '认定', 'a database in EUC_CN');
like(ask($zh, 'SELECT ce__require_ledger()', 'gb'), qr/:  模式 public 中没有台账\nDETAIL:  表“ce_scheme”不存在。\nHINT:  请先以将来拥有台账的角色运行 SELECT public\.ce_setup\(\);。/, 'and its errors');
$node->safe_psql('gb', q{SELECT ce_setup();
	INSERT INTO ce_org (org_id, code, name, kind, admin_level, region_code) VALUES (1, 'office', '人社局', 'hrss', 'provincial', '630000');
	INSERT INTO ce_person (person_id, org_id, specialty) VALUES (1, 1, '地质');
	INSERT INTO ce_activity (person_id, kind, title, started_on, completed_on, days, evidence, status, verified_by, verified_on)
		VALUES (1, 'training', '岩石力学', '2020-03-01', '2020-03-05', 5, '青职改办[2020]1号', 'verified', 1, '2020-11-01')});
is(ask_by_setting('zh', q{SELECT ce_text('recognition')}, 'gb'), '认定', 'and by the setting');
is(ask($en, q{SELECT ce_comments('zh') > 600; SELECT col_description('ce_person'::regclass, 1), ce__clause('2.1, 6.2b', 'zh')}, 'gb'), "t\n人事数据库自己的键|第2.1、6.2b条", 'comments and clauses');
is(plain(ask_by_setting('zh', 'SELECT ce__require_ledger()', 'gb')), plain(ask($zh, 'SELECT ce__require_ledger()', 'gb')), 'with its errors');
like(ask($zh, q{SELECT ce_certificate_html(1, 2020, 'zh')}, 'gb'), qr{<title>\S+ \| 2020 \| 1</title>.*人社局.*地质.*<th scope="row">专业科目</th><td class="n">90</td><td class="n">35</td>.*<td class="r">&\#10007; 缺 55</td>.*岩石力学}s, 'a certificate from it');
like(ask($zh, "SELECT ce_archive_html(1, 'zh')", 'gb'), qr/&#10007; 缺 100.*岩石力学.*&ndash;/s, 'an archive');
like(ask($zh, "SELECT ce_report_html(2020, 'zh')", 'gb'), qr{<h1>继续教育统计报告</h1>}, 'and a report');

# a server that preloads the module does so before it knows an encoding
$node->append_conf('postgresql.conf', "shared_preload_libraries = 'ce_hours'");
$node->restart;
is(ask($zh, $explain), $reasons_zh, 'reasons where the module is preloaded');
is(ask($zh, q{SELECT ce_text('recognition')}, 'gb'), '认定', 'and texts');

$node->stop;
done_testing();
