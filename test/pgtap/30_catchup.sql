-- 7.6: catch-up study, its surplus and its allocation
BEGIN;
\ir lib/titles.psql
SELECT no_plan();

-- whether so many hours of the surplus can be given to 2018, and no 0.01 more
CREATE FUNCTION surplus_is(p bigint, hours ce_hours, description text, subject ce_subject DEFAULT 'professional') RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	statement text := 'SELECT ce_allocate(%s, 2020, 2018, %L, %L, %s, ''2020-12-31'')';
	less text;
	more text := error_of(format(statement, p, subject, hours + '0.01', verifier(p)));
BEGIN
	IF hours > '0' THEN
		BEGIN
			PERFORM ce_allocate(p, 2020, 2018, subject, hours, verifier(p), '2020-12-31');
			RAISE SQLSTATE 'P0099';
		EXCEPTION WHEN SQLSTATE 'P0099' THEN NULL;
			WHEN OTHERS THEN less := SQLERRM;
		END;
	END IF;
	RETURN ok(less IS NULL AND more LIKE '23514 the surplus of 2020 is not sufficient | Clause 7.6e: %', description)
		|| coalesce(E'\n' || diag(less), '') || CASE WHEN more NOT LIKE '23514 the surplus%' THEN E'\n' || diag(more) ELSE '' END;
END $$;

-- Case 10
CREATE TEMP TABLE hundred AS SELECT give_online(gap_2018(), 30, '100') AS p;
SELECT is(failures(p, 'senior'), 'art. 8 2018 professional short 20', '7.6e: 2018 is 20 professional hours short (case 10)') FROM hundred;
SELECT surplus_is(p, '10', '7.6e: 100 national online hours leave 10 (case 10)') FROM hundred;
SELECT alike(cure(p, 'senior', 2018, 'professional'), '10 hours can be allocated from the surplus of 2020 (7.6); 2018 is over: enter %', '7.6e: ce_explain names the 10 as part of the cure (case 10)') FROM hundred;
SELECT is(plan_of(p, 'senior'), 'no allocation of the surplus was found that makes the person eligible', '7.6e: and says that they do not suffice (case 10)') FROM hundred;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''20'')', p)),
	'23514 the surplus of 2020 is not sufficient | Clause 7.6e: 20 hours were to be allocated, but only 10 are left. | %', '7.6e: 20 cannot be allocated (case 10)') FROM hundred;
SELECT is(ask(p, 'senior'), 'not_eligible', '7.6e: not eligible with 100 (case 10)') FROM hundred;

CREATE TEMP TABLE cured AS SELECT give_online(gap_2018(), 30, '110') AS p;
SELECT surplus_is(p, '20', '7.6e: 110 national online hours leave 20 (case 10)') FROM cured;
SELECT is(plan_of(p, 'senior'), '2020>2018 professional 20', '7.6e: the plan is to allocate these 20 (case 10)') FROM cured;
SELECT is(ask(p, 'senior', '2020-09-02'), 'not_eligible', 'AMB-30: a surplus that nobody allocated counts nothing') FROM cured;
SELECT isnt(allocate(p, 2018, '20'), NULL, '7.6e: 20 are allocated to 2018 (case 10)') FROM cured;
SELECT is(ask(p, 'senior', '2020-09-02'), 'eligible', '7.6e: eligible from the day of the allocation on (case 10)') FROM cured;
SELECT is(ask(p, 'senior', '2020-09-01'), 'not_eligible', '10.5: and not on the day before') FROM cured;
SELECT is(plan_of(p, 'senior', '2020-09-01'), '2020>2018 professional 20', '10.5: as of the day before, the plan is as it was') FROM cured;
SELECT is(plan_of(p, 'senior', '2020-09-02'), 'the person is already eligible; no hours need to be allocated', '7.6e: eligible already') FROM cured;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''0.01'')', p)), '23514 the surplus of 2020 is not sufficient | Clause 7.6e: 0.01 hours were to be allocated, but none are left.%', '7.6e: the surplus is used up') FROM cured;

-- 7.6d: the study year's record
SELECT ok(met(p, 2020), '7.6d: the study year stays complete') FROM cured;
SELECT is(array[professional_hours, online_hours, allocated_professional], '{90,110,-20}', '7.6d: and shows the 110 hours, 20 of them given away') FROM ce_yearly_totals JOIN cured ON person_id = p WHERE year = 2020;
SELECT is(array[professional_hours, recorded_hours, allocated_professional, professional_short], '{60,40,20,0}', '7.6e: 2018 shows 40 of its own and 20 received') FROM ce_yearly_totals JOIN cured ON person_id = p WHERE year = 2018;
SELECT is(array[sum(allocated_public), sum(allocated_professional)], '{0,0}', '7.6e: the transfer sums to zero') FROM ce_yearly_totals JOIN cured ON person_id = p;
SELECT is(sum(professional_hours), 60 + 40 + 60 + 110::numeric, '7.6e: and no hour is counted twice') FROM ce_yearly_totals JOIN cured ON person_id = p;

-- AMB-29: what is surplus
SELECT surplus_is(give_online(gap_2018(), 21, '110'), '0', 'AMB-29: a provincial base''s online hours leave nothing (case 10)');
SELECT surplus_is(p, '0', 'AMB-29: nor a national base''s course on site (case 10)')
	FROM (SELECT p, give(p, jsonb_build_object('kind', 'filed_course', 'plan_id', filed_plan(20, 'offline', '110'), 'completed_on', '2020-05-01', 'hours', '110')) FROM gap_2018() p) q;
