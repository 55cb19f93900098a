-- 7.6, AMB-35: hours go to later years, from any source, up to a most; and where a waiver defers a year's hours
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

CREATE FUNCTION waive(p bigint, y integer, facts jsonb DEFAULT '{}') RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	w ce_waiver := jsonb_populate_record(NULL::ce_waiver, facts);
	id bigint;
BEGIN
	INSERT INTO ce_waiver (person_id, year, subject, hours, defers_to, reason, decision, granted_by, granted_on)
		VALUES (p, y, w.subject, w.hours, w.defers_to, 'illness', '2020-1', verifier(p), coalesce(w.granted_on, '2020-02-01'))
		RETURNING waiver_id INTO id;
	RETURN id;
END $$;
CREATE FUNCTION carry(p bigint, from_year integer, to_year integer, hours ce_hours, on_day date DEFAULT NULL, subject ce_subject DEFAULT 'professional') RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('SELECT ce_allocate(%s, %s, %s, %L, %L, %s, %L)', p, from_year, to_year, subject, hours, verifier(p), coalesce(on_day, make_date(greatest(from_year, to_year), 12, 31))))
$$;
CREATE FUNCTION carried(p bigint) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(format('%s>%s %s %s', from_year, to_year, subject, hours), ', ' ORDER BY allocation_id) FROM ce_allocation WHERE person_id = p AND reversed_on IS NULL
$$;

--
-- Deferral: the hours that 2019 lacks may be made up for by 2020
--
CREATE FUNCTION behind() RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	p bigint := person(held => 'intermediate', held_since => '2016-01-01');
BEGIN
	PERFORM give_years(p, 2017, 2018), give_recorded(p, 2019, '30', '10'), give_public(p, '45'), give_professional(p, '150');
	RETURN p;
END $$;
CREATE TEMP TABLE late AS SELECT behind() AS p;
SELECT is(ce_surplus(p, 2020, 'professional'), '0', 'AMB-29: training is no surplus of the notice') FROM late;
SELECT is(failures(p, 'senior'), 'art. 8 2019 professional short 50, art. 8 2019 total short 50', 'AMB-35: 50 hours are missing in 2019') FROM late;
SELECT alike(carry(p, 2020, 2019, '50'), '23514 the surplus of 2020 is not sufficient | %', '7.6e: which 2020 may not give') FROM late;
SELECT isnt(waive(p, 2019, '{"defers_to": 2020, "subject": "professional"}'), NULL, 'AMB-35: they are deferred') FROM late;
SELECT is(credit::text, '{public:30,recorded:10}', 'AMB-35: a deferral posts nothing') FROM ce_account JOIN late ON person_id = p WHERE year = 2019;
SELECT is(ce_surplus(p, 2020, 'professional'), '60', 'AMB-35: 60 of 150 are beyond the need of 2020') FROM late;
SELECT is(ce_surplus(p, 2020, 'professional', '2020-01-31'), '0', '10.5: not before the waiver') FROM late;
SELECT is(plan_of(p, 'senior', '2020-12-31'), '2020>2019 professional 50', 'AMB-35: the plan knows it') FROM late;
SELECT alike(cure(p, 'senior', 2019, 'professional'), '50 hours can be allocated from the surplus of 2020, as a waiver allows%', 'AMB-35: and the remedy') FROM late;
SELECT alike(carry(p, 2020, 2018, '1'), '23514 the surplus of 2020 is not sufficient | %', 'AMB-35: to no other year') FROM late;
SELECT alike(carry(p, 2021, 2019, '1'), '23514 hours of 2021 cannot be allocated | %', 'AMB-35: from no other year') FROM late;
SELECT alike(carry(p, 2020, 2019, '1', subject => 'public'), '23514 the surplus of 2020 is not sufficient | %', 'AMB-35: of no other subject') FROM late;
SELECT alike(carry(p, 2020, 2019, '51'), '23514 year 2019 lacks only 50 hours | %', 'AMB-35: no more than the year lacks') FROM late;
SELECT alike(carry(p, 2020, 2019, '61'), '23514 the surplus of 2020 is not sufficient | Clause 7.6e: 61 hours were to be allocated, but only 60 are left. | %', 'AMB-35: nor than is beyond the need of the later year') FROM late;
SELECT is(carry(p, 2020, 2019, '50'), 'no error', 'AMB-35: all that it lacks') FROM late;
SELECT is(ask(p, 'senior'), 'eligible', 'AMB-35: and the years are complete') FROM late;
SELECT is(array[ce_surplus(p, 2020, 'professional')::text, ce_surplus(p, 2019, 'professional')::text], '{10,NULL}', 'AMB-35: 10 hours are left, 2019 gives nothing') FROM late;
SELECT is_empty('SELECT * FROM ce_check()', 'AMB-35: the ledger is sound');
SELECT is_empty('SELECT * FROM ce_findings JOIN late ON person_id = p WHERE clause = ''7.6e''', 'AMB-35: no finding');
SELECT alike(error_of(format('UPDATE ce_waiver SET revoked_by = 2, note = ''quashed'' WHERE person_id = %s', p)),
	'55000 hours of person % have been allocated by reason of a waiver that is to be revoked | Clause 7.6e: without them, 50 more hours would be allocated from 2020 than its surplus. | First reverse %', 'AMB-35: a deferral on which hours rest stands') FROM late;
