-- The law as rows.  Every row names its scheme, its years (to_year null: open),
-- the instrument and clause it comes from and, where the text is open, the
-- interpretation taken.  Where several rows fit a year, the greatest
-- from_year wins.  A later row of another instrument replaces all rules of its
-- kind, and all windows of its route and level, for the years that it governs:
-- a newer notice ends what it does not list again.

CREATE TABLE IF NOT EXISTS ce_instrument (
	instrument text PRIMARY KEY,
	doc_no text NOT NULL,
	title_zh text NOT NULL,
	title_en text NOT NULL,
	issued_on date NOT NULL
);
COMMENT ON TABLE ce_instrument IS 'the legal instruments that law rows cite';
COMMENT ON COLUMN ce_instrument.instrument IS 'short name that rows cite';
COMMENT ON COLUMN ce_instrument.doc_no IS 'document number';
COMMENT ON COLUMN ce_instrument.title_zh IS 'title in Chinese';
COMMENT ON COLUMN ce_instrument.title_en IS 'title in English';
COMMENT ON COLUMN ce_instrument.issued_on IS 'day of issue';

CREATE TABLE IF NOT EXISTS ce_scheme (
	scheme text PRIMARY KEY,
	label_zh text NOT NULL,
	label_en text NOT NULL,
	governed boolean NOT NULL,
	ban_years integer CONSTRAINT ce_scheme_ban_years_up_to_100 CHECK (ban_years BETWEEN 0 AND 100),
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text,
	based_on text REFERENCES ce_scheme CONSTRAINT ce_scheme_not_based_on_itself CHECK (based_on <> scheme)
);
COMMENT ON TABLE ce_scheme IS 'groups of persons under one set of rules; a person belongs to one';
COMMENT ON COLUMN ce_scheme.scheme IS 'short name';
COMMENT ON COLUMN ce_scheme.label_zh IS 'label in Chinese';
COMMENT ON COLUMN ce_scheme.label_en IS 'label in English';
COMMENT ON COLUMN ce_scheme.governed IS 'false: the rules here say nothing about these persons, every verdict is out_of_scope (2.3)';
COMMENT ON COLUMN ce_scheme.ban_years IS 'years without title applications after fraud was found (6.2b)';
COMMENT ON COLUMN ce_scheme.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_scheme.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_scheme.interpretation IS 'the reading taken where the text is open, else null';
COMMENT ON COLUMN ce_scheme.based_on IS 'scheme whose rows apply where this one has none: of a year, of a kind, of a category, of a route and level; null: none';

CREATE TABLE IF NOT EXISTS ce_category (
	category text PRIMARY KEY,
	lane text CONSTRAINT ce_category_lane_is_its_own UNIQUE,
	parent text REFERENCES ce_category CONSTRAINT ce_category_not_its_own_parent CHECK (parent <> category),
	label_zh text NOT NULL,
	label_en text NOT NULL,
	instrument text REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text
);
COMMENT ON TABLE ce_category IS 'categories of hours, as a tree: the roots are the subjects, and hours of a category count for those above it; minima and caps name them; up to 14 can be added';
COMMENT ON COLUMN ce_category.category IS 'short name';
COMMENT ON COLUMN ce_category.lane IS 'name in a ce_credit; null in an INSERT: the next free one of own_1 to own_14; it never changes';
COMMENT ON COLUMN ce_category.parent IS 'category that its hours count for, too; null: it is a subject';
COMMENT ON COLUMN ce_category.label_zh IS 'label in Chinese';
COMMENT ON COLUMN ce_category.label_en IS 'label in English';
COMMENT ON COLUMN ce_category.instrument IS 'instrument that the row comes from, null: it came with the extension';
COMMENT ON COLUMN ce_category.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_category.interpretation IS 'the reading taken where the text is open, else null';
-- The code knows these.
INSERT INTO ce_category (category, lane, parent, label_zh, label_en, clause) VALUES
	('public', 'public', NULL, '公需科目', 'public subjects', '4.1b'),
	('professional', NULL, NULL, '专业科目', 'professional subjects', '4.1c'),
	('online', 'online', 'professional', '网络课程', 'online courses', '5.2.1'),
	('national_online', 'national_online', 'online', '国家级基地网络课程', 'online courses of national bases', '7.6b'),
	('training', 'training', 'professional', '培训进修', 'training', '5.2.2'),
	('study', 'study', 'professional', '自学', 'study for a degree or qualification', '5.2.3'),
	('mentoring', 'mentoring', 'professional', '技术带教帮扶', 'mentoring', '5.2.4'),
	('special', 'special', 'professional', '其他形式', 'other forms', '5.3'),
	('recorded', 'recorded', 'professional', '历年学时', 'hours of earlier years', '0.4'),
	('innovation', 'innovation', 'professional', '创新成果', 'innovation', '5.2.5')
ON CONFLICT (category) DO NOTHING;

