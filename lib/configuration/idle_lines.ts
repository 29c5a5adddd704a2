/**
 * Lines of the configuration files that have no effect, and why. Nobody is told by the command that
 * reads them: they are no mistake, only not what somebody may have meant.
 *
 * @module
 */

import { isCommanding } from "./commanding_variables.ts";
import { withRepositoryHeader } from "./custom_headers.ts";
import { isHandedOn, isReadable } from "./exported_variables.ts";
import type { LocalEnvEntry } from "./local_env.ts";
import { isSettingName, SETTING_NAMES, type Settings, type SettingsFile } from "./settings.ts";
import { nearest } from "../text/near_miss.ts";
import { unsetCommand } from "../text/typed_commands.ts";

/** A line without effect. */
export interface IdleLine {
  /** The name that it would set. */
  readonly name: string;
  /** The file that it stands in. */
  readonly file: SettingsFile;
  /** The line, counted from 1. */
  readonly line: number;
  /** Why it has no effect, in words that fit behind the name. */
  readonly reason: string;
  /** What to type or do. */
  readonly cure: string;
}

type Idleness = Pick<IdleLine, "reason" | "cure">;

/** What clients of the gateway read in the place of the names that the old scripts had. */
const SUCCESSORS = /^CLAUDE_((?:SMALL_FAST_)?MODEL|BASE_URL|CUSTOM_HEADERS|AUTH_TOKEN|API_KEY)$/;

/**
 * Finds the lines without effect. A line of the team's file that `local.env` overrides is none of
 * them, as that is what `local.env` is for.
 *
 * @param settings What the user has set.
 * @param keyVariable The variable that receives the key.
 * @returns The lines, by file and in their order.
 */
export function idleLines(settings: Settings, keyVariable: string): IdleLine[] {
  return settings.files.flatMap((file) =>
    Array.from(file.entries).flatMap(([name, entry]) => {
      const found: IdleLine[] = (entry.earlier ?? []).map((line) => ({
        name,
        file,
        line,
        reason: `set again in line ${entry.line}`,
        cure: `remove line ${line}`,
      }));
      const overridden = file.isTeams && settings.file?.entries.has(name);
      const idle = overridden ? undefined : idleness(name, entry, settings, keyVariable);
      return idle === undefined ? found : [...found, { name, file, line: entry.line, ...idle }];
    }).sort((one, other) => one.line - other.line)
  );
}

function idleness(
  name: string,
  entry: LocalEnvEntry,
  settings: Settings,
  keyVariable: string,
): Idleness | undefined {
  if (isSettingName(name)) {
    if (entry.value === "") return { reason: "empty", cure: "give it a value, or remove it" };
    const setting = settings.find(name);
    if (setting?.value === entry.value) return undefined;
    if (setting?.source.kind === "environment") return overridden(name);
    return setting?.source.kind === "flag"
      ? { reason: `overridden by --${setting.source.option}`, cure: "leave that option out" }
      : undefined;
  }
  if (name.startsWith("OP_")) {
    return {
      reason: "read from the environment only",
      cure: `remove it, and export ${name} in your shell`,
    };
  }
  if (name.startsWith("CLAUDE_KEY_")) {
    const near = nearest(name, SETTING_NAMES);
    return {
      reason: "no setting of claude-key",
      cure: near === undefined ? "remove it" : `write ${near}`,
    };
  }
  if (name === keyVariable) return { reason: "the key takes its place", cure: "remove it" };
  if (name === "ANTHROPIC_BASE_URL" && settings.find("LITELLM_BASE_URL") !== undefined) {
    return { reason: "LITELLM_BASE_URL names the gateway", cure: "remove one of the two" };
  }
  const [, successor] = SUCCESSORS.exec(name) ?? [];
  if (successor !== undefined) {
    return { reason: "a name of the old scripts", cure: `write ANTHROPIC_${successor}` };
  }
  if (isCommanding(name)) {
    return {
      reason: "not handed on, as it can make programs run something",
      cure: `remove it, and set ${name} in the start-up file of your shell`,
    };
  }
  if (!isHandedOn(name, settings)) {
    return { reason: "not handed on without export", cure: `write export ${name}=…` };
  }
  const own = isReadable(name) ? settings.variable(name) : undefined;
  return own && !saysTheSame(name, own, entry.value) ? overridden(name) : undefined;
}

function overridden(name: string): Idleness {
  return { reason: "overridden by the environment", cure: unsetCommand([name]) };
}

/** The header that `env` adds itself is there after the first evaluation. */
function saysTheSame(name: string, own: string, written: string): boolean {
  if (name !== "ANTHROPIC_CUSTOM_HEADERS") return own === written;
  return withRepositoryHeader(own, "") === withRepositoryHeader(written, "");
}
