-- Guangdong, until 2020 and from 2021, as rows.  Run once by the ledger's owner:
--
--     psql -1 -v ON_ERROR_STOP=1 -f examples/notices/guangdong.sql
--
-- * Electives (选修科目) are a subject of their own: a root of ce_category, with a
--   minimum in ce_minimum.  A surplus of one subject does not stand for another,
--   so each has its minimum.
-- * A day was 6 hours until 2020 and is 8 from 2021: two rows a kind.
-- * A title asks for the years since the present one, at most the last 5.
-- * The public course of a year may be finished until 30 April of the next: public
--   hours of the next year fill it by an explicit act (ce_allocate()), which
--   ce_catchup allows.  Rows cannot say "until 30 April": a row is of a whole study
--   year, and carries what is surplus there, that is, beyond what that year needs
--   itself.  So the body that allocates looks at the day of the course, and hours
--   of March 2026 make 2025 whole once there are enough for 2026 beside them.

INSERT INTO ce_instrument (instrument, doc_no, title_zh, title_en, issued_on) VALUES
	('gd-2011', '粤人社发〔2011〕', '广东省专业技术人员继续教育证书管理办法', 'Guangdong, rules on certificates of continuing education', '2011-04-01'),
	('gd-2021', '粤人社函〔2021〕', '关于做好专业技术人员继续教育工作的通知', 'Guangdong, notice on continuing education from 2021', '2021-03-01');

INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause) VALUES
	('guangdong', '广东专业技术人员', 'professional and technical staff of Guangdong', true, NULL, 'gd-2021', '适用范围');

INSERT INTO ce_category (category, parent, label_zh, label_en, instrument, clause) VALUES
	('elective', NULL, '选修科目', 'electives', 'gd-2011', '科目');

INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours, instrument, clause) VALUES
	('guangdong', 2011, 2020, 72, 18, 42, 'gd-2011', '学时要求'),
	('guangdong', 2021, NULL, 90, 30, 42, 'gd-2021', '学时要求');
INSERT INTO ce_minimum (scheme, category, from_year, to_year, hours, instrument, clause) VALUES
	('guangdong', 'elective', 2011, 2020, 12, 'gd-2011', '学时要求'),
	('guangdong', 'elective', 2021, NULL, 18, 'gd-2021', '学时要求');

INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES
	('gd_public', 'public', 'activity', '公需科目', 'public course', 'gd-2021', '公需科目'),
	('gd_professional', 'training', 'activity', '专业科目', 'professional course', 'gd-2021', '专业科目'),
	('gd_elective', 'elective', 'activity', '选修科目', 'elective course', 'gd-2021', '选修科目');
INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause)
SELECT 'guangdong', k, y.from_year, 'document_or_days', y.day, y.instrument, y.clause
  FROM unnest('{gd_public,gd_professional,gd_elective}'::text[]) AS k,
	   (VALUES (2011, 6, 'gd-2011', '每天6学时'), (2021, 8, 'gd-2021', '每天8学时')) AS y (from_year, day, instrument, clause);

INSERT INTO ce_window (scheme, route, level, aggregation, years, years_by, from_year, instrument, clause)
SELECT 'guangdong', 'review', l, 'each', 5, 'tenure', 2015, 'gd-2011', '继续教育周期'
  FROM unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) AS l;

-- one row a study year, for the year before it
INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause, interpretation)
SELECT 'guangdong', y, 'public', 'public', y - 1, y - 1, CASE WHEN y <= 2021 THEN 'gd-2011' ELSE 'gd-2021' END, '公需科目',
	   'until 30 April of the next year: the body that allocates sees to the day'
  FROM generate_series(2012, 2035) AS y;
