#!/usr/bin/env bash
# Packs the theme of the tests as themes are handed out: `gem build`, and the archive that a forge makes of a repository.
# In: tests/fixtures/theme/small-theme. Out: the archives beside it. Needs Ruby and Git.
set -euo pipefail
cd "$(dirname "$0")/../tests/fixtures/theme"
export SOURCE_DATE_EPOCH=1418000000
(cd small-theme && gem build --quiet small-theme.gemspec --output ../small-theme-1.0.0.gem)

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cp -r small-theme/. "$scratch"
# What is no file and is left out.
ln -s README.md "$scratch/link.md"
archive=$PWD/small-theme-main.zip
cd "$scratch"
export GIT_AUTHOR_DATE="$SOURCE_DATE_EPOCH +0000" GIT_COMMITTER_DATE="$SOURCE_DATE_EPOCH +0000"
git init --quiet
git add .
git -c user.name=tests -c user.email=tests@example.org commit --quiet --message "The theme of the tests"
git archive --format=zip --prefix=small-theme-main/ --output="$archive" HEAD
