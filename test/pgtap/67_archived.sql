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

SELECT * FROM finish();
ROLLBACK;