SELECT surplus_is(give_professional(gap_2018(), '110'), '0', 'AMB-29: nor other training (case 10)');
SELECT surplus_is(give_online(gap_2018(), 20, '110'), '20', 'AMB-29: any national base''s online hours do');
SELECT surplus_is(give_online(gap_2018(), 20, '80'), '0', 'AMB-29: 2020 itself comes first: 80 leave nothing');
SELECT surplus_is(give_online(gap_2018(), 20, '90'), '0', 'AMB-29: nor 90');
SELECT surplus_is(give_online(give_professional(gap_2018(), '90'), 20, '15'), '15', 'AMB-29: other hours meet 2020 first: 90 + 15 leave 15');
SELECT surplus_is(give_online(give_professional(gap_2018(), '60'), 20, '45'), '15', 'AMB-29: 60 + 45 leave 15');
SELECT surplus_is(give_online(give_professional(gap_2018(), '200'), 20, '5'), '5', 'AMB-29: no more than there are national online hours');
SELECT surplus_is(give_online(give_online(gap_2018(), 21, '80'), 20, '25'), '15', 'AMB-29: a provincial base''s hours meet 2020 first too');
SELECT surplus_is(p, '15', 'AMB-29: a deemed year needs none of its hours: 15 of 15')
	FROM (SELECT give_online(p, 20, '15') AS p, give(p, '{"kind":"degree","completed_on":"2020-04-01"}') FROM gap_2018() p) q;
SELECT surplus_is(p, '15', 'AMB-29: nor of other hours besides')
	FROM (SELECT give_online(give_professional(p, '70'), 20, '15') AS p, give(p, '{"kind":"qualification","completed_on":"2020-04-01"}') FROM gap_2018() p) q;
SELECT surplus_is(p, '0', 'AMB-29: deeming adds no hours that could be allocated')
	FROM (SELECT p, give(p, '{"kind":"degree","completed_on":"2020-04-01"}') FROM gap_2018() p) q;
SELECT surplus_is(achieve(give_online(gap_2018(), 30, '80'), '{"kind":"invention_patent","rank":1,"achieved_on":"2020-05-01"}'), '0', '7.3b: an attested patent makes no surplus');
SELECT surplus_is(p, '0', 'AMB-29: hours that only wait for verification neither') FROM (
	SELECT p, give_online(p, 20, '85') FROM gap_2018() p) q, LATERAL (
	SELECT error_of(format('INSERT INTO ce_activity (person_id, kind, plan_id, completed_on, hours) VALUES (%s, ''base_online'', %s, ''2020-05-01'', ''50'')', p, filed_plan(20, 'online', '50')))) w;
SELECT is(error_of(format('SELECT allocate(%s, 2018, ''19.99'')', give_online(gap_2018(24), 20, '109.99'))), 'no error', 'AMB-29: hours are exact to the hundredth');

-- by subject (case 11)
CREATE TEMP TABLE public_only AS SELECT give_professional(give_public(gap_2018(), '20'), '90') AS p;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''20'')', p)), '23514 the surplus of 2020 is not sufficient%', '7.6: 20 public hours left over are no professional ones (case 11)') FROM public_only;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''20'', ''public'')', p)),
	'23514 year 2018 lacks no hours of the subject | Clause 7.6e: 20 hours were to be allocated to it.%', '7.6: and as public hours they cure no professional gap (case 11)') FROM public_only;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''0.01'', ''public'')', p)), '23514 year 2018 lacks no hours%', '7.6: not by the smallest part (case 11)') FROM public_only;
SELECT is(plan_of(p, 'senior'), 'no allocation of the surplus was found that makes the person eligible', '7.6: so there is no plan (case 11)') FROM public_only;
SELECT is(ask(p, 'senior'), 'not_eligible', '7.6: and no title (case 11)') FROM public_only;

CREATE TEMP TABLE total_only AS SELECT give_online(give_public(p, '65'), 20, '110') AS p
	FROM (SELECT give_recorded(give_years(person(30), 2017, 2019), 2018, '18', '60') AS p) q;
SELECT is(failures(p, 'senior'), 'art. 8 2018 total short 12', '10.8: 2018 has no public minimum, its total is 12 short') FROM total_only;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''1'')', p)), '23514 year 2018 lacks no hours of the subject%', '10.8: professional hours are what the professional minimum lacks, here none') FROM total_only;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''12.01'', ''public'')', p)), '23514 year 2018 lacks only 12 hours%', '10.8: public hours what the total lacks') FROM total_only;
SELECT is(plan_of(p, 'senior'), '2020>2018 public 12', '10.8: the plan is to allocate 12 public hours') FROM total_only;
SELECT isnt(allocate(p, 2018, '12', 'public'), NULL, '10.8: which is accepted') FROM total_only;
SELECT is(ask(p, 'senior'), 'eligible', '10.8: and makes eligible') FROM total_only;
SELECT is(array[public_hours, allocated_public], '{53,-12}', '7.6d: 2020 keeps its 65, 12 of them given away') FROM ce_yearly_totals JOIN total_only ON person_id = p WHERE year = 2020;

CREATE TEMP TABLE both_short AS SELECT give_online(give_public(p, '70'), 20, '130') AS p FROM (SELECT give_years(person(24), 2017, 2019) AS p) q;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''30.01'', ''public'')', p)), '23514 the surplus%only 25 are left.%', '10.8: of an empty year, public hours at most the surplus') FROM both_short;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''41'')', p)), '23514 the surplus%only 40 are left.%', '10.8: and professional ones') FROM both_short;
SELECT is(plan_of(p, 'senior'), 'no allocation of the surplus was found that makes the person eligible', '7.6e: 25 and 40 do not fill an empty year of 90') FROM both_short;
SELECT is((SELECT give_online(give_public(both_short.p, '5'), 20, '20')), both_short.p, '7.6e: 5 public and 20 professional hours more') FROM both_short;
SELECT is(plan_of(p, 'senior'), '2020>2018 public 30, 2020>2018 professional 60', '10.8: 30 and 60 fill an empty year') FROM both_short;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''30.01'', ''public'')', give_public(p, '10'))), '23514 year 2018 lacks only 30 hours%', '10.8: of an empty year, no more public hours than 30 = 90 - 60') FROM both_short;

-- years
SELECT alike(error_of(format('SELECT allocate(%s, %s, ''1'', %L)', p, y, s)),
	format('23514 hours of 2020 cannot be allocated to %s | Clause 7.6e: they may be allocated to the years 2017 to 2019.%%', y), format('7.6e: no %s hours to %s (case 11)', s, y))
	FROM cured, unnest('{2015,2016,2020,2021}'::integer[]) y, unnest('{public,professional}'::text[]) s;
