#!/usr/bin/env bash
# Finds out which dependencies the NuGet feed can serve, remembers it, and installs what that answer needs.
#
#   eng/setup.sh           asks the feed when it has not been asked, then installs what is missing
#   eng/setup.sh --again   asks the feed anew
#
# Environment: DependencyMode=packages|standins decides without asking; Gpu=true fetches the CUDA provider as well.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

again=false
for argument in "$@"; do
  case $argument in
    --again) again=true ;;
    *) fail "unknown argument '$argument'; the only one is --again." ;;
  esac
done

onnxruntime_package=com.github.asus4.onnxruntime
onnxruntime_version=0.4.9
onnxruntime_integrity=sha512-BkzxduSZ9IkeDP6Q8lz2TFU2ie7hSSvS7ZIfzMooExoq0CNzJnuuGaUJ7IsojBgqO4ouD1jXah8OYyJbCN29Fg==
onnxruntime_gpu_package=$onnxruntime_package.linux-x64-gpu
onnxruntime_gpu_integrity=sha512-FopIhNE/Ng+v2X65wVc9clPCBCvhvA53Hxo2U0Kf5fGdVsC7iCA+mZ0KLWggcQAj7TIZ6pNidR4AC10g74Xo6w==

libtorch_version=1.13.1
debian_packages=(libtorch-dev libopenblas0-openmp)
openblas_directory=/usr/lib/x86_64-linux-gnu/openblas-openmp

shim_sources=$root/eng/standins/TorchSharp/native
shim=$native/libTorchSharpShim.so
compile_flags=(-O2 -std=c++17 -fPIC -fopenmp)
# RPATH, not RUNPATH: it also decides which BLAS libtorch itself gets, whatever the machine's default is.
link_flags=(-shared -fopenmp -ltorch -ltorch_cpu -lc10 -ldl -Wl,--disable-new-dtags "-Wl,-rpath,$openblas_directory")
parallel_compilations=2

# ---- Which dependencies ----

fingerprint() {
  { cat "$root/Directory.Packages.props"; (cd "$root" && dotnet nuget list source); } | sha256sum | cut -d' ' -f1
}

remembered_fingerprint() {
  [ -f "$answer" ] && sed -n 's|.*<!-- feed \([0-9a-f]*\) -->.*|\1|p' "$answer"
}

# Restores nothing but the packages that decide, without what they depend on; inside the repository, so that a NuGet.config
# there counts, and shielded from its build files.
ask_feed() {
  local folder=$native/asking log=$native/asking/log
  rm -rf "$folder"
  mkdir -p "$folder"
  printf '<Project />' | tee "$folder"/Directory.{Build.props,Build.targets,Packages.props} >/dev/null
  cat >"$folder/Ask.csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <DependencyMode>packages</DependencyMode>
  </PropertyGroup>
  <Import Project="../../../Directory.Packages.props" />
  <PropertyGroup>
    <ManagePackageVersionsCentrally>false</ManagePackageVersionsCentrally>
  </PropertyGroup>
  <ItemGroup>
    <PackageVersion Remove="@(PackageVersion)" />
    <PackageDownload Include="Microsoft.ML;Microsoft.ML.OnnxTransformer;Microsoft.ML.FastTree" Version="[\$(MicrosoftMLVersion)]" />
    <PackageDownload Include="TorchSharp" Version="[\$(TorchSharpVersion)]" />
    <PackageDownload Include="Microsoft.ML.OnnxRuntime.Managed" Version="[\$(OnnxRuntimeVersion)]" />
    <PackageDownload Include="Google.Protobuf" Version="[\$(GoogleProtobufVersion)]" />
  </ItemGroup>
</Project>
EOF
  local feed_answer
  if dotnet restore "$folder/Ask.csproj" >"$log" 2>&1; then
    feed_answer=packages
  elif grep -qE 'error NU110[123]' "$log" && ! grep -E 'error NU' "$log" | grep -qvE 'NU110[123]'; then
    feed_answer=standins
  else
    grep -E 'error|warning' "$log" | sort -u >&2
    rm -rf "$folder"
    fail "the package feed could not be asked (above)."
  fi
  rm -rf "$folder"
  printf '%s' "$feed_answer"
}

decide_mode() {
  if [ -n "${DependencyMode:-}" ]; then
    mode=$DependencyMode
    case $mode in
      packages | standins) return ;;
      *) fail "DependencyMode is '$mode'; it must be 'packages' or 'standins'." ;;
    esac
  fi
  local current
  current=$(fingerprint)
  if ! $again && [ "$(remembered_fingerprint)" = "$current" ]; then
    mode=$(dependency_mode)
    return
  fi
  local start=$SECONDS
  mode=$(ask_feed)
  cat >"$answer.new" <<EOF
<Project>
  <!-- Written by eng/setup.sh, which asks again when package versions or package sources change. -->
  <!-- feed $current -->
  <PropertyGroup>
    <DependencyMode Condition="'\$(DependencyMode)' == ''">$mode</DependencyMode>
  </PropertyGroup>
</Project>
EOF
  mv "$answer.new" "$answer"
  say "  asking the package feed: $mode ... $((SECONDS - start)) s"
}

# ---- What stand-ins need ----

