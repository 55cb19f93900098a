#!/bin/bash
# Growth: the same figures at several sizes, each in a server of its own, and
# the exponent e of cost ~ persons^e between the least and the greatest.
#
# SIZES   numbers of persons (2000 20000); 200000 takes half an hour more
# ROUNDS  rounds each (3)
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
SIZES=${SIZES:-2000 20000}
export ROUNDS=${ROUNDS:-3}
all=$(mktemp -d "${TMPDIR:-/tmp}/ce_hours.XXXXXX")
trap 'rm -rf "$all"' EXIT
for size in $SIZES; do
	mkdir "$all/$size"
	PERSONS=$size SAVE=$all/$size PARTS='question everybody keep' "$here/run.sh" >"$all/$size/report"
	if [[ ! -e $all/head ]]; then
		sed -n '2,/^$/p' "$all/$size/report" >"$all/head"
	fi
	awk -v size="$size" 'BEGIN {FS = OFS = "\t"} {print size, $0}' "$all/$size/samples.tsv" >>"$all/samples.tsv"
	# bytes a person and the like
	awk -v size="$size" 'BEGIN {OFS = "\t"} /^Bytes a person/ {on = 1; next} on && /^  / {print size, "bytes a person", $1, 1, $2; next} {on = 0}' \
		"$all/$size/report" >>"$all/samples.tsv"
done
echo "ce_hours, growth, $(date -u +%Y-%m-%d), persons: $SIZES; $ROUNDS rounds"
cat "$all/head"
awk -f "$here/growth.awk" "$all/samples.tsv"
for size in $SIZES; do
	echo
	echo "$size persons"
	sed -n '/^Memory of a backend/,$p' "$all/$size/report" | sed '/^Bytes a person/,/^A day/{/^A day/!d}'
done
