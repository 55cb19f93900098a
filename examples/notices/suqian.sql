-- Suqian, as rows.  Its rules are those of Xuzhou, so its scheme is based on that
-- one and says only what differs: run examples/notices/xuzhou.sql first, then,
-- once, by the ledger's owner:
--
--     psql -1 -v ON_ERROR_STOP=1 -f examples/notices/suqian.sql

SELECT EXISTS (SELECT FROM ce_scheme WHERE scheme = 'xuzhou') AS has_base \gset
\if :has_base
\else
\set ON_ERROR_STOP on
DO $$ BEGIN RAISE EXCEPTION 'Suqian is based on scheme "xuzhou", which is not there: run examples/notices/xuzhou.sql first'; END $$;
\endif

INSERT INTO ce_instrument (instrument, doc_no, title_zh, title_en, issued_on) VALUES
	('suqian', '宿人社〔示例〕', '宿迁市专业技术人员继续教育学时规定', 'Suqian, rules on class hours', '2016-01-01');

INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, ban_years, instrument, clause, based_on) VALUES
	('suqian', '宿迁专业技术人员', 'professional and technical staff of Suqian', true, NULL, 'suqian', '适用范围', 'xuzhou');
