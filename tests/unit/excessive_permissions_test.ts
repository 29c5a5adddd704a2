import { assertEquals } from "@std/assert";
import { excessivePermissions } from "../../lib/confinement/excessive_permissions.ts";
import { roots } from "../../lib/confinement/permissions.ts";

/** What a process may be allowed, and what `doctor` says that it can do then. */
const EXCESS: readonly (readonly [Deno.PermissionOptionsObject, string])[] = [
  [{ read: roots(Deno.build.os).slice(-1) }, "read every file"],
  [{ write: roots(Deno.build.os).slice(-1) }, "write every file"],
  [{ run: true }, "run other programs than op"],
  [{ net: true }, "use the network"],
  [{ env: true }, "read the environment"],
  [{ env: ["HOME"] }, "read the environment"],
  [{ sys: true }, "ask about the system"],
  [{ sys: ["uid"] }, "ask about the system"],
  [{ ffi: true }, "load libraries"],
  [{ import: true }, "import code from elsewhere"],
];

for (const [permissions, words] of EXCESS) {
  Deno.test({
    name: `a process with ${JSON.stringify(permissions)} is said to be able to ${words}`,
    permissions,
    fn: () => assertEquals(excessivePermissions(), [words]),
  });
}

Deno.test({
  name: "a process that is left with a folder and op can do nothing too much",
  permissions: { read: ["/tmp/keys"], write: ["/tmp/keys"], run: ["op"] },
  fn: () => assertEquals(excessivePermissions(), []),
});
