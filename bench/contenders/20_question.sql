-- One person: may he apply for senior on 2020-12-31?  {p} stands for the person.
CREATE SCHEMA bench;
CREATE TABLE bench.question (name text PRIMARY KEY, ord integer GENERATED ALWAYS AS IDENTITY, label text NOT NULL, is_expression boolean NOT NULL, body text NOT NULL);

INSERT INTO bench.question (name, label, is_expression, body) VALUES
('empty', 'empty loop', true, 'true'),
('pk', 'floor: one row by primary key', false, 'SELECT org_id IS NOT NULL FROM ce_person WHERE person_id = {p}'),
('ce_hours', 'ce_hours: ce_eligible()', true, 'ce_eligible({p}, ''senior'', ''review'', ''2020-12-31'')'),
('ce_hours_select', 'ce_hours: SELECT ce_eligible()', false, 'SELECT ce_eligible({p}, ''senior'', ''review'', ''2020-12-31'')'),
('sql_activities', 'plain SQL over activities', false, $$
SELECT CASE
	WHEN NOT p.governed THEN NULL
	WHEN EXISTS (SELECT FROM plain.sanction n WHERE n.person_id = {p} AND date '2020-12-31' BETWEEN n.banned_from AND n.banned_to) THEN false
	ELSE (
		SELECT count(*) = plain.window_years(p, 3, '2020-12-31')
		FROM (
			SELECT x.year, coalesce(sum(x.hours) FILTER (WHERE x.category = 'public'), 0) AS public,
				   coalesce(sum(x.hours) FILTER (WHERE x.category NOT IN ('public', 'mentoring')), 0) AS professional,
				   coalesce(sum(x.hours) FILTER (WHERE x.category = 'mentoring'), 0) AS mentoring,
				   bool_or(x.deems_public) AS deems_public, bool_or(x.deems_professional) AS deems_professional
			FROM (
				SELECT a.year, a.category, a.hours, a.deems_public, a.deems_professional
				FROM plain.activity a
				WHERE a.person_id = {p} AND a.status = 'verified' AND a.year BETWEEN 2017 AND 2020
				UNION ALL
				SELECT t.year, 'special', t.hours, false, t.award
				FROM plain.attested('2020-12-31') t WHERE t.person_id = {p} AND t.year BETWEEN 2017 AND 2020) x
			GROUP BY x.year) s
			JOIN plain.requirement r ON r.year = s.year
		WHERE s.year > 2020 - plain.window_years(p, 3, '2020-12-31')
			AND plain.met(r, s.public, s.professional, s.mentoring, s.deems_public, s.deems_professional)) END
FROM plain.person p WHERE p.person_id = {p}$$),
('sql_accounts', 'plain SQL over accounts', false, $$
SELECT CASE
	WHEN NOT p.governed THEN NULL
	WHEN EXISTS (SELECT FROM plain.sanction n WHERE n.person_id = {p} AND date '2020-12-31' BETWEEN n.banned_from AND n.banned_to) THEN false
	ELSE (
		SELECT count(*) = plain.window_years(p, 3, '2020-12-31')
		FROM plain.requirement r
			LEFT JOIN plain.account a ON a.person_id = {p} AND a.year = r.year
			LEFT JOIN (
				SELECT t.year, sum(t.hours) AS hours, bool_or(t.award) AS award
				FROM plain.attested('2020-12-31') t WHERE t.person_id = {p} GROUP BY t.year) t ON t.year = r.year
		WHERE r.year BETWEEN 2021 - plain.window_years(p, 3, '2020-12-31') AND 2020
			AND plain.met(r, coalesce(a.public, 0), coalesce(a.professional, 0) + coalesce(t.hours, 0), coalesce(a.mentoring, 0),
						  coalesce(a.deems_public > 0, false), coalesce(a.deems_professional > 0, false) OR coalesce(t.award, false))) END
FROM plain.person p WHERE p.person_id = {p}$$);

-- The same as functions.  LANGUAGE sql: the two statements above with parameters.
SELECT format('CREATE FUNCTION plain.eligible_%s(p bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS %L', name, replace(body, '{p}', '$1'))
FROM bench.question WHERE name IN ('sql_activities', 'sql_accounts') \gexec

-- plpgsql: asks for what is dearer only when it is needed.
CREATE FUNCTION plain.eligible_plpgsql_activities(p_id bigint, as_of date) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
	p plain.person;
	y integer := extract(year FROM as_of);
	window_years integer;
	met integer;