SELECT alike(error_of(format('SELECT ce_allocate(%s, %s, 2018, %L, ''1'', 30, ''2022-09-02'')', p, y, s)),
	format('23514 hours of %s cannot be allocated | Clause 7.6: ce_catchup has no row%%', y), format('7.6e: no %s hours from %s (case 11)', s, y))
	FROM cured, unnest('{2016,2019,2021}'::integer[]) y, unnest('{public,professional}'::text[]) s;
CREATE TEMP TABLE each_year AS SELECT give_online(give_public(person(30), '45'), 20, '96') AS p;
SELECT isnt(allocate(p, y, '2'), NULL, format('7.6e: hours to %s', y)) FROM each_year, generate_series(2017, 2019) y;
SELECT alike(error_of(format('SELECT allocate(%s, 2017, ''0.01'')', p)), '23514 the surplus%none are left.%', '7.6e: all three years share one surplus') FROM each_year;

-- who, when, how much
SELECT alike(error_of(format('SELECT ce_allocate(%s, 2020, 2018, ''professional'', ''1'', %s, ''2020-09-02'')', p, org)),
	format('23514 organisation %s does not verify for person %s | Clause 7.6e:%%', org, p), format('7.6e: not by organisation %s', org))
	FROM hundred, unnest('{1,10,20,4,24}'::bigint[]) org;
CREATE TEMP TABLE of_school AS SELECT give_online(gap_2018(24), 20, '110') AS p;
SELECT alike(error_of(format('SELECT ce_allocate(%s, 2020, 2018, ''professional'', ''1'', 24, ''2020-09-02'')', p)), '23514 organisation 24 does not verify%here it is organisation 2.%', '7.6e: the school does not verify, so it does not allocate') FROM of_school;
SELECT alike(error_of(format('SELECT ce_allocate(%s, 2020, 2018, ''professional'', ''1'', 999, ''2020-09-02'')', p)), '23___ %', '7.6e: nor does an organisation nobody knows') FROM of_school;
SELECT isnt(ce_allocate(p, 2020, 2018, 'professional', '5', 2, '2020-09-02'), NULL, '7.6e: its HRSS office does') FROM of_school;
SELECT alike(error_of('SELECT ce_allocate(987654321, 2020, 2018, ''professional'', ''1'', 2, ''2020-09-02'')'), '23503 person 987654321 does not exist%', '7.6e: nobody allocates for a person nobody knows');
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''1'', on_day => %s)', p, d)), format('23514 allocated_on cannot be %%| Clause 7.6e:%%', d), format('7.6e: not on %s', d))
	FROM hundred, unnest(array['ce_today() + 1', '''2019-12-31''', '''infinity''']) d;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, %L)', p, h)), '23514 %', format('7.6e: %s hours are no allocation', h)) FROM hundred, unnest('{0,-1}'::ce_hours[]) h;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''1'', ''both'')', p)), '23514 %', '7.6e: one subject at a time') FROM hundred;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, NULL)', p)), '23502 %', '7.6e: hours have to be said') FROM hundred;
SELECT alike(error_of(format('SELECT ce_allocate(%s, 2020, 2018, ''professional'', ''1'', 2, ''2020-09-02'')', person(scheme => 'accounting'))),
	'23514 hours of 2020 cannot be allocated | Clause 7.6: ce_catchup has no row for the year and subject in scheme "accounting".%', '2.3: nothing is allocated for accountants');
CREATE TEMP TABLE twice AS SELECT give_online(gap_2018(), 30, '200') AS p;
SELECT isnt(allocate(p, 2018, '15'), NULL, '7.6e: a part of the gap') FROM twice;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''5.01'')', p)), '23514 year 2018 lacks only 5 hours%5.01 hours were to be allocated%', '7.6e: then no more than the rest of it') FROM twice;
SELECT is(ask(p, 'senior'), 'not_eligible', '7.6e: the part alone is not enough') FROM twice;
SELECT is(plan_of(p, 'senior', '2020-12-31'), '2020>2018 professional 5', '7.6e: the plan is the rest') FROM twice;
SELECT isnt(allocate(p, 2018, '5'), NULL, '7.6e: the rest') FROM twice;
SELECT is(ask(p, 'senior'), 'eligible', '7.6e: and now it is') FROM twice;
SELECT alike(error_of(format('INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by, allocated_on) VALUES (%s, 2020, 2018, ''professional'', ''11'', 30, ''2020-09-02'')', p)),
	'23514 the surplus%', '7.6e: the table itself refuses the same') FROM hundred;
SELECT alike(error_of(format('INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by, allocated_on, reversed_by, reversed_on) VALUES (%s, 2020, 2018, ''professional'', ''1'', 30, ''2020-09-02'', 30, ''2020-09-03'')', p)),
	'23514 cannot insert an allocation that is already reversed%', '7.6e: a new allocation is in force') FROM hundred;

-- frozen
SELECT alike(error_of(format(statement, p)), pattern, description) FROM cured, (VALUES
	('UPDATE ce_allocation SET hours = ''19'' WHERE person_id = %s', '55000 allocation % cannot be changed | Clause 7.6e: %', '7.6e: its hours do not change'),
	('UPDATE ce_allocation SET to_year = 2017 WHERE person_id = %s', '55000 allocation % cannot be changed | Clause 7.6e: %', '7.6e: nor its year'),
	('UPDATE ce_allocation SET allocated_on = ''2020-01-01'' WHERE person_id = %s', '55000 allocation % cannot be changed | Clause 7.6e: %', '7.6e: nor its day'),
	('DELETE FROM ce_allocation WHERE person_id = %s', '23001 %', '7.6e: it is not deleted'),
	('TRUNCATE ce_allocation -- %s', '%', '7.6e: nor truncated')) v (statement, pattern, description);
SELECT isnt(error_of('TRUNCATE ce_allocation'), 'no error', '7.6e: TRUNCATE is refused');

