/**
 * Which functions of the bundles a cache hit calls: one is run, and watched.
 *
 * @module
 */

import { ENTRY_FILES, entryName } from "../../lib/cache/entry_name.ts";
import { formatItem } from "../../lib/configuration/secret_reference.ts";
import { writeAtomically } from "../../lib/files/atomic_write.ts";
import { bareEnvironment } from "../bare_environment.ts";
import type { Span } from "./compile_at_once.ts";
import { likeBinary } from "./like_binary.ts";

const KEY = "sk-made-up";
const SECRET = {
  authentication: "app",
  account: "team.1password.com",
  reference: { vault: "Work", item: "litellm", field: "API Key" },
} as const;
const LOCAL_ENV = `OP_ACCOUNT="${SECRET.account}"
OP_ITEM="${formatItem(SECRET.reference)}"
LITELLM_BASE_URL="https://litellm.example.com"
`;

/** What is run all day; see `get_and_env.ts`. */
const HITS = ["get", "env"] as const;

/** What V8 tells of a script [Chrome DevTools Protocol, Profiler.ScriptCoverage]. */
interface ScriptCoverage {
  readonly url: string;
  /** Of each function the first range is the whole of it. */
  readonly functions: readonly { readonly ranges: readonly [Range, ...Range[]] }[];
}

interface Range {
  readonly startOffset: number;
  readonly endOffset: number;
  readonly count: number;
}

/**
 * Runs bundles for a cached key, in a home of its own.
 *
 * @param main The bundle that a run begins with.
 * @returns Where the functions that are called stand in each file, by the file's name.
 * @throws {Error} If there is no hit, because of this machine's `team.env`, for one.
 */
export async function functionsOfAHit(main: string): Promise<Map<string, Span[]>> {
  const home = Deno.realPathSync(await Deno.makeTempDir({ prefix: "claude-key-hit-" }));
  try {
    const [config, cache] = Deno.build.os === "windows"
      ? [`${home}/Roaming`, `${home}/Local`]
      : [`${home}/.config`, `${home}/.cache`];
    await writeAtomically(`${config}/claude`, "local.env", LOCAL_ENV);
    await writeAtomically(
      `${cache}/claude`,
      await entryName(SECRET) + ENTRY_FILES.key,
      `${KEY}\n`,
    );
    const env = {
      ...bareEnvironment(),
      HOME: home,
      APPDATA: config,
      LOCALAPPDATA: cache,
      DENO_COVERAGE_DIR: `${home}/coverage`,
    };
    for (const command of HITS) {
      const { stdout, stderr } = await new Deno.Command(Deno.execPath(), {
        args: [...likeBinary(main), command, "--cached"],
        clearEnv: true,
        env,
      }).output();
      const [printed, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
      if (!printed?.includes(KEY)) throw new Error(`${command} has no cached key: ${said}`);
    }
    return calledFunctions(env.DENO_COVERAGE_DIR);
  } finally {
    await Deno.remove(home, { recursive: true });
  }
}

function calledFunctions(coverage: string): Map<string, Span[]> {
  const called = new Map<string, Span[]>();
  for (const { name } of Deno.readDirSync(coverage)) {
    const script: ScriptCoverage = JSON.parse(Deno.readTextFileSync(`${coverage}/${name}`));
    const file = script.url.slice(script.url.lastIndexOf("/") + 1);
    const spans = script.functions.map(({ ranges: [whole] }) => whole)
      .filter(({ count }) => count > 0)
      .map(({ startOffset, endOffset }): Span => [startOffset, endOffset]);
    called.set(file, [...called.get(file) ?? [], ...spans]);
  }
  return called;
}
