import { assertEquals } from "@std/assert";
import { idleLines } from "../../lib/configuration/idle_lines.ts";
import { parseLocalEnv } from "../../lib/configuration/local_env.ts";
import { type SettingFlags, Settings } from "../../lib/configuration/settings.ts";
import { unsetCommand } from "../../lib/text/typed_commands.ts";

/** What somebody has set. */
interface Given {
  readonly environment?: Readonly<Record<string, string>>;
  readonly flags?: SettingFlags;
  readonly teamFile?: string;
}

/** The lines without effect, each as `name line: reason: cure`. */
function idle(localEnv: string, { environment = {}, flags = {}, teamFile }: Given = {}): string[] {
  const lookup = (name: string): string | undefined =>
    new Map(Object.entries(environment)).get(name);
  const fileOf = (text: string) => ({ path: "/x", shownPath: "/x", entries: parseLocalEnv(text) });
  const team = teamFile === undefined ? undefined : { ...fileOf(teamFile), isTeams: true };
  const settings = new Settings(flags, lookup, fileOf(localEnv), team);
  return idleLines(settings, "ANTHROPIC_AUTH_TOKEN").map(({ name, line, reason, cure }) =>
    `${name} ${line}: ${reason}: ${cure}`
  );
}

Deno.test("a line that has its effect is no idle one", () => {
  assertEquals(
    idle(
      "OP_ITEM=op://v/i\nCLAUDE_KEY_TTL=1h\nANTHROPIC_MODEL=opus\nCLAUDE_CODE_A=1\n" +
        "export CLAUDE_CONFIG_DIR=/x\nexport AWS_REGION=eu\nexport HTTPS_PROXY=http://x\n",
      // These cannot be looked up, so that the file wins.
      { environment: { OP_ITEM: "op://v/i", ANTHROPIC_MODEL: "opus", HTTPS_PROXY: "http://y" } },
    ),
    [],
  );
});

Deno.test("a name of the old scripts is told what it is called now", () => {
  const names = [
    "MODEL",
    "SMALL_FAST_MODEL",
    "BASE_URL",
    "CUSTOM_HEADERS",
    "AUTH_TOKEN",
    "API_KEY",
  ];
  assertEquals(
    idle(names.map((name) => `export CLAUDE_${name}=x\n`).join("")),
    names.map((name, index) =>
      `CLAUDE_${name} ${index + 1}: a name of the old scripts: write ANTHROPIC_${name}`
    ),
  );
  const others = ["CLAUDE_FAST_MODEL", "CLAUDE_MODELS", "X_CLAUDE_MODEL"];
  assertEquals(idle(others.map((name) => `export ${name}=x\n`).join("")), []);
});

Deno.test("a line that something else wins over says what", () => {
  const flags = { CLAUDE_KEY_TTL: { option: "ttl", value: "2h" } };
  assertEquals(idle("CLAUDE_KEY_TTL=1h\n", { flags }), [
    "CLAUDE_KEY_TTL 1: overridden by --ttl: leave that option out",
  ]);
  assertEquals(idle("CLAUDE_KEY_TTL=2h\n", { flags }), []);
  const lines = "OP_ITEM=op://a/b\nexport CLAUDE_CONFIG_DIR=/x\nANTHROPIC_CUSTOM_HEADERS='x: 1'\n";
  const environment = { OP_ITEM: "op://v/i", CLAUDE_CONFIG_DIR: "/y" };
  const overridden = (name: string, line: number): string =>
    `${name} ${line}: overridden by the environment: ${unsetCommand([name])}`;
  const both = [overridden("OP_ITEM", 1), overridden("CLAUDE_CONFIG_DIR", 2)];
  for (const headers of ["", "x: 1", "x: 1\nx-github-repo: a/b"]) {
    const own = { ...environment, ANTHROPIC_CUSTOM_HEADERS: headers };
    assertEquals(idle(lines, { environment: own }), both);
  }
  const own = { ...environment, ANTHROPIC_CUSTOM_HEADERS: "x: 2\nx-github-repo: a/b" };
  assertEquals(idle(lines, { environment: own }), [
    ...both,
    overridden("ANTHROPIC_CUSTOM_HEADERS", 3),
  ]);
});

Deno.test("what local.env overrides in the team's file is as it should be", () => {
  const teamFile = "OP_ITEM=op://t/i\nOP_ACCOUNT=\nPATH=/x\nOP_ITEM=op://u/i\n";
  assertEquals(idle("OP_ITEM=op://v/i\nANTHROPIC_MODEL=a\n", { teamFile }), [
    "OP_ITEM 1: set again in line 4: remove line 1",
    "OP_ACCOUNT 2: empty: give it a value, or remove it",
    "PATH 3: not handed on, as it can make programs run something: " +
    "remove it, and set PATH in the start-up file of your shell",
  ]);
});

Deno.test("lines come in their order, also those of a name that is set again", () => {
  assertEquals(idle("CLAUDE_KEY_NONSENSE=1\nOP_ACCOUNT=\nCLAUDE_KEY_NONSENSE=2\n"), [
    "CLAUDE_KEY_NONSENSE 1: set again in line 3: remove line 1",
    "OP_ACCOUNT 2: empty: give it a value, or remove it",
    "CLAUDE_KEY_NONSENSE 3: no setting of claude-key: remove it",
  ]);
});

Deno.test("what is not for the client is told what it is for", () => {
  const read = "read from the environment only: remove it, and export";
  assertEquals(
    idle(
      "OP_SESSION_x=1\nexport OP_CONNECT_TOKEN=t\nCLAUDE_KEY_TIMOUT=1\nCLAUDE_KEY_NONSENSE=1\n" +
        "ANTHROPIC_AUTH_TOKEN=t\nANTHROPIC_BASE_URL=https://a\nAWS_REGION=eu\n",
    ),
    [
      `OP_SESSION_x 1: ${read} OP_SESSION_x in your shell`,
      `OP_CONNECT_TOKEN 2: ${read} OP_CONNECT_TOKEN in your shell`,
      "CLAUDE_KEY_TIMOUT 3: no setting of claude-key: write CLAUDE_KEY_TIMEOUT",
      "CLAUDE_KEY_NONSENSE 4: no setting of claude-key: remove it",
      "ANTHROPIC_AUTH_TOKEN 5: the key takes its place: remove it",
      "AWS_REGION 7: not handed on without export: write export AWS_REGION=…",
    ],
  );
  const gateway = "ANTHROPIC_BASE_URL=https://a\nLITELLM_BASE_URL=https://b\n";
  assertEquals(idle(gateway), [
    "ANTHROPIC_BASE_URL 1: LITELLM_BASE_URL names the gateway: remove one of the two",
  ]);
});
