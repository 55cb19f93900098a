# Copies SQL files, with the files of their "--include FILE" lines in place;
# names are relative to sql/.

function copy(file,   line, got) {
	while ((got = (getline line < file)) > 0) {
		if (line ~ /^[ \t]*--include /) {
			sub(/^[ \t]*--include /, "", line)
			copy("sql/" line)
		} else
			print line
	}
	if (got < 0) {
		print "cannot read " file > "/dev/stderr"
		exit 1
	}
	close(file)
}

BEGIN {
	for (i = 1; i < ARGC; i++)
		copy(ARGV[i])
}
