-- Edition 2: totals of every year before the ledger went live (ce_ledger.live_from),
-- and not only of those before 2020.  Only the shipped rows as edition 1 had them.
UPDATE ce_rule r SET to_year = NULL
 WHERE r.rule_id IN (110, 111) AND r.scheme = 'general' AND r.kind IN ('recorded_public', 'recorded_professional')
   AND r.from_year = 1990 AND r.to_year = 2019 AND r.basis = 'as_recorded';
