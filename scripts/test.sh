# shellcheck shell=bash
# Every test: style and lints, native tests, the storage in a browser, the package, the page in three browsers, its size.
# Sourced by ./dev. In: which kind (native, wasm, package, browser), or nothing for all. Out: run_tests, the exit code.

# shellcheck source=scripts/browsers.sh
. "$(dirname "${BASH_SOURCE[0]}")/browsers.sh"
# shellcheck source=scripts/package.sh
. "$(dirname "${BASH_SOURCE[0]}")/package.sh"
# shellcheck source=scripts/examples.sh
. "$(dirname "${BASH_SOURCE[0]}")/examples.sh"

# The whole first load, and what is loaded later, take at most so many KB (1,000 bytes) with brotli. A number rises only
# with a commit that says why.
MAX_KB=321.6
MAX_TOOLS_KB=348
MAX_COLOURS_KB=68
MAX_WRITING_KB=244
MAX_DRAFTS_KB=108
# What a whole site adds to that.
MAX_SITE_KB=205

# With nextest where it is there: it runs tests of several files at once.
cargo_tests() {
  if have cargo-nextest; then cargo nextest run --no-fail-fast "$@"; else cargo test --no-fail-fast "$@"; fi
}

# The tests on data that is not part of this repository are marked `#[ignore]`. They run where the data is named, and
# then a missing file fails them.
data_tests() {
  if [ -z "${APERCU_POSTS:-}" ] || [ -z "${APERCU_SCALARS:-}" ]; then
    say "skipped: tests on real posts and scalars (APERCU_POSTS and APERCU_SCALARS name them)"
    return 0
  fi
  say "tests on real posts and scalars"
  if have cargo-nextest; then
    cargo nextest run --no-fail-fast --run-ignored only --test 'markdown_*' --test post_scalars
  else
    cargo test --no-fail-fast --test 'markdown_*' --test post_scalars -- --ignored
  fi
}

# The tests on the tables for code in colours are marked `#[ignore]`, too. They run where Ruby and Rouge are there; in CI,
# and where Rouge's blocks are named, they must be.
BROKEN_PIECES=40
MOST_USED="javascript shell java html swift csharp xml json haskell css rust python elixir yaml ruby php cpp objective_c diff r \
  jsx julia sql c toml typescript groovy markdown liquid coffeescript"
table_tests() {
  if ! make_tables; then
    [ -z "${CI:-}" ] || fail "code in colours cannot be tested without the tables"
    say "skipped: code in colours (no tables)"
    return 0
  fi
  say "code in colours: the tables, and broken code against the installed Rouge (half a minute)"
  if have cargo-nextest; then
    cargo nextest run --no-fail-fast --run-ignored only --test highlight || return 1
  else
    cargo test --no-fail-fast --test highlight -- --ignored || return 1
  fi
  local blocks
  blocks=$(mktemp -d)
  # shellcheck disable=SC2086
  ruby -W0 scripts/rouge-blocks.rb "$blocks" --count "$BROKEN_PIECES" --seed "$APERCU_SEED" $MOST_USED || return 1
  cargo run --quiet --example highlight -- "$TABLES" "$blocks" --show 1 >"$CACHE/highlight.log" || { cat "$CACHE/highlight.log"; return 1; }
  rm -rf "$blocks"
}

# One seed for all random tests of a run. `APERCU_SEED=… ./dev test` repeats a run.
choose_seed() {
  export APERCU_SEED=${APERCU_SEED:-$((RANDOM << 15 | RANDOM))}
  export PROPTEST_RNG_SEED=$APERCU_SEED
  say "random tests: APERCU_SEED=$APERCU_SEED"
}

# The tests of the page in one engine. Each has one try.
page_tests() {
  if have cargo-nextest; then
    timeout 1500 cargo nextest run --no-fail-fast --test browser "$1"
  else
    timeout 1500 cargo test --no-fail-fast --test browser -- "$1"
  fi
}

# Installs in the background what comes over the network, while the compiler works. What fails here is tried again where
# it is needed, and says so there.
fetch_ahead() {
  say "fetching browsers and tools in the background"
  (
    ensure_chromium
    install_firefox
    ensure_webkit
    ensure_node_tools
    ensure_axe
    ensure_node_for_vite
    # shellcheck disable=SC2086
    npm_tools package-tools $PACKAGE_TOOLS
    ensure_django
  ) >"$CACHE/fetch-ahead.log" 2>&1 &
  FETCHING=$!
}

test_native() {
  # Before the first build: the command line has the tables in it, and would be built twice.
  make_tables || true
  say "style and lints (a minute the first time)"
  cargo fmt --check || fail "the code is not formatted: ./dev fmt"
  cargo clippy --quiet --all-targets -- -D warnings || fail "lints"
  cargo clippy --quiet --lib --bins --example steps --target "$WASM" -- -D warnings || fail "lints of the page"
  cargo clippy --quiet --lib --bin prerender --features prerender -- -D warnings || fail "lints of the page's static HTML"
  say "native tests (a minute or two the first time)"
  cargo_tests --lib --test code --test growth --test 'kramdown_*' --test 'liquid*' --test 'markdown_*' --test paste --test 'post_*' --test 'site_*' --test structure --test command_line --test one_pipeline || fail "native tests"
  data_tests || fail "tests on real posts and scalars"
  table_tests || fail "tests of code in colours"
}

test_wasm() {
  ensure_chromium
  ensure_wasm_bindgen
  say "storage, letters and numbers, in a browser (half a minute the first time)"
  CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUNNER=wasm-bindgen-test-runner CHROMEDRIVER=$(command -v chromedriver) \
    cargo test --target "$WASM" --test wasm_storage --test wasm_language || fail "tests in a browser"
}

test_browser() {
  ensure_browsers
  build
  node "$ROOT/scripts/whole-test.mjs" || fail "a page in one piece, where the program cannot be parted"
  node scripts/size.mjs dist --max "$MAX_KB" --max-tools "$MAX_TOOLS_KB" --max-colours "$MAX_COLOURS_KB" --max-writing "$MAX_WRITING_KB" --max-drafts "$MAX_DRAFTS_KB" --max-site "$MAX_SITE_KB" || fail "the page is too large"
  # As `./dev test package` has laid it out.
  [ -n "${PACKAGE_IS_BUILT:-}" ] || "$ROOT/dev" package
  ensure_django
  ensure_react
  say "the page in Chromium (about six minutes)"
  page_tests chromium || fail "tests of the page; pictures of failures are in tests/failures"
  say "the page in Firefox (about eight minutes)"
  page_tests firefox || fail "tests of the page in Firefox; pictures of failures are in tests/failures"
  say "the page in WebKit (about five minutes)"
  page_tests webkit || fail "tests of the page in WebKit; pictures of failures are in tests/failures"
}

run_tests() {
  export APERCU_BEGAN=${APERCU_BEGAN:-$(date +%s)}
  ensure_rust
  choose_seed
  case ${1:-all} in
    native) test_native ;;
    wasm) test_wasm ;;
    package) test_package ;;
    browser) test_browser ;;
    all)
      fetch_ahead
      test_native
      wait "$FETCHING" || say "not all could be fetched in the background"
      test_wasm
      test_package
      PACKAGE_IS_BUILT=1
      test_browser
      say "all tests have passed"
      ;;
    *) fail "./dev test knows native, wasm, package and browser, not $1" ;;
  esac
}
