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
import { within } from "./deadline.ts";
import type { Identity } from "./identity.ts";
import { zip } from "../../scripts/release/zip_archive.ts";

/** The target of this machine. */
export const HOST = findTarget(Deno.build.target);

/** What releases are published for: this machine, and Windows, whose installer is tested anywhere. */
const PUBLISHED = new Set([HOST, findTarget("x86_64-pc-windows-msvc")]);

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
  /** Where a path is redirected to, if it is; a whole address, or one on this server. */
  redirect: (path: string) => string | undefined = () => undefined;
  /** Every path that was asked for. */
  readonly paths: string[] = [];

  readonly #files = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly #stop = new AbortController();
  readonly #server: Deno.HttpServer<Deno.NetAddr>;
  readonly #scheme: string;

  /**
   * Starts to serve.
   *
   * @param identity With what to serve https; http without.
   */
  constructor(identity?: Identity) {
    const options = { hostname: "127.0.0.1", port: 0, signal: this.#stop.signal };
    this.#scheme = identity === undefined ? "http" : "https";
    this.#server = Deno.serve(
      { ...options, ...identity, onListen: () => {}, onError: () => new Response(null) },
      (request) => this.#respond(new URL(request.url).pathname),
    );
  }

  /** The address of the server. */
  get origin(): string {
    return `${this.#scheme}://127.0.0.1:${this.#server.addr.port}`;
  }

  /** What the installers take for the address of the releases. */
  get url(): string {
    return `${this.origin}/releases`;
  }

  /**
   * Publishes a release, which becomes the latest one.
   *
   * @param version Its version.
   * @param program The content of the program in it.
   */
  async publish(version: string, program: Uint8Array<ArrayBuffer>): Promise<void> {
    const sums = new Map([[`claude-key-${version}-plan9-mips.tar.gz`, "0".repeat(64)]]);
    const files = new Map<string, Uint8Array<ArrayBuffer>>();
    for (const target of PUBLISHED) {
      const name = releaseName(version, target);
      const entries: ArchiveEntry[] = [
        { path: `${name}/claude-key${programEnding(target)}`, executable: true, content: program },
        { path: `${name}/LICENSE`, executable: false, content: new TextEncoder().encode("MIT\n") },
      ];
      const archive = await (target.os === "windows" ? zip : tarGz)(entries);
      files.set(name + archiveEnding(target), archive);
      sums.set(name + archiveEnding(target), await sha256(archive));
      sums.set(name + programEnding(target), await sha256(program));
    }
    files.set(CHECKSUMS, new TextEncoder().encode(formatChecksums(sums)));
    for (const [name, content] of files) {
      for (const place of [`download/v${version}`, "latest/download"]) {
        this.#files.set(`/releases/${place}/${name}`, content);
      }
    }
  }

  /**
   * Makes a file part of the latest release.
   *
   * @param name Its name.
   * @param text Its content.
   */
  add(name: string, text: string): void {
    this.#files.set(`/releases/latest/download/${name}`, new TextEncoder().encode(text));
  }

  /** Stops the server, also in the middle of a response. */
  async [Symbol.asyncDispose](): Promise<void> {
    this.#stop.abort();
    await within("the server stops", this.#server.finished);
  }

  #respond(path: string): Response {
    this.paths.push(path);
    const location = this.redirect(path);
    if (location !== undefined) return new Response(null, { status: 302, headers: { location } });
    const file = this.#files.get(path);
    if (file === undefined) return new Response("no such file", { status: 404 });
    if (!/\.(zip|gz)$/.test(path)) return new Response(file);
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