CREATE TABLE IF NOT EXISTS ce_requirement (
	scheme text NOT NULL REFERENCES ce_scheme,
	from_year integer NOT NULL,
	to_year integer,
	total_hours ce_hours NOT NULL CONSTRAINT ce_requirement_total_hours_not_negative CHECK (total_hours >= '0'::ce_hours),
	public_hours ce_hours CONSTRAINT ce_requirement_public_hours_not_negative CHECK (public_hours >= '0'::ce_hours),
	professional_hours ce_hours CONSTRAINT ce_requirement_professional_hours_not_negative CHECK (professional_hours >= '0'::ce_hours),
	filing_due text CONSTRAINT ce_requirement_filing_due_is_a_day
		CHECK (filing_due ~ '^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$'),
	study_due text CONSTRAINT ce_requirement_study_due_is_a_day
		CHECK (study_due ~ '^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$'),
	verification_due text CONSTRAINT ce_requirement_verification_due_is_a_day
		CHECK (verification_due ~ '^((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$'),
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text,
	class_minutes integer NOT NULL DEFAULT 45
		CONSTRAINT ce_requirement_class_minutes_within_a_day CHECK (class_minutes BETWEEN 1 AND 1440),
	PRIMARY KEY (scheme, from_year),
	CONSTRAINT ce_requirement_years CHECK (from_year >= 1900 AND from_year <= 9999 AND to_year >= from_year)
);
COMMENT ON TABLE ce_requirement IS 'hours a year asks for (4.1) and its deadlines (8); a year without a row has no verdict, it is never 0';
COMMENT ON COLUMN ce_requirement.scheme IS 'scheme that the row belongs to';
COMMENT ON COLUMN ce_requirement.from_year IS 'first year that the row governs';
COMMENT ON COLUMN ce_requirement.to_year IS 'last year that the row governs, null: open';
COMMENT ON COLUMN ce_requirement.total_hours IS 'class hours of the year in all (4.1a)';
COMMENT ON COLUMN ce_requirement.public_hours IS 'class hours of public subjects (4.1b), null: no minimum';
COMMENT ON COLUMN ce_requirement.professional_hours IS 'class hours of professional subjects (4.1c), null: no minimum';
COMMENT ON COLUMN ce_requirement.filing_due IS 'last day for filing the year''s plans, MM-DD; 02-29 is the last day of February (8.1a)';
COMMENT ON COLUMN ce_requirement.study_due IS 'last day for finishing the year''s study, MM-DD, as above (8.2b)';
COMMENT ON COLUMN ce_requirement.verification_due IS 'last day for verifying the year''s hours, MM-DD, as above (8.3)';
COMMENT ON COLUMN ce_requirement.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_requirement.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_requirement.interpretation IS 'the reading taken where the text is open, else null';
COMMENT ON COLUMN ce_requirement.class_minutes IS 'minutes of a class hour, by which imports convert durations; the notice does not say, 45 is AMB-12';

CREATE TABLE IF NOT EXISTS ce_kind (
	kind text PRIMARY KEY,
	subject ce_subject,
	category text NOT NULL CONSTRAINT ce_kind_category_is_known REFERENCES ce_category,
	track ce_track NOT NULL,
	label_zh text NOT NULL,
	label_en text NOT NULL,
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text,
	CONSTRAINT ce_kind_of_both_is_special CHECK (subject <> 'both' OR category = 'special')
);
COMMENT ON TABLE ce_kind IS 'kinds of activities and achievements';
COMMENT ON COLUMN ce_kind.kind IS 'short name';
COMMENT ON COLUMN ce_kind.subject IS 'subject that its hours count for, filled in from the category; null: one that ce_category adds';
COMMENT ON COLUMN ce_kind.category IS 'category that its hours are kept by and that caps name';
COMMENT ON COLUMN ce_kind.track IS 'way its hours are verified';
COMMENT ON COLUMN ce_kind.label_zh IS 'label in Chinese';
COMMENT ON COLUMN ce_kind.label_en IS 'label in English';
COMMENT ON COLUMN ce_kind.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_kind.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_kind.interpretation IS 'the reading taken where the text is open, else null';

