#!/bin/bash
# What a cache hit costs in plain bash with the usual programs, for comparison; written for the
# benchmark. It prints what `claude-key env` prints on such a hit.
set -euo pipefail

config="${XDG_CONFIG_HOME:-$HOME/.config}/claude/local.env"
# shellcheck disable=SC1090 # the user's own file
. "$config"

project=$(basename -s .git "$(git remote get-url origin 2>/dev/null || pwd)")
: "$project"

ttl=43200
for file in "${XDG_CACHE_HOME:-$HOME/.cache}"/claude/litellm-*.key; do
  modified=$(stat -c %Y "$file" 2>/dev/null || stat -f %m "$file")
  now=$(date +%s)
  if [ -s "$file" ] && [ $((now - modified)) -lt "$ttl" ]; then
    printf "export ANTHROPIC_BASE_URL='%s';\n" "$LITELLM_BASE_URL"
    printf "export ANTHROPIC_AUTH_TOKEN='%s';\n" "$(cat "$file")"
    exit 0
  fi
  break
done
echo 'no cached key' >&2
exit 1
