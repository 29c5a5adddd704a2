/**
 * `claude-key status`.
 *
 * @module
 */

import type { Invocation } from "../command_line/arguments.ts";
import type { ResolvedFolder } from "../files/resolve_folder.ts";
import { resolveCacheFolder } from "../cache/resolve_cache_folder.ts";
import type { GuardRules } from "../cache/guard.ts";
import { stdoutPainter } from "../terminal/colour.ts";
import {
  cacheFolderOf,
  type Configuration,
  resolveKeyTerms,
} from "../configuration/configuration.ts";
import { confineTo, giveUp } from "../confinement/confinement.ts";
import { entriesOf, type KeyRequest, lookUp } from "../key/entries.ts";
import { print } from "../terminal/output.ts";
import { openSettings, resolveSession } from "../key/session.ts";
import { idleLines } from "../configuration/idle_lines.ts";
import { originRows, settingOrigins } from "../configuration/setting_origins.ts";
import { statusJson, type StatusReport, statusText } from "../status/report.ts";
import { surveyEntries, surveyFolder } from "../status/survey.ts";

const NOTHING_USABLE = 1;

/**
 * Shows what is cached, for how long, and where each setting comes from. Never the key.
 *
 * @param invocation The command line.
 * @returns The exit status: 0 if a usable key is cached, 1 if not.
 * @throws {Failure} If the configuration is wrong; also if it is incomplete, unless all entries are
 * asked for.
 */
export async function run(invocation: Invocation): Promise<number> {
  const all = invocation.switches.has("all");
  const settings = openSettings(invocation);
  const session = all && settings.find("OP_ITEM") === undefined
    ? undefined
    : await resolveSession(settings, settings.find("CLAUDE_KEY_REPO_HEADER").value === "1");
  const { ttl, keyVariable } = resolveKeyTerms(settings);
  const cacheFolder = cacheFolderOf(settings);
  const origins = settingOrigins(settings, {
    CLAUDE_KEY_CACHE_DIR: cacheFolder,
    ...(session?.project && { CLAUDE_PROJECT: session.project.name }),
  });
  const settingRows = originRows(origins, settings.variable);
  const idle = idleLines(settings, keyVariable);
  const paint = stdoutPainter();
  const rules = { ttl, now: Date.now(), uid: Deno.uid() };
  const folder = resolveCacheFolder(cacheFolder);
  confineTo(folder);
  giveUp("run", "write");

  const current = await surveyCurrent(folder, session?.configuration, rules);
  const named = new Set(current.entries.map(({ file }) => file));
  const others = all ? surveyFolder(folder, rules).filter(({ file }) => !named.has(file)) : [];
  const report: StatusReport = {
    usable: current.usable || others.some(({ state }) => state === "usable"),
    cacheFolder,
    settings: origins,
    settingRows,
    idleLines: idle,
    entries: [...current.entries, ...others],
  };
  print(invocation.switches.has("json") ? statusJson(report) : statusText(report, paint));
  return report.usable ? 0 : NOTHING_USABLE;
}

/** Whether there is a usable key is for the same function to say that `get` goes by. */
async function surveyCurrent(
  folder: ResolvedFolder,
  configuration: Configuration | undefined,
  rules: GuardRules,
): Promise<Pick<StatusReport, "usable" | "entries">> {
  if (configuration === undefined) return { usable: false, entries: [] };
  const entries = await entriesOf(configuration);
  const request: KeyRequest = {
    configuration,
    folder: configuration.cacheFolder === undefined ? undefined : folder,
    uid: rules.uid,
    from: "cache",
  };
  return {
    usable: "key" in lookUp(request, entries),
    entries: surveyEntries(folder, entries, rules),
  };
}
