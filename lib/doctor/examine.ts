/**
 * Makes all checks of `doctor`, one after the other, whatever they find.
 *
 * @module
 */

import { reachOf } from "../cache/folder_reach.ts";
import { judgeFolder } from "../cache/guard.ts";
import { oldKeys } from "../cache/old_keys.ts";
import { confineTo } from "../confinement/confinement.ts";
import { excessivePermissions } from "../confinement/excessive_permissions.ts";
import { below } from "../files/paths.ts";
import {
  type CacheTerms,
  checkClock,
  checkFolder,
  checkLocks,
  checkOldKeys,
  checkPlaces,
  checkWriting,
  outOfReach,
} from "./check_cache.ts";
import { checkClaudeSettings } from "./check_claude_settings.ts";
import { checkConfiguration } from "./check_configuration.ts";
import { checkConfinement } from "./check_confinement.ts";
import { checkEnvironment } from "./check_environment.ts";
import { checkGateway } from "./check_gateway.ts";
import { checkAccount, checkSignIn, checkVersion } from "./check_op.ts";
import { checkReading } from "./check_reading.ts";
import { type Finding, skipped } from "./finding.ts";
import { askAccounts, askIdentity, askVersion, type OpQuestion } from "./look_at_op.ts";
import {
  brokenLocks,
  foldersForKeys,
  lookAtFolder,
  newestTime,
  writeProbe,
} from "./probe_folder.ts";
import type { DoctorSituation, ExaminedFolder } from "./situation.ts";

/** How the user wants to be examined. */
interface Examination {
  /** Whether the key may be read without asking at the terminal. */
  readonly agreed: boolean;
  /** Ends it early; its reason is then thrown. */
  readonly signal: AbortSignal;
}

/**
 * Examines a situation. The process is confined to the cache folder before anything of it is examined.
 *
 * @param situation What was read beforehand.
 * @param examination How the user wants it.
 * @yields The findings, as they come.
 */
export async function* examine(
  situation: DoctorSituation,
  { agreed, signal }: Examination,
): AsyncGenerator<Finding> {
  const { configuration, gateway, authentication, account, cache } = situation;
  confineTo(...(cache === undefined ? [] : [cache.folder]));

  yield* checkConfiguration(situation.configurationFacts);
  yield checkGateway(gateway);
  yield* checkEnvironment(situation.environment);
  yield* checkClaudeSettings(situation.claudeSettings);

  const question: OpQuestion = {
    account: authentication === "app" ? account : undefined,
    whereToSet: situation.whereToSet,
    withheld: situation.withheld,
    signal,
  };
  const version = await askVersion(question);
  yield checkVersion(version);
  const opIsThere = "value" in version || version.failure.kind !== "op missing";
  yield opIsThere
    ? checkAccount({
      authentication,
      wanted: account,
      // A token has but one, and `op` refuses commands about accounts where Connect is used.
      accounts: authentication === "app" ? await askAccounts(question) : undefined,
      addSetting: gateway.addSetting,
      place: situation.whereToSet.OP_ACCOUNT,
    })
    : skipped("account", "there is no op");
  yield opIsThere && authentication !== "Connect"
    ? checkSignIn(authentication, await askIdentity(question))
    : skipped("sign-in", opIsThere ? "Connect has none" : "there is no op");

  if (cache !== undefined) yield* examineCache(cache);
  else yield skipped("cache folder", "the configuration does not say where it is");
  yield checkConfinement(
    excessivePermissions(),
    cache && { shown: cache.terms.shown, reach: reachOf(cache.folder) },
  );
  yield await checkReading({ configuration, opIsThere, agreed }, signal);
}

function* examineCache({ folder, terms }: ExaminedFolder): Generator<Finding> {
  if (reachOf(folder) !== "read and write") return yield outOfReach(terms);
  const facts = lookAtFolder(folder);
  if ("words" in facts) return yield checkWriting(facts, terms);
  yield checkFolder(facts, terms);
  if (!facts.isDirectory || isForeign(facts, terms)) return;
  const show = (name: string): string => below(terms.shown, name);
  yield* checkOldKeys(oldKeys(folder), show);
  yield* checkPlaces(foldersForKeys(folder), show);
  yield* checkLocks(brokenLocks(folder), show);
  if (judgeFolder(facts, terms.uid) !== undefined) {
    return yield skipped("cache writing", "no key is kept where others can write");
  }
  const probe = writeProbe(folder);
  yield checkWriting(probe, terms);
  if (!("words" in probe)) yield checkClock(probe, terms.elsewhere, newestTime(folder));
}

/** Whatever else is wrong with it, the cure is the same. */
function isForeign({ uid }: { readonly uid: number | null }, terms: CacheTerms): boolean {
  return terms.uid !== null && uid !== terms.uid;
}
