#!/usr/bin/env bash
# Measures speed against rivals in the same run and prints tables in Markdown.
#
#   eng/bench.sh NAME [THREADS]   NAME: all, training, embedding, reading, prediction …; a wrong one lists them
#
# The rivals in training are PyTorch programs: Debian's python3-torch, over the libtorch that the stand-ins use, is installed where it is missing.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

name=${1:-all}
threads=${2:-1}
python=${MLNETVAE_PYTHON:-/usr/bin/python3}
"$root/eng/setup.sh"
case $name in
  all | training*)
    if ! "$python" -c 'import torch' 2>/dev/null; then
      need apt-get "to install PyTorch, the rival in training (or set MLNETVAE_PYTHON to a Python that has it)"
      timed "installing python3-torch" apt-get install -y --no-install-recommends python3-torch
    fi
    ;;
esac
cd "$root"
timed "building" dotnet build tests/MLNet.Vae.Benchmarks -c Release
exec dotnet run --project tests/MLNet.Vae.Benchmarks -c Release --no-build -- speed "$name" --threads "$threads"
