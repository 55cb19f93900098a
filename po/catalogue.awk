# Makes C of a catalogue: each message with its translation, as initialisers of
# an array.  Strings of .po files are those of C already.

function finish() {
	if (id != "" && id != "\"\"" && text != "" && text != "\"\"" && !fuzzy)
		printf "\t{%s,\n\t%s},\n", id, text
	id = text = field = ""
	fuzzy = 0
}

/^$/				{ finish(); next }
/^#,.*fuzzy/		{ fuzzy = 1 }
/^#/				{ next }
/^msgid "/			{ field = "id"; sub(/^msgid /, "") }
/^msgstr "/			{ field = "text"; sub(/^msgstr /, "") }
/^"/ && field == "id"	{ id = (id == "\"\"" ? "" : id) $0 }
/^"/ && field == "text"	{ text = (text == "\"\"" ? "" : text) $0 }
END					{ finish() }
