--
-- Imports (9.4).  They write as the caller; the triggers of ce_activity hold
-- the rules.
--

CREATE OR REPLACE FUNCTION ce_import(source text, records jsonb)
	RETURNS TABLE (ord bigint, source_ref text, outcome text, message text)
	LANGUAGE c VOLATILE SET search_path = pg_catalog, pg_temp AS 'MODULE_PATHNAME', 'ce_import';
COMMENT ON FUNCTION ce_import(text, jsonb) IS
	'imports activities of a source from one record or an array, records of fields or xAPI statements (9.4a): each is new, unchanged, conflict, rejected or withdrawn, with the reason; valid ones are written, and a record that came before is not written twice (AMB-34)';

-- No SET here: a procedure that has one cannot commit.
CREATE OR REPLACE PROCEDURE ce_import_staged(source text DEFAULT NULL, batch_size integer DEFAULT 10000)
	LANGUAGE c AS 'MODULE_PATHNAME', 'ce_import_staged';
COMMENT ON PROCEDURE ce_import_staged(text, integer) IS
	'imports the waiting lines of ce_staging, of one source or (null) of all, in transactions of batch_size lines; after a crash, call it again to continue';

-- A field as text; blank: null.
CREATE OR REPLACE FUNCTION ce__import_field(item jsonb, name text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
	RETURN nullif(btrim(item ->> name, E' \t\r\n\u3000'), '');
COMMENT ON FUNCTION ce__import_field(jsonb, text) IS 'internal: a field of a record without white space around it; null if that is all of it';

CREATE OR REPLACE FUNCTION ce__import_day(field text) RETURNS date
	LANGUAGE ce_plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
	parts text[] := regexp_match(translate(field, '０１２３４５６７８９', '0123456789'), '^(\d{4})(?:([-/.年])(\d{1,2})[-/.月](\d{1,2})日?|(\d{2})(\d{2}))$');
BEGIN
	IF field IS NOT NULL AND parts IS NULL THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_datetime_format', MESSAGE = format(ce_text('"%s" is not a date'), field),
			HINT = ce_text('Write it as 2026-05-01, 2026/5/1 or 20260501.');
	END IF;
	RETURN make_date(parts[1]::integer, coalesce(parts[3], parts[5])::integer, coalesce(parts[4], parts[6])::integer);
END
$$;
COMMENT ON FUNCTION ce__import_day(text) IS 'internal: a date as files have it; anything else is an error';

CREATE OR REPLACE FUNCTION ce_import_waivers(records jsonb)
	RETURNS TABLE (ord bigint, person_id bigint, outcome text, waiver_id bigint, message text)
	LANGUAGE ce_plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
	item jsonb;
	w record;
	unknown text;
	detail text;
	hint text;
BEGIN
	PERFORM ce_ledger();
	IF coalesce(jsonb_typeof(records), 'null') NOT IN ('array', 'object') THEN
		RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = ce_text('records must be a JSON object or an array of objects'),
			HINT = ce_text('Give one object for each waiver.');
	END IF;
	FOR item, ord IN
		SELECT e.value, e.ordinality
		  FROM jsonb_array_elements(CASE jsonb_typeof(records) WHEN 'array' THEN records ELSE jsonb_build_array(records) END) WITH ORDINALITY AS e
	LOOP
		SELECT NULL::bigint AS person_id, NULL::integer AS year, NULL::ce_subject AS subject, NULL::ce_hours AS hours, NULL::integer AS defers_to,
			   NULL::text AS reason, NULL::text AS decision, NULL::bigint AS granted_by, NULL::date AS granted_on, NULL::text AS note
		  INTO w;
		person_id := NULL;
		waiver_id := NULL;
		message := NULL;
		outcome := 'rejected';
		BEGIN
			IF jsonb_typeof(item) <> 'object' THEN
				RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = ce_text('the record is not a JSON object');
			END IF;
			SELECT string_agg(k, ', ' ORDER BY k) INTO unknown FROM jsonb_object_keys(item) AS k
			 WHERE k <> ALL ('{person_id,person_no,year,subject,hours,defers_to,reason,decision,granted_by,granted_by_code,granted_on,note}');
			IF unknown IS NOT NULL THEN
				RAISE EXCEPTION USING ERRCODE = 'invalid_parameter_value', MESSAGE = format(ce_text('field "%s" does not exist; unknown fields are not ignored'), unknown),
					HINT = ce_text('The fields are the columns of ce_waiver, and person_no and granted_by_code in place of person_id and granted_by.');
			END IF;
			w.person_id := ce__import_field(item, 'person_id')::bigint;
			IF w.person_id IS NULL THEN
				SELECT p.person_id INTO w.person_id FROM ce_person p WHERE p.person_no = ce__import_field(item, 'person_no');
				IF w.person_id IS NULL THEN
					RAISE EXCEPTION USING ERRCODE = 'no_data_found',
						MESSAGE = format(ce_text('no person has the number "%s"'), coalesce(ce__import_field(item, 'person_no'), ''));
				END IF;
			END IF;
			person_id := w.person_id;
			w.year := ce__import_field(item, 'year')::integer;
			w.subject := (CASE ce__import_field(item, 'subject') WHEN '公需' THEN 'public' WHEN '公需科目' THEN 'public'
							WHEN '专业' THEN 'professional' WHEN '专业科目' THEN 'professional' ELSE ce__import_field(item, 'subject') END)::ce_subject;
			w.hours := ce__import_field(item, 'hours')::ce_hours;
			w.defers_to := ce__import_field(item, 'defers_to')::integer;
			w.reason := ce__import_field(item, 'reason');
			w.decision := ce__import_field(item, 'decision');
			w.granted_by := coalesce(ce__import_field(item, 'granted_by')::bigint,
									 CASE WHEN ce__import_field(item, 'granted_by_code') IS NOT NULL THEN ce_org_id(ce__import_field(item, 'granted_by_code')) END);
			w.granted_on := ce__import_day(ce__import_field(item, 'granted_on'));
			w.note := ce__import_field(item, 'note');
			-- one that came before
			SELECT v.waiver_id INTO waiver_id FROM ce_waiver v
			 WHERE v.person_id = w.person_id AND v.year = w.year AND v.decision = w.decision AND v.subject IS NOT DISTINCT FROM w.subject
			   AND v.hours IS NOT DISTINCT FROM w.hours AND v.defers_to IS NOT DISTINCT FROM w.defers_to AND v.revoked_on IS NULL;
			IF waiver_id IS NOT NULL THEN
				outcome := 'unchanged';
			ELSE
				INSERT INTO ce_waiver AS n (person_id, year, subject, hours, defers_to, reason, decision, granted_by, granted_on, note)
				VALUES (w.person_id, w.year, w.subject, w.hours, w.defers_to, w.reason, w.decision, w.granted_by, w.granted_on, w.note)
				RETURNING n.waiver_id INTO waiver_id;
				outcome := 'new';
			END IF;
		EXCEPTION
			-- those that are a record's; others end the statement, as a lost connection or a deadlock do
			WHEN data_exception OR integrity_constraint_violation OR no_data_found OR object_not_in_prerequisite_state OR insufficient_privilege
				OR invalid_parameter_value OR raise_exception THEN
			GET STACKED DIAGNOSTICS message = MESSAGE_TEXT, detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
			message := concat_ws(E'\n', message, nullif(detail, ''), nullif(hint, ''));
			waiver_id := NULL;
			outcome := 'rejected';
		END;
		RETURN NEXT;
	END LOOP;
END
$$;
COMMENT ON FUNCTION ce_import_waivers(jsonb) IS
	'enters waivers of a file (AMB-35), from one record or an array: each is new, unchanged (the same decision is in force already) or rejected, with the reason; good ones are kept';
