import { resolveFolder } from "../../lib/files/resolve_folder.ts";
import { assertEquals } from "@std/assert";
import { surveyEntries, surveyFolder } from "../../lib/status/survey.ts";
import { statusJson } from "../../lib/status/report.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

Deno.test("a system without users' numbers has no mode, whatever Deno makes up", () => {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  Deno.writeTextFileSync(`${folder}/litellm-0123456789abcdef.key`, "sk-one\n", { mode: 0o666 });
  const rules = { ttl: 60, now: Date.now(), uid: null };
  const entries = surveyFolder(resolveFolder(folder), rules);
  assertEquals(entries.map(({ state, mode }) => [state, mode]), [["usable", undefined]]);
  const report = {
    usable: true,
    cacheFolder: folder,
    settings: [],
    settingRows: [],
    idleLines: [],
    entries,
  };
  assertEquals(JSON.parse(statusJson(report)).entries[0].mode, null);
});

Deno.test("a cached file whose time is beyond all dates is shown without one", () => {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  const { lstatSync } = Deno;
  try {
    Deno.writeTextFileSync(`${folder}/litellm-0123456789abcdef.key`, "sk-one\n", { mode: 0o600 });
    // Some file systems keep such times; the one of this machine may not be one of them.
    Deno.lstatSync = (path) => ({ ...lstatSync(path), mtime: new Date(NaN) });
    const entries = surveyFolder(resolveFolder(folder), {
      ttl: 60,
      now: Date.now(),
      uid: Deno.uid(),
    });
    const report = {
      usable: false,
      cacheFolder: folder,
      settings: [],
      settingRows: [],
      idleLines: [],
      entries,
    };
    assertEquals(JSON.parse(statusJson(report)).entries[0].cachedSince, null);
  } finally {
    Deno.lstatSync = lstatSync;
  }
});

Deno.test("a key that serves counts, whatever is remembered to the contrary", () => {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  const secret = {
    authentication: "app",
    reference: { vault: "Work", item: "litellm", field: "shop" },
  } as const;
  const entries = { common: { secret, name: "litellm-0123456789abcdef" } };
  const state = (): string | undefined =>
    surveyEntries(resolveFolder(folder), entries, {
      ttl: 60,
      now: Date.now(),
      uid: Deno.uid(),
    })[0]?.state;
  const write = (ending: string, text: string): void =>
    Deno.writeTextFileSync(`${folder}/litellm-0123456789abcdef${ending}`, text, { mode: 0o600 });
  assertEquals(state(), "no cached key");
  write(".absent", "");
  assertEquals(state(), "no such field");
  write(".absent", "x");
  assertEquals(state(), "cache file damaged");
  write(".key", "sk-one\n");
  assertEquals(state(), "usable");
});
