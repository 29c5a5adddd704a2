/**
 * Stand-in for the assertions of `@std/assert` that the tests use.
 *
 * @module
 */

import strict from "node:assert/strict";

/** As `assert` of `@std/assert`. */
export function assert(condition: unknown, message?: string): asserts condition {
  strict.ok(condition, message);
}

/** As `assertEquals` of `@std/assert`. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  strict.deepStrictEqual(actual, expected, message);
}

/** As `assertNotEquals` of `@std/assert`. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  strict.notDeepStrictEqual(actual, expected, message);
}

/** As `assertMatch` of `@std/assert`. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  strict.match(actual, expected, message);
}

/** As `assertStringIncludes` of `@std/assert`. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  strict.ok(
    actual.includes(expected),
    message ?? `expected ${JSON.stringify(actual)} to contain ${JSON.stringify(expected)}`,
  );
}

/** As `assertThrows` of `@std/assert`, with the class of the error and a part of its message. */
export function assertThrows<E extends Error>(
  fn: () => unknown,
  // deno-lint-ignore no-explicit-any -- the signature of the real assertThrows
  ErrorClass?: abstract new (...args: any[]) => E,
  messageIncludes = "",
): E {
  try {
    fn();
  } catch (error) {
    return expected(error, ErrorClass, messageIncludes);
  }
  return strict.fail("expected function to throw");
}

/** As `assertRejects` of `@std/assert`, with the class of the error and a part of its message. */
export async function assertRejects<E extends Error>(
  fn: () => PromiseLike<unknown>,
  // deno-lint-ignore no-explicit-any -- the signature of the real assertRejects
  ErrorClass?: abstract new (...args: any[]) => E,
  messageIncludes = "",
): Promise<E> {
  try {
    await fn();
  } catch (error) {
    return expected(error, ErrorClass, messageIncludes);
  }
  return strict.fail("expected function to reject");
}

function expected<E extends Error>(
  error: unknown,
  // deno-lint-ignore no-explicit-any -- the signature of the real assertions
  ErrorClass: (abstract new (...args: any[]) => E) | undefined,
  messageIncludes: string,
): E {
  strict.ok(error instanceof (ErrorClass ?? Error), `expected another error than ${error}`);
  assertStringIncludes((error as E).message, messageIncludes);
  return error as E;
}
