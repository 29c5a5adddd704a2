import { assertEquals } from "@std/assert";
import { withRepositoryHeader } from "../../lib/configuration/custom_headers.ts";
import { formatDuration, parseDuration } from "../../lib/text/duration.ts";
import { LocalEnvError, parseLocalEnv } from "../../lib/configuration/local_env.ts";
import { nearest } from "../../lib/text/near_miss.ts";
import { originUrl } from "../../lib/configuration/git_configuration.ts";
import { projectName, repositoryPath } from "../../lib/configuration/project_name.ts";
import { rewriteLocalEnv } from "../../lib/setup/rewrite_local_env.ts";
import {
  formatReference,
  isReferable,
  parseReference,
} from "../../lib/configuration/secret_reference.ts";

Deno.test("durations are whole numbers with at most one unit, up to ten years", () => {
  for (
    const [text, seconds] of [
      ["0", 0],
      ["0s", 0],
      ["90s", 90],
      ["90", 90],
      ["30m", 1_800],
      ["12h", 43_200],
      ["1d", 86_400],
      ["007", 7],
      ["3650d", 315_360_000],
      ["3651d", undefined],
      ["9999999999", undefined],
      ["0000000090s", undefined],
      ["", undefined],
      ["h", undefined],
      ["1.5h", undefined],
      ["-1", undefined],
      ["1H", undefined],
      ["1h30m", undefined],
      [" 1h", undefined],
      ["1h\n", undefined],
      ["0x10", undefined],
      ["١", undefined],
    ] as const
  ) {
    assertEquals([text, parseDuration(text)], [text, seconds]);
  }
});

Deno.test("durations are shown in their largest unit and the next one", () => {
  for (
    const [seconds, text] of [
      [0, "0 s"],
      [0.9, "0 s"],
      [59.9, "59 s"],
      [60, "1 min"],
      [3_599, "59 min 59 s"],
      [43_199, "11 h 59 min"],
      [3_601, "1 h"],
      [86_460, "1 d"],
      [90_061, "1 d 1 h"],
    ] as const
  ) {
    assertEquals(formatDuration(seconds), text);
  }
});

Deno.test("references take two to four parts behind op://", () => {
  for (
    const [item, field, whole] of [
      ["op://v/i", "f", "op://v/i/f"],
      ["op://v/i", "s/f", "op://v/i/s/f"],
      ["op://v/i/f", "ignored", "op://v/i/f"],
      ["op://v/i/s/f", "ignored", "op://v/i/s/f"],
      ["op://My Vault/a_b-c.d/API Key", "", "op://My Vault/a_b-c.d/API Key"],
      ["op://Büro/日本", "f", "op://Büro/日本/f"],
    ] as const
  ) {
    const reference = parseReference(item, field);
    assertEquals(typeof reference === "string" ? reference : formatReference(reference), whole);
  }
  for (
    const [item, field, problem] of [
      ["", "f", "does not begin with op://"],
      ["OP://v/i", "f", "does not begin with op://"],
      ["op://v", "f", "names no item"],
      ["op://", "f", "names no item"],
      ["op://v/i", "", "has an empty part"],
      ["op://v/ /f", "f", "has an empty part"],
      ["op://v/i/", "f", "has an empty part"],
      ["op://v/i", "a/b/c", "has too many parts"],
      ["op://v/i/s/f/x", "f", "has too many parts"],
      ["op://v/i/f?x=1", "f", 'has a character in "f?x=1" that a reference cannot hold'],
      ["op://v/i\n/f", "f", 'has a character in "i\n" that a reference cannot hold'],
      [
        `op://v/${"?".repeat(201)}`,
        "f",
        `has a character in "${"?".repeat(200)}…" that a reference cannot hold`,
      ],
      ["op://$(x)/i", "f", 'has a character in "$(x)" that a reference cannot hold'],
    ] as const
  ) {
    assertEquals(parseReference(item, field), problem);
  }
});

Deno.test("a name that op would not read back is none to refer by", () => {
  const names = ["API Key", "a_b-c.d", "Büro 日本", "0"];
  assertEquals(names.filter((name) => !isReferable(name)), []);
  const others = ["", " ", " a", "a ", "a/b", "a?b", "it's", "a\nb", "a(b)", "a\u00a0b"];
  assertEquals(others.filter(isReferable), []);
});

Deno.test("local.env takes every name that a shell takes", () => {
  const names = ["a", "Z", "_", "az_AZ", "_0123456789", "A0", "export", "exported"];
  const text = names.map((name) => `${name}=x\nexport ${name}=y\n`).join("");
  const entries = parseLocalEnv(text);
  assertEquals(
    Array.from(entries, ([name, { value, exported }]) => [name, value, exported]),
    names.map((name) => [name, "y", true]),
  );
});

