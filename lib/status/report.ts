/**
 * What `status` says, for people and for programs.
 *
 * The JSON is an object of this shape. Members may be added to it later, none is removed or changes
 * its meaning while `version` stays the same.
 *
 * ```json
 * {
 *   "version": 1,
 *   "usable": true,
 *   "cacheFolder": "/home/ada/.cache/claude",
 *   "settings": [
 *     { "name": "OP_ITEM", "value": "op://Work/litellm", "source": "file",
 *       "file": "/home/ada/.config/claude/local.env", "line": 1 },
 *     { "name": "OP_FIELD", "value": "API Key", "source": "default" }
 *   ],
 *   "entries": [
 *     { "reference": "op://Work/litellm/API Key", "file": "litellm-0123456789abcdef.key",
 *       "state": "usable", "cachedSince": "2026-01-31T12:00:00.000Z", "secondsLeft": 43140,
 *       "size": 12, "mode": "0600" }
 *   ]
 * }
 * ```
 *
 * | member | is |
 * | --- | --- |
 * | `usable` | whether `get` would answer from the cache; with `--all`, whether any entry would |
 * | `settings` | every setting; `source` is `flag`, `environment`, `file` or `default`; `value` is `null` where there is none; `idle` says why one does not count |
 * | `reference` | `null` for an entry of another configuration |
 * | `state` | `usable`, `no such field`, or the reason why the entry does not serve, as in the debug line |
 * | `cachedSince`, `size`, `mode` | `null` where there is no such file, or the system does not tell |
 * | `secondsLeft` | 0 for an entry that does not serve |
 *
 * @module
 */

import type { Paint } from "../terminal/colour.ts";
import { formatDuration } from "../text/duration.ts";
import type { SettingOrigin } from "../configuration/setting_origins.ts";
import { table } from "../text/table.ts";
import type { SurveyedEntry } from "./survey.ts";

/** Everything that `status` found. */
export interface StatusReport {
  /** Whether a key would come from the cache. */
  readonly usable: boolean;
  /** The cache folder, as configured. */
  readonly cacheFolder: string;
  /** Where each setting comes from. */
  readonly settings: readonly SettingOrigin[];
  /** The same for people, as rows of a table. */
  readonly settingRows: readonly (readonly string[])[];
  /** The entries. */
  readonly entries: readonly SurveyedEntry[];
}

const HEADINGS = ["key", "cached since", "time left", "size", "mode", "state"];
const STATE_COLUMN = HEADINGS.indexOf("state");

/**
 * Writes the report for people.
 *
 * @param report What was found.
 * @param paint Colours text, or does not.
 * @returns The text, ending in a newline.
 */
export function statusText({ settingRows, entries }: StatusReport, paint: Paint): string {
  if (entries.length === 0) return `${table(settingRows)}\nno key is cached\n`;
  const rows = [HEADINGS, ...entries.map(entryRow)];
  const painted = (cell: string, row: number, column: number): string => {
    if (row === 0) return paint(cell, "bold");
    if (column !== STATE_COLUMN) return cell;
    return paint(cell, cell === "usable" || cell === "no such field" ? "green" : "yellow");
  };
  return `${table(settingRows)}\n${table(rows, painted)}`;
}

/**
 * Writes the report for programs, in the shape that this module documents.
 *
 * @param report What was found.
 * @returns JSON, ending in a newline.
 */
export function statusJson({ usable, cacheFolder, settings, entries }: StatusReport): string {
  const shown = entries.map(({ reference, file, state, since, left, size, mode }) => ({
    reference: reference ?? null,
    file,
    state,
    cachedSince: since === undefined ? null : new Date(since).toISOString(),
    secondsLeft: Math.floor(left),
    size: size ?? null,
    mode: mode === undefined ? null : octal(mode),
  }));
  const report = { version: 1, usable, cacheFolder, settings, entries: shown };
  return `${JSON.stringify(report, null, 2)}\n`;
}

function entryRow({ reference, file, state, since, left, size, mode }: SurveyedEntry): string[] {
  return [
    reference ?? file,
    since === undefined ? "-" : localTime(since),
    left > 0 ? formatDuration(left) : "-",
    size === undefined ? "-" : `${size} bytes`,
    mode === undefined ? "-" : octal(mode),
    state,
  ];
}

/** `toISOString` writes UTC, so that it is given a time that is off by as much. */
function localTime(time: number): string {
  const offset = new Date(time).getTimezoneOffset() * 60_000;
  return new Date(time - offset).toISOString().slice(0, "2026-01-31T12:00".length)
    .replace("T", " ");
}

function octal(mode: number): string {
  return mode.toString(8).padStart(4, "0");
}
