import { assertEquals } from "@std/assert";
import {
  helperCommand,
  type HelperForm,
  helperForm,
} from "../../lib/claude_code/helper_command.ts";

const ANOTHER: HelperForm = { kind: "another program" };

function ours(program: string, ...folders: readonly string[]): HelperForm {
  return { kind: "claude-key", program, folders };
}

Deno.test("sh understands the command, and cmd does where it can", () => {
  assertEquals(helperCommand({ words: ["/opt/claude-key", "get"] }, false), "/opt/claude-key get");
  assertEquals(
    helperCommand({ words: ["/opt/claude-key", "get"], opFolder: "/it's here" }, false),
    `PATH='/it'\\''s here':$PATH /opt/claude-key get`,
  );
  const plain = ["C:\\my-tools/v1.2\\claude_key", "get"];
  assertEquals(helperCommand({ words: plain }, true), plain.join(" "));
  const words = ["C:\\Program Files (x86)\\claude-key.exe", "run", "--allow=a,b", "get"];
  assertEquals(
    helperCommand({ words, opFolder: "C:\\op" }, true),
    '"C:\\Program Files (x86)\\claude-key.exe" run "--allow=a,b" get',
  );
  for (const word of ["C:\\%USERNAME%\\claude-key.exe", 'C:\\a"b\\claude-key.exe']) {
    assertEquals(helperCommand({ words: [word, "get"] }, true), undefined);
  }
});

Deno.test("a helper of sh is understood as sh understands it", () => {
  for (
    const [command, form] of [
      ["/opt/claude-key get", ours("/opt/claude-key")],
      [" claude-key\tget\n", ours("claude-key")],
      ["~/bin/Claude-Key.exe get", ours("~/bin/Claude-Key.exe")],
      ["/a@b%c+d=e:f,g-h_i/claude-key get", ours("/a@b%c+d=e:f,g-h_i/claude-key")],
      ["'/it'\\''s here'/claude-key get", ours("/it's here/claude-key")],
      ['"/a b/$PATH/claude-key" get', ours("/a b/\0/claude-key")],
      ['"/\\$HOME \\"x\\" \\` \\\\ \\a/claude-key" get', ours('/$HOME "x" ` \\ \\a/claude-key')],
      ["PATH=/a:/b:$PATH claude-key get", ours("claude-key", "/a", "/b")],
      ["PATH=/a:${PATH} PATH='/b c':\"$PATH\" claude-key get", ours("claude-key", "/a", "/b c")],
      ['PATH="/a:${PATH}" claude-key get', ours("claude-key", "/a")],
      ["PATH=bin:/a:$PATH claude-key get", ours("claude-key", "/a")],
      ["claude-key get --cached --ttl=5m", ours("claude-key")],
      ["claude-key get --refresh", { ...ours("claude-key"), refreshes: true }],
    ] as const
  ) {
    assertEquals(helperForm(command, [], false), form, command);
  }
});

Deno.test("what does more or less than print the key is another program", () => {
  for (
    const command of [
      ...["", " ", "claude-key", "claude-key env", "get claude-key", "my-claude-key get"],
      ...["claude-key.exe.sh get", "claude-key get now", "claude-key get --help"],
      ...["claude-key get --ttl=", "claude-key get x--cached", "claude-key get --cachedx"],
      ...["PATH=/a claude-key get", "PATH=/a:$PATHS claude-key get", "PATH= claude-key get"],
      ...['PATH=/a:"$PATHS" claude-key get', "PATH=/a:$PATH:/b claude-key get"],
      ...["PATH='/a:$PATH' claude-key get", "A=1 claude-key get", "PATH=/a:$PATH"],
      "claude-key get \\",
    ]
  ) {
    assertEquals(helperForm(command, [], false), ANOTHER, command);
  }
});

Deno.test("what sh takes for more than words is another program", () => {
  for (const character of "$`&|;<>()#*?[]{}!^\"'") {
    for (const command of [`/a/b${character}c/claude-key get`, `claude-key get ${character}`]) {
      assertEquals(helperForm(command, [], false), ANOTHER, command);
    }
  }
  for (const program of ["$PATHS/claude-key", '"$PATHS/claude-key"', "${PATHS}/claude-key"]) {
    assertEquals(helperForm(`${program} get`, [], false), ANOTHER, program);
  }
  for (const character of '$`"') {
    const command = `"/a/b${character}c/claude-key" get`;
    assertEquals(helperForm(command, [], false), ANOTHER, command);
  }
});

Deno.test("a helper of cmd is understood as cmd understands it", () => {
  for (
    const [command, program] of [
      [String.raw`"C:\My Tools\claude-key.exe" get`, String.raw`C:\My Tools\claude-key.exe`],
      [String.raw`"C:\Tools\claude-key" "get"`, String.raw`C:\Tools\claude-key`],
      [String.raw`C:\Tools\claude-key get`, String.raw`C:\Tools\claude-key`],
      [String.raw`C:\My" "Tools\claude-key get`, String.raw`C:\My Tools\claude-key`],
      ["C:\\it's\\$PATH\\claude-key get", "C:\\it's\\$PATH\\claude-key"],
    ] as const
  ) {
    assertEquals(helperForm(command, [], true), ours(program), command);
  }
  for (const character of '"%&|<>^()') {
    for (const command of [`a${character}b\\claude-key get`, `claude-key get ${character}`]) {
      assertEquals(helperForm(command, [], true), ANOTHER, command);
    }
  }
  assertEquals(helperForm('"a%b\\claude-key" get', [], true), ANOTHER);
});

Deno.test("the very words of a claude-key that is run from source are its own, and no others", () => {
  const own = ["/opt/deno", "run", "--quiet", "main.ts", "get"];
  const form = (...words: readonly string[]): HelperForm => helperForm(words.join(" "), own, false);
  assertEquals(form(...own), ours("/opt/deno"));
  assertEquals(form("PATH=/a:$PATH", ...own), ours("/opt/deno", "/a"));
  for (
    const words of [
      own.slice(0, -1),
      [...own, "--cached"],
      ["x", ...own.slice(1)],
      own.toReversed(),
    ]
  ) {
    assertEquals(form(...words), ANOTHER, words.join(" "));
  }
});
