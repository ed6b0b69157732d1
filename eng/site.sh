#!/usr/bin/env bash
# The documentation site, in artifacts/site/html: guides, and the API from what was built. A warning, such as a broken link, fails it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
dotnet tool restore >/dev/null
rm -rf artifacts/site
dotnet docfx eng/site/docfx.json --warningsAsErrors --logLevel warning
test -s artifacts/site/html/index.html
