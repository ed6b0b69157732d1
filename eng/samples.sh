#!/usr/bin/env bash
# Every sample as somebody has it who knows the packages alone: packs them into a folder, makes another folder outside the repository whose
# only other source is the machine's own, and runs each program of samples/ there with "dotnet run", packages fetched into an empty folder.
# First of all the program of README.md, in a project that is made by the commands which stand there. A line for each; fails where one fails.
#   eng/samples.sh [part of a name ...]
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
root=$PWD
work=$(mktemp -d "${TMPDIR:-/tmp}/vae-samples.XXXXXX")
trap 'rm -rf "$work"' EXIT
export DOTNET_CLI_UI_LANGUAGE=en DOTNET_CLI_TELEMETRY_OPTOUT=1

echo "Packing into $work/feed"
for project in src/*/*.csproj; do
  [ "$project" = src/MLNet.Vae.Tool/MLNet.Vae.Tool.csproj ] || dotnet pack "$project" -c Release -o "$work/feed" -v quiet -nologo
done

mkdir "$work/away"
cd "$work/away"
cat >nuget.config <<'XML'
<configuration>
  <packageSources>
    <add key="local" value="../feed" />
  </packageSources>
</configuration>
XML
# What was downloaded before need not be again; where programs are built is a folder of its own, and emptied after each.
NUGET_HTTP_CACHE_PATH=$(dotnet nuget locals http-cache --list | sed 's/^http-cache: *//')
export NUGET_HTTP_CACHE_PATH NUGET_PACKAGES=$work/packages XDG_DATA_HOME=$work/data

status=0
run() { # name, folder, command ...
  local name=$1 folder=$2 from=$EPOCHSECONDS result=ok
  shift 2
  (cd "$folder" && "$@") >"$work/log" 2>&1 || { result=failed; status=1; }
  printf '%-40s %5d s  %s\n' "$name" $((EPOCHSECONDS - from)) "$result"
  [ "$result" = ok ] || sed 's/^/    /' "$work/log"
  rm -rf "$work/data/dotnet/runfile"
}

# A libstdc++ older than GCC 13's does not load torch's .NET library as it is packed: the copy that the build makes for such a machine
# (eng/NativeLibraries.targets) takes its place, and a line says so.
mend() {
  local copy packed
  copy=$(ls "$root"/artifacts/native/TorchSharp-*/libLibTorchSharp.so 2>/dev/null | tail -n 1) || true
  packed=$(find "$NUGET_PACKAGES" -path '*/native/libLibTorchSharp.so' 2>/dev/null | head -n 1)
  if [ -n "$copy" ] && [ -n "$packed" ] && ! cmp -s "$copy" "$packed"; then
    cp "$copy" "$packed"
    echo "This machine's libstdc++ is older than GCC 13's: libLibTorchSharp.so is replaced by the build's copy."
  fi
}

readme() {
  dotnet new console -o first --no-restore
  cd first
  while read -r line; do $line; done < <(grep -m 3 '^dotnet add package' "$root/README.md")
  awk '/^```csharp$/ { on = 1; next } on && /^```$/ { exit } on' "$root/README.md" >Program.cs
  dotnet build -v quiet -nologo
}

run "README.md, built" . readme
mend
run "README.md" first dotnet run

cp -r "$root/samples/." .
rm Directory.Build.props Directory.Packages.props
while read -r file; do
  wanted=$(($# == 0))
  for part in "$@"; do
    [[ $file != *"$part"* ]] || wanted=1
  done
  [ $wanted = 0 ] || run "$file" "$(dirname "$file")" dotnet run "$(basename "$file")"
done < <(find . -name first -prune -o -name '*.cs' -print | sed 's#^\./##' | sort)
exit $status
