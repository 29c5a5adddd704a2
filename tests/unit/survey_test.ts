import { resolveFolder } from "../../lib/files/resolve_folder.ts";
import { assertEquals } from "@std/assert";
import type { Entries } from "../../lib/key/entries.ts";
import { surveyEntries, surveyFolder } from "../../lib/status/survey.ts";
import { statusJson } from "../../lib/status/report.ts";
import { NO_MODES } from "../support/skips.ts";
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

Deno.test("keys and fields that are not there are surveyed, and serve from a closed folder alone", () => {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  const entry = "litellm-0123456789abcdef";
  const since = Date.UTC(2026, 0, 31, 12);
  for (
    const [name, text] of [
      [`${entry}.key`, "sk-one\n"],
      [`${entry}.absent`, ""],
      [`${entry}.lock`, ""],
      [`${entry}.key.tmp.1.a`, "sk-o"],
      ["notes.txt", ""],
    ] as const
  ) {
    Deno.writeTextFileSync(`${folder}/${name}`, text, { mode: 0o600 });
    Deno.utimeSync(`${folder}/${name}`, since / 1000, since / 1000);
  }
  const survey = (more: { ttl?: number; late?: number } = {}): unknown[] => {
    const { ttl = 60, late = 10 } = more;
    const rules = { ttl, now: since + late * 1000, uid: Deno.uid() };
    return surveyFolder(resolveFolder(folder), rules)
      .map(({ file, state, left, since }) => [file.split(".")[1], state, left, since]);
  };
  const both = (state: string): unknown[] => [
    ["absent", state, 0, since],
    ["key", state, 0, since],
  ];
  assertEquals(survey(), [["absent", "no such field", 50, since], ["key", "usable", 50, since]]);
  assertEquals(survey({ late: 60 }), both("cache expired"));
  assertEquals(survey({ ttl: 0 }), both("cache off"));
  if (NO_MODES) return;
  Deno.chmodSync(folder, 0o770);
  assertEquals(survey(), both("cache folder open to others"));
});

Deno.test("the project's own entry comes before the one for everybody", () => {
  using temporary = new TemporaryFolder();
  const entry = (field: string, name: string): Entries["common"] => ({
    secret: { authentication: "app", reference: { vault: "Work", item: "litellm", field } },
    name,
  });
  const entries = { project: entry("shop", "shop"), common: entry("API Key", "everybody") };
  const rules = { ttl: 60, now: 0, uid: Deno.uid() };
  assertEquals(
    surveyEntries(resolveFolder(temporary.path), entries, rules).map((
      { reference, file },
    ) => [reference, file]),
    [
      ["op://Work/litellm/shop", "shop.key"],
      ["op://Work/litellm/API Key", "everybody.key"],
    ],
  );
});
