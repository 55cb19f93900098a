-- The accountants' own rules as rows: Order 财会〔2018〕10号 for the scheme
-- 'accounting', which the shipped law leaves out of scope (2.3).  No C, no new
-- release.  Run once by the ledger's owner, in one transaction:
--
--     psql -1 -v ON_ERROR_STOP=1 -f examples/accounting.sql
--
-- Before it governs, note:
-- * Credits (学分) of the order are kept as class hours, one for one.
-- * The order is cited by topic, in Chinese; 学分折算（一） to （六） are the items
--   of its list of what study converts into.
-- * It came into force on 2018-07-01.  2018 is its first year and 2017 has no
--   row: the years before were measured otherwise, and no row means no verdict.
-- * Credits count in their own year and are not carried over: no ce_catchup row.
-- * It does not say which years a title requires: the windows of 4.2 are used,
--   each from the first year for which all its years are governed.
-- * It has no ban for a number of years: ban_years stays null.
-- * Finance departments verify for accountants.  A chain of verification ends
--   at an organisation of kind hrss, or at an employer that verifies itself, so
--   enter the finance department as kind hrss, and the employer's accounting
--   office below it as the accountants' org_id.

INSERT INTO ce_instrument (instrument, doc_no, title_zh, title_en, issued_on) VALUES
	('mof-2018-10', '财会〔2018〕10号', '会计专业技术人员继续教育规定',
	 'Provisions on continuing education of professional accounting staff', '2018-05-19');

INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours, instrument, clause, interpretation) VALUES
	('accounting', 2018, NULL, '90', NULL, '60', 'mof-2018-10', '年度学分',
	 'two thirds of the required total; in force from 2018-07-01 and read for the whole of 2018');

INSERT INTO ce_kind (kind, subject, category, track, label_zh, label_en, instrument, clause, interpretation) VALUES
	('accounting_exam', 'professional', 'study', 'activity', '会计类考试', 'subject passed in an accounting exam',
	 'mof-2018-10', '学分折算（一）', 'one row a subject passed, or for an admission'),
	('accounting_meeting', 'professional', 'training', 'activity', '会计类专业会议', 'accounting conference',
	 'mof-2018-10', '学分折算（二）', NULL),
	('accounting_study', 'professional', 'study', 'activity', '会计类学历（学位）课程', 'course passed in study for an accounting diploma or degree',
	 'mof-2018-10', '学分折算（三）', 'one row a course, by the day it was passed'),
	('accounting_project_host', 'professional', 'innovation', 'activity', '会计类研究课题：独立承担或主持', 'accounting research project, alone or as its host',
	 'mof-2018-10', '学分折算（四）', 'the day the project was concluded'),
	('accounting_project_member', 'professional', 'innovation', 'activity', '会计类研究课题：参与', 'accounting research project, as a member',
	 'mof-2018-10', '学分折算（四）', 'the day the project was concluded'),
	('accounting_paper_sole', 'professional', 'innovation', 'activity', '会计类论文：独立或第一作者', 'accounting paper, sole or first author',
	 'mof-2018-10', '学分折算（五）', 'the day of publication'),
	('accounting_paper_joint', 'professional', 'innovation', 'activity', '会计类论文：其他作者', 'accounting paper, other author',
	 'mof-2018-10', '学分折算（五）', 'the day of publication'),
	('accounting_book_sole', 'professional', 'innovation', 'activity', '会计类书籍：独立或第一作者', 'accounting book, sole or first author',
	 'mof-2018-10', '学分折算（六）', 'the day of publication'),
	('accounting_book_joint', 'professional', 'innovation', 'activity', '会计类书籍：其他作者', 'accounting book, other author',
	 'mof-2018-10', '学分折算（六）', 'the day of publication');

INSERT INTO ce_rule (scheme, kind, from_year, to_year, basis, hours, instrument, clause, interpretation) VALUES
	('accounting', 'academy_course', 2018, NULL, 'as_completed', NULL, 'mof-2018-10', '继续教育内容',
	 'the order leaves the source to the provinces: the academy, as for everybody (5.1)'),
	('accounting', 'training', 2018, NULL, 'as_completed', NULL, 'mof-2018-10', '继续教育形式',
	 'credits as the organiser''s certificate states them; the order sets no rate for a training day'),
	('accounting', 'accounting_exam', 2018, NULL, 'fixed', '90', 'mof-2018-10', '学分折算（一）', NULL),
	('accounting', 'accounting_meeting', 2018, NULL, 'days', '10', 'mof-2018-10', '学分折算（二）', 'AMB-13: half days count half'),
	('accounting', 'accounting_study', 2018, NULL, 'fixed', '90', 'mof-2018-10', '学分折算（三）', NULL),
	('accounting', 'accounting_project_host', 2018, NULL, 'fixed', '90', 'mof-2018-10', '学分折算（四）', 'once a project'),
	('accounting', 'accounting_project_member', 2018, NULL, 'fixed', '60', 'mof-2018-10', '学分折算（四）', 'once a project'),
	('accounting', 'accounting_paper_sole', 2018, NULL, 'fixed', '30', 'mof-2018-10', '学分折算（五）', NULL),
	('accounting', 'accounting_paper_joint', 2018, NULL, 'fixed', '10', 'mof-2018-10', '学分折算（五）', NULL),
	('accounting', 'accounting_book_sole', 2018, NULL, 'fixed', '90', 'mof-2018-10', '学分折算（六）', NULL),
	('accounting', 'accounting_book_joint', 2018, NULL, 'fixed', '60', 'mof-2018-10', '学分折算（六）', NULL);

INSERT INTO ce_window (scheme, route, level, needs_doctorate, needs_held, aggregation, years, professional_only, same_specialty,
					   from_year, instrument, clause, interpretation)
SELECT 'accounting', route::ce_route, level::ce_level, clause = '4.2.1d', CASE WHEN clause = '4.2.1d' THEN 'senior'::ce_level END,
	   aggregation, years, route = 'transfer', route = 'transfer', greatest(2020, 2018 + years - 1), 'qinghai-2020-227', clause,
	   'the accounting order sets no window: the general scheme''s is taken'
  FROM (VALUES
	('review', 'junior', 'any', 2, '4.2.1a'),
	('review', 'intermediate', 'each', 3, '4.2.1b'),
	('review', 'senior', 'each', 4, '4.2.1c'),
	('review', 'full_senior', 'each', 4, '4.2.1c'),
	('review', 'full_senior', 'each', 2, '4.2.1d'),
	('recognition', 'junior', 'any', 2, '4.2.2'),
	('recognition', 'intermediate', 'any', 2, '4.2.2'),
	('recognition', 'senior', 'any', 2, '4.2.2'),
	('transfer', 'junior', 'any', 2, '4.2.3'),
	('transfer', 'intermediate', 'any', 2, '4.2.3'),
	('transfer', 'senior', 'any', 2, '4.2.3'),
	('transfer', 'full_senior', 'any', 2, '4.2.3')) AS w (route, level, aggregation, years, clause);

UPDATE ce_scheme
   SET governed = true, instrument = 'mof-2018-10', clause = '适用范围',
	   interpretation = 'the rules that the notice refers accountants to (2.3), loaded as rows'
 WHERE scheme = 'accounting';
