/**
 * Do Claude Code's settings files let the key through?
 *
 * @module
 */

import { faultOfAddress } from "../claude_code/gateway_address.ts";
import type { HelperFacts } from "../claude_code/own_helper.ts";
import { GATEWAY, HELPER, type Rival } from "../claude_code/precedence.ts";
import {
  type ClaudeSettingsFile,
  fileOfGateway,
  fileOfHelper,
} from "../claude_code/settings_files.ts";
import { escapeControlCharacters } from "../text/control_characters.ts";
import { pathWord, shellWord } from "../text/shell_word.ts";
import {
  byHand,
  type Cure,
  type Finding,
  ok,
  problem,
  skipped,
  typed,
  warning,
} from "./finding.ts";

const check = "Claude settings";

/** What the check goes by. */
export interface ClaudeSettingsFacts {
  /** The settings files that are there, those that win first. */
  readonly files: readonly ClaudeSettingsFile[];
  /** Settings that cannot be read, if there are such. */
  readonly unreadable: string | undefined;
  /** What the system says of the helper that counts, if that is claude-key. */
  readonly helper: HelperFacts | undefined;
  /** What stands in the way of the key. */
  readonly rivals: readonly Rival[];
  /** The variable that receives the key, if Claude Code reads it. */
  readonly keyVariable: string | undefined;
  /** The gateway's address that claude-key hands on, if there is one. */
  readonly gateway: string | undefined;
}

/**
 * Looks for settings that win over the key, or lose against it.
 *
 * @param facts What is known.
 * @returns A finding for each, or one that there are none.
 */
export function checkClaudeSettings(facts: ClaudeSettingsFacts): Finding[] {
  const findings = [
    ...unreadableFindings(facts),
    ...rivalFindings(facts),
    ...gatewayFindings(facts),
    ...helperFindings(facts),
  ];
  if (findings.length > 0) return findings;
  const file = fileOfHelper(facts.files);
  const isOurs = file?.settings?.helper?.kind === "claude-key";
  return [ok(check, isOurs ? `${HELPER} in ${file?.shown} is claude-key` : NOTHING)];
}

const NOTHING = "no settings file of Claude Code touches the key";

function unreadableFindings({ files, unreadable }: ClaudeSettingsFacts): Finding[] {
  const broken = files.filter(({ settings }) => settings === undefined);
  return [
    ...(unreadable === undefined ? [] : [skipped(check, `${unreadable} cannot be read here`)]),
    ...broken.map((file) =>
      warning(
        check,
        `${file.shown} is not a JSON object`,
        edit(file, `correct it: ${pathWord(file.shown)}`),
      )
    ),
  ];
}

function rivalFindings({ rivals }: ClaudeSettingsFacts): Finding[] {
  return rivals.filter(({ place }) => place.kind === "settings file").map(
    ({ name, place, wins }) => {
      const cure = removal(name, place.shown, place.isManaged ?? false);
      const what = `${name} in ${place.shown}`;
      if (name.startsWith("CLAUDE_CODE_USE_")) {
        return warning(check, `${what} wins over every key`, cure);
      }
      return wins
        ? problem(check, `${what} wins over the key`, cure)
        : warning(check, `${what} is sent beside the key`, cure);
    },
  );
}

function gatewayFindings({ files, gateway }: ClaudeSettingsFacts): Finding[] {
  const file = fileOfGateway(files);
  const address = file?.settings?.variables.get(GATEWAY);
  if (file === undefined || address === undefined) return [];
  const fault = faultOfAddress(address);
  if (fault !== undefined) {
    const { problem: words, better = "https://litellm.example.com" } = fault;
    const cure = edit(file, `write ${shellWord(better)} there`);
    return [problem(check, `${GATEWAY} in ${file.shown} ${words}`, cure)];
  }
  if (gateway === undefined || address === gateway) return [];
  const message = `${GATEWAY} in ${file.shown} wins over LITELLM_BASE_URL and differs`;
  return [warning(check, message, removal(GATEWAY, file.shown, file.level === "managed"))];
}

function helperFindings({ files, helper: facts, keyVariable }: ClaudeSettingsFacts): Finding[] {
  const file = fileOfHelper(files);
  const helper = file?.settings?.helper;
  if (file === undefined || helper === undefined) return [];
  const found = `${HELPER} in ${file.shown}`;
  // What setup writes is the user's own file, and any other wins over that.
  const cure = file.level === "user"
    ? typed("claude-key setup --api-key-helper --yes")
    : edit(file, `remove ${HELPER} from ${pathWord(file.shown)}`);
  if (helper.kind === "another program") {
    if (keyVariable === undefined) return [];
    const message = `${found} is not claude-key, and counts unless ${keyVariable} is exported`;
    return [warning(check, message, cure)];
  }
  const program = escapeControlCharacters(helper.program);
  if (facts?.programIsThere === false) {
    return /[/\\]/.test(program)
      ? [problem(check, `${found} runs ${program}, which is not there`, cure)]
      : [warning(check, `${found} runs ${program} without its folder, ${FROM_DESKTOP}`, cure)];
  }
  if (facts?.opIsThere === false) {
    return [warning(check, `${found} does not say in which folder op is, ${FROM_DESKTOP}`, cure)];
  }
  if (helper.refreshes !== true) return [];
  return [warning(check, `${found} has --refresh, and asks 1Password each time`, cure)];
}

const FROM_DESKTOP = "and is not found where Claude Code is started from a desktop";

function removal(name: string, shown: string, isManaged: boolean): Cure {
  return edit(
    { shown, level: isManaged ? "managed" : "user" },
    `remove ${name} from "env" in ${pathWord(shown)}`,
  );
}

function edit({ level }: Pick<ClaudeSettingsFile, "shown" | "level">, words: string): Cure {
  return byHand(level === "managed" ? `ask who manages this machine: ${words}` : words);
}
