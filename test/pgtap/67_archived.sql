-- Achievements that a law puts into the archive stay there, whatever title, post,
-- employer or scheme comes later; those for titles alone go by the present post
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

SET LOCAL client_min_messages = error;
\ir ../../examples/notices/henan.sql
CREATE FUNCTION award(p bigint, day date, kind text DEFAULT 'hn_award', grade text DEFAULT 'national') RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('INSERT INTO ce_achievement (person_id, kind, grade, achieved_on, attested_by, attested_on) VALUES (%s, %L, %L, %L, (SELECT org_id FROM ce_person WHERE person_id = %1$s), %4$L)', p, kind, grade, day))
$$;
CREATE FUNCTION year_of(p bigint, y integer) RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' ', trim_scale(professional_hours), trim_scale(attested_hours), CASE WHEN met THEN 'met' ELSE 'not met' END) FROM ce_yearly_totals WHERE person_id = p AND year = y AND on_record
$$;
CREATE FUNCTION archived(p bigint) RETURNS text LANGUAGE sql AS $$ SELECT string_agg(year || ' ' || kind, ', ' ORDER BY year) FROM ce_archive WHERE person_id = p AND achievement_id IS NOT NULL $$;
CREATE TEMP TABLE holder AS SELECT person(25, 'henan', NULL, 'intermediate', '2020-01-01') AS p;

SELECT is(award(p, '2023-05-01'), 'no error', 'an award in the present post') FROM holder;
SELECT is(year_of(p, 2023) || ' | ' || archived(p), '64 0 met | 2023 hn_award', 'makes its year whole') FROM holder;
SELECT is(award(p, '2018-05-01'), 'no error', 'one from before is entered, too') FROM holder;
SELECT is(year_of(p, 2018) || ' | ' || archived(p), '64 0 met | 2018 hn_award, 2023 hn_award', 'and is in the archive of its year') FROM holder;

UPDATE ce_person SET held_level = 'senior', held_since = '2024-06-01' FROM holder WHERE person_id = p;
SELECT is(year_of(p, 2023) || ' | ' || archived(p), '64 0 met | 2018 hn_award, 2023 hn_award', 'after a promotion as before') FROM holder;
UPDATE ce_person SET org_id = 22 FROM holder WHERE person_id = p;
SELECT is(year_of(p, 2023) || ' | ' || archived(p), '64 0 met | 2018 hn_award, 2023 hn_award', 'with another employer') FROM holder;
SELECT ce_change_scheme(p, 'general', '2025-01-01') FROM holder;
SELECT is(year_of(p, 2023) || ' | ' || archived(p), '64 0 met | 2018 hn_award, 2023 hn_award', 'under another scheme') FROM holder;
UPDATE ce_person SET held_level = NULL, held_since = NULL FROM holder WHERE person_id = p;
SELECT is(year_of(p, 2023) || ' | ' || archived(p), '64 0 met | 2018 hn_award, 2023 hn_award', 'without a post') FROM holder;
SELECT results_eq('SELECT h.year, trim_scale(h.hours) FROM ce_attested_hours h JOIN holder ON p = person_id ORDER BY 1', 'VALUES (2018, 64::numeric), (2023, 64)', 'ce_attested_hours has them');
SELECT alike(ce_archive_html(p, 'en'), '%2023%', 'as the archive page has') FROM holder;
SELECT is_empty('SELECT ce_verdict(p, l, as_of => ce_today()), l FROM holder, unnest(''{junior,intermediate,senior,full_senior}''::ce_level[]) l JOIN LATERAL (SELECT to_jsonb(e) ->> l::text AS e FROM ce_eligibility e JOIN holder h ON e.person_id = h.p) x ON true WHERE x.e <> ce_verdict(p, l)::text', 'everybody at once gives the same');
UPDATE ce_achievement SET revoked_on = ce_today(), note = 'withdrawn' FROM holder WHERE person_id = p AND achieved_on = '2023-05-01';
SELECT is(archived(p), '2018 hn_award', 'until it is revoked') FROM holder;

-- what counts for titles alone goes by the post (5.2.5, AMB-17)
CREATE TEMP TABLE other AS SELECT person(25, 'general', NULL, 'intermediate', '2020-01-01') AS p;
SELECT alike(award(p, '2018-05-01', 'award', 'qinghai_st_progress'), '23514 the achievement is from before the present post | Clause 5.2.5: %', '5.2.5: not one from before') FROM other;
SELECT is(award(p, '2020-05-01', 'award', 'qinghai_st_progress'), 'no error', '5.2.5: one in the post') FROM other;
UPDATE ce_person SET held_level = 'senior', held_since = '2024-06-01' FROM other WHERE person_id = p;
SELECT is_empty('SELECT FROM ce_attested_hours h JOIN other ON p = person_id', 'AMB-17: which ends with the post');
SELECT is_empty('SELECT * FROM ce_check()', 'all adds up');

