import { assertEquals, assertRejects } from "@std/assert";
import { Failure } from "../../lib/failure/failure.ts";
import { Dialogue } from "../../lib/setup/dialogue.ts";

Deno.test("where nothing may be asked, the first eight of what there is are named", async () => {
  const all = Array.from({ length: 9 }, (_, index) => ({ name: `n${index}` }));
  const dialogue = new Dialogue(false, new AbortController().signal);
  for (const [there, more] of [[all, " and more"], [all.slice(1), ""]] as const) {
    const { kind, message, hints } = await assertRejects(
      () => dialogue.choose("vault", there),
      Failure,
    );
    assertEquals([kind, message], [
      "usage",
      `the vault is not said, and there are ${there.length}`,
    ]);
    const named = there.slice(0, 8).map(({ name }) => `"${name}"`).join(", ");
    assertEquals(hints, [`add --vault; there are ${named}${more}`]);
  }
});
