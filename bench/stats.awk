# Reads labels.tsv (name, label), goals.tsv and samples.tsv (section, name,
# round, value); prints a table for each section and the goals.
#
# Values of the sections "question" and "instructions" are those over the empty
# loop of the same round.  Ratios are taken within a round, then their median.
BEGIN {
	FS = "\t"
}
FILENAME == ARGV[1] {
	label[$1] = $2
	next
}
FILENAME == ARGV[2] {
	if ($0 !~ /^#/) {
		goal[++goals] = $0
	}
	next
}
{
	if (!($1 in seen_section)) {
		seen_section[$1] = 1
		section[++sections] = $1
	}
	if (!(($1, $2) in seen)) {
		seen[$1, $2] = 1
		names[$1] = names[$1] (names[$1] == "" ? "" : "\t") $2
	}
	value[$1, $2, $3] = $4
	round[$3] = 1
}
function over_empty(s, n, r) {
	return (s ~ /^(question|instructions)/ && n != "empty" && (s, "empty", r) in value) ? value[s, n, r] - value[s, "empty", r] : value[s, n, r]
}
# sorts v[1..n]
function sort(v, n,    i, j, t) {
	for (i = 2; i <= n; i++) {
		t = v[i]
		for (j = i - 1; j >= 1 && v[j] > t; j--) {
			v[j + 1] = v[j]
		}
		v[j + 1] = t
	}
}
# fills low, mid, high from v[1..n]
function spread(v, n) {
	sort(v, n)
	low = v[1]
	high = v[n]
	mid = n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
}
function values_of(s, n, v,    r, k) {
	for (r in round) {
		if ((s, n, r) in value) {
			v[++k] = over_empty(s, n, r)
		}
	}
	return k + 0
}
function median_of(s, n,    v, k) {
	k = values_of(s, n, v)
	if (k == 0) {
		return ""
	}
	spread(v, k)
	return mid
}
# the name with the least time or the greatest rate, of a list
function best(s, list,    i, n, a, m, found, at) {
	n = split(list, a, ",")
	for (i = 1; i <= n; i++) {
		m = median_of(s, a[i])
		if (m != "" && (found == "" || (s ~ /^pgbench/ ? m > at : m < at))) {
			found = a[i]
			at = m
		}
	}
	return found
}
# fills low, mid, high with the ratios of two by pairs within rounds; returns how many
function ratios(s1, n1, s2, n2,    r, v, k) {
	for (r in round) {
		if ((s1, n1, r) in value && (s2, n2, r) in value && over_empty(s2, n2, r) > 0) {
			v[++k] = over_empty(s1, n1, r) / over_empty(s2, n2, r)
		}
	}
	if (k > 0) {
		spread(v, k)
	}
	return k + 0
}
function show(x) {
	return x >= 1000 ? sprintf("%.0f", x) : x >= 100 ? sprintf("%.1f", x) : sprintf("%.2f", x)
}
END {
	unit["question"] = "us a call over the empty loop"
	unit["instructions"] = "instructions a call over the empty loop"
	unit["pgbench"] = "transactions a second"
	unit["everybody"] = unit["write"] = unit["start-up"] = "ms"
	for (i = 1; i <= sections; i++) {
		s = section[i]
		kind = s
		sub(/[: ].*/, "", kind)
		n = split(names[s], a, "\t")
		base = ""
		for (j = 1; j <= n; j++) {
			if (a[j] == "pk" || a[j] ~ /^floor/) {
				base = a[j]
			}
		}
		printf "%s (%s)\n", s, unit[kind]
		printf "  %-44s %12s %12s %12s %8s %10s\n", "", "median", "least", "most", "spread", base == "" ? "" : "x floor"
		for (j = 1; j <= n; j++) {
			delete v
			k = values_of(s, a[j], v)
			spread(v, k)
			line = sprintf("  %-44s %12s %12s %12s %6.0f %%", a[j] in label ? label[a[j]] : a[j], show(mid), show(low), show(high), mid ? 100 * (high - low) / mid : 0)
			if (base != "" && a[j] != "empty" && ratios(s, a[j], s, base) > 0) {
				line = line sprintf(" %9.2f", mid)
			}
			print line
		}
		print ""
	}
	print "Goals (median of the ratios by pairs within rounds; least and most of them)"
	for (i = 1; i <= goals; i++) {
		split(goal[i], g, "\t")
		s2 = g[2]
		den = g[6]
		if (den ~ /\//) {
			s2 = substr(den, 1, match(den, /\/[^\/]*$/) - 1)
			den = substr(den, RSTART + 1)
		}
		num = best(g[2], g[3])
		if (den == "1") {
			if (median_of(g[2], num) == "") {
				k = 0
			} else {
				delete v
				k = values_of(g[2], num, v)
				spread(v, k)
			}
		} else {
			den = best(s2, den)
			k = ratios(g[2], num, s2, den)
		}
		if (k == 0) {
			verdict = "not measured"
			figures = sprintf("%8s", "-")
		} else {
			ok = g[4] == "<=" ? mid <= g[5] : mid >= g[5]
			verdict = ok ? "pass" : "SHORT"
			# the same verdict in every round?
			if (ok != (g[4] == "<=" ? low <= g[5] : low >= g[5]) || ok != (g[4] == "<=" ? high <= g[5] : high >= g[5])) {
				verdict = verdict " (not in every round)"
			}
			figures = sprintf("%8.2f  (%.2f - %.2f)", mid, low, high)
		}
		printf "  %-84s %s %-5s %-28s %s\n", g[1], g[4], g[5], figures, verdict
	}
}