Deno.test("local.env keeps values as they are between their quotes", () => {
  for (
    const [line, value] of [
      ["A=", ""],
      ["A=   # nothing", ""],
      ["A=b", "b"],
      ["A=b#c", "b#c"],
      ["A=#c", "#c"],
      ["A=b #c", "b"],
      ["A=b   ", "b"],
      ["A=b\u00a0", "b\u00a0"],
      ["A=claude-opus-4-6[1m]", "claude-opus-4-6[1m]"],
      ["A=C:\\Users\\Ada\\bin\\bash.exe", "C:\\Users\\Ada\\bin\\bash.exe"],
      ["A=~/x*", "~/x*"],
      ['A=" b "', " b "],
      ["A='\"'", '"'],
      ['A="it\'s 5$ \\n"', "it's 5$ \\n"],
      ["A='${B:-c} `d` \\'", "${B:-c} `d` \\"],
      ['A="b"   # c', "b"],
      ["export A=b", "b"],
      ["\texport  A='b'", "b"],
      ["A=b=c", "b=c"],
      ['A="a\tb"', "a\tb"],
      ["A='x: 1\ny: 2'", "x: 1\ny: 2"],
      ['A="x: 1\r\ny: 2"\r\n', "x: 1\ny: 2"],
    ] as const
  ) {
    assertEquals([line, parseLocalEnv(line).get("A")?.value], [line, value]);
  }
});

Deno.test("local.env refuses lines of any other form", () => {
  for (
    const [line, problem] of [
      ["A", "is not NAME=VALUE"],
      ["A b=c", "is not NAME=VALUE"],
      ["A =b", "is not NAME=VALUE"],
      ["1A=b", "is not NAME=VALUE"],
      ["=b", "is not NAME=VALUE"],
      ["A-B=c", "is not NAME=VALUE"],
      ["A+=b", "is not NAME=VALUE"],
      ["exportA b", "is not NAME=VALUE"],
      ["export A B=c", "is not NAME=VALUE"],
      ["readonly A=b", "is not NAME=VALUE"],
      ["unset A", "is not NAME=VALUE"],
      ["source other", "is not NAME=VALUE"],
      ["if true; then", "is not NAME=VALUE"],
      ["é=b", "is not NAME=VALUE"],
      ["\u00a0A=b", "is not NAME=VALUE: it has a no-break space (U+00A0)"],
      ['A="b', 'has no closing "'],
      ["A='b\nB=c", "has no closing '"],
      ['A="b"c', 'goes on after the closing "'],
      ['A="b"#c', 'goes on after the closing "'],
      ["A='it'\\''s'", "goes on after the closing '"],
      ["A= b", "has a space behind the ="],
      ["A=b c", "has white space in the value of A"],
      ["A=1 B=2", "has white space in the value of A"],
      ["A=b; export A", "has white space in the value of A"],
      ["A=b;", "has a ; in the value of A, without quotes"],
      ["A=https://x/?a=b&c=d", "has a & in the value of A, without quotes"],
      ["A=(b)", "has a ( in the value of A, without quotes"],
      ['A=b"c', 'has a " inside the value of A'],
      ["A=it's", "has a ' inside the value of A"],
      ['A="${A:-b}"', "has a $ in the value of A that a shell would expand"],
      ['A="x: $(whoami)"', "has a $ in the value of A that a shell would expand"],
      ["A=$HOME/x", "has a $ in the value of A that a shell would expand"],
      ["A=`id`", "has a ` in the value of A that a shell would expand"],
      ['A="a\\"b"', "has a \\ in the value of A that a shell would take away"],
      ['A="\\\\server\\share"', "has a \\ in the value of A that a shell would take away"],
      ['A="C:\\Users\\"', "has a \\ in the value of A that a shell would take away"],
      ['A="b\\\nc"', "has a \\ in the value of A that a shell would take away"],
      ["A=C:\\Users\\", "has a \\ in the value of A that a shell would take away"],
      ["export A={b,c}", "has braces in the value of A that a shell would expand"],
      ["export A={,}", "has braces in the value of A that a shell would expand"],
      ["export A={10..30}", "has braces in the value of A that a shell would expand"],
      ["export A=b{ab,cd}e", "has braces in the value of A that a shell would expand"],
      ["A=b\0c", "has a control character in the value of A"],
      ["A=b\rc", "has a control character in the value of A"],
      ["A='b\x1b'", "has a control character in the value of A"],
      ["A=b\u2028\x85", "has a control character in the value of A"],
    ] as const
  ) {
    let found: unknown;
    try {
      parseLocalEnv(`# one\nX='two\nlines'\n${line}`);
    } catch (error) {
      found = error instanceof LocalEnvError ? [error.line, error.message] : error;
    }
    assertEquals([line, found], [line, [4, problem]]);
  }
});

Deno.test("local.env remembers what is exported, and which lines come too early to count", () => {
  const entries = parseLocalEnv("A=1\nexport A=2\nB='\n'\nA=3\n");
  const { value, line, exported, earlier } = entries.get("A") ?? {};
  assertEquals({ value, line, exported, earlier }, {
    value: "3",
    line: 5,
    exported: true,
    earlier: [1, 2],
  });
  assertEquals(entries.get("B")?.exported, false);
});

