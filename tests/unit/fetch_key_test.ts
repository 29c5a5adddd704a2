import { assertEquals, assertRejects } from "@std/assert";
import { Flight } from "../../lib/cache/flight.ts";
import { resolveConfiguration } from "../../lib/configuration/configuration.ts";
import { Failure } from "../../lib/failure/failure.ts";
import { resolveFolder } from "../../lib/files/resolve_folder.ts";
import { entriesOf } from "../../lib/key/entries.ts";
import { fetchKey } from "../../lib/key/fetch_key.ts";
import { settingsOf } from "../support/settings_of.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** How long a process waits for others and for the file system, in seconds. */
async function waitTerms(timeout: string, project?: string): Promise<readonly number[]> {
  using temporary = new TemporaryFolder();
  const settings = settingsOf({
    OP_ITEM: "op://Work/litellm",
    CLAUDE_KEY_PROJECT_FIELDS: "1",
    CLAUDE_KEY_TIMEOUT: timeout,
    CLAUDE_KEY_CACHE_DIR: temporary.path,
  });
  const configuration = resolveConfiguration(settings, project);
  const folder = resolveFolder(temporary.path);
  const request = { configuration, folder, uid: Deno.uid(), from: "cache or 1Password" } as const;
  const { join } = Flight;
  let terms: readonly number[] = [];
  try {
    Flight.join = (_folder, _entry, { patience, answerTime }) => {
      terms = [patience / 1000, answerTime / 1000];
      throw new Failure("interrupted", "interrupted");
    };
    const entries = await entriesOf(configuration);
    await assertRejects(() => fetchKey(request, entries, { miss: "no cached key" }), Failure);
    return terms;
  } finally {
    Flight.join = join;
  }
}

Deno.test("others are waited for as long as op may take for them, and a little longer", async () => {
  assertEquals(await waitTerms("1s"), [6, 1]);
  assertEquals(await waitTerms("90s"), [95, 15]);
  // They may ask for their project's own key first.
  assertEquals(await waitTerms("1s", "shop"), [7, 1]);
  assertEquals(await waitTerms("90s", "shop"), [185, 15]);
});
