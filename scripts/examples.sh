# shellcheck shell=bash
# What the examples need beside the package: a Python with Django, and the React page built.
# Sourced by examples/admin/run and scripts/test.sh. In: the examples' own lists of versions. Out: ensure_django,
# APERCU_PYTHON (the Python that has it), ensure_package, ensure_react. PyPI and npm's registry, each by its own client.

# shellcheck source=scripts/toolchain.sh
. "$(dirname "${BASH_SOURCE[0]}")/toolchain.sh"

DJANGO_LIST=$ROOT/examples/admin/requirements.txt
DJANGO_HOME=$CACHE/django
export APERCU_PYTHON=$DJANGO_HOME/bin/python

# Debian ships Python without what makes an environment with pip in it; Django 5.2 wants 3.10.
makes_environments() { "$1" -c 'import sys, ensurepip, venv; sys.exit(sys.version_info < (3, 10))' >/dev/null 2>&1; }

python_with_venv() {
  local python
  for python in python3 /usr/bin/python3; do
    makes_environments "$python" && { echo "$python"; return; }
  done
  say "installing Python's venv from Debian (some seconds)"
  apt_install python3 python3-venv && makes_environments /usr/bin/python3 && echo /usr/bin/python3
}

# An environment is as old as the list that it was made from.
has_django() { cmp -s "$DJANGO_LIST" "$DJANGO_HOME/list.txt" && "$APERCU_PYTHON" -c 'import django' 2>/dev/null; }

ensure_django() {
  has_django && return
  local python
  python=$(python_with_venv) || fail "no Python 3.10 or newer with venv"
  say "installing Django into an environment of its own (some seconds)"
  rm -rf "$DJANGO_HOME"
  quietly venv "$python" -m venv "$DJANGO_HOME" || fail "no environment for Django"
  quietly pip "$APERCU_PYTHON" -m pip install --disable-pip-version-check --requirement "$DJANGO_LIST" || fail "no Django"
  cp "$DJANGO_LIST" "$DJANGO_HOME/list.txt"
}

ensure_package() { [ -f "$ROOT/pkg/auto.js" ] || "$ROOT/dev" package; }

# The page of examples/react, built from the package as it is now.
ensure_react() {
  ensure_package
  say "building the React example (some seconds)"
  (
    ensure_node_for_vite
    cd "$ROOT/examples/react"
    quietly npm-react npm install --no-audit --no-fund && quietly vite-react npm run build
  ) || fail "the React example did not build"
}
