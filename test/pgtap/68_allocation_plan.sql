-- 7.6e: plans of other laws: several sources, both subjects, sums, judges; what is proposed is accepted and suffices
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

INSERT INTO ce_instrument VALUES ('p-1', '1', '一', 'one', '2012-01-01');
INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES ('lecture', 'public', 'activity', '讲座', 'lecture', 'p-1', '2'), ('workshop', 'training', 'activity', '研修', 'workshop', 'p-1', '2');
CREATE FUNCTION scheme(s text, based text DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
	INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, based_on, instrument, clause) VALUES (s, s, s, true, based, 'p-1', '1');
	INSERT INTO ce_rule (scheme, kind, from_year, basis, instrument, clause) SELECT s, k, 2000, 'as_recorded', 'p-1', '9' FROM unnest('{recorded_public,recorded_professional}'::text[]) k WHERE based IS NULL;
	INSERT INTO ce_rule (scheme, kind, from_year, basis, instrument, clause) SELECT s, k, 2000, 'as_completed', 'p-1', '9' FROM unnest('{lecture,workshop}'::text[]) k WHERE based IS NULL;
	INSERT INTO ce_rule (scheme, kind, from_year, basis, instrument, clause) SELECT s, k, 2000, 'deems', 'p-1', '9' FROM unnest('{degree,award}'::text[]) k WHERE based IS NULL;
	SELECT s
$$;
CREATE FUNCTION requirement(s text, total ce_hours, public ce_hours, professional ce_hours) RETURNS text LANGUAGE sql AS $$
	INSERT INTO ce_requirement (scheme, from_year, total_hours, public_hours, professional_hours, instrument, clause) VALUES (s, 2012, total, public, professional, 'p-1', '6') RETURNING scheme
$$;
CREATE FUNCTION years(s text, how text, n integer, judge text DEFAULT NULL, total ce_hours DEFAULT NULL, floor ce_hours DEFAULT NULL) RETURNS text LANGUAGE sql AS $$
	INSERT INTO ce_window (scheme, route, level, aggregation, years, judged_by, required_total, each_at_least, from_year, instrument, clause) VALUES (s, 'review', 'senior', how, n, judge, total, floor, 2014, 'p-1', '8') RETURNING scheme
$$;
CREATE FUNCTION carrying(s text, y integer, to_first integer, to_last integer, subjects ce_subject[] DEFAULT '{public,professional}') RETURNS text LANGUAGE sql AS $$
	INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause) SELECT s, y, u, 'any', to_first, to_last, 'p-1', '7' FROM unnest(subjects) u;
	SELECT s
$$;
CREATE FUNCTION studied(p bigint, y integer, public ce_hours, professional ce_hours) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, completed_on, hours, evidence, status, verified_by, verified_on)
	SELECT p, k, make_date(y, 12, 31), h, 'document', 'verified', verifier(p), make_date(y, 12, 31) FROM (VALUES ('recorded_public', public), ('recorded_professional', professional)) f (k, h) WHERE h > 0;
	SELECT p
$$;
-- allocates all of a plan, and is undone: the verdict, or the error
CREATE FUNCTION carried_out(who bigint, as_of date) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	r record;
BEGIN
	FOR r IN SELECT * FROM ce_allocation_plan(who, 'senior', as_of) LOOP
		PERFORM ce_allocate(who, r.from_year, r.to_year, r.subject, r.hours, verifier(who), as_of);
	END LOOP;
	RAISE EXCEPTION USING ERRCODE = 'P0099', MESSAGE = ce_verdict(who, 'senior', as_of => as_of);
EXCEPTION WHEN OTHERS THEN
	RETURN SQLERRM;
END $$;
CREATE FUNCTION cures(p bigint, as_of date) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(concat_ws(' ', year, condition) || ': ' || cure, ', ' ORDER BY ord) FROM ce_explain(p, 'senior', as_of => as_of) WHERE NOT ok
$$;

