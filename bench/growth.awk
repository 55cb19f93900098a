# Reads size, section, name, round, value; prints medians by size and the exponent.
BEGIN {
	FS = "\t"
}
{
	if (!($1 in seen_size)) {
		seen_size[$1] = 1
		size[++sizes] = $1
	}
	if (!(($2, $3) in seen)) {
		seen[$2, $3] = 1
		row[++rows] = $2 "\t" $3
	}
	n = ++count[$1, $2, $3]
	value[$1, $2, $3, n] = $5
}
function median(s, a, b,    n, i, j, t, v) {
	n = count[s, a, b] + 0
	if (n == 0) {
		return ""
	}
	for (i = 1; i <= n; i++) {
		t = value[s, a, b, i]
		for (j = i - 1; j >= 1 && v[j] > t; j--) {
			v[j + 1] = v[j]
		}
		v[j + 1] = t
	}
	return n % 2 ? v[(n + 1) / 2] : (v[n / 2] + v[n / 2 + 1]) / 2
}
END {
	for (i = 1; i <= rows; i++) {
		split(row[i], r, "\t")
		if (r[1] != last) {
			printf "\n%-32s", r[1]
			for (j = 1; j <= sizes; j++) {
				printf " %14s", size[j]
			}
			printf " %10s\n", "exponent"
			last = r[1]
		}
		printf "  %-30s", r[2]
		for (j = 1; j <= sizes; j++) {
			m = median(size[j], r[1], r[2])
			printf " %14.2f", m
			if (j == 1) {
				first = m
			}
		}
		if (sizes > 1 && first > 0 && m > 0) {
			printf " %10.2f", log(m / first) / log(size[sizes] / size[1])
		}
		print ""
	}
}
