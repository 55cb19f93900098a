# A working day in 2026, from an empty server to a certificate that a stranger
# checks, each role by what the documentation tells it; once with Chinese
# messages and once with English ones.  Every number is computed from the
# source, not from the ledger.  The source is made by arithmetic, so that it is
# the same each time.

use strict;
use warnings;
use utf8;

use Encode;
use FindBin;
use PostgreSQL::Test::Cluster;
use PostgreSQL::Test::Utils;
use Test::More;

my $locales = PostgreSQL::Test::Utils::tempdir;
plan skip_all => 'no localedef, or no sources of locales'
  if system("localedef --no-archive -i zh_CN -f UTF-8 '$locales/zh_CN.UTF-8' >/dev/null 2>&1") > 256;
$ENV{LOCPATH} = $locales;
$ENV{PGCLIENTENCODING} = 'UTF8';
my $dir = PostgreSQL::Test::Utils::tempdir;
my $root = "$FindBin::RealBin/../..";

my $node = PostgreSQL::Test::Cluster->new('day');
$node->init(extra => [ '--encoding=UTF8', '--locale=C' ]);
$node->append_conf('postgresql.conf', "client_min_messages = warning\nfsync = off");
$node->start;
my ($db, $lang);

# as(ROLE, SQL): what it prints; an error is a failure of the test
sub as
{
	my ($role, $sql) = @_;
	my ($status, $out, $err) = $node->psql($db, encode('UTF-8', $sql), on_error_stop => 1, extra_params => [ '-U', $role ]);
	is($status, 0, "$lang, $role: " . encode('UTF-8', substr($sql =~ s/\s+/ /gr =~ s/^ //r, 0, 70))) or diag($err);
	return decode('UTF-8', $out);
}

# refused(ROLE, SQL, CHINESE, ENGLISH): what it is told
sub refused
{
	my ($role, $sql, $chinese, $english) = @_;
	my ($status, $out, $err) = $node->psql($db, encode('UTF-8', $sql), on_error_stop => 1, extra_params => [ '-U', $role ]);
	isnt($status, 0, "$lang, $role: refused");
	like(decode('UTF-8', $err), $lang eq 'zh' ? $chinese : $english, "$lang, $role: and told why");
	return;
}

# says(TEXT, CHINESE, ENGLISH, NAME)
sub says
{
	my ($text, $chinese, $english, $name) = @_;
	like($text, $lang eq 'zh' ? $chinese : $english, "$lang: $name");
	return;
}

$node->safe_psql('postgres', join '', map { "CREATE ROLE $_ LOGIN; " }
	  qw(hours_owner hr_app office office_senior office_top factory_hr school_hr hospital_hr bureau base_desk dashboard zhang checker));

foreach my $language ([ 'zh', 'zh_CN.UTF-8' ], [ 'en', 'C' ])
{
	$lang = $language->[0];
	$db = "hr_$lang";

	# ---- the DBA installs ---------------------------------------------------
	$node->safe_psql('postgres', "CREATE DATABASE $db; ALTER DATABASE $db SET search_path = hours, public; ALTER DATABASE $db SET lc_messages = '$language->[1]'");
	my ($status, undef, $told) = $node->psql($db, 'CREATE SCHEMA hours AUTHORIZATION hours_owner; CREATE EXTENSION ce_hours SCHEMA hours');
	is($status, 0, "$lang, dba: installs");
	says(decode('UTF-8', $told), qr/请执行以下语句建立台账：SELECT hours\.ce_setup\(\);/, qr/now create the ledger with: SELECT hours\.ce_setup\(\);/, 'and is told the second step');
	as('hours_owner', 'SELECT ce_setup()');

	# ---- the ledger's owner: bodies, duties, the day of going live ----------
	as('hours_owner', q{
		INSERT INTO ce_org (org_id, code, name, kind, admin_level, parent_id, region_code, base_level) VALUES
			(1, 'hrss-63', '青海省人社厅', 'hrss', 'provincial', NULL, '630000', NULL), (2, 'hrss-6301', '西宁市人社局', 'hrss', 'prefecture', 1, '630100', NULL),
			(3, 'hrss-630121', '大通县人社局', 'hrss', 'county', 2, '630121', NULL), (4, 'edu', '大通县教育局', 'authority', 'county', 3, '630121', NULL),
			(10, 'factory', '大通机械厂', 'enterprise', 'county', 3, '630121', NULL), (11, 'school', '大通一中', 'public_institution', 'county', 4, '630121', NULL),
			(12, 'hospital', '大通县医院', 'public_institution', 'county', 3, '630121', NULL), (20, 'base', '青海大学基地', 'base', 'provincial', 1, '630000', 'provincial'),
			(30, 'academy', '青海干部网络学院', 'academy', 'provincial', 1, '630000', NULL);
		UPDATE ce_ledger SET live_from = '2026-01-01';
		SELECT ce_grant(r, o, d) FROM (VALUES ('office', 3, 'verify'), ('office_senior', 3, 'verify'), ('office_senior', 3, 'record'), ('office_senior', 3, 'backdate'), ('office_top', 1, 'verify'),
			('factory_hr', 10, 'record'), ('factory_hr', 10, 'verify'), ('school_hr', 11, 'record'), ('school_hr', 11, 'verify'), ('hospital_hr', 12, 'record'), ('hospital_hr', 12, 'verify'),
			('bureau', 4, 'verify'), ('base_desk', 20, 'record'), ('dashboard', 3, 'report'), ('checker', 1, 'read')) v (r, o, d)});
	refused('office', q{SELECT ce_grant('office', 3, 'backdate')}, qr/只有台账的所有者才能授予或收回职责/, qr/must be owner of the ledger to grant or revoke duties/);

	# ---- 300 staff of the HR system, linked; five rows are bad --------------
	$node->safe_psql($db, 'CREATE SCHEMA hr AUTHORIZATION hr_app');
	as('hr_app', q{
		CREATE TABLE hr.a01 (a0000 bigint PRIMARY KEY, a0184 varchar(18) UNIQUE, a0195 varchar(40), a0196 varchar(60), a0288 varchar(20));
		INSERT INTO hr.a01
		SELECT n, format('630121%s%s%s', to_char(date '1970-01-01' + n * 37, 'YYYYMMDD'), lpad(n::text, 3, '0'), n % 10), CASE WHEN n <= 200 THEN 'factory' WHEN n <= 250 THEN 'school' ELSE 'hospital' END,
			CASE WHEN n <= 200 THEN (ARRAY['工程师', '高级工程师', '助理工程师', '无'])[n % 4 + 1] WHEN n <= 250 THEN (ARRAY['一级教师', '高级教师'])[n % 2 + 1] ELSE (ARRAY['主治医师', '副主任医师', '护师'])[n % 3 + 1] END,
			CASE WHEN n <= 200 AND n % 4 = 3 THEN '' ELSE (ARRAY['2020-07-01', '2020/7/1', '2020.07.01', '20200701', '2020年7月1日', ' ２０２０－０７－０１ '])[n % 6 + 1] END
			FROM generate_series(1, 300) n;
		UPDATE hr.a01 SET a0195 = 'factori' WHERE a0000 = 8;
		UPDATE hr.a01 SET a0195 = NULL WHERE a0000 = 108;
		UPDATE hr.a01 SET a0196 = '超级工程师' WHERE a0000 = 20;
		UPDATE hr.a01 SET a0288 = '2020.13.01' WHERE a0000 = 220;
		UPDATE hr.a01 SET a0288 = '2020年' WHERE a0000 = 260;
		GRANT USAGE ON SCHEMA hr TO hours_owner;
		GRANT SELECT, TRIGGER ON hr.a01 TO hours_owner});
	my $link = q{'hr.a01', key => 'a0000', org => 'a0195', person_no => 'a0184', held_level => 'a0196', held_since => 'a0288'};
	is(as('hours_owner', "SELECT string_agg(concat_ws(' ', row_key, hr_column), ',' ORDER BY row_key::integer) FROM ce_link_check($link)"), '8 a0195,20 a0196,108 a0195,220 a0288,260 a0288', "$lang: the dry run lists every bad row");
	says(as('hours_owner', "SELECT reason FROM ce_link_check($link) WHERE row_key = '20'"), qr/ce_title 中没有该职称/, qr/ce_title has no such title/, 'with the reason');
	is(as('hours_owner', 'SELECT count(*) FROM ce_person'), 0, "$lang: and writes nothing");
	is(as('hours_owner', "SELECT ce_link($link, bad_rows => 'list')"), 295, "$lang: the others are linked");
	as('hr_app', q{
		UPDATE hr.a01 SET a0195 = 'factory' WHERE a0000 IN (8, 108);
		UPDATE hr.a01 SET a0196 = '工程师' WHERE a0000 = 20;
		UPDATE hr.a01 SET a0288 = '2020-07-01' WHERE a0000 IN (220, 260)});
	is(as('hours_owner', q{SELECT count(*), count(*) FILTER (WHERE org_id = 10), count(*) FILTER (WHERE held_level IS NULL), count(*) FILTER (WHERE held_level >= 'senior'), count(held_since), (SELECT count(*) FROM ce_link_refused) FROM ce_person}),
		'300|200|50|' . (50 + 25 + 16) . '|250|0', "$lang: 300 staff with their titles, once HR has corrected five");

	# ---- going live: what was verified in earlier years ---------------------
	as('office_senior', q{
		INSERT INTO ce_activity (person_id, kind, completed_on, hours, title, status, verified_by, verified_on)
		SELECT p.person_id, r.kind, make_date(y, 12, 31), r.hours - CASE WHEN r.kind = 'recorded_professional' AND y = 2025 AND p.person_id % 10 = 0 THEN 10 ELSE 0 END, format('%s年度学时', y), 'verified', 3, '2026-01-05'
		  FROM ce_person p, generate_series(2023, 2025) y, (VALUES ('recorded_public', 30), ('recorded_professional', 60)) r (kind, hours)});
	refused('office_senior', q{INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (1, 'recorded_public', '2026-01-01', 30, 'verified', 3, '2026-01-05')},
		qr/“recorded_public”（2026-01-01）不是台账启用之前的学时总数.*第0\.4/s, qr/"recorded_public" of 2026-01-01 is no total from before the ledger went live.*Clause 0\.4/s);
	refused('factory_hr', q{INSERT INTO ce_activity (person_id, kind, completed_on, hours, status, verified_by, verified_on) VALUES (1, 'recorded_public', '2022-12-31', 30, 'verified', 3, '2026-01-05')},
		qr/没有机构 3 的审验职责（verify）.*第7\.4.*SELECT hours\.ce_grant\('factory_hr', 3, 'verify'\)/s, qr/does not hold the duty "verify" for organisation 3.*Clauses 7\.4.*SELECT hours\.ce_grant\('factory_hr', 3, 'verify'\)/s);
	is(as('office', 'SELECT year, count(*) FILTER (WHERE met), sum(total_short) FROM ce_yearly_totals WHERE year BETWEEN 2023 AND 2025 GROUP BY year ORDER BY year'), "2023|300|0\n2024|300|0\n2025|270|300", "$lang: three years as totals, thirty persons ten hours short");
	is(as('office', "SELECT count(*) FROM ce_eligibility WHERE junior = 'eligible'"), 270, "$lang: who met one of the last two years may apply for a junior title");

	# ---- 5,000 rows of training in the columns of GB/T 14946 ----------------
	# Of each 300 rows 200 are of the factory; 400 of its 3,400 rows and 100 of the other 1,600 have one of ten faults.
	as('hr_app', q{
		CREATE TABLE hr.a11 (a1100 bigint PRIMARY KEY, a0000 bigint, a1131 varchar(120), a1107 text, a1111 text, a1107c text, a1108 text, a1114 varchar(120), a1101 text, document text, person_no text, fault integer, awarded numeric);
		GRANT SELECT ON hr.a11 TO hours_owner;
		INSERT INTO hr.a11
		SELECT i, n, format(' 岗位培训第%s期　', i), d.text_of[i % 5 + 1], e.text_of[(i + 2) % 5 + 1], CASE WHEN by_days THEN (ARRAY['%s天', '%s', '%s.0'])[i % 3 + 1] ELSE '' END, CASE WHEN by_days THEN '#N/A' ELSE (ARRAY['%s学时', '%s', ' %s ', '%s.0', '　%s', '%s.00学时'])[i % 6 + 1] END,
			'示例培训中心', 'training', format('证书2026-%s号', i), a.a0184,
			CASE WHEN k % 17 IN (5, 11) THEN k / 17 % 10 WHEN m % 16 = 7 THEN m / 16 % 10 END, CASE WHEN by_days THEN 7 * (i % 3 + 1) ELSE 4 + i % 5 END
		  FROM generate_series(1, 5000) i
		 CROSS JOIN LATERAL (SELECT (i - 1) % 300 + 1 AS n, i % 10 = 9 AS by_days) x
		 CROSS JOIN LATERAL (SELECT CASE WHEN n <= 200 THEN (i - 1) / 300 * 200 + n END AS k, CASE WHEN n > 200 THEN (i - 1) / 300 * 100 + n - 200 END AS m) y
		 CROSS JOIN LATERAL (SELECT date '2026-01-05' + i * 7 % 140 AS from_day, date '2026-01-05' + i * 7 % 140 + i % 3 AS to_day) z
		 CROSS JOIN LATERAL (SELECT ARRAY[to_char(from_day, 'YYYY-MM-DD'), to_char(from_day, 'YYYY/FMMM/FMDD'), to_char(from_day, 'YYYY.MM.DD'), to_char(from_day, 'YYYYMMDD'), to_char(from_day, 'YYYY年FMMM月FMDD日')] AS text_of) d
		 CROSS JOIN LATERAL (SELECT ARRAY[to_char(to_day, 'YYYY-MM-DD'), to_char(to_day, 'YYYY/FMMM/FMDD'), to_char(to_day, 'YYYY.MM.DD'), to_char(to_day, 'YYYYMMDD'), to_char(to_day, 'YYYY年FMMM月FMDD日')] AS text_of) e
		  JOIN hr.a01 a ON a.a0000 = n;
		UPDATE hr.a11 SET a1107c = format(a1107c, (a1100 % 3 + 1)::text), a1108 = format(a1108, (4 + a1100 % 5)::text);
		UPDATE hr.a11 SET a1108 = translate(a1108, '0123456789', '０１２３４５６７８９') WHERE a1100 % 7 = 0;
		UPDATE hr.a11 SET a1111 = '2026-02-30' WHERE fault = 0;
		UPDATE hr.a11 SET a1111 = '五月初' WHERE fault = 1;
		UPDATE hr.a11 SET a1108 = '十六' WHERE fault = 2;
		UPDATE hr.a11 SET person_no = '000000000000000000' WHERE fault = 3;
		UPDATE hr.a11 SET a1107 = '2026-12-01', a1111 = '2026-02-01' WHERE fault = 4;
		UPDATE hr.a11 SET a1107c = '', a1108 = '' WHERE fault = 5;
		UPDATE hr.a11 SET a1107 = '2026-03-02', a1111 = '2026-03-02', a1107c = '', a1108 = '900' WHERE fault = 6;
		UPDATE hr.a11 SET a1101 = '99' WHERE fault = 7;
		UPDATE hr.a11 SET a1107 = '2025-12-30', a1111 = '2026-01-05', a1107c = '5', a1108 = '' WHERE fault = 8;
		UPDATE hr.a11 SET a1107c = '', a1108 = '-4' WHERE fault = 9;
		-- every fifteenth good row of the factory lacks its document
		UPDATE hr.a11 SET document = NULL WHERE a1100 IN (SELECT a1100 FROM (SELECT a1100, row_number() OVER (ORDER BY a1100) AS g FROM hr.a11 WHERE fault IS NULL AND a0000 <= 200) s WHERE g % 15 = 0)});
	is(as('hr_app', 'SELECT count(*), count(fault), count(*) FILTER (WHERE fault IS NULL AND a0000 <= 200), count(*) FILTER (WHERE document IS NULL) FROM hr.a11'), '5000|500|3000|200', "$lang: the rows of the HR system");
	as('hours_owner', q{
		INSERT INTO ce_staging (source, source_ref, person_no, kind, title, started_on, completed_on, days, hours, evidence, note)
		SELECT 'a11', a1100::text, person_no, a1101, a1131, a1107, a1111, a1107c, a1108, document, '主办单位：' || a1114 FROM hr.a11 ORDER BY a1100});
	as('hours_owner', 'CALL ce_import_staged()');
	is(as('hours_owner', q{SELECT outcome, count(*) FROM ce_staging GROUP BY outcome ORDER BY outcome}), "new|4500\nrejected|500", "$lang: good rows are taken, bad ones reported");
	is(as('hours_owner', q{SELECT string_agg(format('%s %s', fault, n), ',' ORDER BY fault) FROM (SELECT fault, count(*) AS n FROM hr.a11 JOIN ce_staging ON source_ref = a1100::text WHERE outcome = 'rejected' AND message <> '' GROUP BY fault) f}),
		join(',', map { "$_ 50" } 0 .. 9), "$lang: each fault, with its reason");
	my %reason = map { /^(\d)\|(.*)/s ? ($1, $2) : () } split /\x01\n?/, as('hours_owner', q{SELECT string_agg(fault || '|' || message, E'\x01' ORDER BY fault) FROM (SELECT DISTINCT ON (fault) fault, message FROM hr.a11 JOIN ce_staging ON source_ref = a1100::text WHERE fault IS NOT NULL ORDER BY fault, a1100) f});
	says($reason{0}, qr/completed_on.*2026-02-30/s, qr/completed_on.*2026-02-30/s, 'a day that does not exist');
	says($reason{3}, qr/000000000000000000/, qr/000000000000000000/, 'an unknown person');
	is(scalar(grep { ($reason{$_} =~ s/"[^"]*"|“[^”]*”//gr =~ /\p{Han}/) == ($lang eq 'zh') } 0 .. 9), 10, "$lang: all reasons are in this language") or diag(encode('UTF-8', join "\n", %reason));
	is(as('hours_owner', q{SELECT count(*) FROM ce_activity a JOIN hr.a11 h ON h.a1100::text = a.source_ref WHERE a.source = 'a11' AND (a.awarded::numeric, a.person_id, a.title) IS DISTINCT FROM (h.awarded, h.a0000, format('岗位培训第%s期', h.a1100))}), 0, "$lang: hours, person and title of each are those of the source");
	# sent again, with ten rows changed
	as('hours_owner', q{
		DELETE FROM ce_staging;
		INSERT INTO ce_staging (source, source_ref, person_no, kind, title, started_on, completed_on, days, hours, evidence, note)
		SELECT 'a11', a1100::text, person_no, a1101, a1131, a1107, a1111, a1107c, CASE WHEN a1100 IN (SELECT a1100 FROM hr.a11 WHERE fault IS NULL AND a1100 % 10 = 1 ORDER BY a1100 LIMIT 10) THEN '3' ELSE a1108 END, document, '主办单位：' || a1114
		  FROM hr.a11 WHERE a1100 <= 1000});
	as('hours_owner', 'CALL ce_import_staged()');
	is(as('hours_owner', q{SELECT outcome, count(*) FROM ce_staging GROUP BY outcome ORDER BY outcome}), as('hr_app', q{SELECT 'conflict|10' || E'\n' || format('unchanged|%s', count(*) FILTER (WHERE fault IS NULL) - 10) || E'\n' || format('rejected|%s', count(fault)) FROM hr.a11 WHERE a1100 <= 1000}) =~ s/^(conflict.*)\n(unch.*)\n(rej.*)$/$1\n$3\n$2/r, "$lang: sent again nothing counts twice");

	# ---- the queue: good rows done, others reported -------------------------
	is(as('factory_hr', 'SELECT count(*), count(*) FILTER (WHERE waits_for_evidence) FROM ce_verification_queue WHERE next_body = 10'), '3000|200', "$lang: what waits at the factory");
	is(as('factory_hr', q{SELECT outcome, count(*) FROM ce_verify_each(ARRAY(SELECT activity_id FROM ce_verification_queue WHERE next_body = 10), 10) GROUP BY outcome ORDER BY outcome}), "in_review|2800\nrefused|200", "$lang: the factory's step for all of it");
	is(as('factory_hr', q{SELECT status, count(*) FROM ce_activity WHERE org_id = 10 AND kind = 'training' GROUP BY status ORDER BY status}), "submitted|200\nin_review|2800", "$lang: those with a document take the first step");
	my $refusal = as('factory_hr', q{SELECT outcome, count(*), min(message), min(hint) FROM ce_verify_each(ARRAY(SELECT activity_id FROM ce_verification_queue WHERE next_body = 10), 10) GROUP BY outcome});
	like($refusal, qr/^refused\|200\|/, "$lang: the others are reported");
	says($refusal, qr/\|活动 \d+ 没有证明材料\|请填写 evidence/, qr/\|activity \d+ has no evidence\|Enter the document/, 'for their document');
	as('factory_hr', q{UPDATE ce_activity SET evidence = format('补交证书2026-%s号', source_ref) WHERE status = 'submitted' AND org_id = 10 AND evidence IS NULL});
	is(as('factory_hr', q{SELECT outcome, count(*) FROM ce_verify_each(ARRAY(SELECT activity_id FROM ce_verification_queue WHERE next_body = 10), 10) GROUP BY outcome}), 'in_review|200', "$lang: once the clerk has entered it, they follow");
	is(as('office', 'SELECT next_body, count(*) FROM ce_verification_queue GROUP BY next_body ORDER BY next_body'), "3|3000\n11|" . as('hr_app', 'SELECT count(*) FROM hr.a11 WHERE fault IS NULL AND a0000 BETWEEN 201 AND 250') . "\n12|" . as('hr_app', 'SELECT count(*) FROM hr.a11 WHERE fault IS NULL AND a0000 > 250'),
		"$lang: whose turn it is");
	$refusal = as('office', q{SELECT outcome, count(*), min(message) FROM ce_verify_each(
		ARRAY(SELECT activity_id FROM ce_verification_queue WHERE next_body = 3) || ARRAY(SELECT activity_id FROM ce_verification_queue WHERE next_body = 11 ORDER BY 1 LIMIT 30), 3) GROUP BY outcome ORDER BY outcome DESC});
	like($refusal, qr/^verified\|3000\|\nrefused\|30\|/, "$lang: the office verifies 3,000 and is told of 30 whose turn it is not");
	says($refusal, qr/\|30\|机构 3 不是活动 \d+ 的下一审核机构/, qr/\|30\|organisation 3 is not the next reviewer of activity \d+/, 'in its language');
	is(as('office', q{SELECT count(*), sum(professional_hours) FROM ce_yearly_totals WHERE year = 2026 AND org_code = 'factory' AND on_record}), as('hr_app', 'SELECT count(DISTINCT a0000), sum(awarded) FROM hr.a11 WHERE fault IS NULL AND a0000 <= 200'), "$lang: and the hours count, each once");

	# ---- a base files its plans, staff complete them ------------------------
	as('base_desk', q{INSERT INTO ce_plan (plan_id, org_id, title, mode, hours, status) VALUES (501, 20, '智能制造', 'online', 30, 'submitted'), (502, 20, '新能源材料', 'online', 20, 'submitted'), (503, 20, '工业互联网', 'offline', 10, 'submitted')});
	is(as('office_top', q{SELECT plan_id, outcome FROM ce_file_each('{501,502,503}', 1) ORDER BY 1}), "501|reviewed\n502|reviewed\n503|reviewed", "$lang: the province reviews them");
	is(as('office_top', q{SELECT plan_id, outcome FROM ce_file_each('{501,502,503,504}', 1) ORDER BY 1}), "501|filed\n502|filed\n503|filed\n504|refused", "$lang: and files them; one that is not there is reported");
	refused('base_desk', q{UPDATE ce_plan SET title = 'x' WHERE plan_id = 501}, qr/计划 501 已备案，不得更改/, qr/filed plan 501 cannot be changed/);
	as('factory_hr', q{INSERT INTO ce_activity (activity_id, person_id, kind, plan_id, completed_on, hours) SELECT 700000 + n, n, 'base_online', 501, '2026-05-20', CASE WHEN n % 4 = 0 THEN 25 ELSE 30 END FROM generate_series(1, 40) n});
	is(as('factory_hr', q{SELECT outcome, count(*) FROM ce_verify_each(ARRAY(SELECT generate_series(700001, 700040)), 10) GROUP BY 1}), 'in_review|40', "$lang: courses of the base, at the factory");
	is(as('office', q{SELECT outcome, count(*) FROM ce_verify_each(ARRAY(SELECT generate_series(700001, 700040)), 3) GROUP BY 1}), 'verified|40', "$lang: and at the office");
	is(as('office', 'SELECT sum(online_hours) FROM ce_yearly_totals WHERE year = 2026'), 30 * 30 + 10 * 25, "$lang: as attended");

	# ---- the academy's hours, by the owner's nightly import -----------------
	is(as('hours_owner', q{SELECT outcome, count(*) FROM ce_import('academy', (SELECT jsonb_agg(jsonb_build_object('source_ref', 'c' || n, 'person_no', (SELECT person_no FROM ce_person WHERE person_id = n), 'kind', 'academy_course', 'title', '公需科目',
		'completed_on', '2026年5月30日', 'hours', '30学时', 'status', 'verified', 'verified_by_code', 'academy', 'verified_on', '2026-06-01')) FROM generate_series(1, 100) n)) GROUP BY outcome}), 'new|100', "$lang: public courses arrive verified");

	# ---- a clerk's day: a row without its document, through three bodies ----
	my $id = as('school_hr', q{INSERT INTO ce_activity (person_id, kind, title, started_on, completed_on, days) VALUES (201, 'training', '新课程骨干教师培训', '2026-06-01', '2026-06-05', 5) RETURNING activity_id});
	refused('school_hr', "SELECT ce_verify('{$id}', ce_org_id('school'))", qr/活动 $id 没有证明材料.*第7\.3a条.*请填写 evidence/s, qr/activity $id has no evidence.*Clause 7\.3a.*Enter the document/s);
	is(as('factory_hr', "WITH u AS (UPDATE ce_activity SET evidence = 'x' WHERE activity_id = $id RETURNING 1) SELECT count(*) FROM u"), 0, "$lang: a clerk of another employer does not reach the row");
	as('school_hr', "UPDATE ce_activity SET evidence = '结业证书2026-201号' WHERE activity_id = $id");
	is(as('school_hr', "SELECT status FROM ce_verify('{$id}', ce_org_id('school'))"), 'in_review', "$lang: the school's step");
	refused('office', "SELECT ce_verify('{$id}', 3)", qr/机构 3 不是活动 $id 的下一审核机构.*下一机构为大通县教育局/s, qr/organisation 3 is not the next reviewer of activity $id.*the next one is 大通县教育局/s);
	is(as('bureau', "SELECT status FROM ce_verify('{$id}', ce_org_id('edu'))"), 'in_review', "$lang: the bureau's");
	is(as('office', "SELECT status FROM ce_verify('{$id}', 3); SELECT awarded FROM ce_activity WHERE activity_id = $id"), "verified\n35", "$lang: the office's, and five days are 35 hours");

	# ---- the hospital rejects three rows; HR corrects them and sends them again under their numbers
	is(as('hospital_hr', q{SELECT outcome, count(*) FROM ce_reject_each(ARRAY(SELECT activity_id FROM ce_activity WHERE org_id = 12 AND kind = 'training' ORDER BY source_ref::integer LIMIT 3), 12, '学时与证书不符') GROUP BY outcome}), 'rejected|3', "$lang: rejected, with a reason");
	is(as('hours_owner', q{SELECT outcome, count(*) FROM ce_import('a11', (SELECT jsonb_agg(jsonb_build_object('source_ref', a1100, 'person_no', person_no, 'kind', 'training', 'title', a1131, 'started_on', a1107, 'completed_on', a1111, 'hours', '8学时', 'evidence', document))
		FROM (SELECT h.* FROM hr.a11 h WHERE fault IS NULL AND a0000 > 250 ORDER BY a1100 LIMIT 3) r)) GROUP BY outcome}), 'new|3', "$lang: corrected, they are a new try");
	is(as('hospital_hr', q{SELECT status, count(*), sum(awarded) FROM ce_activity WHERE source = 'a11' AND org_id = 12 AND source_ref IN (SELECT source_ref FROM ce_activity WHERE status = 'rejected') GROUP BY status ORDER BY status}),
		'submitted|3|24' . "\n" . 'rejected|3|' . as('hr_app', 'SELECT trim_scale(sum(awarded)) FROM (SELECT awarded FROM hr.a11 WHERE fault IS NULL AND a0000 > 250 ORDER BY a1100 LIMIT 3) r'), "$lang: beside the rejected ones");

	# ---- a developer of reports ---------------------------------------------
	my $expected = as('hr_app', q{
		SELECT string_agg(concat_ws('|', code, persons, trained, met, hours), E'\n' ORDER BY code) FROM (
			SELECT code, count(*) AS persons, count(*) FILTER (WHERE prof + pub > 0) AS trained, count(*) FILTER (WHERE prof + pub >= 90 AND prof >= 60) AS met, sum(prof)::numeric AS hours FROM (
				SELECT a0195 AS code, CASE WHEN a0000 <= 100 THEN 30 ELSE 0 END AS pub,
					CASE WHEN a0195 = 'factory' THEN (SELECT sum(t.awarded) FROM hr.a11 t WHERE t.a0000 = s.a0000 AND fault IS NULL) ELSE 0 END
					+ CASE WHEN a0000 <= 40 THEN CASE WHEN a0000 % 4 = 0 THEN 25 ELSE 30 END WHEN a0000 = 201 THEN 35 ELSE 0 END AS prof FROM hr.a01 s) p GROUP BY code) c});
	is(as('dashboard', 'SELECT org_code, sum(persons), sum(trained), sum(met), sum(professional_hours) FROM ce_annual_statistics WHERE year = 2026 GROUP BY org_code ORDER BY org_code') =~ s/\.00?$//mgr, $expected =~ s/\.00?$//mgr, "$lang: statistics of the year");
	is(as('dashboard', q{SELECT DISTINCT region_name FROM ce_annual_statistics}), '大通回族土族自治县', "$lang: by the name of the region");
	is(as('dashboard', 'SELECT filing_due IS NULL, required_total, doc_no FROM ce_deadlines WHERE year = 2026'), 't|90|人力资源和社会保障部令第25号', "$lang: what 2026 requires");
	refused('dashboard', 'SELECT person_no FROM ce_person', qr/permission denied for table ce_person|表 ce_person/, qr/permission denied for table ce_person/);
	{
		local $ENV{PGHOST} = $node->host;
		local $ENV{PGPORT} = $node->port;
		command_ok([ 'psql', '-X', '-d', $db, '-U', 'dashboard', '-v', "lang=$lang", '-v', 'year=2026', '-o', "$dir/$db.csv", '-f', "$root/examples/export/statistics.sql" ], "$lang: as a file for a spreadsheet");
	}
	my ($head, @lines) = split /\n/, decode('UTF-8', slurp_file("$dir/$db.csv"));
	says($head, qr/^\x{FEFF}市州,地区代码/, qr/^\x{FEFF}Prefecture,Region code/, 'with its headings');
	is(scalar @lines, as('dashboard', 'SELECT count(*) FROM ce_annual_statistics WHERE year = 2026'), "$lang: all lines");

	# ---- a holder, and a stranger -------------------------------------------
	as('hours_owner', q{SELECT ce_grant_person('zhang', 1)});
	is(as('zhang', 'SELECT (SELECT count(*) FROM ce_person), (SELECT count(*) FROM ce_yearly_totals WHERE person_id <> 1)'), '1|0', "$lang: a holder sees himself alone");
	my $page = as('zhang', "SELECT ce_certificate_html(1, 2026, '$lang')");
	says($page, qr/<h1>继续教育证书<.*专业技术人员继续教育规定/s, qr/<h1>Certificate of Continuing Education<.*Provisions on continuing education/s, 'his certificate, by Order 25');
	refused('zhang', 'SELECT ce_certificate_html(2, 2026)', qr/人员 2 不存在/, qr/person 2 does not exist/);
	my ($code) = $page =~ m{<span class="code">([^<]+)</span>};
	my $number = as('zhang', 'SELECT person_no FROM ce_person');
	my $hours = as('hr_app', 'SELECT trim_scale(sum(awarded) + 30), trim_scale(sum(awarded) + 60) FROM hr.a11 WHERE a0000 = 1 AND fault IS NULL');
	is(as('checker', "SELECT valid, person_no, year, public_hours, professional_hours, total_hours, met FROM ce_certificate_check('\L$code\E', '$lang')"), "t|$number|2026|30|$hours|t", "$lang: a stranger finds it confirmed");
	my ($total) = $hours =~ /\|(.*)/;
	says(as('checker', "SELECT ce_check_html('$code', '$lang')"), qr/属实.*\Q$number\E.*\Q$total\E/s, qr/Confirmed.*\Q$number\E.*\Q$total\E/s, 'on a page');
	(my $typo = $code) =~ tr/0-9A/1-90B/;
	says(as('checker', "SELECT valid, message FROM ce_certificate_check('$typo', '$lang')"), qr/^f\|.*验证码/, qr/^f\|.*code/, 'and another code not');
	my ($earlier) = as('zhang', "SELECT ce_certificate_html(1, 2025, '$lang')") =~ m{<span class="code">([^<]+)</span>};
	is(as('checker', "SELECT valid, total_hours, met FROM ce_certificate_check('$earlier')"), 't|90|t', "$lang: that of 2025 is confirmed, too");
	as('office', q{SELECT ce_revoke(ARRAY(SELECT activity_id FROM ce_activity WHERE person_id = 1 AND kind = 'recorded_professional' AND year = 2025), 3, '未实际参加学习')});
	says(as('checker', "SELECT valid, message FROM ce_certificate_check('$earlier', '$lang')"), qr/^f\|不再属实：出具之后有学时被撤销：2025年度学时（60学时/, qr/^f\|No longer confirmed: hours were revoked after it was issued: 2025年度学时 \(60 hours/, 'until its hours are revoked');
	is(as('zhang', 'SELECT total_hours, met FROM ce_yearly_totals WHERE year = 2025'), '30|f', "$lang: which are gone");
	is(as('checker', "SELECT valid FROM ce_certificate_check('$code')"), 't', "$lang: that of 2026 stays");

	# ---- the end of the day -------------------------------------------------
	is(as('hours_owner', 'SELECT count(*) FROM ce_check()'), 0, "$lang: ce_check() is empty");
	is(as('hours_owner', 'SELECT count(*) FROM ce_law_check()'), 0, "$lang: so is ce_law_check()");
	is(as('hours_owner', q{SELECT count(*) FROM ce_activity}), 1800 + 4500 + 40 + 100 + 1 + 3, "$lang: everything that was entered is there, once");

	next if $lang eq 'zh';
	# the ledger is discarded again
	refused('hours_owner', q{SELECT * FROM ce_remove_ledger('hours')}, qr/./, qr/trigger ce_link on table hr\.a01/);
	$node->safe_psql($db, q{SELECT ce_unlink('hr.a01')});
	is(as('hours_owner', q{SELECT row_count FROM ce_remove_ledger('hours') WHERE object = 'ce_person'}), 300, "$lang: the owner removes the ledger");
	is(($node->psql($db, 'DROP EXTENSION ce_hours'))[0], 0, "$lang: and the DBA the extension");
	is(as('hr_app', 'SELECT count(*) FROM hr.a01'), 300, "$lang: the HR system is as it was");
}

$node->stop;
done_testing();
