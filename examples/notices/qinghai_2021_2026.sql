-- Qinghai 2021 to 2026 under made-up figures: nobody issued these notices.  They
-- show what six years of notices look like: other figures and deadlines each
-- year, a day of 8 hours from 2022, a new kind with a category and a cap of its
-- own, another window from 2025, catch-up study, and from 2026 no exception for
-- doctors.  Run once by the ledger's owner:
--
--     psql -1 -v ON_ERROR_STOP=1 -f examples/notices/qinghai_2021_2026.sql

INSERT INTO ce_instrument (instrument, doc_no, title_zh, title_en, issued_on)
SELECT format('qinghai-%s-example', y), format('示例〔%s〕1号', y), format('关于做好%s年专业技术人员继续教育工作的通知（示例）', y),
	   format('Notice on continuing education in %s (made up)', y), make_date(y, 4, 1)
  FROM generate_series(2021, 2026) AS y;

INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours,
							filing_due, study_due, verification_due, instrument, clause) VALUES
	('general', 2021, 2021, 90, 30, 60, '06-30', '11-30', '12-15', 'qinghai-2021-example', '4.1'),
	('general', 2022, 2022, 100, 30, 70, '06-30', '11-30', '12-15', 'qinghai-2022-example', '4.1'),
	('general', 2023, 2023, 96, 24, 72, '05-31', '10-31', '12-10', 'qinghai-2023-example', '4.1'),
	('general', 2024, 2024, 90, 20, NULL, '05-31', '10-31', '12-10', 'qinghai-2024-example', '4.1'),
	('general', 2025, 2025, 90, NULL, 60, NULL, NULL, NULL, 'qinghai-2025-example', '4.1'),
	('general', 2026, 2026, 90, 30, 60, '06-30', '11-30', '12-15', 'qinghai-2026-example', '4.1');

-- a new kind in a category of its own, so that a cap can name it
INSERT INTO ce_category (category, parent, label_zh, label_en, instrument, clause) VALUES
	('popular_science', 'professional', '科普志愿服务', 'popular science', 'qinghai-2022-example', '5.2.6');
INSERT INTO ce_kind (kind, category, track, label_zh, label_en, instrument, clause) VALUES
	('popular_science', 'popular_science', 'activity', '科普志愿服务', 'popular science', 'qinghai-2022-example', '5.2.6');
INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause) VALUES
	('general', 'popular_science', 2022, 'days', 4, 'qinghai-2022-example', '5.2.6');
INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES
	('general', 'mentoring', 2022, 40, 'qinghai-2022-example', '5.2.4'),
	('general', 'popular_science', 2022, 20, 'qinghai-2022-example', '5.2.6');

-- a new rate: a day is 8 hours from 2022
INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause) VALUES
	('general', 'filed_course', 2022, 'filed_hours', 8, 'qinghai-2022-example', '5.2.2(3)'),
	('general', 'training', 2022, 'document_or_days', 8, 'qinghai-2022-example', '5.2.2(1)'),
	('general', 'overseas_training', 2022, 'document_or_days', 8, 'qinghai-2022-example', '5.2.2(2)'),
	('general', 'mentoring', 2022, 'days', 8, 'qinghai-2022-example', '5.2.4b');

-- five years for the senior title from 2025; in 2026 the full senior title asks
-- four of everybody: a newer notice's rows replace those of the route and level,
-- and one that fits everybody ends the exception for doctors
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES
	('general', 'review', 'senior', 'each', 5, 2025, 'qinghai-2025-example', '4.2'),
	('general', 'review', 'full_senior', 'each', 4, 2026, 'qinghai-2026-example', '4.2');

INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause) VALUES
	('general', 2021, 'public', 'academy', 2018, 2020, 'qinghai-2021-example', '7.6'),
	('general', 2022, 'public', 'academy', 2019, 2021, 'qinghai-2022-example', '7.6');
