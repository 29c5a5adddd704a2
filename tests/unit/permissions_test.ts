import { assertEquals, assertMatch } from "@std/assert";
import {
  claudeSettingsFile,
  configurationFile,
  defaultCacheFolder,
  teamConfigurationFile,
} from "../../lib/configuration/locations.ts";
import {
  compiledPermissionFlags,
  permissionFlags,
  READABLE_VARIABLES,
} from "../../lib/confinement/permissions.ts";
import { defaultShell } from "../../lib/shells/default_shell.ts";

const SYSTEMS = ["linux", "darwin", "windows"] as const;

Deno.test("whatever says on some system where things are, or which shell it is, may be read", () => {
  const asked = new Set<string>();
  const nothing = (name: string): undefined => void asked.add(name);
  for (const os of SYSTEMS) {
    configurationFile(os, nothing);
    teamConfigurationFile(os, nothing);
    defaultCacheFolder(os, nothing);
    claudeSettingsFile(os, nothing);
    defaultShell(os, nothing);
  }
  const readable = Array.from(asked).filter((name) =>
    READABLE_VARIABLES.some((one) =>
      one.endsWith("*") ? name.startsWith(one.slice(0, -1)) : name === one
    )
  );
  assertEquals(readable.toSorted(), [
    "APPDATA",
    "CLAUDE_CONFIG_DIR",
    "HOME",
    "LOCALAPPDATA",
    "MSYSTEM",
    "ProgramFiles",
    "SHELL",
    "USERPROFILE",
    "XDG_CACHE_HOME",
    "XDG_CONFIG_HOME",
  ]);
  assertEquals(readable.length, asked.size);
});

Deno.test("on Windows each drive is named, as what is one permission cannot be narrowed", () => {
  const [read = "", write = ""] = permissionFlags("windows");
  assertMatch(read, /^--allow-read=(?:[A-Z]:\\,){25}Z:\\$/);
  assertEquals(write.replace("write", "read"), read);
});

Deno.test("the binary may do what the source may, and import from a host that can never be", () => {
  for (const os of SYSTEMS) {
    const flags = compiledPermissionFlags(os);
    assertEquals(flags.slice(0, -1), permissionFlags(os));
    assertMatch(flags.at(-1) ?? "", /^--allow-import=\w+\.invalid:\d+$/);
  }
});
