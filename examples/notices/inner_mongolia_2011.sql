-- Inner Mongolia, notice of 2011 (art. 15), as rows.  Run once by the owner:
--
--     psql -1 -v ON_ERROR_STOP=1 -f examples/notices/inner_mongolia_2011.sql
--
-- * Three years together: 120 hours, of them 40 public; for a junior title 96 and
--   32.  "Senior and intermediate" and "junior" are read as the level applied for.
--   These are sums of the windows; no single year has a requirement, so no
--   year is ever called short.
-- * Electives fill what is missing of the total: a subject of their own without
--   a minimum.

INSERT INTO ce_instrument (instrument, doc_no, title_zh, title_en, issued_on) VALUES
	('nm-2011', '内人社发〔2011〕', '内蒙古自治区专业技术人员继续教育公需科目培训通知', 'Inner Mongolia, notice on public courses of 2011', '2011-01-01');

INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause) VALUES
	('inner-mongolia', '内蒙古专业技术人员', 'professional and technical staff of Inner Mongolia', true, NULL, 'nm-2011', 'art. 15');

INSERT INTO ce_category (category, parent, label_zh, label_en, instrument, clause) VALUES
	('nm_elective', NULL, '选修科目', 'electives', 'nm-2011', 'art. 15');

INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES
	('nm_public', 'public', 'activity', '公需科目', 'public course', 'nm-2011', 'art. 15'),
	('nm_professional', 'training', 'activity', '专业科目', 'professional course', 'nm-2011', 'art. 15'),
	('nm_elective', 'nm_elective', 'activity', '选修科目', 'elective course', 'nm-2011', 'art. 15');
INSERT INTO ce_rule (scheme, kind, from_year, basis, instrument, clause)
SELECT 'inner-mongolia', k, 2009, 'as_completed', 'nm-2011', 'art. 15'
  FROM unnest('{nm_public,nm_professional,nm_elective}'::text[]) AS k;

INSERT INTO ce_window (scheme, route, level, aggregation, years, required_total, required_public, from_year, instrument, clause, interpretation) VALUES
	('inner-mongolia', 'review', 'junior', 'sum', 3, 96, 32, 2011, 'nm-2011', 'art. 15', 'junior is the level applied for'),
	('inner-mongolia', 'review', 'intermediate', 'sum', 3, 120, 40, 2011, 'nm-2011', 'art. 15', 'senior and intermediate are the level applied for'),
	('inner-mongolia', 'review', 'senior', 'sum', 3, 120, 40, 2011, 'nm-2011', 'art. 15', 'senior and intermediate are the level applied for'),
	('inner-mongolia', 'review', 'full_senior', 'sum', 3, 120, 40, 2011, 'nm-2011', 'art. 15', 'senior and intermediate are the level applied for');