CREATE TABLE IF NOT EXISTS ce_rule (
	rule_id integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (START WITH 10000),
	scheme text NOT NULL REFERENCES ce_scheme,
	kind text NOT NULL REFERENCES ce_kind,
	grade text,
	role text,
	rank_from integer CONSTRAINT ce_rule_ranks_begin_with_1 CHECK (rank_from >= 1),
	rank_to integer,
	from_year integer NOT NULL,
	to_year integer,
	basis ce_basis NOT NULL,
	hours ce_hours CONSTRAINT ce_rule_hours_not_negative CHECK (hours >= '0'::ce_hours),
	per_year boolean NOT NULL DEFAULT false,
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text,
	category text CONSTRAINT ce_rule_category_is_known REFERENCES ce_category,
	most_hours ce_hours CONSTRAINT ce_rule_most_hours_not_negative CHECK (most_hours >= '0'::ce_hours),
	less_by_rank ce_hours CONSTRAINT ce_rule_less_by_rank_positive CHECK (less_by_rank > '0'::ce_hours),
	unit text,
	per numeric CONSTRAINT ce_rule_per_positive CHECK (per > 0 AND per <= 1000000000),
	in_archive boolean NOT NULL DEFAULT false,
	CONSTRAINT ce_rule_years CHECK (from_year >= 1900 AND from_year <= 9999 AND to_year >= from_year),
	CONSTRAINT ce_rule_ranks CHECK (rank_to IS NULL OR (rank_from IS NOT NULL AND rank_to >= rank_from)),
	CONSTRAINT ce_rule_hours_by_basis
		CHECK ((hours IS NULL) = (basis IN ('as_completed', 'deems', 'deems_tenure', 'as_recorded'))),
	CONSTRAINT ce_rule_less_by_rank_of_fixed_ranks
		CHECK (less_by_rank IS NULL OR (rank_from IS NOT NULL AND basis = 'fixed')),
	CONSTRAINT ce_rule_most_hours_of_hours
		CHECK (most_hours IS NULL OR basis NOT IN ('deems', 'deems_tenure')),
	CONSTRAINT ce_rule_unit_of_fixed
		CHECK (unit IS NULL OR (basis = 'fixed' AND btrim(unit) <> '')),
	CONSTRAINT ce_rule_per_unit CHECK (per IS NULL OR unit IS NOT NULL)
);
COMMENT ON TABLE ce_rule IS 'the conversion table (5): the hours that facts of a kind give; a later row of another instrument replaces all rows of its kind for the years that it governs';
COMMENT ON COLUMN ce_rule.rule_id IS 'identifier; those of the notice of 2020 are below 10000';
COMMENT ON COLUMN ce_rule.scheme IS 'scheme that the row belongs to';
COMMENT ON COLUMN ce_rule.kind IS 'kind that it converts';
COMMENT ON COLUMN ce_rule.grade IS 'grade (national, provincial, ..., any word), null where it does not matter';
COMMENT ON COLUMN ce_rule.role IS 'role (host, member, ..., any word), null where it does not matter';
COMMENT ON COLUMN ce_rule.rank_from IS 'first rank of the band, null where rank does not matter';
COMMENT ON COLUMN ce_rule.rank_to IS 'last rank of the band, null: open';
COMMENT ON COLUMN ce_rule.from_year IS 'first year that the row governs';
COMMENT ON COLUMN ce_rule.to_year IS 'last year that the row governs, null: open';
COMMENT ON COLUMN ce_rule.basis IS 'how facts become hours';
COMMENT ON COLUMN ce_rule.hours IS 'class hours: a day''s for days, document_or_days and filed_hours, the whole or that of each so many units for fixed';
COMMENT ON COLUMN ce_rule.per_year IS 'true: counted in each calendar year of a project (AMB-18, AMB-19)';
COMMENT ON COLUMN ce_rule.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_rule.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_rule.interpretation IS 'the reading taken where the text is open, else null';

COMMENT ON COLUMN ce_rule.category IS 'category that the hours count for, or the subject of which is deemed complete, in the years of the row, null: that of the kind';
COMMENT ON COLUMN ce_rule.most_hours IS 'most class hours that one activity or achievement gives, null: no limit';
COMMENT ON COLUMN ce_rule.less_by_rank IS 'class hours less for each rank after rank_from, never below 0: 30 with 3 less gives rank 4 of a band from 1 on 30 - 3 * 3 = 21; null: all ranks of the band get the same';
COMMENT ON COLUMN ce_rule.unit IS 'unit that the quantity of an activity counts (course, subject, word, minute, ..., any word): hours are for each so many of them; null: the rule does not go by a quantity';
COMMENT ON COLUMN ce_rule.in_archive IS 'true: attested hours count in the archive too, as verified ones do; false: for titles alone (7.3b)';
COMMENT ON COLUMN ce_rule.per IS 'number of units that give the hours, null: 1, and parts of a unit give none (courses, subjects); with a number, also 1, they count in proportion (words, minutes): hours * quantity / per, cut down to the hundredth and never rounded up: 10 hours for each 10000 words give 12.34 for 12345 words';

CREATE TABLE IF NOT EXISTS ce_cap (
	scheme text NOT NULL REFERENCES ce_scheme,
	category text NOT NULL CONSTRAINT ce_cap_category_is_known REFERENCES ce_category,
	from_year integer NOT NULL,
	to_year integer,
	hours ce_hours CONSTRAINT ce_cap_hours_not_negative CHECK (hours >= '0'::ce_hours),
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text,
	PRIMARY KEY (scheme, category, from_year),
	CONSTRAINT ce_cap_years CHECK (from_year >= 1900 AND from_year <= 9999 AND to_year >= from_year)
);
COMMENT ON TABLE ce_cap IS 'maximum hours of a category that a year recognises (5.2.4c); a cap limits what is recognised, never what is stored; the cap of innovation also limits what is attested for a title';
COMMENT ON COLUMN ce_cap.scheme IS 'scheme that the row belongs to';
COMMENT ON COLUMN ce_cap.category IS 'category that is capped, with those below it';
COMMENT ON COLUMN ce_cap.from_year IS 'first year that the row governs';
COMMENT ON COLUMN ce_cap.to_year IS 'last year that the row governs, null: open';
COMMENT ON COLUMN ce_cap.hours IS 'most class hours of the category in a person''s year, null: from this year on no cap';
COMMENT ON COLUMN ce_cap.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_cap.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_cap.interpretation IS 'the reading taken where the text is open, else null';

