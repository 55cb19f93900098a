#!/bin/bash
# run.sh [STAGE...]: runs every test, or the stages named, against a throwaway
# server: regress, isolation, pgtap, demo, tap, and "dump", which is a part of
# tap.  Ends with "N passed, N failed, N skipped", counted by test programs.
#
# PGVERSION      major version (default 15); one that is not installed is fetched
# OTHER_SERVERS  pg_config of each later major that the upgrade is tested to
# COVERAGE       if set, prints which share of the C code ran
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=server.sh
source "$(dirname "${BASH_SOURCE[0]}")/server.sh"

passed=0
failed=0
skipped=0

# exists FILE...: for a glob that may match nothing
exists() {
	[[ -e $1 ]]
}

# stage OK-PATTERN FAILED-PATTERN COMMAND...: counts the programs that a command reports
stage() {
	local good=$1 bad=$2 status=0 out=$WORK/stage.out n
	shift 2
	in_source "$@" >"$out" 2>&1 || status=$?
	cat "$out"
	passed=$((passed + $(grep -cE "$good" "$out" || true)))
	skipped=$((skipped + $(grep -cE '^test/[^ ]+ \.+ skipped' "$out" || true)))
	n=$(grep -cE "$bad" "$out" || true)
	if [[ $status != 0 && $n == 0 ]]; then
		n=1
	fi
	failed=$((failed + n))
	if [[ $n != 0 && -s $SOURCE/regression.diffs ]]; then
		cat "$SOURCE/regression.diffs"
	fi
	rm -f "$SOURCE/regression.diffs"
}

# pg_regress writes lines of its own before 16 and TAP since
regress() {
	stage '^ok |\.\.\. ok' '^not ok |\.\.\. FAILED' "${MAKE[@]}" -o installcheck-pgtap installcheck "$@"
}

prove() {
	stage '^test/[^ ]+ \.+ ok' '^test/[^ ]+ +\(Wstat: ' "$@"
}

tap() {
	prove "${MAKE[@]}" -o installcheck-pgtap installcheck REGRESS= ISOLATION= TAP_TESTS=1 PROVE_TESTS="$1"
}

demo() {
	local out=$WORK/demo.out
	make_demo demo
	sql demo <"$SOURCE/examples/demo.sql" >"$out" 2>&1 || true
	if diff -u "$SOURCE/examples/demo.out" "$out"; then
		echo 'examples/demo.sql .. ok'
		passed=$((passed + 1))
	else
		echo 'examples/demo.sql .. FAILED'
		failed=$((failed + 1))
	fi
}

# Copies of the servers named in OTHER_SERVERS, each with the extension built
# into it, for the tests that go from one major to the next.
other_servers() {
	local pg_config bin n=0
	OTHER_BINDIRS=
	for pg_config in ${OTHER_SERVERS:-}; do
		n=$((n + 1))
		bin=$(copy_server "$pg_config")
		copy_source "$WORK/other$n"
		install_into "$bin" "$WORK/other$n"
		OTHER_BINDIRS+="$bin "
	done
	export OTHER_BINDIRS
}

wanted() {
	[[ " ${stages[*]} " == *" $1 "* ]]
}

stages=("${@:-regress isolation pgtap demo tap}")
need_server
if wanted dump || wanted tap; then
	need libipc-run-perl locales
fi
if wanted tap; then
	# the clients of test/t/022_clients.pl; those of 023 come by npm, where there is one
	# the clock of test/t/032
	need libfaketime
	need python3-psycopg python3-psycopg2 python3-pyodbc odbc-postgresql libpostgresql-jdbc-java
	command -v javac >/dev/null || need default-jdk-headless
	# the browser is for the pages (test/t/020), with a Chinese font for it
	need chromium poppler-utils fonts-wqy-zenhei
	# the web server of examples/check (test/t/036), the spreadsheet for examples/export (test/t/037)
	need lighttpd gnumeric
	# the pooler of test/t/038
	need pgbouncer
fi
if wanted pgtap; then
	need postgresql-15-pgtap postgresql-15-plpgsql-check libtap-parser-sourcehandler-pgtap-perl
fi
if [[ ${COVERAGE:-} ]]; then
	COPT='-O0 --coverage'
fi
start_server

if wanted regress; then
	regress ISOLATION=
fi
if wanted isolation; then
	regress REGRESS=
fi
if wanted pgtap; then
	# pgTAP is plain SQL, good for any version
	share=$("$BIN/pg_config" --sharedir)
	if ! exists "$share/extension/pgtap.control"; then
		as_server cp /usr/share/postgresql/*/extension/pgtap* "$share/extension/"
	fi
	prove "${MAKE[@]}" installcheck-pgtap
fi
if wanted demo; then
	demo
fi
if wanted tap; then
	other_servers
	tap 'test/t/*.pl'
elif wanted dump; then
	tap test/t/001_dump.pl
fi
if [[ ${COVERAGE:-} ]]; then
	in_source "$ROOT/test/coverage.sh" report
fi

echo "$passed passed, $failed failed, $skipped skipped"
[[ $passed != 0 && $failed == 0 ]]
