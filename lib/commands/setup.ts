/**
 * `claude-key setup`.
 *
 * @module
 */

import { GATEWAY } from "../claude_code/precedence.ts";
import type { Invocation } from "../command_line/arguments.ts";
import { confineTo } from "../confinement/confinement.ts";
import { Failure } from "../failure/failure.ts";
import { Interruption } from "../terminal/interruption.ts";
import { parseLocalEnv } from "../configuration/local_env.ts";
import { Catalogue } from "../op/catalogue.ts";
import { printLine } from "../terminal/output.ts";
import { quoted } from "../text/quoted.ts";
import { withoutPassword } from "../text/without_password.ts";
import { unsetCommand } from "../text/typed_commands.ts";
import { passOn, warn } from "../terminal/report.ts";
import { settingsOf } from "../setup/answers.ts";
import { helperLine, helperWarnings, withHelper } from "../setup/api_key_helper.ts";
import { Dialogue } from "../setup/dialogue.ts";
import { layGround, type SetupGroundwork } from "../setup/groundwork.ts";
import { collectAnswers } from "../setup/interview.ts";
import { prove } from "../setup/proof.ts";
import { requireOp } from "../setup/require_op.ts";
import { assignment, rewriteLocalEnv } from "../setup/rewrite_local_env.ts";

/**
 * Asks for whatever the options leave open, proves the result with one real read, and writes the
 * configuration. Until the user has agreed, nothing is written but the cache.
 *
 * @param invocation The command line.
 * @throws {Failure} If an answer is missing, `op` fails, a file cannot be written, or the user ends
 * it.
 */
export async function run(invocation: Invocation): Promise<void> {
  const { switches } = invocation;
  const ground = layGround(invocation);
  const { localEnv, claudeSettings, helper = "", terms } = ground;
  confineTo(
    ground.folder,
    localEnv.folder,
    ...(claudeSettings === undefined ? [] : [claudeSettings.folder]),
  );
  using interruption = new Interruption();
  const { signal } = interruption;
  const atTerminal = Deno.stdin.isTerminal() && Deno.stderr.isTerminal();
  const dialogue = new Dialogue(atTerminal && !switches.has("yes"), signal);
  const op = { timeout: terms.timeout, withheld: terms.withheld, signal, onWords: passOn };

  if (claudeSettings !== undefined) withHelper(claudeSettings.read(), helper, claudeSettings.shown);
  await requireOp(op);
  if (dialogue.asks) {
    dialogue.tell("Enter takes what stands in brackets; Ctrl-C ends this, and nothing is written");
  }
  const answers = await collectAnswers({
    given: ground.given,
    current: ground.current,
    hasAccounts: ground.principal.authentication === "app",
    hasLists: ground.principal.authentication !== "Connect",
    catalogue: new Catalogue(op),
    dialogue,
  });
  const settings = settingsOf(answers);
  const lines = Array.from(settings, ([name, value]) => lineFor(name, value));
  await prove(answers, ground, dialogue);

  dialogue.tell(`${localEnv.shown} will say:`);
  for (const line of lines) dialogue.tell(`    ${line}`);
  if (claudeSettings !== undefined) {
    dialogue.tell(`${claudeSettings.shown} will say:`);
    dialogue.tell(`    ${helperLine(claudeSettings.read(), helper)}`);
  }
  if (dialogue.asks && !(await dialogue.confirm("write it?"))) {
    throw new Failure("other", "nothing was written", ["give other answers: claude-key setup"]);
  }
  await write(ground, settings);
  conclude(ground, settings, dialogue);
}

/** The line that will be written, for people. */
function lineFor(name: string, value: string): string {
  const shown = name === "LITELLM_BASE_URL" ? withoutPassword(value) : value;
  const line = assignment(name, value) && assignment(name, shown);
  if (line !== undefined) return line;
  throw new Failure("usage", `the configuration file cannot hold ${name} ${quoted(value)}`, [
    "leave out control characters, and one of the two kinds of quotes",
  ]);
}

/** Both texts are made before the first file is written. */
async function write(
  { localEnv, claudeSettings, helper = "" }: SetupGroundwork,
  settings: ReadonlyMap<string, string>,
): Promise<void> {
  const text = rewriteLocalEnv(localEnv.read(), settings);
  const json = claudeSettings && withHelper(claudeSettings.read(), helper, claudeSettings.shown);
  await localEnv.write(text, "private");
  if (json !== undefined) await claudeSettings?.write(json, "as it is");
}

function conclude(
  { environment, localEnv, claudeSettings, claudeFiles: files, exported, line }: SetupGroundwork,
  settings: ReadonlyMap<string, string>,
  dialogue: Dialogue,
): void {
  for (const [name, value] of settings) {
    if (!environment.has(name) || environment.get(name) === value) continue;
    warn(`${name} is exported here and wins over the file: ${unsetCommand([name])}`);
  }
  if (claudeSettings === undefined) {
    const named = settings.has("LITELLM_BASE_URL") || exported.has(GATEWAY) ||
      parseLocalEnv(localEnv.read()).has(GATEWAY);
    if (!named) {
      warn(
        "no gateway is named, so that Claude Code talks to Anthropic: claude-key setup --url URL",
      );
    }
    dialogue.tell("done; to give the variables to your shell, type:");
    return printLine(line);
  }
  const { shown } = claudeSettings;
  const url = settings.get("LITELLM_BASE_URL");
  const warnings = helperWarnings({ shown, files, exported }, url && withoutPassword(url));
  for (const warning of warnings) warn(warning);
  dialogue.tell("done; Claude Code asks claude-key by itself from now on");
  dialogue.tell("leave claude-key env out then: an exported ANTHROPIC_AUTH_TOKEN switches it off");
}
