/**
 * Completions for bash, from the 3.2 of macOS on: without associative arrays, `compopt`, `mapfile`
 * and the package bash-completion.
 *
 * @module
 */

import { type Place, places } from "./places.ts";

/**
 * Writes the completions. The candidates are words of letters, digits and dashes.
 *
 * @returns The text to evaluate.
 */
export function completions(): string {
  return `_claude_key() {
  local IFS=$' \\t\\n' word=\${COMP_WORDS[COMP_CWORD]} command='' previous='' candidates='' candidate
  if ((COMP_CWORD > 1)); then
    command=\${COMP_WORDS[1]} previous=\${COMP_WORDS[COMP_CWORD - 1]}
    # = is a word of its own here
    if [[ $word == '=' ]]; then
      word=''
    elif [[ $previous == '=' ]]; then
      previous=\${COMP_WORDS[COMP_CWORD - 2]}
    fi
  fi
  case "$command $previous" in
${places().map(branch).join("")}  esac
  COMPREPLY=()
  for candidate in $candidates; do
    if [[ $candidate == "$word"* ]]; then COMPREPLY+=("$candidate"); fi
  done
}
complete -F _claude_key claude-key
`;
}

function branch({ command, previous, candidates }: Place): string {
  const words = candidates.map(({ text }) => text).join(" ");
  const pattern = command === "" ? "' '" : previous ? `'${command} ${previous}'` : `'${command} '*`;
  return `    ${pattern}) candidates='${words}' ;;\n`;
}