Deno.test("a near miss is found, and nothing far off is suggested", () => {
  const known = ["env", "get", "status", "completions", "--refresh", "--shell"];
  for (
    const [word, meant] of [
      ["evn", "env"],
      ["en", "env"],
      ["envs", "env"],
      ["stauts", "status"],
      ["completion", "completions"],
      ["--refesh", "--refresh"],
      ["--shel", "--shell"],
      ["x", undefined],
      ["", undefined],
      ["banana", undefined],
      ["x".repeat(1_000_000), undefined],
    ] as const
  ) {
    assertEquals(nearest(word, known), meant);
  }
});

Deno.test("project names keep safe characters only", () => {
  for (
    const [name, safe] of [
      ["shop", "shop"],
      ["My_Shop-2.0", "My_Shop-2.0"],
      ["...", "unnamed"],
      ["", "unnamed"],
      [".git", "git"],
      ["/../x", "x"],
      ["日本", "unnamed"],
      ["a b\nc", "abc"],
      ["x".repeat(255), "x".repeat(255)],
      ["x".repeat(256), "unnamed"],
    ] as const
  ) {
    assertEquals(projectName(name), safe);
  }
});

Deno.test("the origin is found in a git configuration of any style", () => {
  for (
    const [text, url] of [
      ['[remote "origin"]\nurl=u', "u"],
      ['[remote "origin"]\r\n\turl = u \r\n', "u"],
      ['[Remote "origin"]\n  URL = "u v"', "u v"],
      ['[remote "origin"]\nurl = a\n[remote "origin"]\nurl = b', "a"],
      ['[remote "origin"] url = u ; mine', "u"],
      ['[remote "origin"]\nurl = "u # v" # w', "u # v"],
      ['[remote "origin"]\nurl = u\\\nv', "uv"],
      ["[remote.Origin]\nurl = u", "u"],
      ['[remote "Origin"]\nurl = u', undefined],
      ['[remote "origin"]\nurl = u\n[broken', undefined],
      ['[remote "other"]\nurl = u', undefined],
      ['[remote "origin"]\n[core]\nurl = u', undefined],
      ['[remote "origin"]\npushurl = u', undefined],
      ['\ufeff[x-9.y]\nk-9=1\n[remote "origin"]\nurl = u', "u"],
      ['[remote "origin"]\nurl = a\\tb\\bc\\n\\"\\\\', 'a\tb\bc\n"\\'],
      ['[remote "origin"]\nurl = a\\x', undefined],
      // Files that end before something is at its end.
      ['[remote "origin"]\nurl = u\n[remote "o', undefined],
      ['[remote "origin"]\nurl = u\n[remote "o\\', undefined],
      ['[remote "origin"]\nurl = u\n[remote "o"', undefined],
      ['[remote "origin"]\nurl = u\n[remote "o\n"]', undefined],
      ['[remote "origin"]\nurl = u\n[remote ', undefined],
      ['[remote "origin"]\nurl = u\n[remote', undefined],
      ['[remote "origin"]\nurl = "u', undefined],
      ['[remote "origin"]\nurl = u\\', "u"],
      ['[remote "origin"]\nurl = u\nkey', "u"],
      ["", undefined],
    ] as const
  ) {
    assertEquals([text, originUrl(text)], [text, url]);
  }
});

Deno.test("files that are little but white space or slashes are read at once", () => {
  const space = " ".repeat(500_000);
  assertEquals(originUrl(`#${space}\n[remote "origin"]\nurl=a${space}b`), `a${space}b`);
  assertEquals(parseLocalEnv(`${space}A="a${space}b"${space}# c`).get("A")?.value, `a${space}b`);
  assertEquals(
    rewriteLocalEnv(`A='a${space}b' # c\n`, new Map([["A", "d"]])),
    'A="d" # c\n',
  );
  assertEquals(repositoryPath(`a${"/".repeat(500_000)}b`), ["a", "b"]);
});

Deno.test("the path of a repository leaves out host, user and password", () => {
  for (
    const [url, path] of [
      ["https://github.com/acme/shop.git", "acme/shop"],
      ["https://user:pass@host:8443/a/b/c/", "a/b/c"],
      ["ssh://git@host:22/~me/x.git", "~me/x"],
      ["git@host:acme/shop", "acme/shop"],
      ["host:x", "x"],
      ["/srv/git/x.git", "srv/git/x"],
      ["/srv/git/a:b.git", "srv/git/a:b"],
      ["../x.git", "../x"],
      ["C:\\src\\x", "src/x"],
      ["file:///srv/x", "srv/x"],
      ["https://host", ""],
      ["https://user:secret@host", ""],
    ] as const
  ) {
    assertEquals(repositoryPath(url).join("/"), path);
  }
});

Deno.test("the repository's header joins others once", () => {
  const mine = "x-github-repo: a/b";
  for (
    const [headers, joined] of [
      ["", mine],
      ["x: 1", `x: 1\n${mine}`],
      ["x: 1\n", `x: 1\n${mine}`],
      ["X-GitHub-Repo : old\nx: 1", `x: 1\n${mine}`],
      [`${mine}\n${mine}`, mine],
      ["x-github-repo-other: 1", `x-github-repo-other: 1\n${mine}`],
    ] as const
  ) {
    assertEquals(withRepositoryHeader(headers, "a/b"), joined);
  }
});
