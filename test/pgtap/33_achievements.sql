-- 5.2.5: what the employer attests for a title
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

-- in the present post since the day, of the institute
CREATE FUNCTION holder(since date DEFAULT '2016-05-01', org bigint DEFAULT 30) RETURNS bigint LANGUAGE sql AS $$
	SELECT person(org, held => 'intermediate', held_since => since)
$$;
-- what entering an achievement says: columns as JSON, of which strings are literals and numbers expressions
CREATE FUNCTION enter(p bigint, facts jsonb) RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('INSERT INTO ce_achievement (person_id, %s) VALUES (%s, %s)', string_agg(quote_ident(key), ', '), p, string_agg(quote_nullable(value), ', ')))
	FROM jsonb_each_text(facts)
$$;
-- hours by year, in one line: 2018 60, 2019 award
CREATE FUNCTION years_of(p bigint, as_of date DEFAULT '2020-12-31') RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN coalesce((SELECT string_agg(concat_ws(' ', year, nullif(hours, '0'), CASE WHEN award THEN 'award' END), ', ' ORDER BY year) FROM ce_attested(p, as_of)), '');
END $$;
CREATE FUNCTION project(started date, due date, concluded date, role text DEFAULT 'host', grade text DEFAULT 'provincial', work_ref text DEFAULT NULL) RETURNS jsonb LANGUAGE sql AS $$
	SELECT jsonb_build_object('kind', 'project', 'grade', grade, 'role', role, 'started_on', started, 'due_on', due, 'achieved_on', concluded, 'work_ref', work_ref)
$$;

-- at entry
SELECT alike(enter(holder(), facts), pattern, description) FROM (VALUES
	('{"kind":"training","achieved_on":"2020-05-01"}'::jsonb, '23514 kind "training" is not a kind of achievement | Clause 5.2.2(1):%Enter it in ce_activity.', '5.2.5: a training is none'),
	('{"kind":"academy_course","achieved_on":"2020-05-01"}', '23514 kind "academy_course" is not a kind of achievement%', '5.2.5: nor a public course'),
	('{"kind":"novel","achieved_on":"2020-05-01"}', '23503 %', '5.2.5: nor a kind nobody knows'),
	('{"kind":"standard","grade":"local","rank":1,"achieved_on":"2020-05-01"}', '23514 grade of kind "standard" cannot be "local" | Clause 5.2.5(6): % list: national, industry, provincial. |%', '10.6: a grade that the law does not list'),
	('{"kind":"standard","rank":1,"achieved_on":"2020-05-01"}', '23514 no rule recognises%grade null%', '10.6: no grade'),
	('{"kind":"award","grade":"national_natural_science","achieved_on":"2020-05-01"}', '23514 grade of kind "award" cannot be "national_natural_science" | % list: national_st_progress, qinghai_st_progress, provincial_social_science. |%', 'AMB-20: another national award'),
	('{"kind":"award","grade":"gansu_st_progress","achieved_on":"2020-05-01"}', '23514 grade of kind "award" cannot be "gansu_st_progress"%', 'AMB-20: another province''s award'),
	('{"kind":"design_patent","achieved_on":"2020-05-01","rank":1}', '23503 %', '5.2.5(5): a design patent (case 6)'),
	('{"kind":"invention_patent","achieved_on":"2020-05-01"}', '23514 no rule recognises%rank null%', '10.6: no rank where there are bands'),
	('{"kind":"standard","grade":"national","achieved_on":"2020-05-01"}', '23514 no rule recognises%rank null%', '10.6: nor of a standard'),
	('{"kind":"invention_patent","rank":0,"achieved_on":"2020-05-01"}', '23514 %', '10.6: rank 0'),
	('{"kind":"report","grade":"provincial_leader","role":"member","achieved_on":"2020-05-01"}', '23514 role of kind "report" cannot be "member" | % list: host. |%', '5.2.5(7): a report counts for who directed it'),
	('{"kind":"project","grade":"national","achieved_on":"2020-05-01","started_on":"2019-01-01","due_on":"2020-12-31"}', '23514 no rule recognises%role null%', '5.2.5(1): a project without a role'),
	('{"kind":"project","grade":"national","role":"chair","achieved_on":"2020-05-01","started_on":"2019-01-01","due_on":"2020-12-31"}', '23514 %', '5.2.5(1): a role that is none'),
	('{"kind":"project","grade":"national","role":"host","achieved_on":"2020-05-01","started_on":"2019-01-01"}', '23502 a project needs started_on and due_on | Clause 5.2.5(1):%', 'AMB-18: a project without a due day'),
	('{"kind":"project","grade":"prefecture","role":"member","achieved_on":"2020-05-01","due_on":"2020-12-31"}', '23502 a project needs started_on and due_on | Clause 5.2.5(3):%', 'AMB-18: or without a first day'),
	('{"kind":"project","grade":"national","role":"host","achieved_on":"2020-05-01","started_on":"2020-06-01","due_on":"2020-12-31"}', '23514 the project was concluded before it started%', 'AMB-18: concluded before it started'),
	('{"kind":"invention_patent","rank":1,"achieved_on":"2016-04-30"}', '23514 the achievement is from before the present post | Clause 5.2.5:%the post has been held since 2016-05-01 (AMB-17).%', 'AMB-17: before the present post'),
	('{"kind":"invention_patent","rank":1}', '23502 %', '5.2.5: without a day'),
	('{"kind":"invention_patent","rank":1,"achieved_on":"2099-05-01"}', '23514 achieved_on is in the future%', '5.2.5: in the future'),
	('{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01","attested_by":30,"attested_on":"2099-05-01"}', '23514 attested_on is in the future%', '7.3c: attested in the future'),
	('{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01","attested_on":"2020-06-01"}', '23514 %', '7.3c: attested by nobody'),
	('{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01","attested_by":999}', '23503 %', '7.3c: or by an organisation nobody knows'),
	('{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01","revoked_on":"2020-06-01"}', '23514 %', '7.3c: revoked and never attested')) v (facts, pattern, description);
