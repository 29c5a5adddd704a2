/**
 * `claude-key setup`.
 *
 * @module
 */

import { faultOfAddress } from "../claude_code/gateway_address.ts";
import { GATEWAY, HELPER } from "../claude_code/precedence.ts";
import type { Invocation } from "../command_line/arguments.ts";
import { confineTo } from "../confinement/confinement.ts";
import { Failure } from "../failure/failure.ts";
import { Interruption } from "../terminal/interruption.ts";
import { parseLocalEnv } from "../configuration/local_env.ts";
import { Catalogue } from "../op/catalogue.ts";
import { printLine } from "../terminal/output.ts";
import { quoted } from "../text/quoted.ts";
import { withoutPassword } from "../text/without_password.ts";
import { shellWord } from "../text/shell_word.ts";
import { unsetCommand } from "../text/typed_commands.ts";
import { passOn, warn } from "../terminal/report.ts";
import { settingsOf } from "../setup/answers.ts";
import { helperLine, helperWarnings, withHelper } from "../setup/api_key_helper.ts";
import { Dialogue } from "../setup/dialogue.ts";
import { layGround, type SetupGroundwork } from "../setup/groundwork.ts";
import { collectAnswers } from "../setup/interview.ts";
import { prove } from "../setup/proof.ts";
import type { TargetFile } from "../setup/target_file.ts";
import { givenByTeam } from "../setup/team_share.ts";
import type { SettingName } from "../configuration/settings.ts";
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
    ...(ground.folder === undefined ? [] : [ground.folder]),
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
  const lines = new Map(Array.from(settings, ([name, value]) => [name, lineFor(name, value)]));
  await prove(answers, ground, dialogue);
  const fault = answers.url === undefined ? undefined : faultOfAddress(answers.url);
  if (fault?.better !== undefined) {
    const better = `claude-key setup --url ${shellWord(fault.better)}`;
    warn(`LITELLM_BASE_URL ${fault.problem}`, `write it without: ${better}`);
  }

  const own = localEnv.read();
  const given = givenByTeam(answers, ground.teamFile, parseLocalEnv(own));
  const written = new Map(Array.from(settings).filter(([name]) => !given.has(name)));
  const show = (title: string, names: readonly SettingName[]): void => {
    if (names.length > 0) dialogue.tell(title);
    for (const name of names) dialogue.tell(`    ${lines.get(name)}`);
  };
  show(`${ground.teamFile?.shownPath} gives:`, [...given]);
  show(`${localEnv.shown} will say:`, [...written.keys()]);
  if (claudeSettings !== undefined) {
    dialogue.tell(`${claudeSettings.shown} will say:`);
    dialogue.tell(`    ${helperLine(claudeSettings.read(), helper)}`);
  }
  const changes = changesOf(ground, own, written);
  if (changes.length === 0) dialogue.tell("nothing has to be written");
  else if (dialogue.asks && !(await dialogue.confirm("write it?"))) {
    throw new Failure("other", "nothing was written", ["give other answers: claude-key setup"]);
  }
  await writeAll(changes);
  conclude(ground, settings, dialogue);
}

/** The line that will be written, for people. */
function lineFor(name: string, value: string): string {
  const shown = name === "LITELLM_BASE_URL" ? withoutPassword(value) : value;
  const line = assignment(name, value) && assignment(name, shown);
  if (line !== undefined) return line;
  throw new Failure("usage", `the configuration file cannot hold ${name} ${quoted(value)}`, [
    "leave out control characters, and a ' beside any of \" $ ` \\",
  ]);
}

/** A file that is to be replaced. */
interface Change {
  readonly file: TargetFile;
  readonly text: string;
  readonly mode: "private" | "as it is";
  /** What it is about, to be written by hand where claude-key cannot. */
  readonly lines: readonly string[];
}

/** Both texts are made before the first file is written; one that stays as it is is left alone. */
function changesOf(
  { localEnv, claudeSettings, helper = "" }: SetupGroundwork,
  own: string,
  written: ReadonlyMap<string, string>,
): Change[] {
  const json = claudeSettings?.read() ?? "";
  const changes: (Change & { before: string })[] = [{
    file: localEnv,
    before: own,
    text: rewriteLocalEnv(own, written),
    mode: "private",
    lines: Array.from(written, ([name, value]) => lineFor(name, value)),
  }];
  if (claudeSettings !== undefined) {
    changes.push({
      file: claudeSettings,
      before: json,
      text: withHelper(json, helper, claudeSettings.shown),
      mode: "as it is",
      lines: [`"${HELPER}": ${JSON.stringify(helper)}`],
    });
  }
  return changes.filter(({ before, text }) => text !== before);
}

/** Stores of the Nix kind cannot be written: what makes their files has to be told. */
async function writeAll(changes: readonly Change[]): Promise<void> {
  for (const [index, { file, text, mode, lines }] of changes.entries()) {
    try {
      await file.write(text, mode);
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      const before = changes.slice(0, index).map((change) => `${change.file.shown} was written`);
      const after = changes.slice(index + 1).map((change) =>
        `${change.file.shown} was not touched`
      );
      throw new Failure(error.kind, error.message, [
        ...error.hints,
        ...before,
        ...after,
        `if a program makes that file, give it these lines:`,
        ...lines,
      ]);
    }
  }
}

function conclude(
  ground: SetupGroundwork,
  settings: ReadonlyMap<string, string>,
  dialogue: Dialogue,
): void {
  const { environment, localEnv, teamFile, claudeSettings, exported, line } = ground;
  for (const [name, value] of settings) {
    if (!environment.has(name) || environment.get(name) === value) continue;
    warn(`${name} is exported here and wins over the file: ${unsetCommand([name])}`);
  }
  if (claudeSettings === undefined) {
    const named = settings.has("LITELLM_BASE_URL") || exported.has(GATEWAY) ||
      parseLocalEnv(localEnv.read()).has(GATEWAY) || teamFile?.entries.has(GATEWAY);
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
  const warnings = helperWarnings(
    { shown, files: ground.claudeFiles, exported },
    url && withoutPassword(url),
  );
  for (const warning of warnings) warn(warning);
  dialogue.tell("done; Claude Code asks claude-key by itself from now on");
  dialogue.tell("leave claude-key env out then: an exported ANTHROPIC_AUTH_TOKEN switches it off");
}