-- hours that may go to one year only go there, and leave the others for the rest
SELECT carrying(carrying(requirement(years(scheme('sources'), 'each', 4), '30', '10', '20'), 2023, 2021, 2022, '{professional}'), 2024, 2021, 2021, '{professional}') \g /dev/null
CREATE TEMP TABLE sources AS SELECT studied(studied(studied(studied(person(scheme => 'sources'), 2021, '10', '10'), 2022, '10', '10'), 2023, '10', '30'), 2024, '10', '30') AS p;
SELECT is(plan_of(p, 'senior', '2024-12-31'), '2024>2021 professional 10, 2023>2022 professional 10', '7.6e: each year from the source that serves the fewest others') FROM sources;
SELECT is(carried_out(p, '2024-12-31'), 'eligible', '7.6e: which suffices') FROM sources;
SELECT alike(cures(p, '2024-12-31'), '2021 professional: 10 hours can be allocated from the surplus of 2024 (7), 2021 total: 10 hours % 2024 (7), 2022 professional: 10 hours can be allocated from the surplus of 2023 (7), %', '7.6e: ce_explain names the same') FROM sources;

-- both subjects take from what is beyond the need of one year
SELECT carrying(requirement(years(scheme('shared'), 'each', 1), '30', NULL, NULL), 2024, 2025, 2025) \g /dev/null
CREATE TEMP TABLE shared AS SELECT studied(studied(person(scheme => 'shared'), 2024, '20', '20'), 2025, '10', '0') AS p;
SELECT is(plan_of(p, 'senior', '2025-12-31'), 'no allocation of the surplus was found that makes the person eligible', 'AMB-29: 10 of 40 hours are beyond 30, of whichever subject') FROM shared;
SELECT alike(cures(p, '2025-12-31'), '2025 total: 10 hours can be allocated from the surplus of 2024 (7); 2025 is over: %', 'AMB-29: and are offered once') FROM shared;
SELECT is(plan_of(studied(p, 2024, '0', '10'), 'senior', '2025-12-31'), '2024>2025 public 20', 'AMB-29: with 10 more they suffice') FROM shared;
SELECT is(carried_out(p, '2025-12-31'), 'eligible', 'AMB-29: and are accepted') FROM shared;

-- a sum lacks hours in all, a year of it professional ones: so many of those
SELECT carrying(requirement(years(scheme('total'), 'sum', 3), '90', NULL, '60'), 2021, 2022, 2024) \g /dev/null
CREATE TEMP TABLE total AS SELECT studied(studied(studied(studied(person(scheme => 'total'), 2021, '60', '90'), 2022, '30', '40'), 2023, '0.01', '99.99'), 2024, '20', '70') AS p;
SELECT is(plan_of(p, 'senior', '2024-12-31'), '2021>2022 professional 10', '7.6e: of the subject that a year lacks') FROM total;
SELECT is(carried_out(p, '2024-12-31'), 'eligible', '7.6e: which suffices') FROM total;

-- what the years lack of professional hours completes their total, too
SELECT carrying(carrying(requirement(years(scheme('both'), 'sum', 2), '60', '20', '40'), 2022, 2024, 2025, '{public}'), 2023, 2024, 2025, '{professional}') \g /dev/null
CREATE TEMP TABLE pair AS SELECT studied(studied(studied(studied(person(scheme => 'both'), 2022, '60', '90'), 2023, '60', '90'), 2024, '30', '30'), 2025, '10', '45') AS p;
SELECT is(cures(p, '2025-12-31'), 'sum_professional: 5 hours can be allocated from the surplus of 2023 (7), sum: 5 hours can be allocated from the surplus of 2023 (7)', '10.8: the same hours for both') FROM pair;
SELECT is(plan_of(p, 'senior', '2025-12-31'), '2023>2024 professional 5', '10.8: and in the plan') FROM pair;
SELECT is(carried_out(p, '2025-12-31'), 'eligible', '10.8: which suffices') FROM pair;

-- within the years of a sum it changes nothing
SELECT carrying(requirement(years(scheme('within'), 'sum', 2), '60', '20', '40'), 2024, 2025, 2025) \g /dev/null
CREATE TEMP TABLE within AS SELECT studied(studied(person(scheme => 'within'), 2024, '30', '60'), 2025, '5', '60') AS p;
SELECT is(ce_surplus(p, 2024, 'public'), '10', '7.6e: 10 hours are beyond the need of one year') FROM within;
SELECT is(plan_of(p, 'senior', '2025-12-31'), 'no allocation of the surplus was found that makes the person eligible', '7.6e: and counted already') FROM within;
SELECT unalike(cures(p, '2025-12-31'), '%surplus%', '7.6e: they are not offered') FROM within;

