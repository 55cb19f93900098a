-- Totals come of every year before the ledger went live, and not only of those
-- before 2020 (0.4): the shipped rules have no last year, where they are as they were.
UPDATE ce_rule r SET to_year = NULL
 WHERE r.rule_id IN (110, 111) AND r.scheme = 'general' AND r.kind IN ('recorded_public', 'recorded_professional')
   AND r.from_year = 1990 AND r.to_year = 2019 AND r.basis = 'as_recorded';
-- It went live when something was first logged in it, and after its totals.
UPDATE ce_ledger
   SET live_from = greatest(
		coalesce((SELECT (v.at AT TIME ZONE 'Asia/Shanghai')::pg_catalog.date FROM ce_event v ORDER BY v.event_id LIMIT 1), ce_today()),
		(SELECT pg_catalog.max(a.completed_on) + 1 FROM ce_activity a JOIN ce_kind k ON k.kind = a.kind AND k.track = 'opening'
		  WHERE a.status NOT IN ('rejected', 'revoked')))
 WHERE live_from IS NULL;