-- reversal
SELECT alike(error_of(format('SELECT ce_reverse_allocation(allocation_id, %s, %s, %L) FROM ce_allocation WHERE person_id = %s', org, reason, d, p)), pattern, description) FROM cured, (VALUES
	(30, 'NULL', '2020-10-01', '23502 %', '7.6e: a reversal needs a reason'),
	(30, '''  ''', '2020-10-01', '23502 %', '7.6e: and a blank is none'),
	(10, '''error''', '2020-10-01', '23514 organisation 10 does not verify%', '7.6e: only the body that allocates takes back'),
	(30, '''error''', '2020-09-01', '23514 allocation % cannot be reversed before it was made%', '7.6e: not before it was made'),
	(30, '''error''', '2099-09-01', '23514 reversed_on cannot be 2099-09-01%', '7.6e: not in the future')) v (org, reason, d, pattern, description);
SELECT is(ask(p, 'senior', '2020-12-31'), 'eligible', '7.6e: none of that changed anything') FROM cured;
SELECT lives_ok(format('SELECT ce_reverse_allocation(allocation_id, 30, ''wrong year'', ''2020-10-01'') FROM ce_allocation WHERE person_id = %s', p), '7.6e: with a reason it is already reversed') FROM cured;
SELECT is(ask(p, 'senior', day), verdict, format('10.5: as of %s it %s', day, said)) FROM cured, (VALUES
	('2020-09-01'::date, 'not_eligible', 'was not made yet'), ('2020-09-02', 'eligible', 'counts'), ('2020-09-30', 'eligible', 'still counts'),
	('2020-10-01', 'not_eligible', 'is reversed'), ('2020-12-31', 'not_eligible', 'stays reversed')) v (day, verdict, said);
SELECT is(sum(abs(allocated_professional)), 0::numeric, '7.6e: nothing is left of it in either year') FROM ce_yearly_totals JOIN cured ON person_id = p;
SELECT alike(error_of(format('SELECT ce_reverse_allocation(allocation_id, 30, ''again'', ''2020-10-02'') FROM ce_allocation WHERE person_id = %s', p)), '55000 allocation % is already reversed%Clause 7.6e%', '7.6e: it is already reversed once') FROM cured;
SELECT alike(error_of('SELECT ce_reverse_allocation(-1, 30, ''typo'', ''2020-10-02'')'), 'P0002 allocation -1 does not exist%', '7.6e: what was never made is not reversed');
SELECT alike(error_of(format('UPDATE ce_allocation SET reversed_on = NULL, reversed_by = NULL WHERE person_id = %s', p)), '55000 reversed allocation % cannot be changed | Clause 7.6e: %', '7.6e: and not called back') FROM cured;
SELECT isnt(allocate(p, 2018, '20', on_day => '2020-11-01'), NULL, '7.6e: the hours can be allocated again') FROM cured;
SELECT is(ask(p, 'senior', '2020-10-31') || ' ' || ask(p, 'senior', '2020-11-01'), 'not_eligible eligible', '10.5: and count from then on') FROM cured;
SELECT results_eq(format('SELECT from_status, to_status, by_org, e.note FROM ce_event e JOIN ce_allocation a ON a.allocation_id = ANY (e.ids) AND e.object = ''allocation'' WHERE person_id = %s ORDER BY event_id', p),
	$$ VALUES (NULL, 'in_force', 30::bigint, NULL), ('in_force', 'reversed', 30, 'wrong year'), (NULL, 'in_force', 30, NULL) $$, '7.6e: each act is logged') FROM cured;

-- the plan
SELECT is(plan_of(987654321, 'senior'), 'the ledger has no such person', '7.6e: no plan for a person nobody knows');
SELECT is(plan_of(person(scheme => 'accounting'), 'senior'), 'the verdict is "out_of_scope", which an allocation does not change', '7.6e: nor for an accountant');
SELECT is(plan_of(give_online(p, 20, '110'), 'intermediate'), 'the verdict is "banned", which an allocation does not change', '7.6e: nor for somebody banned')
	FROM (SELECT p, error_of(format('INSERT INTO ce_sanction (person_id, found_on, decision) VALUES (%s, ''2020-06-01'', ''decision'')', p)) FROM gap_2018() p) q;
SELECT is(plan_of(p, 'senior'), '2020>2017 professional 7, 2020>2018 professional 20, 2020>2019 public 3', '7.6e: several years and both subjects in one plan')
	FROM (SELECT give_online(give_recorded(give_recorded(give_recorded(give_public(person(30), '50'), 2017, '37', '53'), 2018, '50', '40'), 2019, '27', '60'), 20, '117') AS p) q;
SELECT is(plan_of(p, 'junior'), '2020>2019 professional 5', '7.6e: where one year suffices, that one')
	FROM (SELECT give_online(give_recorded(person(30), 2019, '40', '55'), 20, '110') AS p) q;
SELECT is(plan_of(give_public(give_online(person(30), 20, '100'), '45'), 'junior'), 'the person is already eligible; no hours need to be allocated', '7.6e: nor where 2020 is the one');
SELECT is(plan_of(give_online(gap_2018(), 30, '110'), 'senior', '2022-01-01'), 'no allocation of the surplus was found that makes the person eligible', '7.6e: hours of 2020 fill no year from 2020 on');

-- for anybody: a plan makes eligible and is the smallest; where there is none, allocating all one can does not help
SELECT setseed(0.3);
CREATE TEMP TABLE anybody AS
	SELECT give_online(give_professional(give_public(p, (random() * 120)::integer::text::ce_hours), (1 + random() * 40)::integer::text::ce_hours), 20, (random() * 200 + 1)::integer::text::ce_hours) AS p
	FROM (SELECT person(30) AS p FROM generate_series(1, 300)) q;
SELECT count(give_recorded(p, y, (random() * 45)::integer::text::ce_hours, (20 + random() * 60)::integer::text::ce_hours)) AS given FROM anybody, generate_series(2017, 2019) y \gset
CREATE TEMP TABLE planned AS SELECT p, l.level, a.*, row_number() OVER (PARTITION BY p, l.level) AS n
	FROM anybody, unnest('{junior,intermediate,senior}'::ce_level[]) l (level), LATERAL ce_allocation_plan(p, l.level, '2020-12-31') a;
