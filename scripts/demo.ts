/**
 * `deno task demo`: the main job before your eyes. The real program, with the permissions of the
 * compiled binary, in a temporary home; only the vault is a stand-in. Leaves nothing behind.
 *
 * @module
 */

import { permissionFlags } from "../lib/confinement/permissions.ts";
import { EVALUATION_LINES } from "../lib/shells/evaluation_lines.ts";
import { bareEnvironment } from "./bare_environment.ts";
import { standardLibrary, takeImportMap } from "./standard_library.ts";

const WINDOWS = Deno.build.os === "windows";
const MAIN = new URL("../main.ts", import.meta.url);

const LOCAL_ENV = `OP_ITEM="op://Demo/litellm"
LITELLM_BASE_URL="https://litellm.example.com"
`;

const { flags } = await standardLibrary(takeImportMap(Deno.args).importMap);
const root = Deno.makeTempDirSync({ prefix: "claude-key-demo-" });
const home = `${root}/home`;
const cacheFolder = WINDOWS ? `${home}/Local/claude` : `${home}/.cache/claude`;
Deno.addSignalListener("SIGINT", () => {
  removeEverything();
  Deno.exit(130);
});
try {
  await demonstrate();
} finally {
  removeEverything();
}

async function demonstrate(): Promise<void> {
  const env = prepare();
  say(`A demonstration in a temporary home, ${root}.
Its vault is a stand-in that takes a second, as the real op does; all else is real.
CLAUDE_DEBUG=1 makes each run say where its key comes from.
`);

  say("The first run asks the vault:");
  await run(env, ["get"], "key fetched from 1Password (no cached key)");
  say("The second one has the key from the cache:");
  await run(env, ["get"], "key loaded from cache");

  const file = keyFile(cacheFolder);
  Deno.truncateSync(file);
  say("Now the cache file is emptied, as a full disk would have done. The guard sees it:");
  await run(env, ["get"], "key fetched from 1Password (cache file empty)");
  say("and the file is whole again:");
  await run(env, ["get"], "key loaded from cache");

  say("What a shell sees:");
  await evaluate(env);
  const calls = Deno.readTextFileSync(`${root}/bin/calls`).trim().split("\n").length;
  say(`Of five runs, ${calls} asked the vault. Everything of this demonstration is removed now.`);
}

/** Makes the home, and puts the stand-in vault and claude-key itself on the path. */
function prepare(): Record<string, string> {
  const bin = `${root}/bin`;
  const config = WINDOWS ? `${home}/Roaming` : `${home}/.config`;
  for (const folder of [`${config}/claude`, bin]) Deno.mkdirSync(folder, { recursive: true });
  Deno.writeTextFileSync(`${config}/claude/local.env`, LOCAL_ENV);
  const vault = WINDOWS ? "op.cmd" : "op";
  Deno.copyFileSync(new URL(`./demo/${vault}`, import.meta.url), `${bin}/${vault}`);
  const parts = [Deno.execPath(), ...denoArguments()];
  const command = parts.map(WINDOWS ? batchWord : (part) => `"${part}"`).join(" ");
  if (WINDOWS) Deno.writeTextFileSync(`${bin}/claude-key.cmd`, `@${command} %*\r\n`);
  else {
    Deno.writeTextFileSync(`${bin}/claude-key`, `#!/bin/sh\nexec ${command} "$@"\n`, {
      mode: 0o755,
    });
  }
  return {
    ...(WINDOWS ? { APPDATA: config, LOCALAPPDATA: `${home}/Local` } : { HOME: home }),
    CLAUDE_DEBUG: "1",
    ...bareEnvironment(),
    PATH: `${bin}${WINDOWS ? ";" : ":"}${Deno.env.get("PATH") ?? ""}`,
  };
}

function denoArguments(): string[] {
  return ["run", "--quiet", "--frozen", ...flags, ...permissionFlags(Deno.build.os), MAIN.href];
}

/**
 * A word of a batch file. A `\` before the closing quote would take it for a part of the word
 * [Microsoft C: parsing command-line arguments].
 */
function batchWord(part: string): string {
  return `"${part.replace(/\\+$/, "$&$&").replaceAll("%", "%%")}"`;
}

/** Runs claude-key as a user would, and insists on where the key comes from. */
async function run(env: Record<string, string>, args: string[], origin: string): Promise<void> {
  say(`  $ claude-key ${args.join(" ")}`);
  const began = performance.now();
  const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [...denoArguments(), ...args],
    clearEnv: true,
    env,
    stdin: "null",
  }).output();
  const took = Math.round(performance.now() - began);
  const said = new TextDecoder().decode(stderr);
  say(indented(new TextDecoder().decode(stdout) + said) + `  (${took} ms)\n`);
  if (said !== `claude-key: ${origin}\n`) throw new Error(`expected: ${origin}`);
}

/** Types the line of the README, then shows what has become of the environment. */
async function evaluate(env: Record<string, string>): Promise<void> {
  const { line } = EVALUATION_LINES[WINDOWS ? "pwsh" : "posix"];
  const look = WINDOWS
    ? 'Get-ChildItem env:ANTHROPIC_* | ForEach-Object { "$($_.Name)=$($_.Value)" }'
    : "env | grep ^ANTHROPIC_ | sort";
  const [shell = "", ...args] = WINDOWS ? ["powershell", "-NoProfile", "-Command"] : ["sh", "-c"];
  say(`  $ ${line}\n  $ ${look}`);
  const { stdout, stderr, success } = await new Deno.Command(shell, {
    args: [...args, `${line}\n${look}`],
    clearEnv: true,
    env,
    stdin: "null",
  }).output();
  const shown = new TextDecoder().decode(stdout);
  say(indented(new TextDecoder().decode(stderr) + shown));
  if (!success || !/^ANTHROPIC_AUTH_TOKEN=./m.test(shown)) throw new Error("the shell has no key");
}

function keyFile(folder: string): string {
  for (const { name } of Deno.readDirSync(folder)) {
    if (name.endsWith(".key")) return `${folder}/${name}`;
  }
  throw new Error(`no key in ${folder}`);
}

function indented(text: string): string {
  return text.replace(/^(?=.)/gm, "  ");
}

function say(text: string): void {
  Deno.stdout.writeSync(new TextEncoder().encode(`${text}\n`));
}

function removeEverything(): void {
  Deno.removeSync(root, { recursive: true });
}
