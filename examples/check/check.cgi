#!/bin/sh
# check.cgi: shows anybody who has a certificate's code whether the ledger
# holds what the certificate states.  A CGI program for any web server; see
# README.md beside it.  The code goes to psql as a variable, never as SQL.
#
# PGDATABASE, PGHOST, PGUSER ...  where the ledger is, and the role that checks
# CE_SCHEMA                       its schema (default public)
set -eu

# decode VALUE: what a browser encoded
decode() {
	printf '%s' "$1" | LC_ALL=C awk '
		BEGIN { for (i = 0; i < 256; i++) byte[sprintf("%02X", i)] = sprintf("%c", i) }
		{
			gsub(/\+/, " ")
			while (match($0, /%[0-9A-Fa-f][0-9A-Fa-f]/)) {
				printf "%s%s", substr($0, 1, RSTART - 1), byte[toupper(substr($0, RSTART + 1, 2))]
				$0 = substr($0, RSTART + 3)
			}
			print
		}' | tr -d '\000-\037'
}

code=
lang=zh
rest=${QUERY_STRING-}\&
while [ "$rest" ]; do
	pair=${rest%%&*}
	rest=${rest#*&}
	case $pair in
		code=*) code=$(decode "${pair#code=}" | cut -b 1-240 | iconv -c -f UTF-8 -t UTF-8) ;;
		lang=en) lang=en ;;
	esac
done

if page=$(PGCLIENTENCODING=UTF8 psql -XAtq -v ON_ERROR_STOP=1 -v schema="${CE_SCHEMA:-public}" -v code="$code" -v lang="$lang" <<-'SQL'
	SELECT :"schema".ce_check_html(:'code', :'lang');
SQL
); then
	printf 'Content-Type: text/html; charset=utf-8\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\n\r\n%s\n' "$page"
else
	printf 'Status: 503 Service Unavailable\r\nContent-Type: text/plain; charset=utf-8\r\n\r\n%s\n' '暂时无法核验，请稍后再试。 The check is not available now. Please try again later.'
fi
