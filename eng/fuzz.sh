#!/usr/bin/env bash
# Mutants of model files, each refused by one exception or run: eng/fuzz.sh [mutants, 100000] [seed, 1]. A failure names seed and number
# of its mutant; FUZZ_FIRST=number eng/fuzz.sh number+1 seed tries that one alone.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
export FUZZ_MUTANTS="${1:-100000}" FUZZ_SEED="${2:-1}"
dotnet test tests/MLNet.Vae.Tests -c Release --filter FullyQualifiedName~FuzzTests --logger "console;verbosity=detailed"
