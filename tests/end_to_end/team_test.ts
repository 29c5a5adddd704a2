import { assertEquals, assertStringIncludes } from "@std/assert";
import { NO_MODES } from "../support/skips.ts";
import { inTeam, teamFile } from "../support/team.ts";
import { KEY, type Run, Terminal } from "../support/terminal.ts";

const KEY_PRINTED: Run = { stdout: `${KEY}\n`, stderr: "", status: 0 };
const TEAM = 'OP_ACCOUNT="acme"\nOP_ITEM="op://Work/litellm"\n' +
  "LITELLM_BASE_URL=https://gw.example.com\nANTHROPIC_MODEL=opus\n" +
  "export NODE_EXTRA_CA_CERTS=/etc/ca.pem\n";

Deno.test("the team's file is configuration enough", async () => {
  using terminal = new Terminal(null);
  const team = inTeam(terminal, TEAM);
  assertEquals(await terminal.run(["get"], { program: team }), KEY_PRINTED);
  assertEquals(terminal.calls, ["read op://Work/litellm/API Key --account acme"]);
  assertEquals(await terminal.run(["env", "--format", "json"], { program: team }), {
    stdout: JSON.stringify(
      {
        ANTHROPIC_BASE_URL: "https://gw.example.com",
        ANTHROPIC_MODEL: "opus",
        NODE_EXTRA_CA_CERTS: "/etc/ca.pem",
        ANTHROPIC_AUTH_TOKEN: KEY,
      },
      null,
      2,
    ) + "\n",
    stderr: "",
    status: 0,
  });
});

Deno.test("whoever has a local.env overrides single lines of the team's file", async () => {
  using terminal = new Terminal("OP_FIELD=mine\nANTHROPIC_MODEL=sonnet\nOP_ACCOUNT=\n");
  terminal.setField("Work/litellm/mine", "sk-mine\n");
  const team = inTeam(terminal, TEAM);
  const { stdout, stderr, status } = await terminal.run(["env", "--format", "json"], {
    program: team,
  });
  assertEquals([JSON.parse(stdout), stderr, status], [
    {
      ANTHROPIC_AUTH_TOKEN: "sk-mine",
      ANTHROPIC_BASE_URL: "https://gw.example.com",
      ANTHROPIC_MODEL: "sonnet",
      NODE_EXTRA_CA_CERTS: "/etc/ca.pem",
    },
    "",
    0,
  ]);
  // An empty line says nothing, as an empty variable does.
  assertEquals(terminal.calls, ["read op://Work/litellm/mine --account acme"]);
});

Deno.test("without a team's file everything is as it was", async () => {
  using terminal = new Terminal();
  const team = inTeam(terminal, null);
  assertEquals(await terminal.run(["get"], { program: team }), KEY_PRINTED);
});

Deno.test({
  name: "status names the team's file and its line for what comes from there",
  fn: async () => {
    using terminal = new Terminal("OP_FIELD=mine\n");
    const team = inTeam(terminal, TEAM);
    const { stdout, stderr, status } = await terminal.run(["status"], { program: team });
    assertEquals([`${stdout.split("\n\n")[0]}\n`, stderr, status], [
      terminal.shownTable(`\
OP_ITEM               op://Work/litellm       ${teamFile(terminal)}, line 2
OP_FIELD              mine                    ~/.config/claude/local.env, line 1
OP_ACCOUNT            acme                    ${teamFile(terminal)}, line 1
LITELLM_BASE_URL      https://gw.example.com  ${teamFile(terminal)}, line 3
CLAUDE_KEY_TTL        12h                     default
CLAUDE_KEY_CACHE_DIR  ~/.cache/claude         default
`),
      "",
      1,
    ]);
    const { settings } = JSON.parse(
      (await terminal.run(["status", "--json"], { program: team })).stdout,
    );
    assertEquals(settings[0], {
      name: "OP_ITEM",
      value: "op://Work/litellm",
      source: "file",
      file: teamFile(terminal),
      line: 2,
    });
  },
});

Deno.test({
  name: "every message that names a place names the team's file and the line",
  fn: async () => {
    using terminal = new Terminal(null);
    const place = teamFile(terminal);
    const run = (text: string, args = ["get"]): Promise<Run> =>
      terminal.run(args, { program: inTeam(terminal, text) });
    assertEquals(await run(`${TEAM}CLAUDE_KEY_TTL=soon\n`), {
      stdout: "",
      stderr: 'claude-key: error: CLAUDE_KEY_TTL is "soon", which is not a duration\n' +
        "claude-key: hint: write 90s, 30m, 12h, 1d or whole seconds\n" +
        `claude-key: hint: correct line 6 of ${place}, or set CLAUDE_KEY_TTL in your own local.env\n`,
      status: 2,
    });
    assertEquals(await run(`${TEAM}LITELLM_BASE_URL="$GATEWAY"\n`), {
      stdout: "",
      stderr:
        `claude-key: error: ${place}, line 6: has a $ in the value of LITELLM_BASE_URL that a ` +
        "shell would expand\n" +
        "claude-key: hint: write the value out, or put single quotes round it\n",
      status: 2,
    });
    const { stderr, status } = await run(`${TEAM}OP_FIELD=Token\n`);
    assertStringIncludes(
      stderr,
      terminal.shown(
        `set OP_FIELD in ~/.config/claude/local.env, which wins over ${place}, line 6\n`,
      ),
    );
    assertEquals(status, 5);
    assertStringIncludes(
      (await run(`${TEAM}CLAUDE_KEY_TIEOUT=9\n`, ["doctor"])).stdout,
      `${place}, line 6`,
    );
  },
});

Deno.test({
  name: "a team's file that others can write is refused",
  ignore: NO_MODES,
  fn: async () => {
    using terminal = new Terminal();
    const team = inTeam(terminal, TEAM);
    Deno.chmodSync(teamFile(terminal), 0o666);
    assertEquals(await terminal.run(["get"], { program: team }), {
      stdout: "",
      stderr:
        `claude-key: error: "${teamFile(terminal)}" can be written by every user, and it says ` +
        "where your key is sent\n" +
        `claude-key: hint: read it, then close it: chmod o-w ${teamFile(terminal)}\n`,
      status: 2,
    });
  },
});

Deno.test("nothing in the program moves the team's file", () => {
  const lib = new URL("../../lib/", import.meta.url);
  const texts = Array.from(Deno.readDirSync(lib)).flatMap(({ name, isDirectory }) =>
    isDirectory
      ? Array.from(Deno.readDirSync(new URL(`${name}/`, lib)), (file) => `${name}/${file.name}`)
      : [name]
  );
  const callers = [...texts.map((path) => `lib/${path}`), "main.ts"].filter((path) =>
    /(?<!function )moveTeamFile\(/.test(Deno.readTextFileSync(new URL(`../${path}`, lib)))
  );
  assertEquals(callers, []);
});
