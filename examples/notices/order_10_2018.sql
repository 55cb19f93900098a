-- Order 10/2018 for accountants, as a scheme of its own, with the waivers and the
-- deferral that it knows.  (examples/accounting.sql has its whole conversion table,
-- for the shipped scheme of accountants; load one of the two.)  Run once by the
-- ledger's owner:
--
--     psql -1 -v ON_ERROR_STOP=1 -f examples/notices/order_10_2018.sql
--
-- * 90 credits a year, kept as class hours; professional ones two thirds.
-- * The obligation starts in the year after qualification: the windows count the
--   years after that of the title.  In the year of the title none is owed, and the
--   answer is "eligible".
-- * Credits are not carried: no row of ce_catchup.  Illness, work abroad or
--   childbirth: what is missing may be deferred to the next year by a decision,
--   which is a row of ce_waiver with defers_to.

INSERT INTO ce_instrument (instrument, doc_no, title_zh, title_en, issued_on) VALUES
	('mof-2018-10', '财会〔2018〕10号', '会计专业技术人员继续教育规定',
	 'Provisions on continuing education of professional accounting staff', '2018-05-19')
ON CONFLICT (instrument) DO NOTHING;

INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause) VALUES
	('accountants-2018', '会计专业技术人员', 'professional accounting staff', true, NULL, 'mof-2018-10', 'art. 2');

INSERT INTO ce_requirement (scheme, from_year, total_hours, professional_hours, instrument, clause) VALUES
	('accountants-2018', 2018, 90, 60, 'mof-2018-10', '年度学分');

INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES
	('acc_public', 'public', 'activity', '公需科目', 'public course', 'mof-2018-10', '继续教育内容'),
	('acc_course', 'training', 'activity', '专业科目', 'professional course', 'mof-2018-10', '继续教育内容'),
	('acc_meeting', 'training', 'activity', '会计类专业会议', 'accounting conference', 'mof-2018-10', '学分折算（二）'),
	('acc_exam', 'study', 'activity', '会计类考试', 'subject passed in an accounting exam', 'mof-2018-10', '学分折算（一）');
INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, unit, instrument, clause) VALUES
	('accountants-2018', 'acc_public', 2018, 'as_completed', NULL, NULL, 'mof-2018-10', '继续教育内容'),
	('accountants-2018', 'acc_course', 2018, 'as_completed', NULL, NULL, 'mof-2018-10', '继续教育内容'),
	('accountants-2018', 'acc_meeting', 2018, 'days', 10, NULL, 'mof-2018-10', '学分折算（二）'),
	('accountants-2018', 'acc_exam', 2018, 'fixed', 90, 'subject', 'mof-2018-10', '学分折算（一）');

INSERT INTO ce_window (scheme, route, level, aggregation, years, years_by, from_year, instrument, clause, interpretation)
SELECT 'accountants-2018', 'review', l, 'each', 5, 'tenure_after', 2018, 'mof-2018-10', '参加时间',
	   'the obligation starts in the year after that of the title, in which none is owed'
  FROM unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) AS l;
