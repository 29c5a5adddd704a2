/**
 * The closed set of ways in which claude-key fails, each with the exit status that scripts see.
 *
 * @module
 */

/**
 * What went wrong, as far as anybody needs to tell it apart, and the exit status it ends with.
 * The statuses are part of the contract with scripts; `docs/troubleshooting.md` documents them.
 */
export const EXIT_STATUS = {
  /** 1Password cannot be reached for now. */
  "offline": 1,
  /** Anything that has no kind of its own. */
  "other": 1,
  /** The command line is wrong. */
  "usage": 2,
  /** The configuration is wrong or incomplete. */
  "configuration": 2,
  /** There is no `op` to run. */
  "op missing": 3,
  /** 1Password is locked, signed out, or the approval was refused. */
  "locked": 4,
  /** The desktop app that approves does not answer. */
  "app unreachable": 4,
  /** No such account, vault or item. */
  "not found": 5,
  /** The item exists and has no such field. */
  "no field": 5,
  /** Nobody answered in time. */
  "timed out": 6,
  /** The cache alone was to be looked at, and has no good key. */
  "not cached": 7,
  /** Ctrl-C, as shells report it: 128 + SIGINT. */
  "interrupted": 130,
  /** SIGTERM or SIGHUP, reported as 128 + SIGTERM. */
  "terminated": 143,
} as const;

/** One of the ways to fail; see {@linkcode EXIT_STATUS}. */
export type FailureKind = keyof typeof EXIT_STATUS;

/**
 * A failure that is understood: made where the cause is known, printed in one place
 * (`report.ts`), carrying its exit status and the hints that name the cure.
 *
 * @example
 * ```ts
 * import { assertEquals } from "@std/assert";
 *
 * const failure = new Failure("configuration", "OP_ITEM is not set", ["run: claude-key setup"]);
 * assertEquals(failure.exitStatus, 2);
 * ```
 */
export class Failure extends Error {
  /** Told apart by this in a trace. */
  override readonly name = "Failure";
  /** What went wrong. */
  readonly kind: FailureKind;
  /** What to do about it, one printed line each. */
  readonly hints: readonly string[];

  /**
   * Makes a failure, to be thrown.
   *
   * @param kind What went wrong.
   * @param message One line for people: lower case, no final full stop, never a secret.
   * @param hints Lines that name the next command to type.
   * @param options The cause, for whoever looks into it.
   */
  constructor(
    kind: FailureKind,
    message: string,
    hints: readonly string[] = [],
    options: ErrorOptions = {},
  ) {
    super(message, options);
    this.kind = kind;
    this.hints = hints;
  }

  /** The status that the process ends with. */
  get exitStatus(): number {
    return EXIT_STATUS[this.kind];
  }
}