SELECT ce_reverse_allocation(allocation_id, 2, 'the waiver is quashed') FROM ce_allocation JOIN late ON person_id = p;
SELECT is(error_of(format('UPDATE ce_waiver SET revoked_by = 2, note = ''quashed'' WHERE person_id = %s', p)), 'no error', 'AMB-35: and is revoked when they are taken back') FROM late;
SELECT alike(carry(p, 2020, 2019, '50', ce_today()), '23514 the surplus of 2020 is not sufficient | %', 'AMB-35: a revoked waiver lets nothing go') FROM late;

-- a deferral of one year defers no other
CREATE TEMP TABLE two_short AS SELECT give_professional(give_public(give_recorded(give_recorded(give_years(person(held => 'intermediate', held_since => '2016-01-01'), 2017), 2018, '30', '50'), 2019, '30', '10'), '45'), '150') AS p;
SELECT isnt(waive(p, 2019, '{"defers_to": 2020}'), NULL, 'AMB-35: of two years that are short one is deferred') FROM two_short;
SELECT is(plan_of(p, 'senior', '2020-12-31'), 'no allocation of the surplus was found that makes the person eligible', 'AMB-35: the other gets nothing') FROM two_short;

-- so many hours
CREATE TEMP TABLE twenty AS SELECT behind() AS p;
SELECT isnt(waive(p, 2019, '{"defers_to": 2020, "subject": "professional", "hours": "20"}'), NULL, 'AMB-35: 20 hours are deferred') FROM twenty;
SELECT is(ce_surplus(p, 2020, 'professional'), '20', 'AMB-35: 20 hours may go') FROM twenty;
SELECT is(carry(p, 2020, 2019, '15'), 'no error', 'AMB-35: 15 go') FROM twenty;
SELECT alike(carry(p, 2020, 2019, '6'), '23514 the surplus of 2020 is not sufficient | Clause 7.6e: 6 hours were to be allocated, but only 5 are left. | %', 'AMB-35: 6 more do not') FROM twenty;
SELECT is(carry(p, 2020, 2019, '5'), 'no error', 'AMB-35: 5 more do') FROM twenty;
SELECT is(plan_of(p, 'senior', '2020-12-31'), 'no allocation of the surplus was found that makes the person eligible', 'AMB-35: the rest is not deferred') FROM twenty;
-- beside what the law lets go
SELECT isnt(give_online(p, 30, '7'), NULL, '7.6b: 7 hours of a national base') FROM twenty;
SELECT is(ce_surplus(p, 2020, 'professional'), '7', '7.6b: may go by the law') FROM twenty;
SELECT is(carry(p, 2020, 2019, '7'), 'no error', '7.6b: and do') FROM twenty;
SELECT is(carried(p), '2020>2019 professional 15, 2020>2019 professional 5, 2020>2019 professional 7', 'AMB-35: so many went') FROM twenty;
SELECT is_empty('SELECT * FROM ce_check()', 'AMB-35: the ledger is sound');
-- to a year that the law does not name, from one that it does not
CREATE TEMP TABLE later AS SELECT give_professional(give_public(behind(), '30', '2022-05-01'), '100', '2022-05-01') AS p;
SELECT isnt(waive(p, 2019, '{"defers_to": 2022, "hours": "30"}'), NULL, 'AMB-35: hours of either subject, to 2022') FROM later;
SELECT is(ce_surplus(p, 2022, 'professional'), '30', 'AMB-35: 30 may go') FROM later;
SELECT alike(carry(p, 2022, 2019, '31'), '23514 waivers defer fewer hours of 2019 to 2022 | Clause 7.6e: 31 hours were to be allocated, but only 30 are left. | Allocate fewer hours, or have a waiver granted that defers more.', 'AMB-35: in words') FROM later;
SELECT is(carry(p, 2022, 2019, '30'), 'no error', 'AMB-35: 30 do') FROM later;
SELECT alike(carry(p, 2022, 2018, '1'), '23514 hours of 2022 cannot be allocated | %', 'AMB-35: and nothing else of that year') FROM later;

--
-- Carry forward: of training in 2021 at most 20 hours, to 2022 and 2023; public hours of any source to 2022
--
INSERT INTO ce_instrument VALUES ('later', '示例〔2021〕1号', '示例', 'example', '2021-04-01');
INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, most_hours, instrument, clause) VALUES
	('general', 2021, 'professional', 'training', 2022, 2023, '20', 'later', '3'), ('general', 2021, 'public', 'any', 2022, 2022, NULL, 'later', '3'), ('general', 2022, 'professional', 'professional', 2023, 2023, NULL, 'later', '3');
