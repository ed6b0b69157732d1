#!/usr/bin/env bash
# All tests, from a fresh clone on: set-up, build, "dotnet test" with the given arguments (properties as -p:NAME=VALUE),
# then failed tests, skipped tests with their reasons, and a line of totals.
#
#   eng/test.sh --filter FullyQualifiedName~Onnx
#   eng/test.sh -p:DependencyMode=packages -p:RestoreAdditionalProjectSources=FOLDER
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"
need node "to summarise the test results"

properties=()
for argument in "$@"; do
  case $argument in
    -p:DependencyMode=*) export DependencyMode=${argument#*=} ;;
    -p:Gpu=*) export Gpu=${argument#*=} ;;
  esac
  case $argument in -p:*) properties+=("$argument") ;; esac
done
"$root/eng/setup.sh"

# Tests that need what is fetched here are skipped without it.
npm_packages() {
  local project=$root/tests/$1
  [ "$project/node_modules/.package-lock.json" -nt "$project/package-lock.json" ] ||
    (timed "$2 from npm" npm ci --prefix "$project" --ignore-scripts --loglevel=error) || true
}
npm_packages onnx-js "ONNX Runtime for Node.js"
npm_packages report-browser "Playwright, which drives Chromium,"
if [ ! -e "${CHROMIUM:-/usr/bin/chromium}" ] && command -v apt-get >/dev/null && { [ "$(id -u)" -eq 0 ] || sudo -n true 2>/dev/null; }; then
  (timed "Chromium from Debian" install_debian_packages chromium) || true
fi

results=$root/artifacts/test-results
rm -rf "$results"
mkdir -p "$results"
status=0
# "dotnet test" alone would leave the examples and benchmarks unbuilt.
dotnet build "$root/MLNet.Vae.sln" -c Release -v quiet -clp:NoSummary "${properties[@]}" &&
  dotnet test "$root/MLNet.Vae.sln" -c Release --no-build --logger "trx;LogFilePrefix=tests" --results-directory "$results" "$@" || status=$?
say "Tests ran with dependencies: $(dependency_mode)."
node "$root/eng/test-summary.mjs" "$results" "$status"