CREATE FUNCTION try_plan(who bigint, wanted ce_level, less ce_hours, at bigint) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	r planned;
	result text;
BEGIN
	FOR r IN SELECT * FROM planned WHERE p = who AND level = wanted AND message IS NULL LOOP
		IF r.n <> at OR r.hours > less THEN
			PERFORM ce_allocate(r.p, r.from_year, r.to_year, r.subject, CASE WHEN r.n = at THEN r.hours - less ELSE r.hours END, 30, '2020-12-31');
		END IF;
	END LOOP;
	result := ask(who, wanted);
	RAISE EXCEPTION USING ERRCODE = 'P0099', MESSAGE = result;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLERRM;
END $$;
CREATE FUNCTION try_all(who bigint, wanted ce_level) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	y integer;
	s ce_subject;
	most numeric;
	result text;
BEGIN
	FOR y, s IN SELECT a, b FROM unnest('{2019,2018,2017}'::integer[]) a, unnest('{professional,public}'::ce_subject[]) b LOOP
		SELECT CASE WHEN s = 'professional' THEN professional_short ELSE total_short - professional_short END INTO most FROM ce_yearly_totals WHERE person_id = who AND year = y;
		BEGIN
			PERFORM ce_allocate(who, 2020, y, s, most::ce_hours, 30, '2020-12-31');
		EXCEPTION WHEN check_violation THEN NULL;
		END;
	END LOOP;
	result := ask(who, wanted);
	RAISE EXCEPTION USING ERRCODE = 'P0099', MESSAGE = result;
EXCEPTION WHEN SQLSTATE 'P0099' THEN
	RETURN SQLERRM;
END $$;
SELECT cmp_ok(count(DISTINCT p), '>=', 40::bigint, '7.6e: there are plans to try') FROM planned WHERE message IS NULL;
SELECT is_empty($$ SELECT DISTINCT p, level, try_plan(p, level, '0', 0) FROM planned WHERE message IS NULL AND try_plan(p, level, '0', 0) <> 'eligible' $$, '7.6e: what a plan proposes is accepted and makes eligible');
SELECT is_empty($$ SELECT p, level, n FROM planned WHERE message IS NULL AND try_plan(p, level, '0.01', n) = 'eligible' $$, '7.6e: and 0.01 hours less anywhere do not');
SELECT is_empty($$ SELECT p, level FROM planned WHERE message LIKE 'no allocation%' AND try_all(p, level) = 'eligible' $$, '7.6e: where no plan exists, allocating all one can makes nobody eligible');

-- 10.7
CREATE TEMP TABLE moved AS SELECT give_online(p, 20, '110', specialty => 'geology') AS p FROM (SELECT gap_2018() AS p) q;
SELECT is(ask(p, 'senior', '2020-12-31', 'transfer', 'geology'), 'eligible', '10.7: 110 hours of the specialty in 2020') FROM moved;
SELECT isnt(allocate(p, 2018, '20'), NULL, '10.7: 20 are given away') FROM moved;
SELECT is((SELECT got FROM ce_explain(p, 'senior', 'transfer', '2020-12-31', 'geology') WHERE condition = 'professional' AND year = 2020), 90::numeric, '10.7: and are gone from the year''s hours of the specialty') FROM moved;

-- what the law's rows may say otherwise
SELECT is(ce_surplus(987654321, 2020, 'professional'), NULL, '7.6e: a person nobody knows has no surplus');
SELECT is(ce_surplus(p, y, s), NULL, format('7.6: nothing is allocated from %s of %s', y, s)) FROM cured, (VALUES (2019, 'professional'::ce_subject), (2021, 'public'), (2020, 'both')) v (y, s);
SELECT is(after('DELETE FROM ce_requirement WHERE scheme = ''general'' AND from_year IN (2016, 2020)', format('ce_surplus(%s, 2020, ''professional'')', p)), '0', '7.6e: a year that requires nothing leaves nothing over')
	FROM (SELECT give_online(gap_2018(), 30, '140') AS p) q;
CREATE TEMP TABLE gaps AS SELECT give_online(give_recorded(give_recorded(give_recorded(person(30), 2017, '60', '30'), 2018, '60', '55'), 2019, '60', '40'), 20, '130') AS p;
SELECT is(plan_of(p, 'junior'), '2020>2019 professional 20', '7.6e: of two years one suffices for a junior title: 2019') FROM gaps;
SELECT is(after(format('UPDATE ce_window SET years = %s WHERE scheme = ''general'' AND route = ''review'' AND level = ''junior''', years), format('plan_of(%s, ''junior'')', p)), plan, format('7.6e: of %s years the one that needs least', years))
	FROM gaps, (VALUES (3, '2020>2018 professional 5'), (4, '2020>2018 professional 5'), (5, '2020>2018 professional 5')) v (years, plan);
SELECT is(after('UPDATE ce_window SET years = 5, aggregation = ''each'' WHERE scheme = ''general'' AND route = ''review'' AND level = ''junior''', format('plan_of(%s, ''junior'')', p)),
	'no allocation of the surplus was found that makes the person eligible', '7.6e: of five each, 2016 cannot be cured') FROM gaps;
SELECT is(after('UPDATE ce_window SET aggregation = ''sum'', years = 4 WHERE scheme = ''general'' AND route = ''review'' AND level = ''junior''', format('plan_of(%s, ''junior'')', p)),
	'no allocation of the surplus was found that makes the person eligible', '7.6e: where years are summed, allocating changes nothing') FROM (SELECT give_online(give_recorded(person(30), 2019, '60', '40'), 20, '130') AS p) q;
SELECT is(after('UPDATE ce_window SET professional_only = true WHERE scheme = ''general'' AND route = ''review''', format('plan_of(%s, ''senior'')', p)), '2020>2018 professional 60', '7.6e: where professional hours alone count, only these are allocated')
	FROM (SELECT give_online(give_years(person(24), 2017, 2019), 20, '150') AS p) q;
