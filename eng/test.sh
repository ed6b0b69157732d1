#!/usr/bin/env bash
# All tests: brings Chromium, in which some tests open reports, and Open MPI where it can (without them tests are skipped by name), then plain
# "dotnet test" with the given arguments, which names failed and skipped tests with the reason, the documentation site, and a line of
# totals. It fails where a test fails, where one is skipped that eng/skips.txt does not name, and where the site has a broken link.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
mkdir -p artifacts
log=artifacts/test.log

wanted=()
[ -e "${CHROMIUM:-/usr/bin/chromium}" ] || wanted+=(chromium)
command -v mpirun >/dev/null || wanted+=(openmpi-bin)
if [ ${#wanted[@]} -gt 0 ] && command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "${wanted[@]}"; } >"$log" 2>&1 ||
    { cat "$log" >&2; echo "Not installed: ${wanted[*]}" >&2; }
fi

# "dotnet test" alone would leave the benchmarks unbuilt. The totals are read from what it prints, and so must be in English.
export DOTNET_CLI_UI_LANGUAGE=en
status=0
{ dotnet build MLNet.Vae.sln -c Release -v minimal -clp:NoSummary &&
  dotnet test MLNet.Vae.sln -c Release --no-build --logger "console;verbosity=normal" "$@"; } 2>&1 |
  tee "$log" | grep --line-buffered -v '^  Passed ' || status=$?
eng/site.sh || { status=1; echo "The documentation site could not be built"; }
awk -v status="$status" '
  FNR == NR { if (!/^#/ && NF) allowed[$1]; next }
  /^  Skipped / { name = $2; sub(/\(.*/, "", name); if (!(name in allowed)) unlisted[name] }
  /^Total tests: / { totals = 1 }
  totals && /^ +(Passed|Failed|Skipped): / { count[$1] += $2 }
  END {
    if (count["Passed:"] + count["Failed:"] == 0) { print "No test ran."; status = 1 }
    printf "%d passed, %d failed, %d skipped\n", count["Passed:"], count["Failed:"], count["Skipped:"]
    for (name in unlisted) { print "Skipped, and not named in eng/skips.txt: " name; status = 1 }
    exit status != 0 || count["Failed:"] > 0 }' eng/skips.txt "$log"
