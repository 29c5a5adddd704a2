/**
 * Makes all checks of `doctor`, one after the other, whatever they find.
 *
 * @module
 */

import { confineFilesTo, confineTo } from "../confinement/confinement.ts";
import { checkClock, checkFolder, checkWriting } from "./check_cache.ts";
import { checkClaudeSettings } from "./check_claude_settings.ts";
import { checkConfiguration, checkGateway, type GatewayFacts } from "./check_configuration.ts";
import { checkConfinement } from "./check_confinement.ts";
import { checkEnvironment, checkSessions } from "./check_environment.ts";
import type { Account } from "../op/account_list.ts";
import { checkAccount, checkSignIn, checkVersion } from "./check_op.ts";
import { checkReading } from "./check_reading.ts";
import { type Finding, skipped } from "./finding.ts";
import { askAccounts, askIdentity, askVersion, type OpQuestion } from "./look_at_op.ts";
import { excessivePermissions } from "../confinement/excessive_permissions.ts";
import type { Outcome } from "./outcome.ts";
import { lookAtFolder, newestTime, writeProbe } from "./probe_folder.ts";
import { type DoctorSituation, type ExaminedFolder, isSet } from "./situation.ts";

/** How the user wants to be examined. */
interface Examination {
  /** Whether the key may be read without asking at the terminal. */
  readonly agreed: boolean;
  /** Ends it early; its reason is then thrown. */
  readonly signal: AbortSignal;
}

/**
 * Examines a situation. The process is confined to the cache folder before `op` runs for the first
 * time; the environment goes as soon as `op` has named the accounts whose session variables are to
 * be looked up.
 *
 * @param situation What was read beforehand.
 * @param examination How the user wants it.
 * @yields The findings, as they come.
 */
export async function* examine(
  situation: DoctorSituation,
  { agreed, signal }: Examination,
): AsyncGenerator<Finding> {
  const { configuration, environment, gateway, authentication, account, cache } = situation;
  const { keyVariable } = environment;
  const { shownFile } = gateway;
  const folders = cache === undefined ? [] : [cache.folder];
  const uid = Deno.uid();
  confineFilesTo(...folders);

  yield checkConfiguration(situation.configurationFacts);
  yield checkGateway(gateway);
  yield* checkEnvironment(environment);
  yield* checkClaudeSettings(situation.claudeSettings, {
    keyVariable,
    keyIsExported: situation.keyIsExported,
    gateway: gatewayOf(gateway),
  });

  const question: OpQuestion = {
    account: authentication === "app" ? account : undefined,
    whereToSet: situation.whereToSet,
    withheld: situation.withheld,
    signal,
  };
  const place = situation.whereToSet.OP_ACCOUNT;
  const version = await askVersion(question);
  yield checkVersion(version);
  const opIsThere = "value" in version || version.failure.kind !== "op missing";
  // A token has but one account, and `op` refuses commands about accounts where Connect is used.
  const accounts = opIsThere && authentication === "app" ? await askAccounts(question) : undefined;
  const sessions = sessionVariables(accounts);
  confineTo(...folders);
  yield opIsThere
    ? checkAccount({ authentication, wanted: account, accounts, shownFile, place })
    : skipped("account", "there is no op");
  if (opIsThere && authentication !== "Connect") {
    const identity = await askIdentity(question);
    yield checkSignIn(authentication, identity);
    yield* checkSessions(sessions, "value" in identity);
  } else {
    yield skipped("sign-in", opIsThere ? "Connect has none" : "there is no op");
  }

  if (cache !== undefined) yield* examineCache(cache, uid);
  else yield skipped("cache folder", "the configuration does not say where it is");
  yield checkConfinement(excessivePermissions(), cache?.shown);
  yield await checkReading({ configuration, opIsThere, agreed }, signal);
}

function* examineCache({ folder, shown }: ExaminedFolder, uid: number | null): Generator<Finding> {
  const facts = lookAtFolder(folder);
  if (typeof facts === "string") return yield checkWriting(facts, uid, shown);
  yield checkFolder(facts, uid, shown);
  if (!facts.isDirectory) return;
  const probe = writeProbe(folder);
  yield checkWriting(probe, uid, shown);
  if (typeof probe !== "string") yield checkClock(probe, newestTime(folder));
}

function gatewayOf({ exported }: GatewayFacts): string | undefined {
  return exported !== undefined && "value" in exported
    ? exported.value.get("ANTHROPIC_BASE_URL")
    : undefined;
}

/** A session is kept in `OP_SESSION_` and a name of its account [1Password CLI: op signin]. */
function sessionVariables(accounts?: Outcome<readonly Account[] | undefined>): string[] {
  const known = accounts !== undefined && "value" in accounts ? accounts.value ?? [] : [];
  const names = new Set(known.flatMap((account) => account.names));
  return [...names]
    .filter((name) => /^\w+$/.test(name))
    .map((name) => `OP_SESSION_${name}`)
    .filter(isSet);
}