CREATE TABLE IF NOT EXISTS ce_minimum (
	scheme text NOT NULL REFERENCES ce_scheme,
	category text NOT NULL CONSTRAINT ce_minimum_category_is_known REFERENCES ce_category,
	from_year integer NOT NULL,
	to_year integer,
	hours ce_hours CONSTRAINT ce_minimum_hours_positive CHECK (hours > '0'::ce_hours),
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text,
	PRIMARY KEY (scheme, category, from_year),
	CONSTRAINT ce_minimum_years CHECK (from_year >= 1900 AND from_year <= 9999 AND to_year >= from_year)
);
COMMENT ON TABLE ce_minimum IS 'minimum hours of a category that a year requires beside those of ce_requirement, at most 16 a year; minima may lie within one another';
COMMENT ON COLUMN ce_minimum.scheme IS 'scheme that the row belongs to';
COMMENT ON COLUMN ce_minimum.category IS 'category whose hours, with those below it and after caps, must reach the minimum';
COMMENT ON COLUMN ce_minimum.from_year IS 'first year that the row governs';
COMMENT ON COLUMN ce_minimum.to_year IS 'last year that the row governs, null: open';
COMMENT ON COLUMN ce_minimum.hours IS 'least class hours of the category in a person''s year, null: from this year on no minimum';
COMMENT ON COLUMN ce_minimum.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_minimum.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_minimum.interpretation IS 'the reading taken where the text is open, else null';

CREATE TABLE IF NOT EXISTS ce_window (
	window_id integer PRIMARY KEY GENERATED BY DEFAULT AS IDENTITY (START WITH 10000),
	scheme text NOT NULL REFERENCES ce_scheme,
	route ce_route NOT NULL,
	level ce_level NOT NULL,
	needs_doctorate boolean NOT NULL DEFAULT false,
	needs_held ce_level,
	aggregation text NOT NULL CONSTRAINT ce_window_aggregation_is_known CHECK (aggregation IN ('each', 'any', 'sum')),
	years integer NOT NULL CONSTRAINT ce_window_of_1_to_16_years CHECK (years BETWEEN 1 AND 16),
	professional_only boolean NOT NULL DEFAULT false,
	same_specialty boolean NOT NULL DEFAULT false,
	from_year integer NOT NULL,
	to_year integer,
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text,
	years_by text NOT NULL DEFAULT 'fixed' CONSTRAINT ce_window_years_by_is_known CHECK (years_by IN ('fixed', 'tenure', 'tenure_after', 'cycle')),
	cycle_from integer,
	required_total ce_hours CONSTRAINT ce_window_required_total_not_negative CHECK (required_total >= '0'::ce_hours),
	required_public ce_hours CONSTRAINT ce_window_required_public_not_negative CHECK (required_public >= '0'::ce_hours),
	required_professional ce_hours CONSTRAINT ce_window_required_professional_not_negative CHECK (required_professional >= '0'::ce_hours),
	each_at_least ce_hours CONSTRAINT ce_window_each_at_least_not_negative CHECK (each_at_least >= '0'::ce_hours),
	judged_by text REFERENCES ce_scheme,
	CONSTRAINT ce_window_years_governed CHECK (from_year >= 1900 AND from_year <= 9999 AND to_year >= from_year),
	CONSTRAINT ce_window_cycle_has_a_first_year
		CHECK ((years_by = 'cycle') = (cycle_from IS NOT NULL) AND (years_by <> 'cycle' OR years <= 8)),
	CONSTRAINT ce_window_sums_of_a_sum
		CHECK ((coalesce(required_total, required_public, required_professional) IS NULL AND each_at_least IS NULL) OR aggregation = 'sum'),
	CONSTRAINT ce_window_sums_of_a_fixed_number
		CHECK (coalesce(required_total, required_public, required_professional) IS NULL OR years_by IN ('fixed', 'cycle'))
);
COMMENT ON TABLE ce_window IS 'the years whose hours a title asks for (4.2); a row with extra conditions that hold beats one without; a later row of another instrument replaces all rows of its route and level for the years that it governs';
COMMENT ON COLUMN ce_window.window_id IS 'identifier; those of the notice of 2020 are below 10000';
COMMENT ON COLUMN ce_window.scheme IS 'scheme that the row belongs to';
COMMENT ON COLUMN ce_window.route IS 'route to the title';
COMMENT ON COLUMN ce_window.level IS 'level applied for';
COMMENT ON COLUMN ce_window.needs_doctorate IS 'true: only for holders of a doctorate (4.2.1d)';
COMMENT ON COLUMN ce_window.needs_held IS 'only for persons who hold just this level (4.2.1d), null: any';
COMMENT ON COLUMN ce_window.aggregation IS 'each: every year of the window is met; any: one of them is; sum: their hours together reach the sum of the requirements';
COMMENT ON COLUMN ce_window.years IS 'number of calendar years, the last being that of the application (AMB-7); the most, where years_by counts them by tenure';
COMMENT ON COLUMN ce_window.professional_only IS 'true: only professional hours are asked (4.2.3)';
COMMENT ON COLUMN ce_window.same_specialty IS 'true: only hours of the same or a close specialty count (4.2.3)';
COMMENT ON COLUMN ce_window.from_year IS 'first year of application that the row governs';
COMMENT ON COLUMN ce_window.to_year IS 'last year of application that the row governs, null: open';
COMMENT ON COLUMN ce_window.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_window.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_window.interpretation IS 'the reading taken where the text is open, else null';
COMMENT ON COLUMN ce_window.years_by IS 'fixed: just so many years; tenure: those since the year of held_since, which counts, and tenure_after: since the year after it; cycle: those of the last whole cycle, the year of the application ending it or following it';
COMMENT ON COLUMN ce_window.cycle_from IS 'first year of any one cycle, for years_by cycle, whose cycles do not overlap';
COMMENT ON COLUMN ce_window.required_total IS 'class hours that the years must reach together, for aggregation sum; where all three are null, the sum of their requirements';
COMMENT ON COLUMN ce_window.required_public IS 'of these public, null: no minimum';
COMMENT ON COLUMN ce_window.required_professional IS 'of these professional, null: no minimum';
COMMENT ON COLUMN ce_window.each_at_least IS 'least class hours of each of the years, beside a sum';
COMMENT ON COLUMN ce_window.judged_by IS 'scheme whose requirements, minima and caps judge the years, such as that of juniors; null: the person''s';

