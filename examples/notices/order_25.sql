-- MOHRSS Order 25 of 2015, as rows of a scheme of its own, on which the schemes of
-- provinces can be based.  Run once by the ledger's owner:
--
--     psql -1 -v ON_ERROR_STOP=1 -f examples/notices/order_25.sql
--
-- * 90 hours a year, professional hours generally two thirds of them (art. 8).
-- * It says neither which years a title asks for nor how activities convert:
--   schemes that are based on it say so.  Until there is one, ce_law_check() has
--   the row "gap, order-25, ce_window, no level has a window"; load one that is
--   based on it, such as anhui_2025.sql, and the row goes.

INSERT INTO ce_instrument (instrument, doc_no, title_zh, title_en, issued_on) VALUES
	('mohrss-order-25', '人力资源和社会保障部令第25号', '专业技术人员继续教育规定',
	 'Provisions on continuing education of professional and technical staff', '2015-08-13')
ON CONFLICT (instrument) DO NOTHING;

INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause) VALUES
	('order-25', '专业技术人员（部令第25号）', 'professional and technical staff (Order 25)', true, NULL, 'mohrss-order-25', 'art. 2');

INSERT INTO ce_requirement (scheme, from_year, to_year, total_hours, public_hours, professional_hours, instrument, clause, interpretation) VALUES
	('order-25', 2016, NULL, 90, NULL, 60, 'mohrss-order-25', 'art. 8', 'two thirds of the required total');
