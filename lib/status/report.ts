/**
 * What `status` says, for people and for programs. `docs/json.md` documents the JSON.
 *
 * @module
 */

import type { Paint } from "../terminal/colour.ts";
import { formatDuration } from "../text/duration.ts";
import type { IdleLine } from "../configuration/idle_lines.ts";
import type { SettingOrigin } from "../configuration/setting_origins.ts";
import { jsonText } from "../text/json_text.ts";
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
  /** The lines of the configuration files that have no effect. */
  readonly idleLines: readonly IdleLine[];
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
export function statusText(report: StatusReport, paint: Paint): string {
  const { settingRows, idleLines, entries } = report;
  const idle = idleLines.map(({ name, file, line, reason, cure }) => [
    name,
    `${file.shownPath}, line ${line}`,
    `${reason}: ${cure}`,
  ]);
  const configuration = table(settingRows) +
    (idle.length > 0 ? `\nlines without effect\n${table(idle)}` : "");
  if (entries.length === 0) return `${configuration}\nno key is cached\n`;
  const rows = [HEADINGS, ...entries.map(entryRow)];
  const painted = (cell: string, row: number, column: number): string => {
    if (row === 0) return paint(cell, "bold");
    if (column !== STATE_COLUMN) return cell;
    return paint(cell, cell === "usable" || cell === "no such field" ? "green" : "yellow");
  };
  return `${configuration}\n${table(rows, painted)}`;
}

/**
 * Writes the report for programs.
 *
 * @param report What was found.
 * @returns JSON, ending in a newline.
 */
export function statusJson(report: StatusReport): string {
  const { usable, cacheFolder, settings, entries } = report;
  const idleLines = report.idleLines.map(({ file, ...idle }) => ({ ...idle, file: file.path }));
  const shown = entries.map(({ reference, file, state, since, left, size, mode }) => ({
    reference: reference ?? null,
    file,
    state,
    cachedSince: since === undefined ? null : new Date(since).toISOString(),
    secondsLeft: Math.floor(left),
    size: size ?? null,
    mode: mode === undefined ? null : octal(mode),
  }));
  return jsonText({ version: 1, usable, cacheFolder, settings, idleLines, entries: shown });
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