CREATE TABLE IF NOT EXISTS ce_catchup (
	scheme text NOT NULL REFERENCES ce_scheme,
	study_year integer NOT NULL,
	subject ce_subject NOT NULL CONSTRAINT ce_catchup_of_one_subject CHECK (subject <> 'both'),
	source text NOT NULL,
	target_from integer NOT NULL,
	target_to integer NOT NULL,
	instrument text NOT NULL REFERENCES ce_instrument,
	clause text NOT NULL,
	interpretation text,
	most_hours ce_hours CONSTRAINT ce_catchup_most_hours_positive CHECK (most_hours > '0'::ce_hours),
	PRIMARY KEY (scheme, study_year, subject, source),
	CONSTRAINT ce_catchup_years
		CHECK (study_year >= 1900 AND study_year <= 9999 AND target_from >= 1900 AND target_from <= target_to AND target_to <= 9999
			   AND study_year NOT BETWEEN target_from AND target_to),
	CONSTRAINT ce_catchup_source_of_subject
		CHECK ((source <> 'academy' OR subject = 'public') AND (source <> 'national_base' OR subject = 'professional'))
);
COMMENT ON TABLE ce_catchup IS 'carrying hours to other years (7.6): which surplus of which year may be allocated to which earlier or later years';
COMMENT ON COLUMN ce_catchup.scheme IS 'scheme that the row belongs to';
COMMENT ON COLUMN ce_catchup.study_year IS 'year whose surplus may be allocated';
COMMENT ON COLUMN ce_catchup.subject IS 'subject, which does not change on the way';
COMMENT ON COLUMN ce_catchup.source IS 'whose hours qualify (7.6b): academy, whose hours are public, national_base, whose online hours are professional, a category of the subject (ce_category), with those below it, or any';
COMMENT ON COLUMN ce_catchup.target_from IS 'first year that may receive hours (7.6e)';
COMMENT ON COLUMN ce_catchup.target_to IS 'last year that may receive hours (7.6e)';
COMMENT ON COLUMN ce_catchup.instrument IS 'instrument that the row comes from';
COMMENT ON COLUMN ce_catchup.clause IS 'clause that the row comes from';
COMMENT ON COLUMN ce_catchup.most_hours IS 'most class hours of the year that may be allocated by the row, null: all of the surplus';
COMMENT ON COLUMN ce_catchup.interpretation IS 'the reading taken where the text is open, else null';

-- The CHECKs in words, with what is possible instead.
CREATE OR REPLACE TRIGGER ce_law_check_row BEFORE INSERT OR UPDATE ON ce_scheme
	FOR EACH ROW EXECUTE FUNCTION ce_law_check_row();