-- 10.2: a year with a degree needs the hours that its total rests on, and no others of the subject
SELECT carrying(carrying(requirement(years(scheme('degree'), 'each', 2), '30', '10', '15'), 2022, 2023, 2023), 2024, 2025, 2025) \g /dev/null
CREATE FUNCTION graduate(p bigint, y integer) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, completed_on, evidence, status, verified_by, verified_on) VALUES (p, 'degree', make_date(y, 7, 1), 'diploma', 'verified', verifier(p), make_date(y, 7, 2)) RETURNING p
$$;
CREATE TEMP TABLE degree AS SELECT graduate(studied(studied(person(scheme => 'degree'), 2022, public, '20'), 2023, '15', professional), 2022) AS p, free, public
	FROM (VALUES ('10'::ce_hours, '5'::ce_hours, '0'::ce_hours), ('14.99', '14.99', '4.99'), ('15', '5', '20')) v (public, professional, free);
SELECT is(ce_surplus(p, 2022, 'professional'), free, format('10.2: 20 professional hours beside %s public ones', public)) FROM degree;
SELECT is((SELECT met FROM ce_yearly_totals WHERE person_id = p AND year = 2022), true, format('10.2: the year is met, with %s', public)) FROM degree;
SELECT is(plan_of(p, 'senior', '2023-12-31'), CASE public WHEN '10' THEN 'no allocation of the surplus was found that makes the person eligible' WHEN '15' THEN '2022>2023 professional 10' ELSE '2022>2023 professional 0.01' END, format('10.2: the plan, with %s', public)) FROM degree;
SELECT is(carried_out(p, '2023-12-31'), 'eligible', '10.2: which suffices') FROM degree WHERE public <> '10';
-- within a sum, hours that do not count beside a degree do in another year
SELECT carrying(requirement(years(scheme('inside'), 'sum', 2), '30', '10', '15'), 2024, 2023, 2023) \g /dev/null
CREATE TEMP TABLE inside AS SELECT graduate(studied(studied(person(scheme => 'inside'), 2023, '15', '10'), 2024, '15', '11'), 2024) AS p;
SELECT is(plan_of(p, 'senior', '2024-12-31'), '2024>2023 professional 5', '10.2: 11 hours beside a degree') FROM inside;
SELECT is(carried_out(p, '2024-12-31'), 'eligible', '10.2: which suffices') FROM inside;

-- both subjects take from what is beyond the total, and one begins with the last source
SELECT carrying(carrying(requirement(years(scheme('crossed'), 'each', 3), '30', '10', '15'), 2021, 2022, 2024), 2020, 2022, 2023) \g /dev/null
CREATE TEMP TABLE crossed AS SELECT studied(studied(studied(studied(studied(person(scheme => 'crossed'), 2020, '18', '18'), 2021, '14', '23'), 2022, '8', '13'), 2023, '15', '15'), 2024, '12', '15') AS p;
SELECT is(plan_of(p, 'senior', '2024-12-31'), '2020>2022 public 6, 2021>2022 public 1, 2021>2022 professional 2, 2021>2024 public 3', '7.6e: professional hours from where public ones are left') FROM crossed;
SELECT is(carried_out(p, '2024-12-31'), 'eligible', '7.6e: which suffices') FROM crossed;

-- what no year lacks by its own requirement does not go to it (7.6e): sums of the window's own, a judge who asks for more, the least of a year
SELECT carrying(requirement(years(scheme('own'), 'sum', 3, total => '250'), '60', NULL, '40'), 2021, 2022, 2024, '{public}') \g /dev/null
SELECT requirement(scheme('judge', scheme('judged')), '90', NULL, '40') \g /dev/null
SELECT carrying(requirement(years('judged', 'each', 3, 'judge'), '60', NULL, '40'), 2021, 2022, 2024, '{public}') \g /dev/null
SELECT carrying(requirement(years(scheme('floor'), 'sum', 3, floor => '30'), '20', NULL, NULL), 2021, 2022, 2024, '{public}') \g /dev/null
CREATE TEMP TABLE complete AS SELECT s, studied(studied(studied(studied(person(scheme => s), 2021, '60', '90'), 2022, public, professional), 2023, '30', '60'), 2024, later, '40') AS p
	FROM (VALUES ('own', '20'::ce_hours, '40'::ce_hours, '20'::ce_hours), ('judged', '30', '40', '50'), ('floor', '25', '0', '30')) v (s, public, professional, later);
