-- Categories were a closed list.

ALTER TABLE ce_kind
	DROP CONSTRAINT IF EXISTS ce_kind_category_is_known,
	ADD CONSTRAINT ce_kind_category_is_known FOREIGN KEY (category) REFERENCES ce_category;
ALTER TABLE ce_cap
	DROP CONSTRAINT IF EXISTS ce_cap_category_is_known,
	ADD CONSTRAINT ce_cap_category_is_known FOREIGN KEY (category) REFERENCES ce_category;
ALTER TABLE ce_rule
	DROP CONSTRAINT IF EXISTS ce_rule_category_is_known,
	ADD CONSTRAINT ce_rule_category_is_known FOREIGN KEY (category) REFERENCES ce_category;
