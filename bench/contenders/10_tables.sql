-- What somebody without ce_hours would keep: plain columns, hours as integer
-- hundredths, an index that covers the question.  Filled from the ledger, so
-- that all contenders answer about the same facts.  "As of" is today only.
CREATE SCHEMA plain;
CREATE TYPE plain.category AS ENUM ('public', 'online', 'training', 'study', 'mentoring', 'special', 'recorded');
CREATE TYPE plain.status AS ENUM ('submitted', 'in_review', 'verified', 'rejected', 'revoked');

CREATE TABLE plain.requirement (
	year integer PRIMARY KEY,
	total integer NOT NULL,
	public integer NOT NULL,
	professional integer NOT NULL,
	mentoring_cap integer NOT NULL
);
-- Order 25 for 2016 to 2019, the notice for 2020 (4.1, 5.2.4c)
INSERT INTO plain.requirement
SELECT y, 9000, 0, 6000, 2147483647 FROM generate_series(2016, 2019) AS y UNION ALL SELECT 2020, 13500, 4500, 9000, 3000;

CREATE TABLE plain.person (
	person_id bigint PRIMARY KEY,
	org_id bigint NOT NULL,
	governed boolean NOT NULL,
	doctorate_on date,
	held_level integer,			-- 1 junior to 4 full senior
	held_since date
);
INSERT INTO plain.person
SELECT person_id, org_id, scheme = 'general', doctorate_on,
	   array_position(ARRAY['junior', 'intermediate', 'senior', 'full_senior'], held_level::text), held_since
FROM ce_person ORDER BY person_id;

CREATE TABLE plain.activity (
	activity_id bigint PRIMARY KEY,
	person_id bigint NOT NULL,
	kind text NOT NULL,
	plan_id bigint,
	org_id bigint NOT NULL,
	title text,
	started_on date,
	completed_on date NOT NULL,
	days numeric(5,1),
	evidence text,
	status plain.status NOT NULL,
	verified_by bigint,
	verified_on date,
	year integer NOT NULL,
	hours integer NOT NULL,
	category plain.category NOT NULL,
	deems_public boolean NOT NULL,
	deems_professional boolean NOT NULL
);
INSERT INTO plain.activity
SELECT activity_id, person_id, kind, plan_id, org_id, title, started_on, completed_on, days, evidence, status::text::plain.status, verified_by, verified_on,
	   year, (awarded::numeric * 100)::integer, category::plain.category, deems_public, deems_professional
FROM ce_activity;
CREATE INDEX activity_verified ON plain.activity (person_id, year) INCLUDE (category, hours, deems_public, deems_professional) WHERE status = 'verified';
CREATE INDEX activity_waiting ON plain.activity (person_id, year) WHERE status IN ('submitted', 'in_review');

-- 5.2.5: the hours of an achievement, worked out at its entry
CREATE TABLE plain.achievement (
	achievement_id bigint PRIMARY KEY,
	person_id bigint NOT NULL,
	achieved_on date NOT NULL,
	started_on date,			-- of a project: hours in each of its years
	due_on date,
	attested_by bigint,
	attested_on date,
	revoked_on date,
	hours integer NOT NULL,
	award boolean NOT NULL		-- deems the professional hours of the whole tenure
);
INSERT INTO plain.achievement
SELECT achievement_id, person_id, achieved_on, started_on, due_on, attested_by, attested_on, revoked_on,
	   CASE kind
			WHEN 'invention_patent' THEN CASE WHEN rank <= 3 THEN 6000 WHEN rank <= 6 THEN 5000 ELSE 4000 END
			WHEN 'utility_patent' THEN CASE WHEN rank <= 3 THEN 5000 WHEN rank <= 6 THEN 4000 ELSE 3000 END
			WHEN 'project' THEN 6000 ELSE 0 END, kind = 'award'
FROM ce_achievement;
CREATE INDEX achievement_person ON plain.achievement (person_id);

-- By person and year, within the tenure; inlined into what calls it.
CREATE FUNCTION plain.attested(as_of date) RETURNS TABLE (person_id bigint, year integer, hours integer, award boolean)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
	SELECT h.person_id, y.year, h.hours, h.award
	FROM plain.achievement h JOIN plain.person p ON p.person_id = h.person_id
		CROSS JOIN LATERAL generate_series(
			CASE WHEN h.award THEN extract(year FROM p.held_since)
				 ELSE greatest(extract(year FROM coalesce(h.started_on, h.achieved_on)), extract(year FROM p.held_since)) END::integer,
			extract(year FROM CASE WHEN h.award THEN as_of ELSE h.achieved_on END)::integer) AS y (year)
	WHERE h.attested_on <= as_of AND h.attested_by = p.org_id AND (h.revoked_on IS NULL OR h.revoked_on > as_of)
		AND h.achieved_on BETWEEN p.held_since AND as_of AND (h.due_on IS NULL OR h.achieved_on <= h.due_on)
$$;

CREATE TABLE plain.sanction (
	person_id bigint NOT NULL,
	banned_from date NOT NULL,
	banned_to date NOT NULL
);
INSERT INTO plain.sanction
SELECT person_id, found_on, coalesce(least((found_on + interval '3 years')::date, revoked_on - 1), (found_on + interval '3 years')::date) FROM ce_sanction;
CREATE INDEX sanction_person ON plain.sanction (person_id);

CREATE TABLE plain.account (
	person_id bigint NOT NULL,
	year integer NOT NULL,
	public integer NOT NULL DEFAULT 0,
	professional integer NOT NULL DEFAULT 0,	-- without mentoring
	mentoring integer NOT NULL DEFAULT 0,
	deems_public integer NOT NULL DEFAULT 0,
	deems_professional integer NOT NULL DEFAULT 0,
	PRIMARY KEY (person_id, year)
) WITH (fillfactor = 70);
INSERT INTO plain.account
SELECT person_id, year,
	   coalesce(sum(hours) FILTER (WHERE category = 'public'), 0),
	   coalesce(sum(hours) FILTER (WHERE category NOT IN ('public', 'mentoring')), 0),
	   coalesce(sum(hours) FILTER (WHERE category = 'mentoring'), 0),
	   count(*) FILTER (WHERE deems_public), count(*) FILTER (WHERE deems_professional)
FROM plain.activity WHERE status = 'verified' GROUP BY person_id, year ORDER BY year, person_id;

-- 4.1: is a year met?  Inlined.
CREATE FUNCTION plain.met(r plain.requirement, public bigint, professional bigint, mentoring bigint, deems_public boolean, deems_professional boolean)
RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT (public >= r.public OR deems_public)
	   AND (professional + least(mentoring, r.mentoring_cap) >= r.professional OR deems_professional)
	   AND (CASE WHEN deems_public THEN greatest(public, r.public) ELSE public END
			+ CASE WHEN deems_professional THEN greatest(professional + least(mentoring, r.mentoring_cap), r.professional)
				   ELSE professional + least(mentoring, r.mentoring_cap) END >= r.total OR deems_public AND deems_professional)
$$;
-- 4.2.1c, 4.2.1d: years of the window for senior titles
CREATE FUNCTION plain.window_years(p plain.person, level integer, as_of date) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
	SELECT CASE WHEN p.held_level = 3 AND p.held_since <= as_of AND p.doctorate_on <= as_of AND level >= 3 THEN 2 WHEN level = 2 THEN 3 ELSE 4 END
$$;
