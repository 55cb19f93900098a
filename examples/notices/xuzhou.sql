-- Xuzhou, as rows.  Run once by the ledger's owner:
--
--     psql -1 -v ON_ERROR_STOP=1 -f examples/notices/xuzhou.sql
--
-- * The yearly average over the term of appointment: 72 hours for senior and
--   intermediate titles, 40 for junior ones, 24 of them unified public courses.
--   "Senior and intermediate" and "junior" are read as the title held during the
--   term: who applies for an intermediate title holds a junior one, so both the
--   junior and the intermediate window ask what xuzhou-junior requires of a year.
--   An average over the years is their sum over the years in the title, so the
--   window adds them up by tenure.  The most that rows can ask is 16 years.
-- * University training is 8 hours a day, a senior seminar 12; one activity gives
--   at most the hours of two years, 144.
-- * A degree: 72 hours once, or 100 over two years, 50 in each.
-- * Half a day is 3 hours: the rate of a day is 6, and half days count half.

INSERT INTO ce_instrument (instrument, doc_no, title_zh, title_en, issued_on) VALUES
	('xuzhou', '徐人社〔示例〕', '徐州市专业技术人员继续教育学时规定', 'Xuzhou, rules on class hours', '2016-01-01');

INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause, based_on) VALUES
	('xuzhou', '徐州专业技术人员', 'professional and technical staff of Xuzhou', true, NULL, 'xuzhou', '适用范围', NULL),
	('xuzhou-junior', '徐州专业技术人员（初级）', 'professional and technical staff of Xuzhou, junior', true, NULL, 'xuzhou', '适用范围', 'xuzhou');

INSERT INTO ce_requirement (scheme, from_year, total_hours, public_hours, instrument, clause) VALUES
	('xuzhou', 2010, 72, 24, 'xuzhou', '学时要求'),
	('xuzhou-junior', 2010, 40, 24, 'xuzhou', '学时要求');

INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES
	('xz_public', 'public', 'activity', '公需科目统一培训', 'unified public course', 'xuzhou', '公需科目'),
	('xz_training', 'training', 'activity', '培训', 'training', 'xuzhou', '学时折算'),
	('xz_university', 'training', 'activity', '高校进修', 'training at a university', 'xuzhou', '学时折算'),
	('xz_seminar', 'training', 'activity', '高级研修班', 'senior seminar', 'xuzhou', '学时折算'),
	('xz_degree', 'study', 'activity', '学历学位（一次计入）', 'degree, counted once', 'xuzhou', '学时折算'),
	('xz_degree_year', 'study', 'activity', '学历学位（分两年计入）', 'degree, counted over two years: one of them', 'xuzhou', '学时折算');
INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, most_hours, instrument, clause) VALUES
	('xuzhou', 'xz_public', 2010, 'as_completed', NULL, NULL, 'xuzhou', '公需科目'),
	('xuzhou', 'xz_training', 2010, 'days', 6, 144, 'xuzhou', '学时折算'),
	('xuzhou', 'xz_university', 2010, 'days', 8, 144, 'xuzhou', '学时折算'),
	('xuzhou', 'xz_seminar', 2010, 'days', 12, 144, 'xuzhou', '学时折算'),
	('xuzhou', 'xz_degree', 2010, 'fixed', 72, NULL, 'xuzhou', '学时折算'),
	('xuzhou', 'xz_degree_year', 2010, 'fixed', 50, NULL, 'xuzhou', '学时折算');

INSERT INTO ce_window (scheme, route, level, aggregation, years, years_by, from_year, judged_by, instrument, clause, interpretation) VALUES
	('xuzhou', 'review', 'junior', 'sum', 16, 'tenure', 2010, 'xuzhou-junior', 'xuzhou', '职称申报', 'by the title held in the term: no higher than junior'),
	('xuzhou', 'review', 'intermediate', 'sum', 16, 'tenure', 2010, 'xuzhou-junior', 'xuzhou', '职称申报', 'by the title held in the term: junior'),
	('xuzhou', 'review', 'senior', 'sum', 16, 'tenure', 2010, NULL, 'xuzhou', '职称申报', 'by the title held in the term: intermediate or senior'),
	('xuzhou', 'review', 'full_senior', 'sum', 16, 'tenure', 2010, NULL, 'xuzhou', '职称申报', 'by the title held in the term: intermediate or senior');
