# shellcheck shell=bash
# Texts at random. Sourced by ./dev. `fuzz [SECONDS]`: through the whole core; `fuzz site [SECONDS]`: small sites, read and
# built whole; crashes in fuzz/artifacts. Both use what only a nightly compiler has (the sanitizers that find memory errors);
# where none is installed, the stable one is allowed to. `fuzz yaml [--seed N] [--count N]`: front matters through our reader
# and through the one that Jekyll uses; the smallest texts on which they differ. Needs Ruby and the gem safe_yaml (or its lib
# folder in APERCU_SAFE_YAML).

# shellcheck source=scripts/toolchain.sh
. "$(dirname "${BASH_SOURCE[0]}")/toolchain.sh"

FUZZ_VERSION=0.13.2

run_fuzz() {
  [ "${1:-}" != yaml ] || { shift; run_yaml "$@"; return; }
  local target=core
  [ "${1:-}" != site ] || { shift; target=site; }
  ensure_rust
  if have rustup && rustup toolchain list | grep -q '^nightly'; then
    export RUSTUP_TOOLCHAIN=nightly
  else
    export RUSTC_BOOTSTRAP=1
  fi
  cargo_tool cargo-fuzz "$FUZZ_VERSION" "two minutes" cargo-fuzz --version "$FUZZ_VERSION" --locked
  say "fuzzing (the target $target) for ${1:-60} seconds"
  cargo fuzz run "$target" -- -max_total_time="${1:-60}" -timeout=20 -max_len=20000 -rss_limit_mb=4096
}

run_yaml() {
  while [ $# -gt 0 ]; do
    case $1 in
      --seed) export APERCU_SEED=${2:?--seed needs a number}; shift 2 ;;
      --count) export APERCU_COUNT=${2:?--count needs a number}; shift 2 ;;
      *) fail "fuzz yaml does not know $1" ;;
    esac
  done
  have ruby || fail "fuzz yaml asks Ruby: apt-get install ruby, gem install safe_yaml"
  cargo test --quiet --test post_yaml -- --ignored --nocapture random_texts
}