COMMENT ON TRIGGER ce_law_check_row ON ce_scheme IS 'checks the row; the error lists what is allowed';
CREATE OR REPLACE TRIGGER ce_law_check_row BEFORE INSERT OR UPDATE OR DELETE ON ce_category
	FOR EACH ROW EXECUTE FUNCTION ce_law_check_row();
COMMENT ON TRIGGER ce_law_check_row ON ce_category IS 'checks the row, and gives a new category its lane; the error lists what is allowed; a category that activities have hours of stays';
CREATE OR REPLACE TRIGGER ce_law_check_row BEFORE INSERT OR UPDATE ON ce_minimum
	FOR EACH ROW EXECUTE FUNCTION ce_law_check_row();
COMMENT ON TRIGGER ce_law_check_row ON ce_minimum IS 'checks the row; the error lists what is allowed';
CREATE OR REPLACE TRIGGER ce_law_check_row BEFORE INSERT OR UPDATE ON ce_requirement
	FOR EACH ROW EXECUTE FUNCTION ce_law_check_row();
COMMENT ON TRIGGER ce_law_check_row ON ce_requirement IS 'checks the row; the error lists what is allowed';
CREATE OR REPLACE TRIGGER ce_law_check_row BEFORE INSERT OR UPDATE ON ce_kind
	FOR EACH ROW EXECUTE FUNCTION ce_law_check_row();
COMMENT ON TRIGGER ce_law_check_row ON ce_kind IS 'checks the row; the error lists what is allowed';
CREATE OR REPLACE TRIGGER ce_law_check_row BEFORE INSERT OR UPDATE ON ce_rule
	FOR EACH ROW EXECUTE FUNCTION ce_law_check_row();
COMMENT ON TRIGGER ce_law_check_row ON ce_rule IS 'checks the row; the error lists what is allowed';
CREATE OR REPLACE TRIGGER ce_law_check_row BEFORE INSERT OR UPDATE ON ce_cap
	FOR EACH ROW EXECUTE FUNCTION ce_law_check_row();
COMMENT ON TRIGGER ce_law_check_row ON ce_cap IS 'checks the row; the error lists what is allowed';
CREATE OR REPLACE TRIGGER ce_law_check_row BEFORE INSERT OR UPDATE ON ce_window
	FOR EACH ROW EXECUTE FUNCTION ce_law_check_row();
COMMENT ON TRIGGER ce_law_check_row ON ce_window IS 'checks the row; the error lists what is allowed';
CREATE OR REPLACE TRIGGER ce_law_check_ties AFTER INSERT OR UPDATE ON ce_window
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_check_row();
COMMENT ON TRIGGER ce_law_check_ties ON ce_window IS 'refuses windows of which neither prevails';
CREATE OR REPLACE TRIGGER ce_law_check_row BEFORE INSERT OR UPDATE ON ce_catchup
	FOR EACH ROW EXECUTE FUNCTION ce_law_check_row();
COMMENT ON TRIGGER ce_law_check_row ON ce_catchup IS 'checks the row; the error lists what is allowed';

-- What rows name is there, what is named stays, and what is printed is not blank.
CREATE OR REPLACE TRIGGER ce_law_names BEFORE INSERT OR UPDATE OR DELETE ON ce_instrument
	FOR EACH ROW EXECUTE FUNCTION ce_law_names();
COMMENT ON TRIGGER ce_law_names ON ce_instrument IS 'keeps what rows name; the error says what is possible';
CREATE OR REPLACE TRIGGER ce_law_names BEFORE INSERT OR UPDATE OR DELETE ON ce_scheme
	FOR EACH ROW EXECUTE FUNCTION ce_law_names();
COMMENT ON TRIGGER ce_law_names ON ce_scheme IS 'keeps what rows name; the error says what is possible';
CREATE OR REPLACE TRIGGER ce_law_names BEFORE INSERT OR UPDATE OR DELETE ON ce_category
	FOR EACH ROW EXECUTE FUNCTION ce_law_names();
COMMENT ON TRIGGER ce_law_names ON ce_category IS 'keeps what rows name; the error says what is possible';
CREATE OR REPLACE TRIGGER ce_law_names BEFORE INSERT OR UPDATE ON ce_requirement
	FOR EACH ROW EXECUTE FUNCTION ce_law_names();
COMMENT ON TRIGGER ce_law_names ON ce_requirement IS 'keeps what rows name; the error says what is possible';
CREATE OR REPLACE TRIGGER ce_law_names BEFORE INSERT OR UPDATE ON ce_minimum
	FOR EACH ROW EXECUTE FUNCTION ce_law_names();
COMMENT ON TRIGGER ce_law_names ON ce_minimum IS 'keeps what rows name; the error says what is possible';
CREATE OR REPLACE TRIGGER ce_law_names BEFORE INSERT OR UPDATE OR DELETE ON ce_kind
	FOR EACH ROW EXECUTE FUNCTION ce_law_names();
