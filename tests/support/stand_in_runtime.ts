/**
 * The smallest files that `deno compile` takes for Deno's runtime, one for each target: what it
 * makes of them carries real metadata and the real program, and does not run. So the binaries of
 * all systems can be looked at on any, without downloading six runtimes.
 *
 * @module
 */

import type { Target } from "../../scripts/release/targets.ts";

/**
 * Makes a stand-in for `denort`.
 *
 * @param target The target that it stands for.
 * @returns The content of the file.
 */
export function standInRuntime({ os, triple }: Target): Uint8Array<ArrayBuffer> {
  const arm = triple.startsWith("aarch64");
  if (os === "windows") return portableExecutable(arm ? 0xaa64 : 0x8664);
  if (os === "darwin") return machO(arm ? 0x0100000c : 0x01000007);
  return elf(arm ? 183 : 62);
}

/** An ELF header and one segment. */
function elf(machine: number): Uint8Array<ArrayBuffer> {
  const file = new Layout(120);
  file.text(0, "\x7fELF\x02\x01\x01");
  file.u16(16, 2, machine);
  file.u32(20, 1);
  file.u64(24, 0x400078, 64);
  file.u16(52, 64, 56, 1, 64);
  file.u32(64, 1, 5);
  file.u64(72, 0, 0x400000, 0x400000, 120, 120, 0x1000);
  return file.bytes;
}

/** The headers of a PE32+ program for the console, and one section. */
function portableExecutable(machine: number): Uint8Array<ArrayBuffer> {
  const file = new Layout(1024);
  file.text(0, "MZ");
  file.u32(60, 64);
  file.text(64, "PE\0\0");
  file.u16(68, machine, 1);
  file.u16(84, 240, 0x22);
  const optional = 88;
  file.u16(optional, 0x20b);
  file.u32(optional + 4, 512);
  file.u32(optional + 16, 0x1000, 0x1000);
  file.u64(optional + 24, 0x140000000);
  file.u32(optional + 32, 0x1000, 0x200);
  file.u16(optional + 40, 6, 0, 0, 0, 6, 0);
  file.u32(optional + 56, 0x2000, 0x200);
  file.u16(optional + 68, 3);
  file.u64(optional + 72, 0x100000, 0x1000, 0x100000, 0x1000);
  file.u32(optional + 108, 16);
  const section = optional + 240;
  file.text(section, ".text");
  file.u32(section + 8, 16, 0x1000, 0x200, 0x200);
  file.u32(section + 36, 0x60000020);
  return file.bytes;
}

/** The headers of a Mach-O program: two segments, and room for a signature. */
function machO(processor: number): Uint8Array<ArrayBuffer> {
  const page = 0x4000;
  const file = new Layout(page + 16);
  file.u32(0, 0xfeedfacf, processor, 0, 2, 3, 160);
  const segment = (at: number, name: string, ...place: number[]) => {
    file.u32(at, 0x19, 72);
    file.text(at + 8, name);
    file.u64(at + 24, ...place);
    file.u32(at + 56, 7, 5);
  };
  segment(32, "__TEXT", 0x100000000, page, 0, page);
  segment(104, "__LINKEDIT", 0x100000000 + page, page, page, 16);
  file.u32(176, 0x1d, 16, page, 16);
  return file.bytes;
}

/** Bytes, all zero but for what is put somewhere; numbers are little-endian. */
class Layout {
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly #view: DataView;

  constructor(size: number) {
    this.bytes = new Uint8Array(size);
    this.#view = new DataView(this.bytes.buffer);
  }

  text(at: number, text: string): void {
    this.bytes.set(new TextEncoder().encode(text), at);
  }

  u16(at: number, ...values: number[]): void {
    values.forEach((value, index) => this.#view.setUint16(at + 2 * index, value, true));
  }

  u32(at: number, ...values: number[]): void {
    values.forEach((value, index) => this.#view.setUint32(at + 4 * index, value, true));
  }

  u64(at: number, ...values: number[]): void {
    values.forEach((value, index) => this.#view.setBigUint64(at + 8 * index, BigInt(value), true));
  }
}