SELECT is_empty('SELECT * FROM ce_law_check() WHERE object LIKE ''ce_catchup%''', '7.6: forward is no circle');
CREATE TEMP TABLE ahead AS SELECT give_professional(person(held => 'junior', held_since => '2016-01-01'), '130', '2021-05-01') AS p;
SELECT is(ce_surplus(p, 2021, 'professional'), '20', '7.6: 40 are beyond the need of 2021, at most 20 may go') FROM ahead;
SELECT give_professional(give_public(p, '30', '2022-05-01'), '55', '2022-05-01') FROM ahead;
SELECT alike(carry(p, 2021, 2022, '1', '2021-12-31'), '23514 allocated_on cannot be 2021-12-31 | Clause 7.6e: the date must be in 2022 or later, and not in the future. | %', '7.6e: not before the later year has begun') FROM ahead;
SELECT alike(carry(p, 2021, 2024, '1'), '23514 hours of 2021 cannot be allocated to 2024 | Clause 7.6e: they may be allocated to the years 2022 to 2023. | %', '7.6e: to no other year') FROM ahead;
SELECT alike(carry(p, 2021, 2020, '1'), '23514 hours of 2021 cannot be allocated to 2020 | %', '7.6e: and not back') FROM ahead;
SELECT alike(carry(p, 2021, 2023, '20.01'), '23514 at most 20 hours of 2021 may be allocated | Clause 7.6e: 20.01 hours were to be allocated, but only 20 are left. | Allocate fewer hours, as ce_allocation_plan() proposes.', '7.6: no more than the most') FROM ahead;
SELECT is(plan_of(p, 'junior', '2022-12-31'), 'the person is already eligible; no hours need to be allocated', '7.6: 2021 is met') FROM ahead;
SELECT is(plan_of(p, 'intermediate', '2023-12-31'), 'no allocation of the surplus was found that makes the person eligible', '7.6: 20 hours are no year') FROM ahead;
SELECT is(carry(p, 2021, 2022, '5'), 'no error', '7.6: 5 go to 2022') FROM ahead;
SELECT is(met(p, 2022), true, '7.6: and complete it') FROM ahead;
-- chains end
SELECT is(ce_surplus(p, 2022, 'professional'), '0', '7.6: what 2022 received is not its surplus') FROM ahead;
SELECT alike(carry(p, 2022, 2023, '1'), '23514 the surplus of 2022 is not sufficient | %', '7.6: and does not go on') FROM ahead;
SELECT alike(carry(p, 2021, 2023, '16'), '23514 at most 20 hours of 2021 may be allocated | Clause 7.6e: 16 hours were to be allocated, but only 15 are left. | %', '7.6: the most is of all years together') FROM ahead;
SELECT is(carry(p, 2021, 2023, '15'), 'no error', '7.6: the rest may go to 2023') FROM ahead;
SELECT is(array[met(p, 2021), met(p, 2022)], '{t,t}', '7.6: the year that gave is complete') FROM ahead;
SELECT is_empty('SELECT * FROM ce_check()', '7.6: the ledger is sound');
-- the source: training, and no other category of the subject
CREATE TEMP TABLE sources AS SELECT give_recorded(person(), 2021, '70', '130') AS p;
SELECT is(ce_surplus(p, 2021, 'professional'), '0', '7.6b: study is no training') FROM sources;
SELECT is(ce_surplus(p, 2021, 'public'), '70', '7.6b: public hours of any source') FROM sources;
-- a circle of years, two sources of one year
SELECT is(after($$ INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause) VALUES ('general', 2023, 'professional', 'any', 2021, 2022, 'later', '3') $$,
	'(SELECT string_agg(concat_ws('' | '', problem, object, detail), '', '' ORDER BY object) FROM ce_law_check() WHERE object LIKE ''ce_catchup%'')'),
	'contradiction | ce_catchup 2023 professional | hours of the year may be allocated in a circle of years, back to it; let them go to earlier years only, or to later ones', '7.6: of a circle of years, the way back is named');
SELECT is(after($$ INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause) VALUES ('general', 2021, 'public', 'academy', 2020, 2020, 'later', '3') $$,
	'(SELECT string_agg(concat_ws('' | '', problem, object, detail), '', '' ORDER BY object) FROM ce_law_check() WHERE object LIKE ''ce_catchup%'')'),
	'overlap | ce_catchup 2021 public | sources academy and any of one year', '7.6: two rows of which one applies are named');
SELECT is(after($$ UPDATE ce_catchup SET study_year = 2030, target_from = 2031, target_to = 2031 WHERE false $$, '(SELECT count(*) FROM ce_law_check() WHERE object LIKE ''ce_catchup%'')'), '0', '7.6: the shipped rows and these are sound');
-- a draft has the most, too
SELECT ce_clone_scheme('general', 'copy');
SELECT is((SELECT string_agg(concat_ws(' ', study_year, subject, source, target_from, target_to, most_hours), ', ' ORDER BY study_year, subject, source) FROM ce_catchup WHERE scheme = 'copy'),
	(SELECT string_agg(concat_ws(' ', study_year, subject, source, target_from, target_to, most_hours), ', ' ORDER BY study_year, subject, source) FROM ce_catchup WHERE scheme = 'general'), '7.6: a draft has the same rows');

SELECT * FROM finish();
ROLLBACK;
