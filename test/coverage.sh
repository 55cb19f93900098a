#!/bin/bash
# coverage.sh [STAGE...]: runs the tests, or the stages named, on a build that
# counts, and prints what share of the C code's lines and branches ran.  The
# branches of ereport() and elog(), whose other side cannot be taken, are left
# out.  COVERAGE_DETAIL=DIR keeps gcov's files, which name each line.
set -euo pipefail

if [[ ${1:-} != report ]]; then
	COVERAGE=1 exec "$(dirname "${BASH_SOURCE[0]}")/run.sh" "$@"
fi

# in the directory that was built in, which the server's user owns
for file in src/*.c src/*/*.c; do
	gcov --branch-probabilities --relative-only --object-directory "${file%/*}" "$file"
done >/dev/null 2>&1
awk '
	FNR == 1 { file = FILENAME; gsub(/^\.\/|\.gcov$/, "", file); names[++n] = file }
	/^ *[0-9#=-][^:]*: *[1-9][0-9]*:/ {
		untakeable = $0 ~ /(ereport|elog)\(/
		if ($1 !~ /^-:/) {
			lines[file]++
			run[file] += $1 !~ /^[#=]/
		}
	}
	/^branch / && !untakeable {
		branches[file]++
		taken[file] += $3 == "taken" && $4 != "0%"
	}
	END {
		for (i = 1; i <= n; i++) {
			f = names[i]
			show("src/" f, run[f], lines[f], taken[f], branches[f])
			l += lines[f]; lr += run[f]; b += branches[f]; br += taken[f]
		}
		show("coverage of src/", lr, l, br, b)
	}
	function show(name, lr, l, br, b) {
		printf "%-28s lines %5.1f %% of %5d   branches %5.1f %% of %5d\n", name, l ? 100 * lr / l : 100, l, b ? 100 * br / b : 100, b
	}' ./*.c.gcov
if [[ ${COVERAGE_DETAIL:-} ]]; then
	mkdir -p "$COVERAGE_DETAIL" && cp ./*.gcov "$COVERAGE_DETAIL/"
fi
