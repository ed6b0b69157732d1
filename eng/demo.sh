#!/usr/bin/env bash
# The main job, from a fresh clone on: set-up, then examples/FileFragments with the given arguments.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

"$root/eng/setup.sh"
exec dotnet run -c Release --project "$root/examples/FileFragments" -- "$@"
