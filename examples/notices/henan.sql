-- Henan, conversion table of 2012, as rows.  Run once by the ledger's owner:
--
--     psql -1 -v ON_ERROR_STOP=1 -f examples/notices/henan.sql
--
-- * 64 hours a year for senior and intermediate titles, 56 for junior ones, over
--   a cycle of 3 to 5 years: five years together, and three for a junior title.
--   "Senior and intermediate" and "junior" are read as the level applied for: an
--   application for a junior title is judged by the hours of henan-junior.
-- * Projects by grade and rank: one rule a grade, 8 hours less a rank.  "First
--   30, then 3 less a rank" is a rule as well.
-- * Henan verifies projects and papers like everything else: what the employer
--   attests counts in the archive, too (in_archive).
-- * A national award completes the professional subject.  The notice has a total
--   alone, so there is no minimum that a rule of basis deems could complete: the
--   award gives the 64 hours of a year.
-- * A conference is 12 or 8 hours by its grade; a paper is told by the role:
--   short 4 or 6 hours more, long 8 more.

INSERT INTO ce_instrument (instrument, doc_no, title_zh, title_en, issued_on) VALUES
	('henan-61', '豫人社专技〔2012〕61号', '继续教育活动与学时折算参考标准', 'Henan, conversion of activities into class hours', '2012-01-01');

INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause, based_on) VALUES
	('henan', '河南专业技术人员', 'professional and technical staff of Henan', true, NULL, 'henan-61', 'art. 6', NULL),
	('henan-junior', '河南专业技术人员（初级）', 'professional and technical staff of Henan, junior', true, NULL, 'henan-61', 'art. 6', 'henan');

INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES
	('henan', 2012, 64, 'henan-61', 'art. 6'),
	('henan-junior', 2012, 56, 'henan-61', 'art. 6');

INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES
	('hn_course', 'training', 'activity', '培训', 'course', 'henan-61', '折算标准表'),
	('hn_course_passed', 'study', 'activity', '考试合格的课程', 'course passed', 'henan-61', '折算标准表'),
	('hn_conference', 'training', 'activity', '学术会议', 'conference', 'henan-61', '折算标准表'),
	('hn_report', 'study', 'activity', '采纳的调研报告', 'report that was adopted', 'henan-61', '折算标准表'),
	('hn_project', 'innovation', 'attested', '科研项目', 'research project', 'henan-61', '折算标准表'),
	('hn_paper', 'innovation', 'attested', '论文', 'paper', 'henan-61', '折算标准表'),
	('hn_award', 'innovation', 'attested', '科技奖励', 'award', 'henan-61', '折算标准表');

INSERT INTO ce_rule (scheme, kind, grade, role, from_year, basis, hours, unit, instrument, clause) VALUES
	('henan', 'hn_course', NULL, NULL, 2012, 'as_completed', NULL, NULL, 'henan-61', '折算标准表'),
	('henan', 'hn_course_passed', NULL, NULL, 2012, 'fixed', 15, 'course', 'henan-61', '折算标准表'),
	('henan', 'hn_report', NULL, NULL, 2012, 'fixed', 20, NULL, 'henan-61', '折算标准表'),
	('henan', 'hn_conference', 'national', 'listener', 2012, 'fixed', 12, NULL, 'henan-61', '折算标准表'),
	('henan', 'hn_conference', 'national', 'short_paper', 2012, 'fixed', 18, NULL, 'henan-61', '折算标准表'),
	('henan', 'hn_conference', 'national', 'long_paper', 2012, 'fixed', 20, NULL, 'henan-61', '折算标准表'),
	('henan', 'hn_conference', 'provincial', 'listener', 2012, 'fixed', 8, NULL, 'henan-61', '折算标准表'),
	('henan', 'hn_conference', 'provincial', 'short_paper', 2012, 'fixed', 12, NULL, 'henan-61', '折算标准表'),
	('henan', 'hn_conference', 'provincial', 'long_paper', 2012, 'fixed', 14, NULL, 'henan-61', '折算标准表');

-- 64, 56, 48, 40, 32 for ranks 1 to 5 of a national main project, and so on
INSERT INTO ce_rule (scheme, kind, grade, rank_from, rank_to, from_year, basis, hours, less_by_rank, per_year, in_archive, instrument, clause) VALUES
	('henan', 'hn_project', 'national_main', 1, 5, 2012, 'fixed', 64, 8, true, true, 'henan-61', '折算标准表'),
	('henan', 'hn_project', 'national_part', 1, 3, 2012, 'fixed', 48, 8, true, true, 'henan-61', '折算标准表'),
	('henan', 'hn_project', 'provincial_main', 1, 3, 2012, 'fixed', 56, 8, true, true, 'henan-61', '折算标准表'),
	('henan', 'hn_project', 'provincial_part', 1, 3, 2012, 'fixed', 40, 8, true, true, 'henan-61', '折算标准表'),
	('henan', 'hn_paper', 'indexed', 1, 10, 2012, 'fixed', 30, 3, false, true, 'henan-61', '折算标准表'),
	('henan', 'hn_paper', 'core', 1, 10, 2012, 'fixed', 20, 2, false, true, 'henan-61', '折算标准表');
INSERT INTO ce_rule (scheme, kind, grade, from_year, basis, hours, in_archive, instrument, clause, interpretation) VALUES
	('henan', 'hn_award', 'national', 2012, 'fixed', 64, true, 'henan-61', '折算标准表', 'complete: the hours of a year');

INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, judged_by, instrument, clause, interpretation) VALUES
	('henan', 'review', 'junior', 'sum', 3, 2014, 'henan-junior', 'henan-61', 'art. 6', 'junior is the level applied for'),
	('henan', 'review', 'intermediate', 'sum', 5, 2016, NULL, 'henan-61', 'art. 6', 'senior and intermediate are the level applied for'),
	('henan', 'review', 'senior', 'sum', 5, 2016, NULL, 'henan-61', 'art. 6', 'senior and intermediate are the level applied for'),
	('henan', 'review', 'full_senior', 'sum', 5, 2016, NULL, 'henan-61', 'art. 6', 'senior and intermediate are the level applied for');
