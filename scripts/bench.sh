# shellcheck shell=bash
# Benchmarks; none of them decides a test. Sourced by ./dev. In: core, engines, keystroke, load, sizes, elements, or nothing
# for all of these; profile, site-keys, site-open, soak, build. Out: tables. The first load needs a post: APERCU_SEED, or the welcome.

# shellcheck source=scripts/browsers.sh
. "$(dirname "${BASH_SOURCE[0]}")/browsers.sh"
# shellcheck source=scripts/package.sh
. "$(dirname "${BASH_SOURCE[0]}")/package.sh"

PLAYWRIGHT_VERSION=1.64.1
export APERCU_PLAYWRIGHT=$CACHE/playwright

ensure_playwright() {
  [ -d "$APERCU_PLAYWRIGHT/node_modules/playwright-core" ] && return
  ensure_node
  say "fetching playwright-core from npm (some seconds)"
  quietly npm-playwright npm install --no-audit --no-fund --prefix "$APERCU_PLAYWRIGHT" "playwright-core@$PLAYWRIGHT_VERSION" \
    || fail "no playwright-core"
}

bench_core() {
  say "the core, natively (five minutes)"
  cargo bench --bench core
  say "hard texts at three sizes (two minutes)"
  cargo bench --bench pathological
}

# Source to HTML in Chromium, beside the engines that JavaScript editors use.
bench_engines() {
  ensure_chromium
  ensure_playwright
  say "fetching markdown-it, marked and commonmark from npm (some seconds)"
  quietly npm-engines npm install --no-audit --no-fund --prefix "$CACHE/engines" \
    markdown-it@14.1.0 marked@15.0.12 commonmark@0.31.2 || fail "no engines"
  build_package
  APERCU_ENGINES=$CACHE/engines CHROMIUM=$(command -v chromium) node scripts/engines.mjs pkg
}

# in_browser SCRIPT ARGUMENTS…: with the page served at a port, which the script is told first.
in_browser() {
  ensure_chromium
  ensure_playwright
  build
  local script=$1 port=8093
  shift
  node scripts/serve.mjs dist $port 11 >/dev/null &
  local server=$!
  # shellcheck disable=SC2064
  trap "kill $server" EXIT
  sleep 1
  CHROMIUM=$(command -v chromium) node "scripts/$script" $port "$@"
  kill $server
  trap - EXIT
}

# What a key costs, beside other editors; with sizes in bytes, at those.
bench_keystroke() {
  # shellcheck disable=SC2086
  npm_tools editors $EDITORS --ignore-scripts
  APERCU_EDITORS=$CACHE/editors in_browser keystroke.mjs "$@"
}

# What elements cost a page, by their number.
bench_elements() {
  ensure_chromium
  ensure_playwright
  build_package
  CHROMIUM=$(command -v chromium) node scripts/elements.mjs pkg "${APERCU_SEED:-src/welcome.md}"
}

# Whole sites, beside other programs that build them.
bench_build() {
  have python3 || fail "this needs Python 3"
  make_tables || true
  say "building the command line for speed (minutes the first time)"
  quietly cli cargo build --profile cli --bin apercu || fail "the command line did not build"
  [ $# -gt 0 ] || set -- --posts 1000,10000
  python3 scripts/bench-build.py target/cli/apercu "$@"
}

run_benches() {
  ensure_rust
  case ${1:-all} in
    build) bench_build "${@:2}" ;;
    core) bench_core ;;
    keystroke) bench_keystroke "${@:2}" ;;
    profile) APERCU_NAMES=1 in_browser key-profile.mjs "${@:2}" ;;
    engines) bench_engines ;;
    sizes) bench_sizes ;;
    elements) bench_elements ;;
    site-keys) in_browser site-keys.mjs "${@:2}" ;;
    site-open) in_browser site-open.mjs "${@:2}" ;;
    soak) in_browser soak.mjs "${@:2}" ;;
    load) in_browser load.mjs "${APERCU_SEED:-src/welcome.md}" ;;
    all)
      bench_core
      bench_engines
      bench_sizes
      bench_elements
      bench_keystroke
      in_browser load.mjs "${APERCU_SEED:-src/welcome.md}"
      ;;
    *) fail "./dev bench knows build, core, keystroke, profile, site-keys, site-open, soak, load, engines, sizes and elements, not $1" ;;
  esac
}
