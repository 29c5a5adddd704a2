import { assertEquals } from "@std/assert";
import { resolveConfiguration } from "../../lib/configuration/configuration.ts";
import { resolveFolder } from "../../lib/files/resolve_folder.ts";
import { entriesOf, fileOf, type KeyRequest, lookUp } from "../../lib/key/entries.ts";
import { sharedFailure } from "../../lib/key/shared_failure.ts";
import { settingsOf } from "../support/settings_of.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const MINUTES = 60_000;

/** What the cache answers when its files are so many minutes old, with a TTL of an hour. */
async function answerOf(
  ages: Partial<Record<"own" | "absent" | "common", number>>,
  grace?: number,
): Promise<unknown> {
  using temporary = new TemporaryFolder();
  const path = temporary.path;
  const settings = settingsOf({
    OP_ITEM: "op://Work/litellm",
    CLAUDE_KEY_PROJECT_FIELDS: "1",
    CLAUDE_KEY_TTL: "1h",
    CLAUDE_KEY_CACHE_DIR: path,
  });
  const configuration = resolveConfiguration(settings, "shop");
  const folder = resolveFolder(path);
  const request: KeyRequest = { configuration, folder, uid: Deno.uid(), from: "cache" };
  const entries = await entriesOf(configuration);
  const { project = entries.common, common } = entries;
  const files = {
    own: [fileOf(folder, project, "key"), "sk-own\n"],
    absent: [fileOf(folder, project, "absent"), ""],
    common: [fileOf(folder, common, "key"), "sk-common\n"],
  } as const;
  const now = Math.floor(Date.now() / 1000) * 1000;
  for (const which of ["own", "absent", "common"] as const) {
    const age = ages[which];
    if (age === undefined) continue;
    const [name, text] = files[which];
    const time = new Date(now - age * MINUTES);
    Deno.writeTextFileSync(name, text, { mode: 0o600 });
    Deno.utimeSync(name, time, time);
  }
  const answer = lookUp(request, entries, grace);
  return "key" in answer ? [answer.key, (now - answer.asked) / MINUTES] : answer.miss;
}

Deno.test("a project's own key comes first, and the common one only where there is none", async () => {
  assertEquals(await answerOf({}), "no cached key");
  assertEquals(await answerOf({ own: 1, absent: 1, common: 1 }), ["sk-own", 1]);
  assertEquals(await answerOf({ common: 1 }), "no cached key");
  assertEquals(await answerOf({ own: 61, common: 1 }), "cache expired");
  assertEquals(await answerOf({ absent: 61, common: 1 }), "no cached key");
  assertEquals(await answerOf({ absent: 1, common: 61 }), "cache expired");
  assertEquals(await answerOf({ own: 61, absent: 1, common: 2 }), ["sk-common", 2]);
});

Deno.test("a common key that stands in for a project's is as old as that it has none", async () => {
  assertEquals(await answerOf({ absent: 30, common: 1 }), ["sk-common", 30]);
  assertEquals(await answerOf({ absent: 1, common: 30 }), ["sk-common", 30]);
});

Deno.test("grace is for each of the files", async () => {
  assertEquals(await answerOf({ own: 61 }, 3_600), ["sk-own", 61]);
  assertEquals(await answerOf({ absent: 61, common: 90 }, 3_600), ["sk-common", 90]);
  assertEquals(await answerOf({ own: 121 }, 3_600), "cache expired");
});

Deno.test("who has waited in vain says what went wrong, and no more than is known", () => {
  const told = (kind: Parameters<typeof sharedFailure>[0]): unknown => {
    const failure = sharedFailure(kind);
    return [failure.kind, failure.message];
  };
  assertEquals(told("other"), ["other", "op failed"]);
  assertEquals(told("no field"), ["no field", "no such field"]);
  assertEquals(told("offline"), ["offline", "1Password cannot be reached"]);
});
