/**
 * A server on this machine that offers releases as the real place does, and can do badly.
 *
 * @module
 */

import type { ArchiveEntry } from "../../scripts/release/archive_entry.ts";
import { CHECKSUMS, formatChecksums, sha256 } from "../../scripts/release/checksums.ts";
import { tarGz } from "../../scripts/release/tar_archive.ts";
import {
  archiveEnding,
  findTarget,
  programEnding,
  releaseName,
} from "../../scripts/release/targets.ts";
import { zip } from "../../scripts/release/zip_archive.ts";

/** The target of this machine. */
export const HOST = findTarget(Deno.build.target);

/** How an archive is delivered. */
export type Delivery =
  | "whole"
  | "truncated"
  | "broken off"
  | "corrupted"
  | "held"
  | "missing";

/** Offers releases until it is disposed of. */
export class ReleaseServer {
  /** How archives are delivered from now on. */
  delivery: Delivery = "whole";
  /** How often an archive was asked for. */
  asked = 0;

  readonly #files = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #stop = new AbortController();
  readonly #server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, signal: this.#stop.signal, onListen: () => {} },
    (request) => this.#respond(new URL(request.url).pathname),
  );

  /** What the installers take for the address of the releases. */
  get url(): string {
    return `http://127.0.0.1:${this.#server.addr.port}/releases`;
  }

  /**
   * Publishes a release, which becomes the latest one.
   *
   * @param version Its version.
   * @param program The content of the program in it.
   */
  async publish(version: string, program: Uint8Array<ArrayBuffer>): Promise<void> {
    const name = releaseName(version, HOST);
    const entries: ArchiveEntry[] = [
      { path: `${name}/claude-key${programEnding(HOST)}`, executable: true, content: program },
      { path: `${name}/LICENSE`, executable: false, content: new TextEncoder().encode("MIT\n") },
    ];
    const archive = await (HOST.os === "windows" ? zip : tarGz)(entries);
    const archiveName = name + archiveEnding(HOST);
    const sums = new Map([
      [archiveName, await sha256(archive)],
      [name + programEnding(HOST), await sha256(program)],
      [`claude-key-${version}-plan9-mips.tar.gz`, "0".repeat(64)],
    ]);
    const checksums = new TextEncoder().encode(formatChecksums(sums));
    for (const place of [`download/v${version}`, "latest/download"]) {
      this.#files.set(`/releases/${place}/${CHECKSUMS}`, checksums);
      this.#files.set(`/releases/${place}/${archiveName}`, archive);
    }
  }

  /** Stops the server, also in the middle of a response. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await this.#server.finished;
  }

  #respond(path: string): Response {
    const file = this.#files.get(path);
    if (file === undefined) return new Response("no such file", { status: 404 });
    if (path.endsWith(CHECKSUMS)) return new Response(file);
    this.asked++;
    const half = file.slice(0, file.length / 2);
    switch (this.delivery) {
      case "whole":
        return new Response(file);
      case "missing":
        return new Response("no such file", { status: 404 });
      case "corrupted":
        return new Response(file.map((byte, index) => index === 100 ? byte ^ 1 : byte));
      case "truncated":
        return new Response(half);
      case "broken off":
        return new Response(
          new ReadableStream({
            start(controller): void {
              controller.enqueue(half);
              controller.close();
            },
          }),
          { headers: { "content-length": `${file.length}` } },
        );
      case "held":
        // The rest never comes.
        return new Response(
          new ReadableStream({ start: (controller) => controller.enqueue(half) }),
        );
    }
  }
}
