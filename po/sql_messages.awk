# Makes C of the messages in SQL files, for xgettext: the literals of
# ce_text('...'), on one line each, and the law's interpretations ('AMB-n: ...').

function message(literal) {
	gsub(/''/, "'", literal)
	gsub(/[\\"]/, "\\\\&", literal)
	printf "#line %d \"%s\"\nce_text(\"%s\");\n", FNR, FILENAME, literal
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
