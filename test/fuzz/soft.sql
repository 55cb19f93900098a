-- Texts made of good ones by some changes, given to pg_input_is_valid() and to
-- a cast.  CALL soft_inputs(number for each type); run by soft.sh.
CREATE TABLE soft_outcome (type text, outcome text, n bigint, example text, PRIMARY KEY (type, outcome));
CREATE PROCEDURE soft_inputs(inputs integer) LANGUAGE plpgsql AS $$
DECLARE
	types constant text[] := ARRAY['ce_hours', 'ce_credit', 'ce_level', 'ce_hours[]'];
	seeds constant text[] := ARRAY['45', '7.5', '-28.25', '92233720368547758.07', ' 1e2 ', 'NaN', '0.005',
		'{}', '{public:45,online:60,mentoring:35,deems_professional:1}', '{carried_public:-1.5, national_online:0.01}',
		'junior', '初级', 'associate_senior', '正高', '{1,2.5,NULL}', ''];
	letters constant text[] := ARRAY['', ' ', E'\t', E'\n', '0', '9', '.', '-', '+', 'e', 'E', '_', 'x', ':', ',', '{', '}', '"', '\', 'public', 'online', 'é', '高', '０', E'\u200b', E'\ufeff', '😀', '%s%n', E'\x01', repeat('9', 40), repeat('长', 300)];
	input text;
	at integer;
	soft text;
	hard text;
	valid boolean;
	what text;
BEGIN
	PERFORM setseed(0.5);
	FOR t IN 1 .. array_length(types, 1) LOOP
		FOR i IN 1 .. inputs LOOP
			input := seeds[1 + floor(random() * array_length(seeds, 1))];
			FOR change IN 1 .. floor(random() * 5) LOOP
				at := floor(random() * (length(input) + 1));
				input := left(input, at) || letters[1 + floor(random() * array_length(letters, 1))] || substr(input, at + 1 + floor(random() * 3)::integer);
			END LOOP;
			hard := NULL;
			BEGIN
				valid := pg_input_is_valid(input, types[t]);
				SELECT sql_error_code INTO soft FROM pg_input_error_info(input, types[t]);
				what := coalesce(soft, 'valid');
			EXCEPTION WHEN OTHERS THEN
				what := 'raised ' || SQLSTATE;
			END;
			IF what NOT LIKE 'raised%' THEN
				BEGIN
					CASE t WHEN 1 THEN PERFORM input::ce_hours; WHEN 2 THEN PERFORM input::ce_credit; WHEN 3 THEN PERFORM input::ce_level; ELSE PERFORM input::ce_hours[]; END CASE;
				EXCEPTION WHEN OTHERS THEN
					hard := SQLSTATE;
				END;
				IF hard IS DISTINCT FROM soft OR valid IS DISTINCT FROM (hard IS NULL) THEN
					what := format('unlike the cast: %s, %s', what, hard);
				END IF;
			END IF;
			INSERT INTO soft_outcome AS o VALUES (types[t], what, 1, left(input, 40)) ON CONFLICT (type, outcome) DO UPDATE SET n = o.n + 1;
			IF i % 100 = 0 THEN
				COMMIT;
			END IF;
		END LOOP;
	END LOOP;
END $$;