BEGIN
	SELECT * INTO p FROM plain.person WHERE person_id = p_id;
	IF NOT FOUND OR NOT p.governed THEN
		RETURN NULL;
	END IF;
	IF EXISTS (SELECT FROM plain.sanction WHERE person_id = p_id AND as_of BETWEEN banned_from AND banned_to) THEN
		RETURN false;
	END IF;
	window_years := CASE WHEN p.held_level = 3 AND p.held_since <= as_of AND p.doctorate_on <= as_of THEN 2 ELSE 4 END;
	SELECT count(*) INTO met
	FROM (
		SELECT a.year, coalesce(sum(a.hours) FILTER (WHERE a.category = 'public'), 0) AS public,
			   coalesce(sum(a.hours) FILTER (WHERE a.category NOT IN ('public', 'mentoring')), 0) AS professional,
			   coalesce(sum(a.hours) FILTER (WHERE a.category = 'mentoring'), 0) AS mentoring,
			   bool_or(a.deems_public) AS deems_public, bool_or(a.deems_professional) AS deems_professional
		FROM plain.activity a WHERE a.person_id = p_id AND a.status = 'verified' AND a.year BETWEEN y - window_years + 1 AND y
		GROUP BY a.year) s
		JOIN plain.requirement r ON r.year = s.year
	WHERE plain.met(r, s.public, s.professional, s.mentoring, s.deems_public, s.deems_professional);
	IF met = window_years OR NOT EXISTS (SELECT FROM plain.achievement WHERE person_id = p_id) THEN
		RETURN met = window_years;
	END IF;
	SELECT count(*) INTO met
	FROM (
		SELECT x.year, coalesce(sum(x.hours) FILTER (WHERE x.category = 'public'), 0) AS public,
			   coalesce(sum(x.hours) FILTER (WHERE x.category NOT IN ('public', 'mentoring')), 0) AS professional,
			   coalesce(sum(x.hours) FILTER (WHERE x.category = 'mentoring'), 0) AS mentoring,
			   bool_or(x.deems_public) AS deems_public, bool_or(x.deems_professional) AS deems_professional
		FROM (
			SELECT a.year, a.category, a.hours, a.deems_public, a.deems_professional
			FROM plain.activity a WHERE a.person_id = p_id AND a.status = 'verified' AND a.year BETWEEN y - window_years + 1 AND y
			UNION ALL
			SELECT t.year, 'special', t.hours, false, t.award
			FROM plain.attested(as_of) t WHERE t.person_id = p_id AND t.year BETWEEN y - window_years + 1 AND y) x
		GROUP BY x.year) s
		JOIN plain.requirement r ON r.year = s.year
	WHERE plain.met(r, s.public, s.professional, s.mentoring, s.deems_public, s.deems_professional);
	RETURN met = window_years;
END $$;

CREATE FUNCTION plain.eligible_plpgsql_accounts(p_id bigint, as_of date) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
	p plain.person;
	y integer := extract(year FROM as_of);
	window_years integer;
	met integer;
BEGIN
	SELECT * INTO p FROM plain.person WHERE person_id = p_id;
	IF NOT FOUND OR NOT p.governed THEN
		RETURN NULL;
	END IF;
	IF EXISTS (SELECT FROM plain.sanction WHERE person_id = p_id AND as_of BETWEEN banned_from AND banned_to) THEN
		RETURN false;
	END IF;
	window_years := CASE WHEN p.held_level = 3 AND p.held_since <= as_of AND p.doctorate_on <= as_of THEN 2 ELSE 4 END;
	SELECT count(*) INTO met
	FROM plain.account a JOIN plain.requirement r ON r.year = a.year
	WHERE a.person_id = p_id AND a.year BETWEEN y - window_years + 1 AND y
		AND plain.met(r, a.public, a.professional, a.mentoring, a.deems_public > 0, a.deems_professional > 0);
	IF met = window_years OR NOT EXISTS (SELECT FROM plain.achievement WHERE person_id = p_id) THEN
		RETURN met = window_years;
	END IF;
	SELECT count(*) INTO met
	FROM plain.requirement r
		LEFT JOIN plain.account a ON a.person_id = p_id AND a.year = r.year
		LEFT JOIN (
			SELECT t.year, sum(t.hours) AS hours, bool_or(t.award) AS award
			FROM plain.attested(as_of) t WHERE t.person_id = p_id GROUP BY t.year) t ON t.year = r.year
	WHERE r.year BETWEEN y - window_years + 1 AND y
		AND plain.met(r, coalesce(a.public, 0), coalesce(a.professional, 0) + coalesce(t.hours, 0), coalesce(a.mentoring, 0),
					  coalesce(a.deems_public > 0, false), coalesce(a.deems_professional > 0, false) OR coalesce(t.award, false));
	RETURN met = window_years;
END $$;

INSERT INTO bench.question (name, label, is_expression, body) VALUES
('sqlfunc_activities', 'LANGUAGE sql over activities', true, 'plain.eligible_sql_activities({p})'),
('plpgsql_activities', 'plpgsql over activities', true, 'plain.eligible_plpgsql_activities({p}, ''2020-12-31'')'),
('sqlfunc_accounts', 'LANGUAGE sql over accounts', true, 'plain.eligible_sql_accounts({p})'),
('plpgsql_accounts', 'plpgsql over accounts', true, 'plain.eligible_plpgsql_accounts({p}, ''2020-12-31'')');