-- AMB-16: they use up a cap over several categories with what is verified, in order of date
INSERT INTO ce_cap (scheme, category, from_year, to_year, hours, instrument, clause) VALUES ('henan', 'professional', 2018, 2021, 50, 'henan-61', 'cap');
CREATE FUNCTION paper(p bigint, day date) RETURNS void LANGUAGE sql AS $$
	INSERT INTO ce_achievement (person_id, kind, grade, rank, achieved_on, attested_by, attested_on) VALUES (p, 'hn_paper', 'indexed', 1, day, 25, day)
$$;
CREATE FUNCTION course(p bigint, day date, hours numeric) RETURNS void LANGUAGE sql AS $$
	SELECT give(p, jsonb_build_object('kind', 'hn_course', 'completed_on', day, 'hours', hours))
$$;
-- each item as awarded and recognised; then the sum of these, and what the totals say
CREATE FUNCTION items(p bigint, y integer) RETURNS text LANGUAGE sql AS $$
	SELECT concat_ws(' | ', string_agg(concat_ws(' ', kind, trim_scale(awarded) || '>' || trim_scale(recognised), remark), ', ' ORDER BY completed_on, activity_id, achievement_id), trim_scale(sum(recognised)),
			(SELECT trim_scale(t.total_hours) FROM ce_yearly_totals t WHERE t.person_id = p AND t.year = y))
	  FROM ce_archive WHERE person_id = p AND year = y
$$;
CREATE TEMP TABLE author AS SELECT person(25, 'henan', NULL, 'intermediate', '2016-01-01') AS p;
SELECT paper(p, '2018-05-01'), course(p, '2018-03-01', 20), paper(p, '2019-05-01'), course(p, '2019-03-01', 40), paper(p, '2020-05-01'), course(p, '2020-06-01', 40),
	paper(p, '2021-05-01'), course(p, '2021-05-01', 40), paper(p, '2022-05-01'), course(p, '2022-03-01', 40) FROM author \g /dev/null
SELECT is(items(p, y), expected, 'AMB-16: ' || name) FROM author, (VALUES
	(2018, 'hn_course 20>20, hn_paper 30>30 | 50 | 50', 'as much as the cap of both leaves'),
	(2019, 'hn_course 40>40, hn_paper 30>10 at most 50 hours of professional subjects a year (cap) | 50 | 50', 'an achievement after an activity has what is left'),
	(2020, 'hn_paper 30>30, hn_course 40>20 at most 50 hours of professional subjects a year (cap) | 50 | 50', 'an achievement leaves less to an activity after it'),
	(2021, 'hn_course 40>40, hn_paper 30>10 at most 50 hours of professional subjects a year (cap) | 50 | 50', 'of one day the activity is first'),
	(2022, 'hn_course 40>40, hn_paper 30>30 | 70 | 70', 'a year without the cap')) v (y, expected, name);
SELECT results_eq('SELECT r.activity_id IS NULL, r.achievement_id IS NULL, trim_scale(r.recognised) FROM author, ce__recognised(p, ''henan'', 2019) r', 'VALUES (false, true, 40::numeric), (true, false, 10)', 'AMB-16: each by its own number');
SELECT results_eq('SELECT trim_scale((part).recognised), (part).category FROM (SELECT ce__recognised_part(p, ''henan'', 2019, NULL, achievement_id) AS part FROM author JOIN ce_achievement ON person_id = p WHERE achieved_on = ''2019-05-01'') a', 'VALUES (10::numeric, ''professional'')', 'AMB-16: on shards, too');
SELECT matches(ce_certificate_html(p, 2019, 'en'), '<li>Professional subjects: 70 hours converted, 50 recognised, at most 50 a year \(.*cap\)\.</li>.*>paper<.*>10<', 'AMB-16: the certificate says so') FROM author;
SELECT matches(ce_archive_html(p, 'en'), '<li>Professional subjects: 70 hours converted, 50 recognised, at most 50 a year', 'AMB-16: and the archive page') FROM author;
SELECT unalike(ce_certificate_html(p, y, 'en'), '%hours converted%', 'AMB-16: nothing cut in ' || y) FROM author, (VALUES (2018), (2022)) v (y);
UPDATE ce_achievement SET revoked_on = ce_today(), note = 'withdrawn' FROM author WHERE person_id = p AND achieved_on = '2020-05-01';
SELECT is(items(p, 2020), 'hn_course 40>40 | 40 | 40', 'AMB-16: revoked, it leaves the cap to the activity') FROM author;
SELECT is_empty('SELECT * FROM ce_check()', 'and the ledger is sound');

SELECT * FROM finish();
ROLLBACK;
