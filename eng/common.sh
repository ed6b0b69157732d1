# Sourced by the scripts beside it.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
native=$root/eng/.native
answer=$root/eng/.dependencies.props

export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_GENERATE_ASPNET_CERTIFICATE=false DOTNET_ADD_GLOBAL_TOOLS_TO_PATH=false \
  DOTNET_SKIP_WORKLOAD_INTEGRITY_CHECK=1

say() { printf '%s\n' "$*"; }
fail() { printf 'error: %s\n' "$*" >&2; exit 1; }

# need COMMAND WHAT-FOR
need() { command -v "$1" >/dev/null 2>&1 || fail "$1 is not installed; it is needed $2."; }

# timed TEXT COMMAND...: runs the command quietly between the text and its seconds; on failure, prints its output.
timed() {
  local text=$1 start=$SECONDS log status=0
  shift
  printf '  %s ...' "$text"
  log=$(mktemp)
  "$@" >"$log" 2>&1 || status=$?
  if [ $status -ne 0 ]; then
    printf ' failed\n'
    cat "$log" >&2
    rm -f "$log"
    exit 1
  fi
  rm -f "$log"
  printf ' %s s\n' "$((SECONDS - start))"
}

# The mode that a build started now is in: the environment's, else the remembered one, else packages.
dependency_mode() {
  if [ -n "${DependencyMode:-}" ]; then
    printf '%s' "$DependencyMode"
  elif [ -f "$answer" ]; then
    sed -n "s|.*<DependencyMode[^>]*>\([a-z]*\)</DependencyMode>.*|\1|p" "$answer"
  else
    printf 'packages'
  fi
}

as_root() {
  if [ "$(id -u)" -eq 0 ]; then "$@"; else sudo "$@"; fi
}

install_debian_packages() {
  as_root apt-get update -q &&
    as_root env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends "$@"
}
