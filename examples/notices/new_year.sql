-- A new year's notice: copy this file, fill in what the notice says, delete what
-- it does not.  Then, by the ledger's owner:
--
--     psql -1 -v ON_ERROR_STOP=1 -f my_notice.sql
--     SELECT * FROM ce_law_check();      -- nothing
--     SELECT * FROM ce_check();          -- hours that the new rows would give otherwise, if the notice came late
--     SELECT * FROM ce_rebuild();        -- then derives them again
--
-- The rows are for scheme general, or for the one that the variable scheme names.
-- Before the notice governs, try it on the real staff, in a copy of the scheme:
--
--     SELECT ce_clone_scheme('general', 'draft');
--     psql -1 -v ON_ERROR_STOP=1 -v scheme=draft -f my_notice.sql
--     SELECT * FROM ce_compare_schemes('general', 'draft', 'senior', '2027-12-31');
--
-- docs/law-rows.md says what rows can say, and how to try them without leaving
-- anything behind.
--
-- As it stands it sets up 2027 (-v year=2028: another) with the figures of Order
-- 25, so that it can be tried.
\if :{?year}
\else
\set year 2027
\endif
\if :{?scheme}
\else
\set scheme general
\endif

SELECT EXISTS (SELECT FROM ce_scheme WHERE scheme = :'scheme') AS has_scheme \gset
\if :has_scheme
\else
\set ON_ERROR_STOP on
DO $$ BEGIN RAISE EXCEPTION 'the scheme that the variable scheme names is not there: enter it, or copy one with ce_clone_scheme()'; END $$;
\endif

-- there already, if the rows were loaded for a draft
INSERT INTO ce_instrument (instrument, doc_no, title_zh, title_en, issued_on) VALUES
	(format('qinghai-%s', :year), format('青人社厅函〔%s〕号', :year), format('关于做好%s年专业技术人员继续教育工作的通知', :year),
	 format('Notice on continuing education in %s', :year), make_date(:year, 4, 1))
ON CONFLICT (instrument) DO NOTHING;

-- the hours of the year and its deadlines
INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours,
							filing_due, study_due, verification_due, instrument, clause) VALUES
	(:'scheme', :year, :year, 90, 30, 60, '06-30', '11-30', '12-15', format('qinghai-%s', :year), '4.1');

-- a rate that changes: a row of the kind from this year on
-- INSERT INTO ce_rule (scheme, kind, from_year, basis, hours, instrument, clause) VALUES
-- 	(:'scheme', 'training', :year, 'document_or_days', 8, format('qinghai-%s', :year), '5.2.2(1)');

-- a cap that changes; hours null: it ends
-- INSERT INTO ce_cap (scheme, category, from_year, hours, instrument, clause) VALUES
-- 	(:'scheme', 'mentoring', :year, 40, format('qinghai-%s', :year), '5.2.4c');

-- years that a title asks for, where they change
-- INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES
-- 	(:'scheme', 'review', 'senior', 'each', 5, :year, format('qinghai-%s', :year), '4.2');

-- catch-up study of this year for earlier ones
-- INSERT INTO ce_catchup (scheme, study_year, subject, source, target_from, target_to, instrument, clause) VALUES
-- 	(:'scheme', :year, 'public', 'academy', :year - 3, :year - 1, format('qinghai-%s', :year), '7.6');
