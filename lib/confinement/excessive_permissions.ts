/**
 * Asks Deno what this process can still do.
 *
 * @module
 */

import { roots } from "./permissions.ts";

/** What a confined process must not be able to do, and the permissions that would let it. */
const FORBIDDEN: readonly (readonly [string, readonly Deno.PermissionDescriptor[]])[] = [
  ["read every file", roots(Deno.build.os).map((path) => ({ name: "read", path }))],
  ["write every file", roots(Deno.build.os).map((path) => ({ name: "write", path }))],
  ["run other programs than op", [{ name: "run" }]],
  ["use the network", [{ name: "net" }]],
  ["read the environment", [{ name: "env", variable: "HOME" }]],
  ["ask about the system", [{ name: "sys", kind: "uid" }]],
  ["load libraries", [{ name: "ffi" }]],
  ["import code from elsewhere", [{ name: "import" }]],
];

/**
 * Lists what this process can do although it is confined.
 *
 * @returns In words; empty if all is as it should be.
 */
export function excessivePermissions(): string[] {
  return FORBIDDEN
    .filter(([, descriptors]) =>
      descriptors.some((one) => Deno.permissions.querySync(one).state === "granted")
    )
    .map(([words]) => words);
}
