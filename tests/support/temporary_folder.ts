/**
 * A folder for a test alone.
 *
 * @module
 */

/** An empty folder, which goes with all that is in it. */
export class TemporaryFolder implements Disposable {
  /** Its path. */
  readonly path: string = Deno.makeTempDirSync({ prefix: "claude-key-test-" });

  /** Removes it. */
  [Symbol.dispose](): void {
    Deno.removeSync(this.path, { recursive: true });
  }
}
