import { assertEquals } from "@std/assert";
import {
  claudeSettingsFile,
  configurationFile,
  defaultCacheFolder,
  type Location,
  shownPath,
  teamConfigurationFile,
  type VariableLookup,
} from "../../lib/configuration/locations.ts";
import { join } from "../support/join.ts";

const ROOT = Deno.build.os === "windows" ? "C:\\" : "/";

/** Every variable that a place may go by, each naming a folder of its own. */
const ALL = [
  ...["HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "CLAUDE_CONFIG_DIR"],
  ...["APPDATA", "LOCALAPPDATA", "USERPROFILE", "ProgramFiles"],
] as const;

function without(...names: readonly string[]): VariableLookup {
  return (name) => names.includes(name) ? undefined : found(name);
}

function found(name: string): string | undefined {
  return ALL.some((known) => known === name) ? join(ROOT, name) : undefined;
}

/** The parts of a place below the root, or what stands in the way. */
function partsOf(location: Location): string {
  if ("problem" in location) return location.problem;
  return location.path.slice(ROOT.length).replaceAll("\\", "/");
}

Deno.test("each system has its places, and each place its variable", () => {
  for (
    const [os, configuration, cache, claude] of [
      ["linux", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME"],
      ["darwin", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "HOME"],
      ["windows", "APPDATA", "LOCALAPPDATA", "USERPROFILE"],
    ] as const
  ) {
    assertEquals(
      [configurationFile(os, found), defaultCacheFolder(os, found)].map(partsOf),
      [`${configuration}/claude/local.env`, `${cache}/claude`],
    );
    assertEquals(partsOf(claudeSettingsFile(os, found)), "CLAUDE_CONFIG_DIR/settings.json");
    assertEquals(
      partsOf(claudeSettingsFile(os, without("CLAUDE_CONFIG_DIR"))),
      `${claude}/.claude/settings.json`,
    );
  }
  assertEquals(partsOf(teamConfigurationFile("windows", found)), "ProgramFiles/claude/team.env");
  assertEquals(
    (["linux", "darwin"] as const).map((os) => teamConfigurationFile(os, () => undefined)),
    [{ path: "/etc/claude/team.env" }, {
      path: "/Library/Application Support/claude/team.env",
    }],
  );
});

Deno.test("without its variable a place is below the home folder, or there is none", () => {
  const xdg = without("XDG_CONFIG_HOME", "XDG_CACHE_HOME");
  assertEquals(
    [configurationFile("linux", xdg), defaultCacheFolder("linux", xdg)].map(partsOf),
    ["HOME/.config/claude/local.env", "HOME/.cache/claude"],
  );
  const relative = (name: string): string | undefined => xdg(name) ?? "relative";
  assertEquals(partsOf(configurationFile("darwin", relative)), "HOME/.config/claude/local.env");
  const none = (): undefined => undefined;
  assertEquals(
    [
      configurationFile("linux", none),
      defaultCacheFolder("windows", none),
      claudeSettingsFile("linux", none),
      configurationFile("windows", () => "relative"),
    ],
    [
      { problem: "HOME is not set", cure: "set HOME to an absolute path" },
      { problem: "LOCALAPPDATA is not set", cure: "set LOCALAPPDATA to an absolute path" },
      { problem: "HOME is not set", cure: "set HOME to an absolute path" },
      {
        problem: 'APPDATA is "relative", which is not an absolute path',
        cure: "set APPDATA to an absolute path",
      },
    ],
  );
});

Deno.test("the home folder is shown as ~, and nothing that only begins like it", () => {
  const home = (path: string): VariableLookup => (name) => name === "HOME" ? path : undefined;
  for (
    const [path, shown] of [
      ["/home/me/x", "~/x"],
      ["/home/me", "/home/me"],
      ["/home/men/x", "/home/men/x"],
      ["/x/home/me/y", "/x/home/me/y"],
    ] as const
  ) {
    assertEquals(shownPath(path, home("/home/me")), shown);
  }
  assertEquals([shownPath("//x", home("/")), shownPath("/x", home(""))], ["//x", "/x"]);
});