SELECT is(plan_of(p, 'senior', '2024-12-31'), 'no allocation of the surplus was found that makes the person eligible', format('7.6e: %s: no plan', s)) FROM complete;
SELECT unalike(cures(p, '2024-12-31'), '%surplus%', format('7.6e: %s: and nothing offered', s)) FROM complete;
SELECT is((SELECT sum(ce_surplus(p, 2021, 'public')) FROM complete), '180'::ce_hours, '7.6e: although there is surplus');
-- with the year below its requirement, up to that
SELECT is(plan_of(studied(studied(studied(studied(person(scheme => 'floor'), 2021, '60', '90'), 2022, '15', '0'), 2023, '30', '30'), 2024, '30', '0'), 'senior', '2024-12-31'), 'no allocation of the surplus was found that makes the person eligible', '7.6e: 15 and 5 are not 30');
SELECT years(scheme('low', 'floor'), 'sum', 3, floor => '18') \g /dev/null
CREATE TEMP TABLE low AS SELECT studied(studied(studied(studied(person(scheme => 'low'), 2021, '60', '90'), 2022, '15', '0'), 2023, '30', '30'), 2024, '30', '0') AS p;
SELECT is(plan_of(p, 'senior', '2024-12-31'), '2021>2022 public 3', '7.6e: 15 and 3 are 18') FROM low;
SELECT is(carried_out(p, '2024-12-31'), 'eligible', '7.6e: the least of each year') FROM low;

-- AMB-35: hours of either subject that a waiver defers are so many together
SELECT requirement(years(scheme('deferral'), 'each', 2), '60', '20', '40') \g /dev/null
CREATE FUNCTION deferred(public ce_hours, professional ce_hours, hours ce_hours, subject ce_subject DEFAULT NULL) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	p bigint := studied(studied(person(scheme => 'deferral'), 2024, public, professional), 2025, '50', '80');
BEGIN
	INSERT INTO ce_waiver (person_id, year, subject, hours, defers_to, reason, decision, granted_by, granted_on) VALUES (p, 2024, subject, hours, 2025, 'illness', 'd', verifier(p), '2025-01-10');
	RETURN p;
END $$;
CREATE FUNCTION give(p bigint, subject ce_subject, hours ce_hours) RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('SELECT ce_allocate(%s, 2025, 2024, %L, %L, %s, %L)', p, subject, hours, verifier(p), '2025-12-31'))
$$;
CREATE TEMP TABLE twenty AS SELECT deferred('0', '20', '20') AS p;
SELECT is(give(p, 'public', '15'), 'no error', 'AMB-35: 15 of 20 public') FROM twenty;
SELECT alike(give(p, 'professional', '5.01'), '23514 waivers defer fewer hours of 2024 to 2025 | Clause 7.6e: 5.01 hours were to be allocated, but only 5 are left. | %', 'AMB-35: leave 5 of the other') FROM twenty;
SELECT is(give(p, 'professional', '5'), 'no error', 'AMB-35: these go') FROM twenty;
SELECT alike(give(p, 'public', '0.01'), '23514 waivers defer fewer hours of 2024 to 2025 | %none are left%', 'AMB-35: and that is all') FROM twenty;
SELECT is_empty('SELECT * FROM ce_check()', 'AMB-35: the ledger is sound');
SELECT alike(error_of(format('INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by, allocated_on) SELECT %s, 2025, 2024, s, ''15'', verifier(%1$s), ''2025-12-31'' FROM unnest(''{public,professional}''::ce_subject[]) s', deferred('0', '20', '20'))),
	'23514 waivers defer fewer hours of 2024 to 2025 | %', 'AMB-35: nor both in one statement');
SELECT is(plan_of(deferred('10', '30', '20'), 'senior', '2025-12-31'), '2025>2024 public 10, 2025>2024 professional 10', 'AMB-35: 20 for both');
SELECT is(plan_of(deferred('10', '29.99', '20'), 'senior', '2025-12-31'), 'no allocation of the surplus was found that makes the person eligible', 'AMB-35: 20.01 are too many');
SELECT is(plan_of(deferred('0', '20', NULL), 'senior', '2025-12-31'), '2025>2024 public 20, 2025>2024 professional 20', 'AMB-35: all that it lacks');
-- one of the subject is used first
CREATE TEMP TABLE two AS SELECT deferred('0', '20', '10', 'public') AS p;
INSERT INTO ce_waiver (person_id, year, hours, defers_to, reason, decision, granted_by, granted_on) SELECT p, 2024, '10', 2025, 'illness', 'd', verifier(p), '2025-01-11' FROM two;
SELECT is(give(p, 'public', '15'), 'no error', 'AMB-35: 10 of its own and 5 of either') FROM two;
SELECT alike(give(p, 'professional', '5.01'), '23514 waivers defer fewer hours of 2024 to 2025 | %only 5 are left%', 'AMB-35: leave 5') FROM two;
SELECT is(give(p, 'professional', '5'), 'no error', 'AMB-35: of the other') FROM two;

