#!/usr/bin/env bash
# The main job, from a fresh clone on: set-up, then examples/FileFragments with the given arguments.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

"$root/eng/setup.sh"
timed "building examples/FileFragments" dotnet build "$root/examples/FileFragments" -c Release
exec dotnet run -c Release --no-build --project "$root/examples/FileFragments" -- "$@"
