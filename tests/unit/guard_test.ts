import { assertEquals } from "@std/assert";
import { type FileFacts, judgeContent, judgeFile, judgeFolder } from "../../lib/cache/guard.ts";

const NOW = Date.UTC(2026, 0, 31);
const RULES = { ttl: 60, now: NOW, uid: 501 };
const GOOD: FileFacts = { isFile: true, mtime: new Date(NOW - 1_000), uid: 501, mode: 0o100600 };

Deno.test("a private, young file of one's own is trusted", () => {
  assertEquals(judgeFile(GOOD, RULES), undefined);
});

Deno.test("what is wrong with a file is named", () => {
  for (
    const [facts, reason] of [
      [{ isFile: false }, "not a regular file"],
      [{ mtime: null }, "no modification time"],
      [{ mtime: new Date(NaN) }, "no modification time"],
      [{ mtime: new Date(NOW + 5 * 60_000) }, undefined],
      [{ mtime: new Date(NOW + 5 * 60_000 + 1) }, "dated in the future"],
      [{ mtime: new Date(NOW - 59_999) }, undefined],
      [{ mtime: new Date(NOW - 60_000) }, "cache expired"],
      [{ mtime: new Date(0) }, "cache expired"],
      [{ uid: 0 }, "owned by another user"],
      [{ uid: null }, "owned by another user"],
      [{ mode: 0o100400 }, undefined],
      [{ mode: 0o100640 }, "readable by others"],
      [{ mode: 0o100610 }, "readable by others"],
      [{ mode: 0o100601 }, "readable by others"],
      [{ mode: 0o100602 }, "readable by others"],
      [{ mode: null }, "readable by others"],
    ] as const
  ) {
    assertEquals(judgeFile({ ...GOOD, ...facts }, RULES), reason);
  }
});

Deno.test("where there are no users and modes, age alone decides", () => {
  const facts = { ...GOOD, uid: null, mode: null };
  assertEquals(judgeFile(facts, { ...RULES, uid: null }), undefined);
});

Deno.test("a key is one line of printable UTF-8 that ends in a newline", () => {
  const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
  for (
    const [content, judged] of [
      [encode("k\n"), { key: "k" }],
      [encode(" k\n"), { miss: "cache file damaged" }],
      [encode("k \n"), { miss: "cache file damaged" }],
      [encode("k k\n"), { miss: "cache file damaged" }],
      [encode("\uFEFFk\n"), { miss: "cache file damaged" }],
      [encode(""), { miss: "cache file empty" }],
      [encode("\n"), { miss: "cache file empty" }],
      [encode("k"), { miss: "cache file cut short" }],
      [encode("k\n\n"), { miss: "cache file damaged" }],
      [encode("k\0\n"), { miss: "cache file damaged" }],
      [encode("k\x7f\n"), { miss: "cache file damaged" }],
      [encode("k\x85\n"), { miss: "cache file damaged" }],
      [new Uint8Array([0xc3, 0x0a]), { miss: "cache file damaged" }],
      [new Uint8Array([0xed, 0xa0, 0x80, 0x0a]), { miss: "cache file damaged" }],
    ] as const
  ) {
    assertEquals(judgeContent(content), judged);
  }
  assertEquals(judgeContent(encode("ключ\n")), { key: "ключ" });
});

Deno.test("a cache folder is trusted if it is one's own and closed to writing", () => {
  for (
    const [uid, mode, problem] of [
      [501, 0o40700, undefined],
      [501, 0o40755, undefined],
      [501, 0o40720, "cache folder open to others"],
      [501, 0o40702, "cache folder open to others"],
      [501, 0o41777, "cache folder open to others"],
      [501, null, "cache folder open to others"],
      [0, 0o40700, "cache folder owned by another user"],
      [null, 0o40700, "cache folder owned by another user"],
    ] as const
  ) {
    assertEquals([uid, mode, judgeFolder({ uid, mode }, 501)], [uid, mode, problem]);
  }
  assertEquals(judgeFolder({ uid: null, mode: null }, null), undefined);
});