# fetch_npm PACKAGE INTEGRITY FOLDER MEMBER...: unpacks members of a pinned npm tarball, libraries flat, below FOLDER.
fetch_npm() {
  local integrity=$2 folder=$3 work=$native/fetching
  rm -rf "$work"
  mkdir -p "$work/tree"
  (cd "$work" && npm pack "$1@$onnxruntime_version" --loglevel=error) || return 1
  node -e '
    const [file, expected] = process.argv.slice(1);
    const found = "sha512-" + require("crypto").createHash("sha512").update(require("fs").readFileSync(file)).digest("base64");
    if (found !== expected) {
      console.error(`${file}: integrity ${found}, expected ${expected}`);
      process.exit(1);
    }' "$work"/*.tgz "$integrity" || return 1
  tar -xzf "$work"/*.tgz -C "$work/tree" --strip-components=1 "${@:4}" || return 1
  mv "$work"/tree/Plugins/Linux/x64/*.so "$work/tree/" || return 1
  rm -rf "$work/tree/Plugins" "$folder"
  printf '%s' "$integrity" >"$work/tree/.integrity"
  mv "$work/tree" "$folder" && rm -rf "$work"
}

have_npm() { [ "$(cat "$2/.integrity" 2>/dev/null)" = "$1" ]; }

install_onnxruntime() {
  have_npm "$onnxruntime_integrity" "$native/onnxruntime" ||
    timed "ONNX Runtime from npm: $onnxruntime_package $onnxruntime_version" \
      fetch_npm "$onnxruntime_package" "$onnxruntime_integrity" "$native/onnxruntime" \
      package/LICENSE package/Runtime package/Plugins/Linux/x64/libonnxruntime.so
  [ "${Gpu:-}" = true ] || return 0
  have_npm "$onnxruntime_gpu_integrity" "$native/onnxruntime-gpu" ||
    timed "CUDA provider from npm: $onnxruntime_gpu_package $onnxruntime_version" \
      fetch_npm "$onnxruntime_gpu_package" "$onnxruntime_gpu_integrity" "$native/onnxruntime-gpu" \
      package/LICENSE package/Plugins/Linux/x64/libonnxruntime_providers_cuda.so \
      package/Plugins/Linux/x64/libonnxruntime_providers_shared.so
}

have_debian_packages() {
  local package
  for package in "${debian_packages[@]}"; do
    [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" = installed ] || return 1
  done
}


install_libtorch() {
  if ! have_debian_packages; then
    need apt-get "to install ${debian_packages[*]} (Debian 12)"
    [ "$(id -u)" -eq 0 ] || need sudo "to install ${debian_packages[*]}"
    timed "libtorch from Debian: ${debian_packages[*]}" install_debian_packages "${debian_packages[@]}"
  fi
  local found
  found=$(dpkg-query -W -f='${Version}' libtorch-dev)
  case $found in
    "$libtorch_version"*) ;;
    *) fail "libtorch-dev is $found; the shim is written for $libtorch_version (Debian 12)." ;;
  esac
  [ -e "$openblas_directory/libblas.so.3" ] || fail "$openblas_directory lacks libblas.so.3."
}

# One object per source, named by the hash of everything that goes into it; linked again when the list of names changes.
compile_shim() {
  local headers source hash object objects=() missing=()
  headers=$(find "$shim_sources" -name '*.h' -print0 | sort -z | xargs -0 -r cat | sha256sum)
  for source in "$shim_sources"/*.cpp; do
    hash=$({ printf '%s' "$headers ${compile_flags[*]} ${link_flags[*]} $libtorch_version"; cat "$source"; } | sha256sum | cut -c1-16)
    object=$native/objects/$(basename "$source" .cpp)-$hash.o
    objects+=("$object")
    [ -f "$object" ] || missing+=("$source" "$object")
  done
  [ "${objects[*]}" != "$(cat "$native/.shim" 2>/dev/null)" ] || [ ! -f "$shim" ] || return 0
  need g++ "to compile the shim over libtorch"
  mkdir -p "$native/objects"
  timed "shim over libtorch: $((${#missing[@]} / 2)) of ${#objects[@]} sources to compile" compile_and_link
  printf '%s' "${objects[*]}" >"$native/.shim"
  for object in "$native"/objects/*.o; do
    case " ${objects[*]} " in *" $object "*) ;; *) rm -f "$object" ;; esac
  done
}

compile_and_link() {
  [ ${#missing[@]} -eq 0 ] || printf '%s\0' "${missing[@]}" | compile_flags="${compile_flags[*]}" xargs -0 -r -n 2 -P "$parallel_compilations" bash -c '
    g++ $compile_flags -c "$1" -o "$2.new" && mv "$2.new" "$2"' compile || return 1
  g++ -o "$shim.new" "${objects[@]}" "${link_flags[@]}" && mv "$shim.new" "$shim"
}

# ---- Main ----

need dotnet "to build (.NET SDK 10)"
[ "$(dotnet --version 2>/dev/null | cut -d. -f1)" = 10 ] || fail "the .NET SDK 10 is needed; dotnet --version says '$(dotnet --version 2>&1 | head -n 1)'."
need git "for source information in the assemblies"

started=$SECONDS
decide_mode
if [ "$mode" = packages ]; then
  say "Dependencies: packages."
  exit 0
fi

need node "to check what npm fetched and to summarise tests"
need npm "to fetch ONNX Runtime"
[ "$(uname -s)-$(uname -m)" = Linux-x86_64 ] || fail "stand-ins need Linux on x86-64, found $(uname -s) on $(uname -m)."
mkdir -p "$native"
exec 9>"$native/.lock"
flock 9
install_onnxruntime
install_libtorch
compile_shim
say "Dependencies: stand-ins for Microsoft.ML and TorchSharp, real ONNX Runtime and libtorch (eng/standins/README.md); set up in $((SECONDS - started)) s."