SELECT is(after('UPDATE ce_requirement SET from_year = 2018 WHERE scheme = ''general'' AND from_year = 2016', format('plan_of(%s, ''senior'')', p)), 'no allocation of the surplus was found that makes the person eligible', '10.1: a year without a requirement is not cured')
	FROM (SELECT give_online(give_public(give_recorded(give_years(person(30), 2019), 2018, '50', '40'), '45'), 20, '140') AS p) q;
SELECT alike(error_of('UPDATE ce_catchup SET source = ''academy'' WHERE scheme = ''general'' AND subject = ''professional'''), '23514 surplus of subject professional cannot come from source academy%', '7.6b: the academy gives no professional hours');

SELECT is(error_of(format('INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by) VALUES (%s, 2020, 2018, ''professional'', ''20'', 30)', p)), 'no error', '7.6e: allocated without a day')
	FROM (SELECT give_online(gap_2018(), 30, '110') AS p) q;
SELECT is(allocated_on, ce_today(), '7.6e: is allocated today') FROM ce_allocation ORDER BY allocation_id DESC LIMIT 1;
SELECT alike(error_of(format('INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by, allocated_on, reversed_on) VALUES (%s, 2020, 2018, ''professional'', ''1'', 30, ''2020-09-02'', ''2020-09-03'')', p)), '23514 cannot insert an allocation that is already reversed%', '7.6e: not by its day alone either') FROM hundred;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''1'', on_day => ''-infinity'')', p)), '23514 allocated_on cannot be %', '7.6e: not on no day') FROM hundred;
SELECT is_empty('SELECT * FROM ce_check()', '7.6: the ledger is sound after all that');
SELECT is((SELECT accounts FROM ce_rebuild()), 0::bigint, '7.6: and the accounts rebuilt are the same');

CREATE TEMP TABLE forged AS SELECT give_online(gap_2018(), 30, '110') AS p;
CREATE TEMP TABLE forged_allocation AS SELECT allocate(p, 2018, '20') FROM forged;
CREATE TEMP TABLE forged_error AS SELECT error_of(format('SELECT ce_revoke(array_agg(activity_id), 30, ''fraud'', ''2020-10-01'') FROM ce_activity WHERE person_id = %s AND kind = ''base_online''', p)) AS said FROM forged;
SELECT ok(said <> 'no error' OR EXISTS (SELECT FROM ce_check()) OR ask(p, 'senior', '2020-12-31') = 'not_eligible' AND (SELECT professional_hours FROM ce_yearly_totals WHERE person_id = p AND year = 2018) = 40,
	'AMB-29: hours that were allocated are not revoked, or the allocation that outlives its surplus counts no more or is named by ce_check()') FROM forged, forged_error;
SELECT isnt(error_of(format('SELECT allocate(%s, 2018, ''20'', on_day => ''2020-07-31'')', give_online(gap_2018(), 30, '110', '2020-05-01', '2020-08-01'))), 'no error',
	'10.5: nothing is allocated on a day on which the surplus was not verified yet');

SELECT alike(error_of(format('UPDATE ce_allocation SET reversed_on = ''2020-12-01'', note = ''x'' WHERE person_id = %s', p)), '23502 a reversal needs reversed_by%', '7.6e: nobody takes it back') FROM moved;

-- a revocation dated before the reversal would leave days on which too much was allocated
CREATE TEMP TABLE reversed AS SELECT give_online(gap_2018(), 30, '110') AS p;
CREATE TEMP TABLE reversed_allocation AS SELECT allocate(p, 2018, '20') FROM reversed;
SELECT ce_reverse_allocation(allocation_id, 30, 'mistake', '2020-11-01') FROM ce_allocation WHERE person_id = (SELECT p FROM reversed);
SELECT alike(error_of(format('SELECT ce_revoke(array_agg(activity_id), 30, ''fraud'', ''2020-10-01'') FROM ce_activity WHERE person_id = %s AND kind = ''base_online''', p)),
	'55000 hours of person % that are to be revoked have been allocated%', '7.6e: no revocation as of a day on which its hours were allocated') FROM reversed;
SELECT is(error_of(format('SELECT ce_revoke(array_agg(activity_id), 30, ''fraud'', ''2020-11-01'') FROM ce_activity WHERE person_id = %s AND kind = ''base_online''', p)),
	'no error', '7.6e: but as of the day of the reversal') FROM reversed;

