# shellcheck shell=bash
# Fuzzes the whole core. Sourced by ./dev. In: seconds (default 60). Out: crashes in fuzz/artifacts.
# Needs a nightly compiler: the sanitizers that find memory errors are only there.

# shellcheck source=scripts/toolchain.sh
. "$(dirname "${BASH_SOURCE[0]}")/toolchain.sh"

FUZZ_VERSION=0.13.2

run_fuzz() {
  have rustup && rustup toolchain list | grep -q '^nightly' || fail "fuzzing needs a nightly compiler: rustup toolchain install nightly"
  cargo_tool cargo-fuzz "$FUZZ_VERSION" "two minutes" cargo-fuzz --version "$FUZZ_VERSION" --locked
  say "fuzzing the core for ${1:-60} seconds"
  cargo +nightly fuzz run core -- -max_total_time="${1:-60}" -timeout=20 -max_len=20000 -rss_limit_mb=4096
}
