#!/bin/bash
# coverage.sh [STAGE...]: runs the tests, or the stages named, on a build that
# counts, and prints what share of the C code's lines and branches ran.  A
# branch of ereport() or of an assertion is a branch too, so that 100 % is not
# to be had.
set -euo pipefail

if [[ ${1:-} != report ]]; then
	COVERAGE=1 exec "$(dirname "${BASH_SOURCE[0]}")/run.sh" "$@"
fi

# in the directory that was built in, which the server's user owns
gcov --branch-probabilities --object-directory src src/*.c 2>/dev/null | awk '
	/^File / { file = substr($2, 2, length($2) - 2) }
	file !~ /^src\/.*\.[ch]$/ { next }
	/^Lines executed:/ { split($2, part, /[:%]/); lines[file] = $4; lines_run[file] = $4 * part[2] / 100; names[++n] = file }
	/^Taken at least once:/ { split($4, part, /[:%]/); branches[file] += $6; branches_run[file] += $6 * part[2] / 100 }
	END {
		for (i = 1; i <= n; i++) {
			f = names[i]
			show(f, lines_run[f], lines[f], branches_run[f], branches[f])
			l += lines[f]; lr += lines_run[f]; b += branches[f]; br += branches_run[f]
		}
		show("coverage of src/", lr, l, br, b)
	}
	function show(name, lr, l, br, b) {
		printf "%-28s lines %5.1f %% of %5d   branches %5.1f %% of %5d\n", name, l ? 100 * lr / l : 100, l, b ? 100 * br / b : 100, b
	}'
if [[ ${COVERAGE_DETAIL:-} ]]; then
	mkdir -p "$COVERAGE_DETAIL" && cp ./*.gcov "$COVERAGE_DETAIL/"
fi
