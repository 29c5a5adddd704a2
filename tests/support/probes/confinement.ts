/**
 * Runs claude-key as `main.ts` does, then tries from inside the same process what a confined one
 * must not be able to do, and prints what came of it as JSON. The folder for attempts that should
 * fail is the last argument; the others go to claude-key.
 *
 * @module
 */

import { run } from "../../../main.ts";

const WINDOWS = Deno.build.os === "windows";
/** By its whole path: where PATH leads to none, there would be nothing to forbid. */
const SHELL = WINDOWS ? "C:\\Windows\\System32\\cmd.exe" : "/bin/sh";
const outside = Deno.args.at(-1) ?? "";
const args = Deno.args.slice(0, -1);

/** What each attempt came to: the name of the error, or `done`. */
async function attempts(cache: string): Promise<Record<string, string>> {
  const results: Record<string, string> = {};
  const attempt = async (name: string, act: () => unknown): Promise<void> => {
    try {
      await act();
      results[name] = "done";
    } catch (error) {
      results[name] = (error as Error).name;
    }
  };
  await attempt("write in the cache", () => Deno.writeTextFileSync(`${cache}/probe`, "x"));
  await attempt("read in the cache", () => Deno.readTextFileSync(`${cache}/probe`));
  await attempt("remove in the cache", () => Deno.removeSync(`${cache}/probe`));
  await attempt("run op", () => new Deno.Command("op", { args: ["read", "op://a/b/c"] }).output());
  await attempt("read outside", () => Deno.readTextFileSync(`${outside}/file`));
  await attempt("list outside", () => Array.from(Deno.readDirSync(outside)));
  await attempt("stat outside", () => Deno.statSync(`${outside}/file`));
  await attempt("write outside", () => Deno.writeTextFileSync(`${outside}/file`, "x"));
  await attempt(
    "climb out",
    () => Deno.readTextFileSync(`${cache}/../../../${"../".repeat(9)}etc`),
  );
  await attempt("rename out", () => Deno.renameSync(`${cache}/probe`, `${outside}/file`));
  await attempt("remove outside", () => Deno.removeSync(`${outside}/file`));
  await attempt("link out", () => Deno.symlinkSync(`${outside}/file`, `${cache}/link`));
  await attempt(
    "read the configuration",
    () =>
      Deno.readTextFileSync(
        `${cache}/../../${WINDOWS ? "Roaming" : ".config"}/claude/local.env`,
      ),
  );
  await attempt("read a variable", () => Deno.env.get("HOME"));
  await attempt("set a variable", () => Deno.env.set("ANTHROPIC_AUTH_TOKEN", "x"));
  await attempt("list variables", () => Deno.env.toObject());
  await attempt("run a shell", () => new Deno.Command(SHELL).output());
  await attempt(
    "run another op",
    () => new Deno.Command(`${outside}/${WINDOWS ? "op.cmd" : "op"}`).output(),
  );
  await attempt("connect", () => Deno.connect({ port: 8081 }));
  await attempt("fetch", () => fetch("http://127.0.0.1:8081/"));
  await attempt("import from the network", async () => {
    try {
      await import(`https://raw.githubusercontent.com/${Deno.pid}.ts`);
    } catch (error) {
      // A failed import is a TypeError, whatever its cause.
      if (!/^Requires import access/.test((error as Error).message)) throw error;
      throw new Deno.errors.NotCapable();
    }
  });
  await attempt("listen", () => Deno.listen({ port: 0 }).close());
  await attempt("look up the user", () => Deno.uid());
  await attempt("load a library", () => Deno.dlopen(`${outside}/x.so`, {}));
  await attempt("ask for more", async () => {
    const { state } = await Deno.permissions.request({ name: "read", path: "/" });
    if (state !== "granted") throw new Deno.errors.NotCapable(state);
  });
  return results;
}

const folder = Deno.env.get("CLAUDE_KEY_CACHE_DIR") ?? "";
const cache = Deno.realPathSync(folder);

const running = run(args);
const during = await whileOpRuns();
const status = await running;
const after = await attempts(cache);
Deno.stderr.writeSync(new TextEncoder().encode(JSON.stringify({ status, during, after })));

/** The attempts once more, made as soon as claude-key is confined; a file says when they are over. */
async function whileOpRuns(): Promise<Record<string, string> | undefined> {
  for (let turn = 0; turn < 2_000; turn++) {
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { state } = Deno.permissions.querySync({ name: "read", path: "/" });
    if (state === "granted") continue;
    const results = await attempts(cache);
    if (results["write in the cache"] === "done") Deno.writeTextFileSync(`${cache}/attempted`, "");
    return results;
  }
  return undefined;
}
