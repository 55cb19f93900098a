-- What ce_hours.keep_law_rows says of a law row that it leaves out, and of one that is
-- there already; test/pgtap/74_keep_law_rows.sql has what it leaves out.
BEGIN;
INSERT INTO ce_instrument VALUES ('ours', '1', '我们的', 'ours', '2026-12-01'), ('theirs', '2', '他们的', 'theirs', '2027-01-15');
INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('general', 2027, '80', 'ours', '1');
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES ('general', 'review', 'senior', 'each', 3, 2027, 'ours', '4');
SET LOCAL ce_hours.keep_law_rows = on;

-- the same row again
INSERT INTO ce_instrument VALUES ('theirs', '2', '他们的', 'theirs', '2027-01-15');
INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('general', 2027, '80', 'ours', '1');

-- another row about the same, and one about something else
INSERT INTO ce_instrument VALUES ('theirs', '3', '他们的', 'theirs', '2027-01-15');
INSERT INTO ce_requirement (scheme, from_year, total_hours, instrument, clause) VALUES ('general', 2027, '90', 'theirs', '4.1'), ('general', 2028, '90', 'theirs', '4.1');
INSERT INTO ce_category (category, parent, label_zh, label_en, instrument, clause) VALUES ('online', 'professional', '网络', 'on line', 'theirs', '5.2.1');
-- of one clause: the columns that differ
INSERT INTO ce_requirement (scheme, from_year, total_hours, public_hours, instrument, clause) VALUES ('general', 2027, '100', '30', 'ours', '1');
SET LOCAL ce_hours.language = zh;
INSERT INTO ce_scheme (scheme, label_zh, label_en, governed, instrument, clause) VALUES ('general', '普通', 'usual', true, 'theirs', '2');
INSERT INTO ce_window (scheme, route, level, aggregation, years, from_year, instrument, clause) VALUES ('general', 'review', 'senior', 'each', 4, 2027, 'theirs', '4.2');
SELECT scheme, from_year, total_hours, instrument FROM ce_requirement WHERE from_year > 2026 ORDER BY from_year;
ROLLBACK;
SHOW ce_hours.keep_law_rows;
SET ce_hours.keep_law_rows = 'maybe';
