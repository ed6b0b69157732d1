#!/usr/bin/env bash
# All tests: brings Chromium and the npm packages that some tests use, where it can (without them those tests are skipped by name),
# then plain "dotnet test" with the given arguments, a line for each failed and skipped test, and a line of totals.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if command -v npm >/dev/null; then
  for folder in tests/onnx-js tests/report-browser; do
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] ||
      npm ci --prefix "$folder" --ignore-scripts --loglevel=error || echo "npm could not fetch $folder" >&2
  done
fi
if [ ! -e "${CHROMIUM:-/usr/bin/chromium}" ] && command -v apt-get >/dev/null && [ "$(id -u)" -eq 0 ]; then
  { apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends chromium; } >artifacts.log 2>&1 ||
    { cat artifacts.log >&2; echo "Chromium could not be installed" >&2; }
  rm -f artifacts.log
fi

results=artifacts/test-results
rm -rf "$results"
status=0
# "dotnet test" alone would leave the examples and benchmarks unbuilt.
dotnet build MLNet.Vae.sln -c Release -v minimal -clp:NoSummary &&
  dotnet test MLNet.Vae.sln -c Release --no-build --logger "trx;LogFilePrefix=tests" --results-directory "$results" "$@" || status=$?
node eng/test-summary.mjs "$results" "$status"
