#!/usr/bin/env bash
# Checks the code style of the solution; with --fix, applies it.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

check=(--verify-no-changes)
[ "${1:-}" != --fix ] || check=()
"$root/eng/setup.sh"
exec dotnet format "$root/MLNet.Vae.sln" "${check[@]}"
