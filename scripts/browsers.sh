# shellcheck shell=bash
# The browsers that the end-to-end tests drive, their WebDriver servers, and axe-core.
# Sourced by ./dev. In: nothing. Out: ensure_browsers and one function for each part, GECKODRIVER_VERSION,
# APERCU_AXE (the script that the accessibility tests put into the page). Debian's archive first, then Rust's and
# npm's registries: geckodriver is not packaged by Debian.

# shellcheck source=scripts/toolchain.sh
. "$(dirname "${BASH_SOURCE[0]}")/toolchain.sh"

GECKODRIVER_VERSION=0.37.1
AXE_VERSION=4.14.1
export APERCU_AXE=$CACHE/axe/node_modules/axe-core/axe.min.js

# Without a font of its own every headless browser draws boxes, and text has no width to test.
has_fonts() { compgen -G "/usr/share/fonts/truetype/dejavu/*.ttf" >/dev/null; }

ensure_chromium() {
  have chromium && have chromedriver && has_fonts && return
  say "installing Chromium and its driver from Debian (about half a minute)"
  apt_install chromium chromium-driver fonts-dejavu-core || fail "no Chromium"
}

ensure_firefox() {
  install_firefox
  ensure_geckodriver
}

install_firefox() {
  if ! have firefox-esr && ! have firefox; then
    say "installing Firefox ESR from Debian (about half a minute)"
    apt_install firefox-esr fonts-dejavu-core || fail "no Firefox"
  fi
}

# A debug build: it takes a quarter of the time and drives a browser just as well. Its own build folder, because
# other tools may be building at the same time.
ensure_geckodriver() {
  version_is geckodriver "$GECKODRIVER_VERSION" && return
  have cargo || ensure_rust
  ensure_compiler
  say "building geckodriver $GECKODRIVER_VERSION (once, one to three minutes)"
  CARGO_PROFILE_DEV_DEBUG=false quietly install-geckodriver cargo install --root "$CACHE" --target-dir "$CACHE/build-geckodriver" --force --debug \
    --locked --version "$GECKODRIVER_VERSION" geckodriver || fail "geckodriver did not build"
  rm -rf "$CACHE/build-geckodriver"
}

# WebKitGTK draws only into an X display: Xvfb is one without a screen.
ensure_webkit() {
  have WebKitWebDriver && have Xvfb && compgen -G "/usr/lib/*/webkit2gtk-4.*/MiniBrowser" >/dev/null && return
  say "installing WebKitGTK, its driver and a virtual display from Debian (about half a minute)"
  apt_install webkit2gtk-driver xvfb xauth dbus fonts-dejavu-core || fail "no WebKitGTK"
}

ensure_axe() {
  [ -s "$APERCU_AXE" ] && grep -q "axe v$AXE_VERSION" "$APERCU_AXE" && return
  ensure_node
  say "fetching axe-core $AXE_VERSION from npm (some seconds)"
  quietly npm-axe npm install --no-audit --no-fund --prefix "$CACHE/axe" "axe-core@$AXE_VERSION" || fail "no axe-core"
}

ensure_browsers() {
  ensure_chromium
  ensure_firefox
  ensure_webkit
  ensure_axe
}
