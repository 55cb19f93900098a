-- 7.4: the ledger is removed whole, by its owner, who says so; nothing else goes
BEGIN;
\ir lib/ledger.psql
SELECT no_plan();

CREATE FUNCTION error_of(statement text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
	hint text;
BEGIN
	EXECUTE statement;
	RETURN 'not refused';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(' | ', SQLSTATE || ' ' || SQLERRM, nullif(detail, ''), nullif(hint, ''));
END $$;
-- tables and views of the schema, with their rows
CREATE FUNCTION census() RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	c record;
	n bigint;
	answer text := '';
BEGIN
	FOR c IN SELECT oid::regclass AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S') AND relname LIKE 'ce\_%' ORDER BY relname LOOP
		EXECUTE format('SELECT count(*) FROM %s', c.name) INTO n;
		answer := concat_ws(' ', answer, c.name, n);
	END LOOP;
	RETURN answer;
END $$;
CREATE TEMP TABLE staff AS SELECT person(25) AS p FROM generate_series(1, 3);
SELECT give_years(p, 2020, 2021) FROM staff;
CREATE ROLE tap_removal_other;
CREATE TEMP TABLE before AS SELECT census() AS census;

-- the list
CREATE TEMP TABLE listed AS SELECT * FROM ce_remove_ledger();
SELECT set_eq($$ SELECT object FROM listed WHERE kind = 'table' $$,
	$$ SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname LIKE 'ce\_%' $$, 'every table of the ledger is listed');
SELECT set_eq($$ SELECT object FROM listed WHERE kind = 'view' $$,
	$$ SELECT relname::text FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'v' AND relname LIKE 'ce\_%' $$, 'and every view');
SELECT results_eq($$ SELECT object, row_count FROM listed WHERE object IN ('ce_person', 'ce_activity', 'ce_yearly_totals') ORDER BY 1 $$,
	$$ SELECT 'ce_activity', (SELECT count(*) FROM ce_activity) UNION ALL SELECT 'ce_person', (SELECT count(*) FROM ce_person) UNION ALL SELECT 'ce_yearly_totals', NULL $$, 'tables with their rows, views without');
SELECT results_eq($$ SELECT DISTINCT kind FROM listed ORDER BY 1 $$, $$ VALUES ('sequence'), ('table'), ('view') $$, 'and nothing else');
SELECT is(census(), census, 'a list removes nothing') FROM before;

-- refused, and nothing has changed
SELECT is(error_of($$ SELECT * FROM ce_remove_ledger('hours') $$), '22023 "hours" is not the name of the ledger''s schema | The name confirms that the ledger is to be removed with all its rows. Nothing was removed. | SELECT * FROM public.ce_remove_ledger() lists what would be removed, and with ''public'' as its argument removes it.', 'another name');
SELECT is(left(error_of(format('SELECT * FROM ce_remove_ledger(%L)', c)), 5), '22023', format('no confirmation: %s', c)) FROM unnest(ARRAY['', 'Public', ' public', 'yes', '"public"']) c;
SET ROLE tap_removal_other;
SELECT is(error_of(format('SELECT * FROM ce_remove_ledger(%s)', c)), format('42501 must be owner of the ledger to remove it | Role "%1$s" owns the ledger. | Call it as role "%1$s".', session_user), format('by another role: (%s)', c)) FROM unnest(ARRAY['', '''public''', '''x''']) c;
RESET ROLE;
SELECT is(census(), census, 'refusals remove nothing') FROM before;

-- what depends on it is named, all of it, and stops the removal
CREATE SCHEMA mine;
ALTER TABLE ce_person ADD COLUMN office text DEFAULT 'main';
CREATE VIEW mine.short AS SELECT * FROM ce_shortfalls;
CREATE VIEW mine.shorter AS SELECT * FROM mine.short;
CREATE MATERIALIZED VIEW mine.kept AS SELECT * FROM ce_org;
CREATE TABLE mine.office (person_id bigint CONSTRAINT of_person REFERENCES ce_person, room text);
CREATE TABLE mine.copies (person ce_person, persons ce_person[]);
CREATE FUNCTION mine.of_person(p ce_person) RETURNS bigint LANGUAGE sql RETURN (p).person_id;
CREATE FUNCTION mine.staff() RETURNS bigint LANGUAGE sql RETURN (SELECT count(*) FROM ce_person);
CREATE TABLE mine.hr (id bigint PRIMARY KEY, unit text);
ALTER TABLE mine.hr ENABLE ROW LEVEL SECURITY;
CREATE POLICY seen ON mine.hr USING (EXISTS (SELECT FROM ce_member m WHERE m.role_name = current_user));
SELECT ce_link('mine.hr', 'id', 'unit');
-- goes along with the ledger
CREATE FUNCTION mine.noted() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
CREATE TRIGGER mine AFTER INSERT ON ce_activity FOR EACH ROW EXECUTE FUNCTION mine.noted();
CREATE INDEX mine ON ce_person (specialty);
CREATE POLICY mine ON ce_plan USING (EXISTS (SELECT FROM ce_org));
CREATE TABLE mine.types (h ce_hours, l ce_level);
CREATE TABLE public.ce_of_mine (x integer);
CREATE TEMP TABLE named (n) AS VALUES ('column person of table mine.copies'), ('column persons of table mine.copies'), ('constraint of_person on table mine.office'), ('function mine.of_person(ce_person)'), ('function mine.staff()'),
	('materialized view mine.kept'), ('policy seen on table mine.hr'), ('trigger ce_link on table mine.hr'), ('trigger ce_link_truncate on table mine.hr'), ('view mine.short');
SELECT bag_eq($$ SELECT object FROM ce_remove_ledger() WHERE kind = 'dependent' $$, 'SELECT n FROM named', 'dependents are listed');
TRUNCATE before;
INSERT INTO before SELECT census();
SELECT is(error_of($$ SELECT * FROM ce_remove_ledger('public') $$), '2BP01 cannot remove the ledger because other objects depend on it | Dependent objects: ' || (SELECT string_agg(n, ', ' ORDER BY n COLLATE "C") FROM named)
	|| '. | Drop these objects first; end a link with an HR table by ce_unlink().', 'and stop the removal');
SELECT is(census(), census, 'of which nothing is done') FROM before;
DROP VIEW mine.short CASCADE;
DROP MATERIALIZED VIEW mine.kept;
DROP TABLE mine.office, mine.copies;
DROP FUNCTION mine.of_person(ce_person), mine.staff();
SELECT ce_unlink('mine.hr');
DROP POLICY seen ON mine.hr;

-- removed
CREATE TEMP TABLE gone AS SELECT * FROM ce_remove_ledger('public');
SELECT set_eq('SELECT kind, object FROM gone', 'SELECT kind, object FROM listed', 'what was listed is removed');
SELECT is((SELECT row_count FROM gone WHERE object = 'ce_activity'), (SELECT row_count FROM listed WHERE object = 'ce_activity'), 'with the rows that it had');
SELECT results_eq($$ SELECT relname::text COLLATE "default" FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'v', 'S') AND relname LIKE 'ce\_%' $$, $$ VALUES ('ce_of_mine') $$, 'a table of the user''s with such a name is not of the ledger');
SELECT alike(error_of(q), '55000 there is no ledger in schema public | Table %', q) FROM unnest(ARRAY['SELECT ce_verdict(1::bigint, ''junior'')', 'SELECT * FROM ce_remove_ledger()', 'SELECT * FROM ce_remove_ledger(''public'')', 'SELECT * FROM ce_check()']) q;
-- and made again, in the same session
SELECT ce_setup();
SELECT is((SELECT count(*) FROM ce_check()) + (SELECT count(*) FROM ce_person), 0::bigint, 'a new ledger is empty and sound');
SELECT is((SELECT count(*) FROM ce_remove_ledger('public') WHERE kind = 'table' AND object = 'ce_person' AND row_count = 0), 1::bigint, 'and is removed, too');
DROP FUNCTION IF EXISTS person(bigint, text);
SELECT alike(error_of('DROP EXTENSION ce_hours'), '2BP01 cannot drop extension ce_hours because other objects depend on it | %column h of table mine.types%', 'what uses its types the server names');

SELECT * FROM finish();
ROLLBACK;