SELECT alike(enter(987654321, '{"kind":"report","grade":"provincial_leader","role":"host","achieved_on":"2020-05-01"}'), '23503 person 987654321 does not exist%', '5.2.5: of a person nobody knows');
SELECT is((SELECT count(*) FROM ce_achievement), 0::bigint, '5.2.5: nothing of these was kept');
SELECT is(enter(holder(), '{"kind":"invention_patent","rank":1,"achieved_on":"2016-05-01"}'), 'no error', 'AMB-17: on the first day of the post is in it');
SELECT is(enter(person(), '{"kind":"invention_patent","rank":1,"achieved_on":"2010-05-01"}'), 'no error', '10.6: without a post it is taken ...');
SELECT is(years_of(achieve(person(), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}')), '', '10.6: ... and counts nothing');
SELECT is(enter(holder(), '{"kind":"report","grade":"provincial_leader","role":"host","achieved_on":"2020-05-01","attested_by":30}'), 'no error', '7.3c: attested without a day');
SELECT is(attested_on, ce_today(), '7.3c: is attested today') FROM ce_achievement ORDER BY achievement_id DESC LIMIT 1;

-- hours: every grade, role and band (cases 6 and 7)
SELECT is(years_of(achieve(holder(), jsonb_build_object('kind', kind, 'grade', grade, 'role', role, 'rank', rank, 'achieved_on', '2020-06-01', 'started_on', '2020-01-01', 'due_on', '2020-06-01'))),
	'2020 ' || hours, format('%s: %s are %s', clause, concat_ws(' ', kind, grade, role, rank), hours))
FROM (VALUES ('5.2.5(1)', 'project', 'national', '{90,60}'::integer[]), ('5.2.5(2)', 'project', 'provincial', '{60,30}'), ('5.2.5(3)', 'project', 'prefecture', '{45,25}')) v (clause, kind, grade, both_hours),
	LATERAL (VALUES ('host', NULL::integer, both_hours[1]), ('member', NULL, both_hours[2])) r (role, rank, hours)
UNION ALL
SELECT is(years_of(achieve(holder(), jsonb_build_object('kind', kind, 'grade', grade, 'rank', rank, 'achieved_on', '2020-06-01'))),
	'2020 ' || bands[band], format('%s: %s are %s', clause, concat_ws(' ', kind, grade, 'rank', rank), bands[band]))
FROM (VALUES ('5.2.5(5)a', 'invention_patent', NULL, '{60,50,40}'::integer[]), ('5.2.5(5)b', 'utility_patent', NULL, '{50,40,30}'),
	('5.2.5(6)a', 'standard', 'national', '{90,80,60}'), ('5.2.5(6)b', 'standard', 'industry', '{80,70,50}'), ('5.2.5(6)c', 'standard', 'provincial', '{60,50,40}')) v (clause, kind, grade, bands),
	(VALUES (1, 1), (2, 1), (3, 1), (4, 2), (5, 2), (6, 2), (7, 3), (8, 3), (100, 3)) r (rank, band)
UNION ALL
SELECT is(years_of(achieve(holder(), jsonb_build_object('kind', 'report', 'grade', grade, 'role', 'host', 'achieved_on', '2020-06-01'))), '2020 ' || hours, format('%s: a report to a %s is %s', clause, grade, hours))
FROM (VALUES ('5.2.5(7)a', 'provincial_leader', 60), ('5.2.5(7)b', 'department_or_prefecture_leader', 30)) v (clause, grade, hours);

-- projects (case 8)
SELECT is(years_of(achieve(holder('2017-03-01'), project('2018-03-01', '2020-06-30', '2020-06-30', role, grade))), result, format('5.2.5: a %s project counts in each of its years for a %s (case 8, AMB-18, AMB-19)', grade, role))
	FROM (VALUES ('host', 'national', '2018 90, 2019 90, 2020 90'), ('member', 'national', '2018 60, 2019 60, 2020 60'), ('host', 'provincial', '2018 60, 2019 60, 2020 60'), ('member', 'provincial', '2018 30, 2019 30, 2020 30'),
		('host', 'prefecture', '2018 45, 2019 45, 2020 45'), ('member', 'prefecture', '2018 25, 2019 25, 2020 25')) v (role, grade, result);
SELECT is(years_of(achieve(holder('2017-03-01'), project('2018-03-01', '2020-06-29', '2020-06-30'))), '', '5.2.5(2): concluded a day late, it counts nothing (case 8)');
SELECT is(years_of(achieve(holder('2019-05-01'), project('2018-03-01', '2020-06-30', '2020-06-30'))), '2019 60, 2020 60', 'AMB-17: only in the years of the tenure (case 8)');
SELECT is(years_of(achieve(holder('2017-03-01'), project('2018-03-01', '2020-06-30', '2020-06-30')), '2020-06-29'), '', 'AMB-18: nothing before the conclusion');
SELECT is(years_of(achieve(achieve(holder('2017-03-01'), project('2018-03-01', '2020-06-30', '2020-06-30')), project('2019-03-01', '2019-06-30', '2019-06-30', 'member', 'national'))), '2018 60, 2019 120, 2020 60', 'AMB-18: several projects add up');
SELECT is(years_of(achieve(holder('2017-03-01'), project('2020-01-01', '2021-06-30', '2020-12-31'))), '2020 60', 'AMB-18: concluded early, it ends then');

-- one work counts once, at its best
SELECT is(years_of(achieve(achieve(holder(), project('2018-03-01', '2019-06-30', '2019-06-30', 'host', 'provincial', 'W1')), project('2019-03-01', '2020-06-30', '2020-06-30', 'host', 'national', 'W1'))), '2018 60, 2019 90, 2020 90',
	'10.6: several rows of one work count the best of each year');
SELECT is(years_of(achieve(achieve(holder(), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01","work_ref":"W"}'), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-06-01","work_ref":"W"}')), '2020 60', '10.6: entered twice, it counts once');
SELECT is(years_of(achieve(achieve(holder(), '{"kind":"utility_patent","rank":7,"achieved_on":"2020-05-01","work_ref":"W"}'), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-06-01","work_ref":"W"}')), '2020 60', '10.6: the better kind');
SELECT is(years_of(achieve(achieve(holder(), '{"kind":"report","grade":"provincial_leader","role":"host","achieved_on":"2020-05-01","work_ref":"W"}'), '{"kind":"report","grade":"department_or_prefecture_leader","role":"host","achieved_on":"2020-06-01","work_ref":"W"}')),
	'2020 60', 'AMB-23: a report with both comments counts once, 60');
SELECT is(years_of(achieve(achieve(holder(), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01","work_ref":"W"}'), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-06-01","work_ref":"V"}')), '2020 120', '10.6: two works count twice');
SELECT is(years_of(achieve(achieve(holder(), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}'), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}')), '2020 120', '10.6: and so do rows without a work_ref');
SELECT is(years_of(p), '2020 60', '10.6: the works of two persons are two') FROM (SELECT achieve(holder(), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01","work_ref":"W"}') AS p FROM generate_series(1, 2)) q LIMIT 1;

-- awards (case 9)
SELECT is(years_of(achieve(holder('2016-05-01'), jsonb_build_object('kind', 'award', 'grade', grade, 'achieved_on', '2019-06-01'))), '2016 award, 2017 award, 2018 award, 2019 award, 2020 award', '5.2.5(4): ' || grade || ' completes the whole tenure (case 9, AMB-20)')
	FROM unnest('{national_st_progress,qinghai_st_progress,provincial_social_science}'::text[]) grade;
SELECT is(years_of(achieve(holder('2016-05-01'), '{"kind":"award","grade":"qinghai_st_progress","achieved_on":"2019-06-01"}'), '2019-05-31'), '', 'AMB-20: but only once it was given');
CREATE TEMP TABLE laureate AS SELECT achieve(give_recorded(give_recorded(give_recorded(give_public(holder(), '45'), 2017, '30', '0'), 2018, '30', '0'), 2019, '30', '0'), '{"kind":"award","grade":"qinghai_st_progress","achieved_on":"2019-06-01"}') AS p;
SELECT is(ask(p, 'senior'), 'eligible', '5.2.5(4): with the public hours of each year, eligible (case 9)') FROM laureate;
SELECT ok(NOT met(p, 2020) AND met_for_title(p, 2020), '7.3b: for a title only, not in the archive (case 9)') FROM laureate;
SELECT is(failures(achieve(give_recorded(give_recorded(give_public(holder(), '45'), 2017, '30', '0'), 2019, '30', '0'), '{"kind":"award","grade":"qinghai_st_progress","achieved_on":"2019-06-01"}'), 'senior'), 'art. 8 2018 total short 30',
	'5.2.5(4): it adds no public hours: a year without them is not met (case 9)');
SELECT is(failures(give_online(give_public(achieve(holder(), '{"kind":"award","grade":"qinghai_st_progress","achieved_on":"2020-06-01"}'), '45'), 20, '20'), 'intermediate'),
	'art. 8 2018 total short 30, art. 8 2019 total short 30', '5.2.5(4): deemed, the professional minimum is reached');

-- attestation
CREATE TEMP TABLE inventor AS SELECT give_professional(give_public(holder(), '45'), '30') AS p;
SELECT is(enter(p, '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}'), 'no error', '7.3c: entered, not yet attested') FROM inventor;
SELECT is(years_of(p), '', '7.3c: it counts nothing') FROM inventor;
SELECT is(ask(p, 'junior'), 'not_eligible', '10.4: and makes nobody pending') FROM inventor;
SELECT alike(cure(p, 'junior', 2020, 'professional'), 'the employer has not attested 60 hours of achievements yet', '10.4: ce_explain names it as a cure') FROM inventor;
SELECT is(error_of(format('UPDATE ce_achievement SET rank = 4 WHERE person_id = %s', p)), 'no error', '7.3c: until then it may be corrected') FROM inventor;
SELECT alike(error_of(format('UPDATE ce_achievement SET rank = NULL WHERE person_id = %s', p)), '23514 no rule recognises%', '10.6: to what the law lists') FROM inventor;
SELECT is(error_of(format('UPDATE ce_achievement SET rank = 1, attested_by = 20, attested_on = ''2020-06-01'' WHERE person_id = %s', p)), 'no error', '7.3c: attested by another employer') FROM inventor;
SELECT is(years_of(p), '', '7.3c, AMB-37: it does not count') FROM inventor;
SELECT alike(error_of(format('UPDATE ce_achievement SET attested_by = 30 WHERE person_id = %s', p)), '55000 %Clause 7.3c%', '7.3c: attested, it is frozen: ' || 'attested_by') FROM inventor;
UPDATE ce_person SET org_id = 20 FROM inventor WHERE person_id = p;
SELECT is(years_of(p, '2020-06-01') || ' / ' || years_of(p, '2020-05-31'), '2020 60 / ', 'AMB-37: it counts with the employer that attested it, from that day') FROM inventor;
SELECT is(ask(p, 'junior', '2020-06-01') || ' ' || ask(p, 'junior', '2020-05-31'), 'eligible not_eligible', '7.3d: and is added up with the verified hours') FROM inventor;
SELECT ok(NOT met(p, 2020), '7.3b: the archive does not know it (case 21)') FROM inventor;
SELECT is(array[professional_hours, attested_hours], '{30,60}', '7.3b: the totals show it apart (case 21)') FROM ce_yearly_totals JOIN inventor ON person_id = p WHERE year = 2020;
SELECT alike((SELECT message FROM ce_explain(p, 'junior', as_of => '2020-12-31') WHERE condition = 'attested'), '2020: includes 60 attested hours%', '7.3d: ce_explain tells what was added') FROM inventor;
SELECT alike(error_of(format('UPDATE ce_achievement SET %s WHERE person_id = %s', change, p)), '55000 %Clause 7.3c%', '7.3c: attested, it is frozen: ' || change)
	FROM inventor, unnest(array['rank = 4', 'kind = ''utility_patent''', 'achieved_on = ''2020-05-02''', 'work_ref = ''W''', 'specialty = ''law''', 'attested_on = ''2020-05-02''', 'attested_by = NULL, attested_on = NULL']) change;
SELECT alike(error_of(format('DELETE FROM ce_achievement WHERE person_id = %s', p)), '23001 %7.3c%', '7.3c: and not deleted') FROM inventor;
SELECT isnt(error_of('TRUNCATE ce_achievement'), 'no error', '7.3c: nor truncated');
SELECT alike(error_of(format('UPDATE ce_achievement SET revoked_on = ''2020-10-01'' WHERE person_id = %s', p)), '23502 %', '7.3c: to revoke it takes a reason') FROM inventor;
SELECT alike(error_of(format('UPDATE ce_achievement SET revoked_on = ce_today() + 1, note = ''r'' WHERE person_id = %s', p)), '23514 revoked_on is in the future%', '7.3c: and a day that has come') FROM inventor;
SELECT is(error_of(format('UPDATE ce_achievement SET revoked_on = ''2020-10-01'', note = ''patent declared void'' WHERE person_id = %s', p)), 'no error', '7.3c: with a reason it is revoked') FROM inventor;
SELECT is(years_of(p, '2020-09-30') || ' / ' || years_of(p, '2020-10-01'), '2020 60 / ', '10.5: it counts until the day before') FROM inventor;
SELECT is(ask(p, 'junior', '2020-09-30') || ' ' || ask(p, 'junior', '2020-10-01'), 'eligible not_eligible', '10.5: for the verdict too') FROM inventor;
SELECT results_eq(format('SELECT e.from_status, e.to_status, e.by_org, e.note FROM ce_event e JOIN ce_achievement a ON a.achievement_id = ANY (e.ids) AND e.object = ''achievement'' WHERE person_id = %s ORDER BY event_id', p),
	$$ VALUES (NULL, 'entered', NULL::bigint, NULL), ('entered', 'attested', 20, NULL), ('attested', 'revoked', 20, 'patent declared void') $$, '7.3c: entry, attestation and revocation are logged') FROM inventor;
CREATE TEMP TABLE mistake AS SELECT p, enter(p, '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}') FROM holder() p;
SELECT is(error_of(format('DELETE FROM ce_achievement WHERE person_id = %s', p)), 'no error', '7.3c: what was never attested may be deleted') FROM mistake;
SELECT is_empty(format('SELECT * FROM ce_achievement WHERE person_id = %s', p), '7.3c: and is gone') FROM mistake;
SELECT alike(cure(p, 'junior', 2020, 'professional'), '%an award that the employer has not attested yet would complete them%', '10.4: an award not yet attested is named') FROM (
	SELECT p, enter(p, '{"kind":"award","grade":"qinghai_st_progress","achieved_on":"2020-05-01"}') FROM holder() p) q;

-- AMB-2: the table in force at the application
CREATE TEMP TABLE old AS SELECT achieve(holder(), '{"kind":"invention_patent","rank":1,"achieved_on":"2018-05-01"}') AS p;
SELECT is(years_of(p, '2020-01-01') || ' / ' || years_of(p, '2019-12-31'), '2018 60 / ', '10.6: the table applies to questions as of 2020 and later, to earlier achievements too') FROM old;
INSERT INTO ce_rule (scheme, kind, rank_from, rank_to, from_year, basis, hours, instrument, clause) VALUES ('general', 'invention_patent', 1, 3, 2022, 'fixed', '70', 'qinghai-2020-227', 'test');
SELECT is(years_of(p, '2021-12-31') || ' / ' || years_of(p, '2022-01-01'), '2018 60 / 2018 70', 'AMB-2: the table of the day of the question counts') FROM old;

-- transfer (4.2.3)
CREATE TEMP TABLE mover AS SELECT achieve(achieve(give_professional(holder(), '30', specialty => 'geology'), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01","specialty":"geology"}'), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}') AS p;
SELECT is(ask(p, 'senior', '2020-12-31', 'transfer', 'geology'), 'eligible', 'AMB-42: 30 hours and a patent of the specialty') FROM mover;
SELECT is((SELECT got FROM ce_explain(p, 'senior', 'transfer', '2020-12-31', 'geology') WHERE year = 2020 AND condition = 'professional'), 90::numeric, '10.7: what has no specialty does not match') FROM mover;
SELECT is(ask(p, 'senior', '2020-12-31', 'transfer', 'mining'), 'not_eligible', '4.2.3: of another specialty, none') FROM mover;
INSERT INTO ce_specialty_pair VALUES ('mining', 'geology');
SELECT is(ask(p, 'senior', '2020-12-31', 'transfer', 'mining'), 'eligible', '4.2.3: unless the two are close') FROM mover;
SELECT is(ask(achieve(holder(), '{"kind":"award","grade":"national_st_progress","achieved_on":"2020-05-01","specialty":"mining"}'), 'senior', '2020-12-31', 'transfer', 'geology'), 'eligible', '10.7: an award of the specialty, pairs being symmetric');
SELECT is(ask(achieve(holder(), '{"kind":"award","grade":"national_st_progress","achieved_on":"2020-05-01","specialty":"law"}'), 'senior', '2020-12-31', 'transfer', 'geology'), 'not_eligible', '10.7: an award of another specialty does not count');

SELECT isnt(enter(holder(), facts), 'no error', description) FROM (VALUES
	('{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01","attested_by":30,"attested_on":"2020-04-30"}'::jsonb, '7.3c: attested before it was achieved'),
	('{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01","attested_by":30,"attested_on":"2020-06-01","revoked_on":"2020-07-01"}', '7.3c: entered as revoked, without a reason'),
	('{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01","attested_by":30,"attested_on":"2020-06-01","revoked_on":"2099-07-01","note":"r"}', '7.3c: entered as revoked in the future'),
	('{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01","attested_by":30,"attested_on":"2020-06-01","revoked_on":"2020-05-31","note":"r"}', '7.3c: revoked before it was attested')) v (facts, description);
CREATE TEMP TABLE retitled AS SELECT achieve(holder(), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}') AS p;
SELECT isnt(error_of(format('UPDATE ce_achievement SET %s WHERE person_id = %s', change, p)), 'no error', '7.3c: attested, it is frozen: ' || change) FROM retitled, unnest(array['title = ''t''', 'evidence = ''e''']) change;
SELECT is_empty('SELECT * FROM ce_check()', '5.2.5: the ledger is sound');

-- attested, then revoked: frozen either way
CREATE TEMP TABLE taken AS SELECT achieve(person(held => 'junior', held_since => '2018-01-01'), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}') AS p;
SELECT is(error_of(format('UPDATE ce_achievement SET note = ''seen'' WHERE person_id = %s', p)), 'no error', '7.3c: a remark on what is attested') FROM taken;
SELECT alike(error_of(format('UPDATE ce_achievement SET revoked_on = ''2020-06-01'' WHERE person_id = %s', p)), '23502 a reason is needed to revoke achievement %', '7.3c: taken back only for a reason') FROM taken;
SELECT is(error_of(format('UPDATE ce_achievement SET revoked_on = ''2020-06-01'', note = ''copied'' WHERE person_id = %s', p)), 'no error', '7.3c: which is given') FROM taken;
SELECT alike(error_of(format('UPDATE ce_achievement SET %s WHERE person_id = %s', change, p)), '55000 revoked achievement % cannot be changed | Clause 7.3c%', '7.3c: after which it stays: ' || change) FROM taken, unnest(array['revoked_on = NULL', 'revoked_on = ''2020-07-01''', 'note = ''x''', 'rank = 2']) change;
SELECT alike(error_of(format('INSERT INTO ce_achievement (person_id, kind, rank, achieved_on) VALUES (%s, %s, 1, %s)', person, kind, day)), '23502 %', format('7.3c: person %s, kind %s, day %s', person, kind, day)) FROM (VALUES ('NULL', '''invention_patent''', '''2020-05-01'''), ('1', 'NULL', '''2020-05-01'''), ('1', '''invention_patent''', 'NULL')) v (person, kind, day);

-- what the law's rows may say otherwise
SELECT is(after('UPDATE ce_rule SET basis = ''deems'', hours = NULL WHERE kind = ''invention_patent''', format('(SELECT string_agg(concat_ws('' '', year, hours, award), '', '' ORDER BY year) FROM ce_attested(%s, ''2021-12-31''))', p)), '2020 0 t', '5.2.5: a patent that deems does so in its year alone')
	FROM achieve(person(held => 'junior', held_since => '2018-01-01'), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}') p;
SELECT is(after('UPDATE ce_rule SET per_year = true WHERE kind = ''invention_patent''', format('(SELECT string_agg(concat_ws('' '', year, hours, award), '', '' ORDER BY year) FROM ce_attested(%s, ''2021-12-31''))', achieve(p, facts))), said, format('AMB-18: by the year: %s', facts))
	FROM (SELECT person(held => 'junior', held_since => '2018-01-01') AS p, facts, said FROM (VALUES
	('{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}'::jsonb, NULL), ('{"kind":"invention_patent","rank":1,"started_on":"2019-01-01","achieved_on":"2020-05-01"}', NULL),
	('{"kind":"invention_patent","rank":1,"due_on":"2020-12-31","achieved_on":"2020-05-01"}', NULL)) v (facts, said)) q;
SELECT is_empty(format('SELECT * FROM ce_attested(%s, %L)', p, day), 'AMB-17: no tenure on ' || day) FROM person(held => 'junior', held_since => '2018-01-01') p, unnest('{2017-12-31,2000-01-01}'::date[]) day;

SELECT * FROM finish();
ROLLBACK;
