#!/bin/bash
# Creates the pictures of docs/pages.md: pages of the example ledger, as the
# browser shows and prints them.  examples/pages.sh [DIRECTORY]  (default docs/img)
# If that directory is another one, the pages themselves are left there, too.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../test/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/../test/server.sh"

into=${1:-$ROOT/docs/img}
mkdir -p "$into"
into=$(cd "$into" && pwd)
need_server
need chromium poppler-utils fonts-noto-cjk pngquant
start_server
make_demo demo

# page NAME QUERY: the page as a file
page() {
	sql demo -At -c "SELECT $2" >"$WORK/$1.html"
}

# browser ARGUMENT...
browser() {
	chromium --headless --no-sandbox --disable-gpu --disable-dev-shm-usage --hide-scrollbars --user-data-dir="$WORK/profile" "$@" >"$WORK/browser.log" 2>&1 ||
		show_and_fail "$WORK/browser.log"
}

# picture NAME: few colours do
picture() {
	pngquant --force --output "$into/$1.png" 64 "$WORK/$1.png"
}

page certificate 'ce_certificate_html_by_no($$P01$$, 2020)'
page archive 'ce_archive_html_by_no($$P08$$)'
page report 'ce_report_html(2020)'

browser --no-pdf-header-footer --print-to-pdf="$WORK/certificate.pdf" "file://$WORK/certificate.html"
pdftoppm -r 90 -png -singlefile "$WORK/certificate.pdf" "$WORK/certificate"
browser --window-size=840,1290 --screenshot="$WORK/archive.png" "file://$WORK/archive.html"
browser --window-size=840,2080 --screenshot="$WORK/report.png" "file://$WORK/report.html"
for name in certificate archive report; do
	picture "$name"
	if [[ $into != "$ROOT/docs/img" ]]; then
		cp "$WORK/$name.html" "$into/"
	fi
done
