# shellcheck shell=bash
# Shared by every script behind ./dev: where tools are cached, how progress is told, how Debian packages are installed.
# Sourced, never run. In: nothing. Out: CACHE, say, have, apt_install, version_is.

ROOT=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
CACHE=${APERCU_CACHE:-${XDG_CACHE_HOME:-$HOME/.cache}/apercu}
mkdir -p "$CACHE/bin"
export PATH="$CACHE/bin:${CARGO_HOME:-$HOME/.cargo}/bin:$PATH"

# While tests run, with the time since they began.
say() {
  local at= passed
  if [ -n "${APERCU_BEGAN:-}" ]; then
    passed=$(($(date +%s) - APERCU_BEGAN))
    at=$(printf '[%d:%02d] ' $((passed / 60)) $((passed % 60)))
  fi
  printf '\033[1m· %s%s\033[0m\n' "$at" "$*" >&2
}
fail() { printf '\033[1;31m✗ %s\033[0m\n' "$*" >&2; exit 1; }
have() { command -v "$1" >/dev/null 2>&1; }

# quietly LOG COMMAND…: runs the command with its output in a log file; shows the log's end when it fails.
quietly() {
  local log="$CACHE/$1.log"
  shift
  "$@" >"$log" 2>&1 && return 0
  tail -n 30 "$log" >&2
  say "the whole log: $log"
  return 1
}

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif have sudo; then sudo "$@"; else
    fail "needs root for: $* (install it by hand, or install sudo)"
  fi
}

# apt_install PACKAGE…: from Debian's or Ubuntu's archive, without recommended packages.
apt_install() {
  have apt-get || fail "this machine has no apt-get; please install by hand: $*"
  # One at a time: what the tests need later is installed while they run.
  local lock status=0
  exec {lock}>"$CACHE/apt.lock"
  flock "$lock"
  if [ -z "${APT_UPDATED:-}" ]; then
    quietly apt-update as_root apt-get update || say "apt-get update failed; going on with the lists that are there"
    APT_UPDATED=1
  fi
  quietly "apt-$1" as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@" || status=1
  exec {lock}>&-
  return "$status"
}

# version_is COMMAND VERSION: does `COMMAND --version` name exactly that version?
version_is() {
  local said
  # Reads all of the output before it takes the first line: a program whose pipe is closed early fails (SIGPIPE).
  have "$1" && said=$("$1" --version 2>/dev/null) && printf '%s\n' "${said%%$'\n'*}" | grep -qwF "$2"
}
