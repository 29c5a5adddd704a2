import { assertEquals, assertThrows } from "@std/assert";
import { Failure } from "../../lib/failure/failure.ts";
import { DASHED_NAMES, PLAIN_NAMES, wrapperOf } from "../../lib/integration/wrapper.ts";

Deno.test("a function is called after its program, without folders and endings", () => {
  for (
    const [program, name] of [
      ["claude", "claude"],
      ["/opt/claude/claude", "claude"],
      ["C:\\Program Files\\claude.exe", "claude"],
      ["C:/x/Claude.EXE", "Claude"],
      ["claude.cmd", "claude"],
      ["claude.bat", "claude"],
      ["claude.Ps1", "claude"],
      ["_c9-x", "_c9-x"],
    ] as const
  ) {
    assertEquals(wrapperOf(undefined, program, DASHED_NAMES), { name, program });
    assertEquals(wrapperOf("mine", program, DASHED_NAMES), { name: "mine", program });
  }
});

Deno.test("what cannot be the name of a function is refused", () => {
  for (const name of ["a", "_", "Z", "my_claude2", "Claude"]) {
    assertEquals(wrapperOf(name, "x", DASHED_NAMES).name, name);
    assertEquals(wrapperOf(name, "x", PLAIN_NAMES).name, name);
  }
  assertEquals(wrapperOf("a-b", "x", DASHED_NAMES).name, "a-b");
  assertThrows(() => wrapperOf("a-b", "x", PLAIN_NAMES), Failure, '"a-b" cannot be the name');
  const names = ["", "9a", "-a", "a b", "a.b", "ä", "if", "IF", "claude-key", "Claude-Key", "test"];
  for (const name of names) {
    assertThrows(() => wrapperOf(name, "x", DASHED_NAMES), Failure, "cannot be the name");
    assertThrows(() => wrapperOf(name, "x", PLAIN_NAMES), Failure, "cannot be the name");
  }
  for (const program of ["claude.sh", "claude.exes", "/opt/", "C:\\x\\if.exe"]) {
    assertThrows(() => wrapperOf(undefined, program, DASHED_NAMES), Failure, "cannot be the name");
  }
  for (const program of ["-x", "a\nb", "a\x1b"]) {
    assertThrows(() => wrapperOf("mine", program, DASHED_NAMES), Failure, "is not a program");
  }
});
