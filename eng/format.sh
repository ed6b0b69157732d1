#!/usr/bin/env bash
# Checks the code style of the solution; with --fix, applies it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

check=(--verify-no-changes)
[ "${1:-}" != --fix ] || check=()
"$root/eng/setup.sh"
cd "$root"
# Not what set-up fetched, and not the stand-ins, which are shaped by the libraries they stand in for.
exec dotnet format MLNet.Vae.sln "${check[@]}" --include src/ tests/ examples/
