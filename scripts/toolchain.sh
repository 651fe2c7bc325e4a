# shellcheck shell=bash
# The set-up: compiler, the wasm32 standard library, wasm-bindgen, Trunk, wasm-opt; Rouge's tables for code in colours;
# the theme of new sites.
# Each is looked for first, then fetched the usual way, then by a way that needs only the package registries.
# Sourced by ./dev. In: Cargo.lock, Trunk.toml (the versions). Out: ensure_rust, ensure_wasm, ensure_node_tools, make_tables,
# make_theme.

# shellcheck source=scripts/common.sh
. "$(dirname "${BASH_SOURCE[0]}")/common.sh"

WASM=wasm32-unknown-unknown

trunk_tool() { sed -n "s/^$1 *= *\"\(.*\)\"/\1/p" "$ROOT/Trunk.toml" | head -n 1; }
TRUNK_VERSION=0.21.14
BINDGEN_VERSION=$(trunk_tool wasm_bindgen)
BINARYEN_VERSION=$(trunk_tool wasm_opt)
BINARYEN_VERSION=${BINARYEN_VERSION#version_}
NODE_VERSION=22.23.3
ESBUILD_VERSION=0.28.2

has_wasm_std() {
  local rustc=$1 root
  root=$("$rustc" --print sysroot 2>/dev/null) || return 1
  compgen -G "$root/lib/rustlib/$WASM/lib/libstd[-.]*rlib" >/dev/null
}

# The compiler that Debian ships for its browsers, used when rustup cannot download the wasm32 library.
use_system_rust() {
  if have rustup; then
    rustup toolchain list 2>/dev/null | grep -q '^system' || rustup toolchain link system /usr
    export RUSTUP_TOOLCHAIN=system
  else
    export PATH="/usr/bin:$PATH"
  fi
}

ensure_compiler() {
  have cc || { say "installing a C compiler for build scripts (half a minute)"; apt_install gcc libc6-dev || fail "no C compiler"; }
}

# A native toolchain that can also build for wasm32. Sets RUSTUP_TOOLCHAIN when it is not rustup's default.
ensure_rust() {
  ensure_compiler
  if [ -n "${RUSTUP_TOOLCHAIN:-}" ] && has_wasm_std rustc; then return; fi
  if have rustc && has_wasm_std rustc; then return; fi
  if [ -x /usr/bin/rustc ] && has_wasm_std /usr/bin/rustc; then use_system_rust; return; fi
  if have rustup; then
    say "adding Rust's $WASM target with rustup (some seconds)"
    if quietly rustup-target timeout 120 rustup target add $WASM; then return; fi
    say "rustup cannot download it here; falling back to Debian's compiler and a standard library built once"
  fi
  say "installing Debian's rustc-web and friends (about a minute)"
  apt_install rustc-web cargo-web rust-web-clippy rust-web-llvm rust-web-src rustfmt-web lld-22 \
    || fail "no Rust compiler with a $WASM target to be had: install rustup from https://rustup.rs and run again"
  build_wasm_std
  use_system_rust
}

# Builds std for wasm32 with the very compiler that will use it and lays it into that compiler's sysroot.
build_wasm_std() {
  local version source scratch target
  version=$(/usr/bin/rustc --version | cut -d' ' -f2)
  source=/usr/src/rustc-$version/library
  [ -d "$source" ] || fail "the standard library's source is not at $source"
  say "building the standard library for $WASM (about a minute)"
  scratch=$CACHE/std-$version
  rm -rf "$scratch"
  mkdir -p "$scratch"
  cp -r "$source" "$scratch/library"
  (
    cd "$scratch/library" || exit 1
    export RUSTC=/usr/bin/rustc RUSTC_BOOTSTRAP=1
    export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="-Zforce-unstable-if-unmarked -Cembed-bitcode=yes"
    unset RUSTUP_TOOLCHAIN
    quietly wasm-std /usr/bin/cargo build --release --target $WASM \
      --manifest-path sysroot/Cargo.toml --target-dir "$scratch/target"
  ) || fail "the standard library did not build"
  target=$(/usr/bin/rustc --print sysroot)/lib/rustlib/$WASM/lib
  as_root mkdir -p "$target"
  as_root cp "$scratch/target/$WASM"/release/deps/*.rlib "$target/"
  rm -rf "$scratch"
}

# cargo_tool COMMAND VERSION HOW-LONG CARGO-INSTALL-ARGUMENTS…
cargo_tool() {
  local tool=$1 version=$2 long=$3
  shift 3
  version_is "$tool" "$version" && return
  say "building $tool $version (once, $long)"
  quietly "install-$tool" cargo install --root "$CACHE" --target-dir "$CACHE/build" --force "$@" || fail "$tool did not build"
  rm -rf "$CACHE/build"
}

ensure_wasm_bindgen() {
  CARGO_PROFILE_RELEASE_OPT_LEVEL=1 cargo_tool wasm-bindgen "$BINDGEN_VERSION" "up to eight minutes" wasm-bindgen-cli --version "$BINDGEN_VERSION"
}

ensure_trunk() {
  CARGO_PROFILE_RELEASE_LTO=off CARGO_PROFILE_RELEASE_OPT_LEVEL=1 CARGO_PROFILE_RELEASE_CODEGEN_UNITS=16 \
    cargo_tool trunk "$TRUNK_VERSION" "about ten minutes" trunk --version "$TRUNK_VERSION" --locked
}

ensure_node() {
  have node && have npm && return
  say "installing Node.js from Debian (about a minute)"
  apt_install nodejs npm || fail "no Node.js"
}

# Vite 8 wants Node.js 20.19 or 22.12; Debian 12 has 18. npm itself has newer ones.
VITE_NODE='const [a, b] = process.versions.node.split(".").map(Number);
  process.exit(a > 22 || (a === 22 && b >= 12) || (a === 20 && b >= 19) ? 0 : 1)'
ensure_node_for_vite() {
  ensure_node
  node -e "$VITE_NODE" && return
  local newer=$CACHE/node/node_modules/.bin
  if ! version_is "$newer/node" "v$NODE_VERSION"; then
    say "fetching a newer Node.js from npm (some seconds)"
    quietly npm-node npm install --no-audit --no-fund --prefix "$CACHE/node" "node@$NODE_VERSION" || fail "no Node.js for Vite"
  fi
  export PATH="$newer:$PATH"
}

# wasm-opt and esbuild, by the npm packages of their projects: the same everywhere.
ensure_node_tools() {
  export APERCU_NODE_TOOLS=$CACHE/node-tools
  local wanted="binaryen@$BINARYEN_VERSION.0.0 esbuild@$ESBUILD_VERSION"
  if [ "$(cat "$APERCU_NODE_TOOLS/versions" 2>/dev/null)" != "$wanted" ] || ! version_is wasm-opt "$BINARYEN_VERSION"; then
    ensure_node
    say "fetching wasm-opt $BINARYEN_VERSION and esbuild $ESBUILD_VERSION from npm (some seconds)"
    # shellcheck disable=SC2086
    quietly npm-tools npm install --no-audit --no-fund --prefix "$APERCU_NODE_TOOLS" $wanted || fail "no wasm-opt"
    ln -sf "$APERCU_NODE_TOOLS/node_modules/.bin/wasm-opt" "$CACHE/bin/wasm-opt"
    printf '%s' "$wanted" >"$APERCU_NODE_TOOLS/versions"
  fi
}

# What parts and binds the program: our own tool, built again when its source has changed. Sets APERCU_BIND where it is
# there; without it the page is built whole.
ensure_bind() {
  local sources
  sources=$(cat "$ROOT"/scripts/bind/Cargo.* "$ROOT"/scripts/bind/src/*.rs | cksum)
  export APERCU_BIND=$CACHE/bin/apercu-bind-${sources/ /-}
  if [ ! -x "$APERCU_BIND" ]; then
    say "building what parts the program (once, about three minutes)"
    quietly build-bind cargo build --release --locked --manifest-path "$ROOT/scripts/bind/Cargo.toml" \
      --target-dir "$CACHE/build-bind" || return 1
    cp "$CACHE/build-bind/release/apercu-bind" "$APERCU_BIND"
  fi
}

# What a panic says of its place is not to tell where this machine keeps its files.
hide_folders() {
  export CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS="--remap-path-prefix=${CARGO_HOME:-$HOME/.cargo}/registry/src=crates \
    --remap-path-prefix=$(rustc --print sysroot)/lib/rustlib/src/rust=rust"
}

# The tables for code in colours, from the installed Rouge. False without Ruby or that Rouge: code stays plain then.
ROUGE_VERSION=3.30.0
TABLES=$ROOT/target/rouge
has_rouge() { have ruby && ruby -e "gem 'rouge', '$ROUGE_VERSION'" 2>/dev/null; }
make_tables() {
  if ! has_rouge && have apt-get; then
    say "installing Ruby and Rouge from Debian, for code in colours (half a minute)"
    (apt_install ruby ruby-rouge) || true
  fi
  if ! has_rouge && have gem; then
    say "installing Rouge $ROUGE_VERSION with gem (some seconds)"
    quietly gem-rouge gem install --user-install --no-document rouge -v "$ROUGE_VERSION" || true
  fi
  if ! has_rouge; then
    say "code stays plain: its colours need Ruby with Rouge $ROUGE_VERSION (gem install rouge -v $ROUGE_VERSION)"
    rm -rf "$TABLES"
    return 1
  fi
  local sources
  sources=$(cat "$ROOT"/scripts/rouge-tables.rb "$ROOT"/scripts/rouge/* | cksum)
  [ "$(cat "$ROOT/target/rouge-sources" 2>/dev/null)" = "$sources" ] && [ -f "$TABLES/index" ] && return
  say "making the tables for code in colours from Rouge $ROUGE_VERSION (some seconds)"
  quietly rouge-tables ruby -W0 "$ROOT/scripts/rouge-tables.rb" "$TABLES" || fail "the tables could not be made"
  printf '%s' "$sources" >"$ROOT/target/rouge-sources"
}

# The theme that `jekyll new` names, for sites that are opened in the page: one archive of its files, and its licence. False
# where it cannot be had: then the page says that the theme is missing.
MINIMA=minima-2.5.1
THEMES=$ROOT/target/themes

# Where the files of the theme are; those of Debian's package have their licence elsewhere.
find_minima() {
  MINIMA_LICENCE=
  for MINIMA_FILES in {"$CACHE/minima",}/usr/share/rubygems-integration/all/gems/$MINIMA "$CACHE/minima/$MINIMA"; do
    local licence
    for licence in "${MINIMA_FILES%/share/rubygems-integration/*}/share/doc/jekyll-theme-minima/copyright" "$MINIMA_FILES/LICENSE.txt"; do
      [ -d "$MINIMA_FILES/_layouts" ] && [ -f "$licence" ] && MINIMA_LICENCE=$licence && return
    done
  done
  return 1
}

# Unpacks the package beside the other tools: to install it would bring Jekyll.
minima_of_debian() {
  cd "$CACHE/minima" && apt-get download jekyll-theme-minima && dpkg-deb -x jekyll-theme-minima_*.deb .
}
minima_of_rubygems() {
  cd "$CACHE/minima" && gem fetch minima -v "${MINIMA#minima-}" && gem unpack "$MINIMA.gem"
}

make_theme() {
  if ! find_minima; then
    say "fetching the theme $MINIMA from Debian (some seconds)"
    mkdir -p "$CACHE/minima"
    have apt-get && { (quietly theme-debian minima_of_debian) || (as_root apt-get update >/dev/null && quietly theme-debian minima_of_debian) || true; }
  fi
  if ! find_minima && have gem; then
    say "fetching the theme $MINIMA with gem (some seconds)"
    (quietly theme-gem minima_of_rubygems) || true
  fi
  rm -rf "$THEMES"
  if ! find_minima; then
    say "sites with the theme minima are shown without it: it could not be had (Debian's jekyll-theme-minima, gem fetch minima)"
    return 1
  fi
  mkdir -p "$THEMES"
  cp "$MINIMA_LICENCE" "$THEMES/$MINIMA.LICENSE"
  tar -C "$MINIMA_FILES" --sort=name --mtime=@0 --owner=0 --group=0 --numeric-owner --mode=u=rwX,go=rX --format=ustar \
    -cf - _includes _layouts _sass assets | gzip -9n >"$THEMES/$MINIMA"
}

ensure_wasm() {
  ensure_rust
  ensure_node_tools
  ensure_wasm_bindgen
  ensure_trunk
  hide_folders
}
