/**
 * `claude-key doctor`.
 *
 * @module
 */

import type { Invocation } from "../command_line/arguments.ts";
import { stdoutPainter } from "../terminal/colour.ts";
import { examine } from "../doctor/examine.ts";
import { type Finding, findingsJson, findingText, isAllWell, summary } from "../doctor/finding.ts";
import { readSituation } from "../doctor/situation.ts";
import { Interruption } from "../terminal/interruption.ts";
import { print } from "../terminal/output.ts";

const SOMETHING_IS_WRONG = 1;

/**
 * Checks everything that a key has to come through, and names one fix for each problem.
 *
 * @param invocation The command line.
 * @returns The exit status: 0 if nothing is wrong, 1 if there is a problem or a warning.
 * @throws {Failure} Of kind `interrupted` after Ctrl-C. Whatever is wrong is a finding.
 */
export async function run(invocation: Invocation): Promise<number> {
  const json = invocation.switches.has("json");
  const paint = stdoutPainter();
  using interruption = new Interruption();
  const agreed = invocation.switches.has("yes");
  const findings: Finding[] = [];
  const examination = { agreed, signal: interruption.signal };
  for await (const finding of examine(await readSituation(invocation), examination)) {
    findings.push(finding);
    if (!json) print(findingText(finding, paint));
  }
  print(json ? findingsJson(findings) : `\n${summary(findings)}`);
  return isAllWell(findings) ? 0 : SOMETHING_IS_WRONG;
}
