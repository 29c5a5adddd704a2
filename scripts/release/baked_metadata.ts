/**
 * Reads what a compiled binary is allowed to do from the binary itself, without running it.
 *
 * @module
 */

import { NO_HOST, READABLE_VARIABLES, roots } from "../../lib/confinement/permissions.ts";
import { V8_FLAGS } from "./like_binary.ts";
import type { Target } from "./targets.ts";

/**
 * The part of a binary that says how it runs; what is of no interest here is left out. Deno writes
 * more keys, and `null` for a permission that is neither given nor denied.
 */
export interface BakedMetadata {
  /** Each permission by its name, `allow_read` for one, and whether Deno asks for others. */
  readonly permissions: Readonly<Record<string, readonly string[] | boolean | null>>;
  /** Arguments that come before the user's. */
  readonly argv: readonly string[];
  /** Set if compiled code is kept in the shared temp folder. */
  readonly code_cache_key: string | null;
  /** What V8 is told: Deno's own flags, then those of this binary. */
  readonly v8_flags: readonly string[];
  /** What Deno itself says. */
  readonly log_level: string | null;
  /** Variables from a file at the time of compilation. */
  readonly env_vars_from_env_file: Readonly<Record<string, string>>;
  /** Hosts whose certificates are not checked. */
  readonly unsafely_ignore_certificate_errors: readonly string[] | null;
}

/** What stands before the metadata, then its length: 64 bits, little-endian. Deno's own choice. */
const MARKER = new TextEncoder().encode("d3n0l4nd");

/**
 * Finds the metadata of a binary.
 *
 * @param binary The whole file.
 * @returns The metadata, as Deno wrote it.
 * @throws {Error} If the file has none: it is not the work of `deno compile`.
 */
export function readMetadata(binary: Uint8Array<ArrayBuffer>): BakedMetadata {
  for (let at = find(binary, 0); at >= 0; at = find(binary, at + 1)) {
    const metadata = parseAt(binary, at + MARKER.length);
    if (metadata !== undefined) return metadata;
  }
  throw new Error("no metadata: not compiled by deno");
}

/**
 * Compares what a binary may do with what claude-key is meant to be able to do.
 *
 * @param metadata What the binary carries.
 * @param target The system that it is for.
 * @returns Each deviation in a line; none if it is as it must be.
 */
export function deviations(metadata: BakedMetadata, target: Target): string[] {
  const permissions = Object.fromEntries(
    Object.entries(metadata.permissions).filter(([, value]) => value !== null),
  );
  const found: Record<string, unknown> = {
    permissions,
    argv: metadata.argv,
    code_cache_key: metadata.code_cache_key,
    last_v8_flags: metadata.v8_flags.slice(-V8_FLAGS.length),
    log_level: metadata.log_level,
    env_vars_from_env_file: metadata.env_vars_from_env_file,
    unsafely_ignore_certificate_errors: metadata.unsafely_ignore_certificate_errors,
  };
  const meant: Record<string, unknown> = {
    permissions: {
      allow_env: READABLE_VARIABLES,
      allow_import: [NO_HOST],
      allow_read: roots(target.os),
      allow_run: ["op"],
      allow_sys: ["uid"],
      allow_write: roots(target.os),
      prompt: false,
    },
    argv: [],
    code_cache_key: null,
    last_v8_flags: V8_FLAGS,
    log_level: "ERROR",
    env_vars_from_env_file: {},
    unsafely_ignore_certificate_errors: null,
  };
  return Object.keys(meant).filter((key) => canonical(found[key]) !== canonical(meant[key]))
    .map((key) => `${key} is ${canonical(found[key])}, not ${canonical(meant[key])}`);
}

function find(binary: Uint8Array, from: number): number {
  const [first = 0] = MARKER;
  for (let at = binary.indexOf(first, from); at >= 0; at = binary.indexOf(first, at + 1)) {
    if (MARKER.every((byte, index) => binary[at + index] === byte)) return at;
  }
  return -1;
}

/** The runtime has the marker elsewhere too; only where metadata follows is it the one. */
function parseAt(binary: Uint8Array<ArrayBuffer>, at: number): BakedMetadata | undefined {
  if (at + 8 > binary.length) return undefined;
  const length = new DataView(binary.buffer, binary.byteOffset + at, 8).getBigUint64(0, true);
  if (length > BigInt(binary.length - at - 8)) return undefined;
  try {
    const text = new TextDecoder().decode(binary.subarray(at + 8, at + 8 + Number(length)));
    const value = JSON.parse(text);
    return typeof value?.permissions === "object" ? value : undefined;
  } catch {
    return undefined;
  }
}

function canonical(value: unknown): string {
  return JSON.stringify(
    value,
    (_, part) =>
      part !== null && typeof part === "object" && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => a < b ? -1 : 1))
        : part,
  ) ?? "absent";
}
