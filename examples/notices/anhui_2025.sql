-- Anhui 2025, as rows.  Based on Order 25: run examples/notices/order_25.sql first,
-- then, once, by the ledger's owner:
--
--     psql -1 -v ON_ERROR_STOP=1 -f examples/notices/anhui_2025.sql
--
-- * 90 hours: public 30 and professional 60.  The public part may come from
--   conversions (awards, patents), from online study, or from both.
-- * Transition: who was there before 2025 keeps the old rules until 2030.  That
--   is a scheme of its own, anhui-before; from 2031 it has the new rules.  Enter
--   a person who changes by ce_change_scheme().  The new scheme, anhui, is based on
--   the old one and not the other way round: what is new from 2025, the conversions
--   among it, is not what the old rules give until 2030.
-- * The requirement before 2025 is Order 25's: neither has a row of its own then.

SELECT EXISTS (SELECT FROM ce_scheme WHERE scheme = 'order-25') AS has_base \gset
\if :has_base
\else
\set ON_ERROR_STOP on
DO $$ BEGIN RAISE EXCEPTION 'Anhui is based on scheme "order-25", which is not there: run examples/notices/order_25.sql first'; END $$;
\endif

INSERT INTO ce_instrument (instrument, doc_no, title_zh, title_en, issued_on) VALUES
	('ah-2025', '皖人社〔2025〕', '安徽省专业技术人员继续教育学时管理办法', 'Anhui, rules on class hours of continuing education', '2025-01-01');

INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause, based_on) VALUES
	('anhui-before', '安徽专业技术人员（过渡期）', 'professional and technical staff of Anhui, in transition', true, NULL, 'ah-2025', '过渡期', 'order-25'),
	('anhui', '安徽专业技术人员', 'professional and technical staff of Anhui', true, NULL, 'ah-2025', '适用范围', 'anhui-before');

INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours, instrument, clause) VALUES
	('anhui', 2025, NULL, 90, 30, 60, 'ah-2025', '学时要求'),
	('anhui-before', 2025, 2030, 90, NULL, 60, 'ah-2025', '过渡期'),
	('anhui-before', 2031, NULL, 90, 30, 60, 'ah-2025', '学时要求');

INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES
	('ah_public_online', 'public', 'activity', '公需科目网络学习', 'public course online', 'ah-2025', '公需科目'),
	('ah_professional', 'training', 'activity', '专业科目', 'professional course', 'ah-2025', '专业科目'),
	('ah_public_award', 'public', 'activity', '获奖折算公需科目', 'award, converted into public hours', 'ah-2025', '学时折算'),
	('ah_public_patent', 'public', 'activity', '专利折算公需科目', 'patent, converted into public hours', 'ah-2025', '学时折算');
INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause) VALUES
	('anhui-before', 'ah_public_online', 2016, 'as_completed', NULL, 'ah-2025', '公需科目'),
	('anhui-before', 'ah_professional', 2016, 'as_completed', NULL, 'ah-2025', '专业科目'),
	('anhui', 'ah_public_award', 2025, 'fixed', 30, 'ah-2025', '学时折算'),
	('anhui', 'ah_public_patent', 2025, 'fixed', 15, 'ah-2025', '学时折算'),
	('anhui-before', 'ah_public_award', 2031, 'fixed', 30, 'ah-2025', '学时折算'),
	('anhui-before', 'ah_public_patent', 2031, 'fixed', 15, 'ah-2025', '学时折算');

INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause)
SELECT 'anhui-before', 'review', l, 'each', 1, 2016, 'ah-2025', '职称申报'
  FROM unnest('{junior,intermediate,senior,full_senior}'::ce_level[]) AS l;
