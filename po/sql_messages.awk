# Makes C of the messages in SQL files, for xgettext: the literals of
# ce_text('...'), on one line each, the law's interpretations ('AMB-n: ...'), and
# the COMMENTs of the ledger, which ce_comments() translates.

function message(literal) {
	gsub(/''/, "'", literal)
	gsub(/[\\"]/, "\\\\&", literal)
	printf "#line %d \"%s\"\nce_text(\"%s\");\n", FNR, FILENAME, literal
}

match($0, /^COMMENT ON (TABLE|VIEW|COLUMN) [^ ]+ IS '.*';$/) {
	found = $0
	sub(/^[^']*'/, "", found)
	message(substr(found, 1, length(found) - 2))
	next
}

{
	rest = $0
	while (match(rest, /ce_text\('([^']|'')*'|'AMB-[^':]*:([^']|'')*'/)) {
		found = substr(rest, RSTART, RLENGTH)
		rest = substr(rest, RSTART + RLENGTH)
		sub(/^ce_text\(/, "", found)
		message(substr(found, 2, length(found) - 2))
	}
}
