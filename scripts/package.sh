# shellcheck shell=bash
# The npm package: builds its WASM modules and lays out pkg/. Sourced by ./dev and by what tests and measures the package.
# In: Cargo.toml (which modules there are). Out: build_package.

# shellcheck source=scripts/toolchain.sh
. "$(dirname "${BASH_SOURCE[0]}")/toolchain.sh"

build_package() {
  local modules=(companion) module bins=()
  grep -q '^name = "element"' Cargo.toml && modules+=(element)
  ensure_rust
  ensure_node
  ensure_wasm_bindgen
  ensure_wasm_opt
  say "building the package's modules (three minutes the first time, seconds after)"
  for module in "${modules[@]}"; do bins+=(--bin "$module"); done
  quietly package-cargo cargo build --release --target "$WASM" "${bins[@]}" || fail "the package did not build"
  quietly package node scripts/package.mjs pkg "${modules[@]}" || fail "the package could not be laid out"
}

package() {
  build_package
  cat "$CACHE/package.log"
}
