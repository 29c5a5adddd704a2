/**
 * The time that stands in the place of every real one, so that the same source gives the same
 * bytes on any machine.
 *
 * @module
 */

/** The earliest time that a zip archive can express. */
export const TIMESTAMP = new Date("1980-01-01T00:00:00Z");