COMMENT ON TRIGGER ce_law_names ON ce_kind IS 'keeps what rows name; the error says what is possible';
CREATE OR REPLACE TRIGGER ce_law_names BEFORE INSERT OR UPDATE ON ce_rule
	FOR EACH ROW EXECUTE FUNCTION ce_law_names();
COMMENT ON TRIGGER ce_law_names ON ce_rule IS 'keeps what rows name; the error says what is possible';
CREATE OR REPLACE TRIGGER ce_law_names BEFORE INSERT OR UPDATE ON ce_cap
	FOR EACH ROW EXECUTE FUNCTION ce_law_names();
COMMENT ON TRIGGER ce_law_names ON ce_cap IS 'keeps what rows name; the error says what is possible';
CREATE OR REPLACE TRIGGER ce_law_names BEFORE INSERT OR UPDATE ON ce_window
	FOR EACH ROW EXECUTE FUNCTION ce_law_names();
COMMENT ON TRIGGER ce_law_names ON ce_window IS 'keeps what rows name; the error says what is possible';
CREATE OR REPLACE TRIGGER ce_law_names BEFORE INSERT OR UPDATE ON ce_catchup
	FOR EACH ROW EXECUTE FUNCTION ce_law_names();
COMMENT ON TRIGGER ce_law_names ON ce_catchup IS 'keeps what rows name; the error says what is possible';

-- A later edition of the law, and any file of rows, beside rows that are there already.
CREATE OR REPLACE TRIGGER ce_keep_law_row BEFORE INSERT ON ce_instrument
	FOR EACH ROW EXECUTE FUNCTION ce_keep_law_row('instrument');
COMMENT ON TRIGGER ce_keep_law_row ON ce_instrument IS 'with ce_hours.keep_law_rows on, keeps the row that is there already';
CREATE OR REPLACE TRIGGER ce_keep_law_row BEFORE INSERT ON ce_scheme
	FOR EACH ROW EXECUTE FUNCTION ce_keep_law_row('scheme');
COMMENT ON TRIGGER ce_keep_law_row ON ce_scheme IS 'with ce_hours.keep_law_rows on, keeps the row that is there already';
CREATE OR REPLACE TRIGGER ce_keep_law_row BEFORE INSERT ON ce_category
	FOR EACH ROW EXECUTE FUNCTION ce_keep_law_row('category');
COMMENT ON TRIGGER ce_keep_law_row ON ce_category IS 'with ce_hours.keep_law_rows on, keeps the row that is there already';
CREATE OR REPLACE TRIGGER ce_keep_law_row BEFORE INSERT ON ce_requirement
	FOR EACH ROW EXECUTE FUNCTION ce_keep_law_row('scheme, from_year');
COMMENT ON TRIGGER ce_keep_law_row ON ce_requirement IS 'with ce_hours.keep_law_rows on, keeps the row that is there already';
CREATE OR REPLACE TRIGGER ce_keep_law_row BEFORE INSERT ON ce_minimum
	FOR EACH ROW EXECUTE FUNCTION ce_keep_law_row('scheme, category, from_year');
COMMENT ON TRIGGER ce_keep_law_row ON ce_minimum IS 'with ce_hours.keep_law_rows on, keeps the row that is there already';
CREATE OR REPLACE TRIGGER ce_keep_law_row BEFORE INSERT ON ce_kind
	FOR EACH ROW EXECUTE FUNCTION ce_keep_law_row('kind');
COMMENT ON TRIGGER ce_keep_law_row ON ce_kind IS 'with ce_hours.keep_law_rows on, keeps the row that is there already';
CREATE OR REPLACE TRIGGER ce_keep_law_row BEFORE INSERT ON ce_rule
	FOR EACH ROW EXECUTE FUNCTION ce_keep_law_row('scheme, kind, from_year',
		'coalesce(t.grade = n.grade AND t.role = n.role, true) AND coalesce(t.rank_from, 1) <= coalesce(n.rank_to, 2147483647) AND coalesce(t.rank_to, 2147483647) >= coalesce(n.rank_from, 1)');
COMMENT ON TRIGGER ce_keep_law_row ON ce_rule IS 'with ce_hours.keep_law_rows on, keeps the row that is there already';
CREATE OR REPLACE TRIGGER ce_keep_law_row BEFORE INSERT ON ce_cap
	FOR EACH ROW EXECUTE FUNCTION ce_keep_law_row('scheme, category, from_year');
COMMENT ON TRIGGER ce_keep_law_row ON ce_cap IS 'with ce_hours.keep_law_rows on, keeps the row that is there already';
CREATE OR REPLACE TRIGGER ce_keep_law_row BEFORE INSERT ON ce_window
	FOR EACH ROW EXECUTE FUNCTION ce_keep_law_row('scheme, route, level, from_year',
		't.needs_doctorate = n.needs_doctorate AND t.needs_held IS NOT DISTINCT FROM n.needs_held');
