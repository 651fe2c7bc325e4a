# shellcheck shell=bash
# The npm package: builds the program and lays out pkg/. Sourced by ./dev and by what tests and measures the package.
# In: the sources. Out: build_package (prints what npm would publish), test_package, bench_sizes.

# shellcheck source=scripts/toolchain.sh
. "$(dirname "${BASH_SOURCE[0]}")/toolchain.sh"

build_package() {
  ensure_rust
  ensure_node_tools
  ensure_bind || fail "what binds the program did not build"
  hide_folders
  make_tables || true
  say "building the package (three minutes the first time, seconds after)"
  quietly package-cargo cargo build --release --target "$WASM" --bin apercu --features parts || fail "the package did not build"
  node scripts/package.mjs pkg || fail "the package could not be laid out"
}

# What the tests of the package use it with.
PACKAGE_TOOLS="typescript@5.9.3 vite@8.3.8 webpack@5.112.2 esbuild@0.28.2 parse5@8.1.1"

# npm_tools FOLDER PACKAGE@VERSION…: exactly these, in a folder of the cache.
npm_tools() {
  local folder=$CACHE/$1
  shift
  [ "$(cat "$folder/versions" 2>/dev/null)" = "$*" ] && return
  ensure_node
  say "fetching from npm (some seconds): $*"
  rm -rf "$folder"
  mkdir -p "$folder"
  quietly "npm-${folder##*/}" npm install --no-audit --no-fund --prefix "$folder" "$@" || fail "npm has not given: $*"
  printf '%s' "$*" >"$folder/versions"
}

test_package() {
  build_package >/dev/null
  ensure_node_for_vite
  # shellcheck disable=SC2086
  npm_tools package-tools $PACKAGE_TOOLS
  say "the package: types, three bundlers, the engine in Node (half a minute)"
  node scripts/package-test.mjs "$CACHE/package-tools" target/package-test || fail "tests of the package"
}

# The editors that are measured beside this one.
EDITORS="easymde@2.21.0 @toast-ui/editor@3.2.2 vditor@4.0.0 md-editor-v3@7.0.0 vue@3.5.45 esbuild@0.28.2"

bench_sizes() {
  build_package >/dev/null
  # shellcheck disable=SC2086
  npm_tools editors $EDITORS --ignore-scripts
  node scripts/compare-sizes.mjs "$CACHE/editors"
}