-- what can still be done today: study for an earlier year; public hours beside a degree; an award counts for its subject
SELECT carrying(requirement(years(scheme('now'), 'each', 2), '60', '20', '40'), y, y - 1, y - 1, '{public}') FROM (SELECT extract(year FROM ce_today())::integer AS y) d \g /dev/null
CREATE FUNCTION this_year() RETURNS integer LANGUAGE sql AS $$ SELECT extract(year FROM ce_today())::integer $$;
CREATE FUNCTION studied_today(p bigint, public ce_hours, professional ce_hours) RETURNS bigint LANGUAGE sql AS $$
	INSERT INTO ce_activity (person_id, kind, completed_on, hours, evidence, status, verified_by, verified_on)
	SELECT p, k, ce_today(), h, 'document', 'verified', verifier(p), ce_today() FROM (VALUES ('lecture', public), ('workshop', professional)) f (k, h) WHERE h > 0;
	SELECT p
$$;
CREATE TEMP TABLE now AS SELECT studied_today(studied(person(scheme => 'now'), this_year() - 1, '10', '40'), '20', '40') AS p;
SELECT is(cures(p, ce_today()), format('%s public: study 10 hours in %s beyond what it requires, and have them allocated (7), %1$s total: study 10 hours in %2$s beyond what it requires, and have them allocated (7)', this_year() - 1, this_year()), '7.6e: study of this year may complete the last') FROM now;
SELECT studied_today(p, '4', '0') FROM now \g /dev/null
SELECT alike(cures(p, ce_today()), '% public: 4 hours can be allocated from the surplus of % (7); study 6 hours in % beyond what it requires, and have them allocated (7); % is over: %', '7.6e: 4 of 10 are there') FROM now;
SELECT studied_today(p, '6', '0') FROM now \g /dev/null
SELECT is(carried_out(p, ce_today()), 'eligible', '7.6e: and with 10 it does') FROM now;
CREATE TEMP TABLE graduate AS SELECT studied(person(scheme => 'now'), this_year() - 1, '20', '40') AS p;
INSERT INTO ce_activity (person_id, kind, completed_on, evidence, status, verified_by, verified_on) SELECT p, 'degree', ce_today(), 'diploma', 'verified', verifier(p), ce_today() FROM graduate;
SELECT is(cures(p, ce_today()), format('%s public: study 20 more hours in %1$s, %1$s total: study 20 more public hours in %1$s', this_year()), '10.2: professional hours would add nothing to a degree') FROM graduate;
CREATE TEMP TABLE laureate AS SELECT studied(person(scheme => 'now', held => 'intermediate', held_since => '2016-01-01'), this_year() - 1, h, '0') AS p, h FROM unnest('{19.99,20}'::ce_hours[]) h;
INSERT INTO ce_achievement (person_id, kind, achieved_on, work_ref) SELECT p, 'award', make_date(this_year() - 1, 6, 1), 'w' || p FROM laureate;
SELECT alike((SELECT cure FROM ce_explain(p, 'senior') WHERE year = this_year() - 1 AND condition = 'total'),
	CASE WHEN h = '20' THEN 'an award that the employer has not attested yet would complete them' ELSE '%; an award that the employer has not attested yet would count for 40 hours; %' END, format('10.2: an award, beside %s public hours', h)) FROM laureate;
SELECT unalike(coalesce((SELECT cure FROM ce_explain(p, 'senior') WHERE year = this_year() - 1 AND condition = 'public'), ''), '%award%', format('10.2: which completes no public ones, beside %s', h)) FROM laureate;

