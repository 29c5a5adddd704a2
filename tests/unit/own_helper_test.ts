import { assertEquals } from "@std/assert";
import { lookAtHelper, ownHelper } from "../../lib/claude_code/own_helper.ts";
import { below } from "../../lib/files/paths.ts";
import { testOfUnix } from "../support/skips.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const test = testOfUnix("what a helper needs on a desktop");

/** A machine with `op` and claude-key in folders of their own, the one of a desktop being empty. */
class Machine extends TemporaryFolder {
  readonly desktop = this.#folder("desktop");
  readonly withOp = this.#folder("with-op", "op");
  readonly bin = this.#folder("bin", "claude-key");

  /** Looks up what the user's shell has set. */
  readonly variable = (name: string): string | undefined =>
    ({ HOME: this.path, PATH: `relative:${this.bin}:${this.withOp}` })[name];

  #folder(name: string, program?: string): string {
    const folder = below(this.path, name);
    Deno.mkdirSync(folder);
    if (program) Deno.writeTextFileSync(below(folder, program), "", { mode: 0o755 });
    return folder;
  }
}

test("a helper names the folder of op where a desktop would not find it", () => {
  using machine = new Machine();
  const { variable, desktop, withOp } = machine;
  assertEquals(ownHelper(variable, [desktop]).opFolder, withOp);
  assertEquals("opFolder" in ownHelper(variable, [desktop, withOp]), false);
  assertEquals("opFolder" in ownHelper(() => undefined, [desktop]), false);
});

test("a helper's program is where its path says, or in a folder that a desktop knows", () => {
  using machine = new Machine();
  const { variable, desktop, bin } = machine;
  const isThere = (program: string, folders: readonly string[] = [], lookup = variable): boolean =>
    lookAtHelper({ kind: "claude-key", program, folders }, lookup, [desktop]).programIsThere;
  assertEquals(isThere(below(bin, "claude-key")), true);
  assertEquals(isThere(below(bin, "other")), false);
  assertEquals(isThere("~/bin/claude-key"), true);
  assertEquals(isThere("~/bin/claude-key", [], () => undefined), false);
  assertEquals(isThere("claude-key"), false);
  assertEquals(isThere("claude-key", [bin]), true);
  // It is there from where this runs, and from nowhere else.
  assertEquals(isThere("scripts/install.sh"), false);
  Deno.writeTextFileSync(below(desktop, "claude-key"), "", { mode: 0o755 });
  assertEquals(isThere("claude-key"), true);
});

test("op is missed where it is on the user's path and not on that of a desktop", () => {
  using machine = new Machine();
  const { variable, desktop, withOp } = machine;
  const isThere = (folders: readonly string[], lookup = variable): boolean =>
    lookAtHelper({ kind: "claude-key", program: "", folders }, lookup, [desktop]).opIsThere;
  assertEquals(isThere([]), false);
  assertEquals(isThere([withOp]), true);
  assertEquals(isThere([], () => undefined), true);
  Deno.writeTextFileSync(below(desktop, "op"), "", { mode: 0o755 });
  assertEquals(isThere([]), true);
});
