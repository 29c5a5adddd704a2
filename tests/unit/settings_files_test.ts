import { assertEquals } from "@std/assert";
import {
  type ClaudeSettingsFile,
  fileOfGateway,
  fileOfHelper,
  settingsPaths,
  settingsPlaces,
} from "../../lib/claude_code/settings_files.ts";
import { parseClaudeSettings } from "../../lib/claude_code/settings_text.ts";
import { below } from "../../lib/files/paths.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

Deno.test("an administrator's settings win, the later parts first, then the project's", () => {
  using folder = new TemporaryFolder();
  const managed = below(folder.path, "managed");
  const parts = below(managed, "managed-settings.d");
  Deno.mkdirSync(parts, { recursive: true });
  for (const name of ["30-c.json", "10-a.json", "20-b.json", ".40-d.json", "notes.txt", "json"]) {
    Deno.writeTextFileSync(below(parts, name), "{}");
  }
  const project = below(folder.path, "project");
  const user = below(folder.path, "user.json");
  const ofManaged = [
    [below(parts, "30-c.json"), "managed"],
    [below(parts, "20-b.json"), "managed"],
    [below(parts, "10-a.json"), "managed"],
    [below(managed, "managed-settings.json"), "managed"],
  ];
  const ofProject = [
    [below(project, ".claude", "settings.local.json"), "project"],
    [below(project, ".claude", "settings.json"), "project"],
  ];
  const nothing = { managed: undefined, project: undefined, user: undefined };
  const paths = (places: Partial<typeof nothing | Record<keyof typeof nothing, string>>) =>
    Array.from(settingsPaths({ ...nothing, ...places }));
  assertEquals(paths({ managed, project, user }), [...ofManaged, ...ofProject, [user, "user"]]);
  assertEquals(paths({ managed: project }), [
    [below(project, "managed-settings.json"), "managed"],
  ]);
  assertEquals(paths({}), []);
  // The home folder is the project, and its file is the user's.
  const own = below(project, ".claude", "settings.json");
  assertEquals(paths({ project, user: own }), [ofProject[0], [own, "user"]]);
});

Deno.test("the first file that says something counts", () => {
  const files = ([
    ["managed", "oops"],
    ["project", '{"env": {"ANTHROPIC_BASE_URL": ""}}'],
    ["project", '{"apiKeyHelper": "one", "env": {"ANTHROPIC_BASE_URL": "https://one"}}'],
    ["user", '{"apiKeyHelper": "two", "env": {"ANTHROPIC_BASE_URL": "https://two"}}'],
  ] as const).map(([level, text], index): ClaudeSettingsFile => ({
    shown: `FILE ${index}`,
    level,
    settings: parseClaudeSettings(text, [], false),
  }));
  assertEquals(fileOfHelper(files), files[2]);
  assertEquals(fileOfGateway(files), files[2]);
  assertEquals([fileOfHelper(files.slice(0, 2)), fileOfGateway(files.slice(0, 2))], [
    undefined,
    undefined,
  ]);
  assertEquals(
    settingsPlaces(files).map(({ kind, shown, isManaged, variables }) => [
      kind,
      shown,
      isManaged,
      variables.get("ANTHROPIC_BASE_URL"),
    ]),
    [
      ["settings file", "FILE 0", true, undefined],
      ["settings file", "FILE 1", false, ""],
      ["settings file", "FILE 2", false, "https://one"],
      ["settings file", "FILE 3", false, "https://two"],
    ],
  );
});
