#!/bin/bash
# Fuzzes the input functions of the types, as fuzz.c says.  Needs clang.
# RUNS  inputs to try (default 1000000)     CORPUS  a directory to keep what is found
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../server.sh
source "$(dirname "${BASH_SOURCE[0]}")/../server.sh"

RUNS=${RUNS:-1000000}

need_server
need clang
runtime=$(clang -print-file-name=libclang_rt.fuzzer_no_main-x86_64.a)
[[ -e $runtime ]] || runtime=$(clang -print-resource-dir)/lib/linux/libclang_rt.fuzzer_no_main-x86_64.a
start_server
as_server "$BIN/createdb" fuzz
sql fuzz -o /dev/null -c 'SET client_min_messages = warning' -c 'CREATE EXTENSION ce_hours'
as_server "$BIN/pg_ctl" -D "$WORK/data" -m fast -s -w stop

# the same sources again, with the compiler's coverage and the fuzzer in it
in_source make -s clean PG_CONFIG="$BIN/pg_config" with_llvm=no >/dev/null
objects=$(cd "$SOURCE" && echo src/*.c src/*/*.c test/fuzz/fuzz.c | sed 's/\.c\b/.o/g')
in_source make -s PG_CONFIG="$BIN/pg_config" with_llvm=no CC=clang OBJS="$objects" \
	CFLAGS="-O1 -g -fPIC -fsanitize=fuzzer-no-link -Wno-unused-command-line-argument" \
	SHLIB_LINK="-Wl,--whole-archive $runtime -Wl,--no-whole-archive -lstdc++ -lm -lpthread" install >"$WORK/build.log" 2>&1 || show_and_fail "$WORK/build.log"

# each type and form: a first byte, then a seed
corpus=${CORPUS:-$WORK/corpus}
mkdir -p "$corpus"
while IFS=$'\t' read -r form seed; do
	printf "\\x$(printf %02x "$form")%b" "$seed" >"$corpus/$(md5sum <<<"$form $seed" | cut -c1-16)"
done <"$SOURCE/test/fuzz/seeds.tsv"
[[ $EUID != 0 ]] || chown -R postgres: "$corpus"

status=0
as_server "$BIN/postgres" --single -D "$WORK/data" fuzz >"$WORK/fuzz.log" 2>&1 <<-SQL || status=$?
	CREATE FUNCTION ce_fuzz(text) RETURNS void LANGUAGE c STRICT AS 'ce_hours', 'ce_fuzz'
	SELECT ce_fuzz('-runs=$RUNS -max_len=256 -timeout=0 -rss_limit_mb=0 -print_final_stats=1 -artifact_prefix=$WORK/ -dict=$SOURCE/test/fuzz/words $corpus')
SQL
grep -E 'inputs,|stat::|ERROR|SUMMARY|came back|grows|Test unit' "$WORK/fuzz.log" | tail -40
grep -q "stat::number_of_executed_units: *$((RUNS - 1))\|stat::number_of_executed_units: *[0-9]\{${#RUNS},\}" "$WORK/fuzz.log" && [[ $status == 0 ]] || { tail -40 "$WORK/fuzz.log"; echo 'fuzzing failed'; exit 1; }
echo 'no crash, no internal error, no growth'