-- a law whose target years have a public minimum, too: what public hours cure is the minimum and what the total lacks beyond the professional one
SELECT ce_clone_scheme('general', 'with_minimum');
UPDATE ce_requirement SET public_hours = '10' WHERE scheme = 'with_minimum' AND from_year = 2016;
CREATE TEMP TABLE minimum AS SELECT give_online(give_public(give_recorded(give_years(person(30, scheme => 'with_minimum', held => 'intermediate', held_since => '2016-05-01'), 2017, 2019), 2018, '0', '60'), '80'), 20, '110') AS p;
SELECT is(failures(p, 'senior'), 'art. 8 2018 public short 10, art. 8 2018 total short 30', '10.8: 2018 is 10 short of its public minimum and 30 of its total') FROM minimum;
SELECT is(plan_of(p, 'senior'), '2020>2018 public 30', '10.8: the plan is to allocate 30 public hours') FROM minimum;
SELECT alike(error_of(format('SELECT allocate(%s, 2018, ''30.01'', ''public'')', p)), '23514 year 2018 lacks only 30 hours%', '10.8: not more') FROM minimum;
SELECT is(error_of(format('INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by, allocated_on)
	SELECT %s, 2020, 2018, ''public'', h, 30, ''2020-09-02'' FROM unnest(''{9,21}''::ce_hours[]) h', p)), 'no error', '10.8: in two rows of one statement, too') FROM minimum;
SELECT is(ask(p, 'senior'), 'eligible', '10.8: and that makes eligible') FROM minimum;

-- several rows in one statement are bounded together
CREATE TEMP TABLE together AS SELECT give_online(give_recorded(give_recorded(person(30), 2018, '50', '40'), 2019, '50', '40'), 20, '110') AS p;
SELECT alike(error_of(format('INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by, allocated_on)
	SELECT %s, 2020, y, ''professional'', h, 30, ''2020-09-02'' FROM unnest(%L::integer[], %L::ce_hours[]) v (y, h)', p, y, h)), expected, description) FROM together, (VALUES
	('{2018,2019}', '{10,10.01}', '23514 the surplus of 2020 is not sufficient | Clause 7.6e: 10 hours were to be allocated, but only 9.99 are left.%', '7.6e: two rows of one statement share one surplus'),
	('{2019,2018}', '{10,10.01}', '23514 the surplus of 2020 is not sufficient%', '7.6e: in whatever order'),
	('{2018,2018}', '{19,1.01}', '23514 the surplus of 2020 is not sufficient%', '7.6e: and to the same year'),
	('{2018,2020}', '{1,1}', '23514 hours of 2020 cannot be allocated to 2020%', '7.6e: one that is wrong refuses all'),
	('{2018,2019}', '{10,10}', 'no error', '7.6e: the whole surplus in two rows')) v (y, h, expected, description);
SELECT is(array_agg(allocated_professional ORDER BY year), '{10,10,-20}', '7.6e: both are posted, once') FROM ce_yearly_totals JOIN together ON person_id = p WHERE on_record;
SELECT lives_ok(format('UPDATE ce_allocation SET reversed_by = 30, reversed_on = ''2020-09-03'', note = ''in error'' WHERE person_id = %s', p), '7.6e: both are taken back') FROM together;
SELECT is(array_agg(allocated_professional ORDER BY year), '{0,0,0}', '7.6e: and nothing is left of them') FROM ce_yearly_totals JOIN together ON person_id = p WHERE on_record;
SELECT is_empty('SELECT * FROM ce_check()', '7.6: sound to the end');

--
-- Several study years: 2021 may fill 2018 to 2020, 2020 may fill 2017 to 2019.  What a year received is no surplus of its own
--
INSERT INTO ce_instrument VALUES ('next', 'test', 'z', 'the notice of 2021', '2021-04-01');
INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours, instrument, clause) VALUES ('general', 2021, 2021, '90', '30', '60', 'next', '4.1');
INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause) VALUES
	('general', 2021, 'public', 'academy', 2018, 2020, 'next', '7.6'), ('general', 2021, 'professional', 'national_base', 2018, 2020, 'next', '7.6');
SELECT is_empty('SELECT * FROM ce_law_check() WHERE scheme = ''general''', '7.6: the law with these rows is sound');
CREATE FUNCTION chain_person(public_2020 ce_hours) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	p bigint := person(30, held => 'intermediate', held_since => '2016-05-01');
BEGIN
	PERFORM give_recorded(p, 2017, '25', '60'), give_recorded(p, 2018, '30', '60'), give_recorded(p, 2019, '30', '60'), give_public(p, public_2020), give_professional(p, '95'),
		give_public(p, '40', '2021-03-01'), give_professional(p, '60', '2021-03-01');
	RETURN p;
END $$;
CREATE FUNCTION allocate_from(p bigint, from_year integer, to_year integer, hours ce_hours, on_day date DEFAULT '2022-01-10') RETURNS text LANGUAGE sql AS $$
	SELECT error_of(format('SELECT ce_allocate(%s, %s, %s, ''public'', %L, 30, %L)', p, from_year, to_year, hours, on_day)) $$;
CREATE FUNCTION left_of(p bigint, y integer, as_of date DEFAULT '2022-12-31') RETURNS text LANGUAGE plpgsql AS $$ BEGIN RETURN ce_surplus(p, y, 'public', as_of); END $$;
CREATE FUNCTION year_of(p bigint, y integer) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	RETURN (SELECT format('%s/%s %s', trim_scale(public_hours), trim_scale(professional_hours), CASE WHEN met THEN 'met' ELSE 'short' END) FROM ce_yearly_totals WHERE person_id = p AND year = y);
END $$;
CREATE TEMP TABLE chain AS SELECT chain_person('40') AS p;
SELECT is(left_of(p, 2020) || ' ' || left_of(p, 2021), '0 10', '7.6e: 40 of 45 public hours leave nothing over, 40 of 30 leave 10') FROM chain;
SELECT is(allocate_from(p, 2021, 2020, '5'), 'no error', '7.6e: five of 2021 go to 2020') FROM chain;
SELECT is(year_of(p, 2020) || ', ' || year_of(p, 2021), '45/95 met, 35/60 met', '7.6e: and make it complete') FROM chain;
SELECT is(left_of(p, 2020) || ' ' || left_of(p, 2021), '0 5', '7.6e: what 2020 received is no surplus of its own') FROM chain;
SELECT alike(allocate_from(p, 2020, 2017, '5'), '23514 the surplus of 2020 is not sufficient | Clause 7.6e: 5 hours were to be allocated, but none are left.%', '7.6e: hours of 2021 are not handed on to 2017') FROM chain;
SELECT alike(allocate_from(p, 2020, 2017, '0.01'), '23514 the surplus of 2020 is not sufficient%', '7.6e: not the smallest part of them') FROM chain;
SELECT is(year_of(p, 2017) || ', ' || year_of(p, 2020), '25/60 short, 45/95 met', '7.6e: 2017 stays short and 2020 complete') FROM chain;
-- nor with more of its own, nor in another order
CREATE TEMP TABLE order_of AS SELECT chain_person('48') AS p;
SELECT is(left_of(p, 2020), '3', '7.6e: 48 of 45 leave 3') FROM order_of;
SELECT is(allocate_from(p, 2020, 2017, '3'), 'no error', '7.6e: which go to 2017') FROM order_of;
SELECT alike(allocate_from(p, 2020, 2017, '0.01'), '23514 the surplus of 2020 is not sufficient%', '7.6e: once') FROM order_of;
SELECT alike(allocate_from(p, 2021, 2020, '1'), '23514 year 2020 lacks no hours%', '7.6e: a year that gave from its surplus needs nothing') FROM order_of;
SELECT is(left_of(p, 2020, '2022-01-09') || ' ' || left_of(p, 2020, '2022-01-10'), '3 0', '7.6e: as of the day before they were there') FROM order_of;
SELECT ce_reverse_allocation(allocation_id, 30, 'mistake', '2022-02-01') FROM ce_allocation JOIN order_of ON person_id = p;
SELECT is(left_of(p, 2020) || ' ' || year_of(p, 2017), '3 25/60 short', '7.6e: taken back they are there again') FROM order_of;
SELECT is(allocate_from(p, 2020, 2017, '3', '2022-02-01'), 'no error', '7.6e: and may be allocated again') FROM order_of;
-- hours that were revoked after a year received as many: what it gave is not covered by them
SELECT alike(error_of(format('SELECT ce_revoke(array_agg(activity_id), 4, ''fraud'', ''2022-03-01'') FROM ce_activity WHERE person_id = %s AND kind = ''academy_course'' AND year = 2020', p)),
	'55000 hours of person % that are to be revoked have been allocated%', '7.6e: what was allocated is not revoked') FROM order_of;
-- the plan draws on every study year
CREATE TEMP TABLE two_sources AS SELECT give_public(give_recorded(give_recorded(person(30, held => 'intermediate', held_since => '2016-05-01'), 2018, '20', '60'), 2019, '15', '60'), '52') AS p;
SELECT give_professional(give_public(give_professional(p, '95'), '50', '2021-03-01'), '60', '2021-03-01') FROM two_sources;
CREATE TEMP TABLE plan AS SELECT a.* FROM two_sources, ce_allocation_plan(p, 'senior', '2021-12-31') a;
SELECT results_eq('SELECT from_year, to_year, hours FROM plan ORDER BY to_year, from_year', $$ VALUES (2020, 2018, '7'::ce_hours), (2021, 2018, '3'), (2021, 2019, '15') $$, '7.6e: ce_allocation_plan() takes from both surpluses, the earlier first');
SELECT alike(cure(p, 'senior', 2018, 'total', '2021-12-31'), '7 hours can be allocated from the surplus of 2020 (7.6); 3 hours can be allocated from the surplus of 2021 (test, 7.6)', '7.6e: and ce_explain names both') FROM two_sources;
SELECT is(allocate_from(p, l.from_year, l.to_year, l.hours), 'no error', '7.6e: what is proposed is taken') FROM two_sources, plan l;
SELECT is(ask(p, 'senior', '2022-01-09') || ' ' || ask(p, 'senior', '2021-12-31'), 'not_eligible not_eligible', '10.5: it counts from the day of the act') FROM two_sources;
SELECT is((SELECT string_agg(met::text, ' ' ORDER BY year) FROM ce_yearly_totals WHERE person_id = p AND on_record), 'true true true true', '7.6e: and every year is complete') FROM two_sources;
-- what the total asks for beyond the minima comes first, too
CREATE TEMP TABLE total_first AS SELECT give_public(give_public(give_recorded(person(30), 2018, '20', '60'), '45'), '40', '2021-03-01') AS p;
SELECT give_professional(p, '70', '2021-03-01') FROM total_first;
SELECT is(after('UPDATE ce_requirement SET total_hours = ''105'' WHERE from_year = 2021', format('left_of(%s, 2021)', p)), '5', 'AMB-29: 40 public and 70 professional hours of 105 leave 5, though the minima are 30 and 60') FROM total_first;
SELECT is(left_of(p, 2021), '10', 'AMB-29: of 90 they leave 10') FROM total_first;
-- public surplus is the academy's
INSERT INTO ce_kind (kind, subject, category, track, label_zh, label_en, instrument, clause) VALUES ('lecture', 'public', 'public', 'activity', 'z', 'lecture', 'next', '5');
INSERT INTO ce_rule (scheme, kind, from_year, basis, instrument, clause) VALUES ('general', 'lecture', 2020, 'as_completed', 'next', '5');
CREATE TEMP TABLE lectured AS SELECT p, give(p, '{"kind":"lecture","completed_on":"2021-05-01","hours":"28"}') FROM give_public(person(30), '10', '2021-03-01') p;
SELECT give_professional(p, '60', '2021-03-01') FROM lectured;
SELECT is(left_of(p, 2021), '8', '7.6b: 28 hours of a lecture and 10 of the academy, of 30: 8') FROM lectured;
SELECT give(p, '{"kind":"lecture","completed_on":"2021-05-02","hours":"28"}') FROM lectured;
SELECT is(left_of(p, 2021), '10', '7.6b: and no more than the academy''s 10') FROM lectured;
SELECT is_empty('SELECT * FROM ce_check()', '7.6: sound with several study years');
SELECT is_empty('SELECT * FROM ce_findings WHERE clause = ''7.6e''', '7.6e: and nothing found');

-- an allocation from before, that handed received hours on: both lists name it
ALTER TABLE ce_allocation DISABLE TRIGGER USER;
INSERT INTO ce_allocation (person_id, from_year, to_year, subject, hours, allocated_by, allocated_on) SELECT p, 2020, 2017, 'public', '5', 30, '2022-01-11' FROM chain;
ALTER TABLE ce_allocation ENABLE TRIGGER USER;
SELECT results_eq('SELECT person_id, year, detail FROM ce_check() WHERE invariant = ''what was allocated is surplus (7.6e)''', 'SELECT p, 2020, ''public: 5 hours too many'' FROM chain', '7.6e: ce_check() names what was handed on');
SELECT is(after('DELETE FROM ce_catchup WHERE study_year = 2020 AND subject = ''public''',
	'(SELECT string_agg(DISTINCT regexp_replace(detail, ''[0-9.]+ hours'', ''n hours''), '', '') FROM ce_check() WHERE invariant = ''what was allocated may go to its year (7.6)'')'),
	(SELECT string_agg(DISTINCT format('public: n hours went to %s, to which neither the law nor a waiver lets them go', to_year), ', ') FROM ce_allocation WHERE from_year = 2020 AND subject = 'public' AND reversed_on IS NULL),
	'7.6: ce_check() names what the law no longer lets go');
SELECT results_eq('SELECT person_id, object_id, detail FROM ce_findings WHERE clause = ''7.6e''', 'SELECT p, 2020::bigint, ''public: 5 hours too many'' FROM chain', '7.6e: ce_findings too');

SELECT * FROM finish();
ROLLBACK;
