#!/bin/bash
# Runs every test against a throwaway server: regress, isolation, pgTAP, the
# demo, TAP.  Ends with "N passed, N failed", counted by test programs.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=server.sh
source "$(dirname "${BASH_SOURCE[0]}")/server.sh"

passed=0
failed=0

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

need_server
need "postgresql-$PGVERSION-pgtap" libtap-parser-sourcehandler-pgtap-perl libipc-run-perl locales
start_server
# pgTAP is plain SQL, good for any version
share=$("$BIN/pg_config" --sharedir)
if ! exists "$share/extension/pgtap.control"; then
	as_server cp /usr/share/postgresql/*/extension/pgtap* "$share/extension/"
fi

if exists "$SOURCE"/test/regress_schedule; then
	regress ISOLATION=
fi
if exists "$SOURCE"/test/specs/*.spec; then
	regress REGRESS=
fi
if exists "$SOURCE"/test/pgtap/*.sql; then
	prove "${MAKE[@]}" installcheck-pgtap
fi
demo
if exists "$SOURCE"/test/t/*.pl; then
	prove "${MAKE[@]}" -o installcheck-pgtap installcheck REGRESS= ISOLATION= TAP_TESTS=1 PROVE_TESTS='test/t/*.pl'
fi

echo "$passed passed, $failed failed"
[[ $passed != 0 && $failed == 0 ]]
