#!/bin/bash
# Builds ce_hours, loads the examples into a throwaway server and shows what
# it answers.  Leaves nothing behind except packages that were missing.
set -euo pipefail
# shellcheck source-path=SCRIPTDIR source=../test/server.sh
source "$(dirname "${BASH_SOURCE[0]}")/../test/server.sh"

need_server
start_server
make_demo demo
sql demo <"$SOURCE/examples/demo.sql" 2>&1