-- for anybody, of several laws
SELECT setseed(0.7);
SELECT years(scheme('any', 'sources'), 'any', 3), years(scheme('sum', 'total'), 'sum', 3), years(scheme('least', 'total'), 'sum', 3, floor => '70'), years(scheme('either', 'shared'), 'each', 2), years(scheme('higher', 'judged'), 'sum', 3, 'judge') \g /dev/null
SELECT carrying('total', 2020, 2022, 2023), carrying('judged', 2020, 2022, 2022), carrying('sources', 2022, 2023, 2023, '{public}') \g /dev/null
CREATE TEMP TABLE anybody AS SELECT s, person(scheme => s) AS p, as_of
	FROM (VALUES ('sources', '2024-12-31'::date), ('any', '2023-12-31'), ('sum', '2024-12-31'), ('least', '2024-12-31'), ('either', '2025-12-31'), ('judged', '2024-12-31'), ('higher', '2024-12-31')) v (s, as_of), generate_series(1, 120);
SELECT count(studied(p, y, (public * (0.6 + random() * more))::integer::text::ce_hours, (professional * (0.6 + random() * more))::integer::text::ce_hours)) FROM (
	SELECT p, y, public, professional, CASE WHEN y IN (2020, 2021) OR (s IN ('sources', 'any', 'either') AND y >= 2023) THEN 2 ELSE 0.7 END AS more
	  FROM anybody JOIN (VALUES ('sources', 10, 20), ('any', 5, 14), ('either', 15, 15), ('sum', 30, 60), ('least', 30, 60), ('judged', 30, 60), ('higher', 30, 60)) v (s, public, professional) USING (s), generate_series(2020, 2025) y) h \g /dev/null
SELECT count(graduate(p, 2020 + (random() * 5)::integer)) FROM anybody WHERE random() < 0.15 \g /dev/null
CREATE TEMP TABLE planned AS SELECT s, p, as_of, plan_of(p, 'senior', as_of) AS plan FROM anybody;
SELECT cmp_ok(count(*), '>=', 5::bigint, format('7.6e: %s: there are plans to try', s)) FROM planned WHERE plan LIKE '%>%' AND s <> 'any' GROUP BY s;
SELECT is_empty($$ SELECT s, p, plan, carried_out(p, as_of) FROM planned WHERE plan LIKE '%>%' AND carried_out(p, as_of) <> 'eligible' $$, '7.6e: what a plan proposes is accepted and makes eligible');
-- where there is none, nothing that can be allocated helps, in whatever order
CREATE FUNCTION at_random(who bigint, as_of date) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	r record;
	most numeric;
BEGIN
	FOR r IN SELECT DISTINCT c.study_year, y, c.subject, random() FROM ce_person p JOIN ce_scheme s ON s.scheme = p.scheme JOIN ce_catchup c ON c.scheme IN (s.scheme, s.based_on), generate_series(2021, 2025) y
			  WHERE person_id = who AND y BETWEEN target_from AND target_to ORDER BY 4 LOOP
		FOR most IN SELECT least(ce_surplus(who, r.study_year, r.subject, as_of)::numeric, lacking)
					  FROM ce_yearly_totals, unnest(ARRAY[total_short, CASE r.subject WHEN 'public' THEN public_short ELSE professional_short END]) lacking
					 WHERE person_id = who AND year = r.y LOOP
			CONTINUE WHEN most IS NULL OR most <= 0;
			BEGIN
				PERFORM ce_allocate(who, r.study_year, r.y, r.subject, most, verifier(who), as_of);
				EXIT;
			EXCEPTION WHEN check_violation THEN NULL;
			END;
		END LOOP;
	END LOOP;
	RAISE EXCEPTION USING ERRCODE = 'P0099', MESSAGE = ce_verdict(who, 'senior', as_of => as_of);
EXCEPTION WHEN SQLSTATE 'P0099' THEN
	RETURN SQLERRM;
END $$;
SELECT cmp_ok(count(*), '>=', 3::bigint, format('7.6e: %s: and some without a plan', s)) FROM planned WHERE plan LIKE 'no allocation%' GROUP BY s;
SELECT is_empty($$ SELECT s, p, n FROM planned, generate_series(1, 4) n WHERE plan LIKE 'no allocation%' AND at_random(p, as_of) = 'eligible' $$, '7.6e: where no plan exists, nothing that can be allocated makes anybody eligible');
SELECT is_empty('SELECT * FROM ce_check()', '7.6e: the ledger is sound');

SELECT * FROM finish();
ROLLBACK;