COMMENT ON TRIGGER ce_keep_law_row ON ce_window IS 'with ce_hours.keep_law_rows on, keeps the row that is there already';
CREATE OR REPLACE TRIGGER ce_keep_law_row BEFORE INSERT ON ce_catchup
	FOR EACH ROW EXECUTE FUNCTION ce_keep_law_row('scheme, study_year, subject',
		't.source = n.source');
COMMENT ON TRIGGER ce_keep_law_row ON ce_catchup IS 'with ce_hours.keep_law_rows on, keeps the row that is there already';

-- A change of law rows reaches every backend's cache, also this one's.
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_scheme
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_requirement
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_category
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_minimum
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_kind
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_rule
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_cap
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_window
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_changed AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON ce_catchup
	FOR EACH STATEMENT EXECUTE FUNCTION ce_law_changed();
COMMENT ON TRIGGER ce_law_changed ON ce_scheme IS 'makes every backend reload the law';
COMMENT ON TRIGGER ce_law_changed ON ce_requirement IS 'makes every backend reload the law';
COMMENT ON TRIGGER ce_law_changed ON ce_category IS 'makes every backend reload the law';
COMMENT ON TRIGGER ce_law_changed ON ce_minimum IS 'makes every backend reload the law';
COMMENT ON TRIGGER ce_law_changed ON ce_kind IS 'makes every backend reload the law';
COMMENT ON TRIGGER ce_law_changed ON ce_rule IS 'makes every backend reload the law';
COMMENT ON TRIGGER ce_law_changed ON ce_cap IS 'makes every backend reload the law';
COMMENT ON TRIGGER ce_law_changed ON ce_window IS 'makes every backend reload the law';
COMMENT ON TRIGGER ce_law_changed ON ce_catchup IS 'makes every backend reload the law';

-- On a subscriber of logical replication rows fire row triggers only, and of
-- these the ones that say so.
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_scheme
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_requirement
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_category
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_minimum
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_kind
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_rule
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_cap
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_window
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
CREATE OR REPLACE TRIGGER ce_law_replicated AFTER INSERT OR UPDATE OR DELETE ON ce_catchup
	FOR EACH ROW EXECUTE FUNCTION ce_law_changed();
COMMENT ON TRIGGER ce_law_replicated ON ce_scheme IS 'makes every backend of a subscriber reload the law';
COMMENT ON TRIGGER ce_law_replicated ON ce_requirement IS 'makes every backend of a subscriber reload the law';
COMMENT ON TRIGGER ce_law_replicated ON ce_category IS 'makes every backend of a subscriber reload the law';
COMMENT ON TRIGGER ce_law_replicated ON ce_minimum IS 'makes every backend of a subscriber reload the law';
COMMENT ON TRIGGER ce_law_replicated ON ce_kind IS 'makes every backend of a subscriber reload the law';
COMMENT ON TRIGGER ce_law_replicated ON ce_rule IS 'makes every backend of a subscriber reload the law';
COMMENT ON TRIGGER ce_law_replicated ON ce_cap IS 'makes every backend of a subscriber reload the law';
COMMENT ON TRIGGER ce_law_replicated ON ce_window IS 'makes every backend of a subscriber reload the law';
COMMENT ON TRIGGER ce_law_replicated ON ce_catchup IS 'makes every backend of a subscriber reload the law';
ALTER TABLE ce_scheme ENABLE ALWAYS TRIGGER ce_law_changed;
ALTER TABLE ce_scheme ENABLE REPLICA TRIGGER ce_law_replicated;
ALTER TABLE ce_requirement ENABLE ALWAYS TRIGGER ce_law_changed;
ALTER TABLE ce_requirement ENABLE REPLICA TRIGGER ce_law_replicated;
ALTER TABLE ce_category ENABLE ALWAYS TRIGGER ce_law_changed;
ALTER TABLE ce_category ENABLE REPLICA TRIGGER ce_law_replicated;
ALTER TABLE ce_minimum ENABLE ALWAYS TRIGGER ce_law_changed;
ALTER TABLE ce_minimum ENABLE REPLICA TRIGGER ce_law_replicated;
ALTER TABLE ce_kind ENABLE ALWAYS TRIGGER ce_law_changed;
ALTER TABLE ce_kind ENABLE REPLICA TRIGGER ce_law_replicated;
ALTER TABLE ce_rule ENABLE ALWAYS TRIGGER ce_law_changed;
ALTER TABLE ce_rule ENABLE REPLICA TRIGGER ce_law_replicated;
ALTER TABLE ce_cap ENABLE ALWAYS TRIGGER ce_law_changed;
ALTER TABLE ce_cap ENABLE REPLICA TRIGGER ce_law_replicated;
ALTER TABLE ce_window ENABLE ALWAYS TRIGGER ce_law_changed;
ALTER TABLE ce_window ENABLE REPLICA TRIGGER ce_law_replicated;
ALTER TABLE ce_catchup ENABLE ALWAYS TRIGGER ce_law_changed;
ALTER TABLE ce_catchup ENABLE REPLICA TRIGGER ce_law_replicated;
