import { assertEquals } from "@std/assert";
import {
  groupCanWrite,
  groupWritable,
  writerFailure,
} from "../../lib/configuration/trusted_writers.ts";

const ME = 1000;

Deno.test("this user and root may write what says where the key is sent, and nobody else", () => {
  for (
    const [uid, mode, isDirectory, problem] of [
      [ME, 0o600, false, undefined],
      [ME, 0o644, false, undefined],
      [ME, 0o664, false, undefined],
      [ME, 0o646, false, "can be written by every user"],
      // As a store of the Nix kind has it.
      [0, 0o444, false, undefined],
      [0, 0o666, false, "can be written by every user"],
      [1001, 0o600, false, "belongs to another user"],
      [ME, 0o777, true, "can be written by every user"],
      [ME, 0o1777, true, undefined],
      [0, 0o1777, true, undefined],
      [1001, 0o755, true, "belongs to another user"],
      // The sticky bit means nothing to files.
      [ME, 0o1666, false, "can be written by every user"],
      [null, null, false, undefined],
    ] as const
  ) {
    const message = writerFailure({ uid, mode, isDirectory }, "/x", ME)?.message;
    assertEquals([uid, mode, message?.replace(/^"\/x" (.*), and .*$/, "$1")], [uid, mode, problem]);
  }
  assertEquals(writerFailure({ uid: 1, mode: 0o666, isDirectory: false }, "/x", null), undefined);
});

Deno.test("of a file and of a folder it is said what says where the key is sent", () => {
  const message = (uid: number, isDirectory: boolean): string | undefined =>
    writerFailure({ uid, mode: 0o777, isDirectory }, "/x", ME)?.message.replace(/^.*, and /, "");
  for (const uid of [ME, 1001]) {
    assertEquals(message(uid, false), "it says where your key is sent");
    assertEquals(message(uid, true), "what lies in it says where your key is sent");
  }
});

Deno.test("what its group can write is to be warned of", () => {
  const facts = { uid: ME, mode: 0o664, isDirectory: false };
  assertEquals([groupCanWrite(facts, ME), groupCanWrite(facts, null)], [true, false]);
  assertEquals(
    groupWritable([{ shownPath: "~/my env", groupCanWrite: true }, { shownPath: "/x" }]),
    [{
      message: "~/my env can be written by its group, and it says where your key is sent",
      fix: "chmod g-w ~/'my env'",
    }],
  );
});
