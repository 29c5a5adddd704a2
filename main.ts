/**
 * claude-key: the API key of a LiteLLM gateway, from 1Password, with one approval per 12 hours.
 *
 * What is run all day is at hand; anything else has to be loaded first. The name of the latter is
 * computed, because Deno reads every module that a program names, whether it comes to it or not,
 * and there are a hundred of them.
 *
 * @module
 */

import { runDaily } from "./lib/get_and_env.ts";

/**
 * Runs claude-key.
 *
 * @param args The arguments, without the program's name.
 * @returns The status to exit with. Nothing is thrown: every failure has been reported.
 */
export async function run(args: readonly string[]): Promise<number> {
  return await (runDaily(args) ?? runWhole(args));
}

async function runWhole(args: readonly string[]): Promise<number> {
  // `.ts` in the sources, `.js` in a release.
  const ending = import.meta.url.slice(import.meta.url.lastIndexOf("."));
  const whole = import.meta.resolve(`./lib/cli${ending}`);
  const { main } = await import(whole) as typeof import("./lib/cli.ts");
  return await main(args);
}

if (import.meta.main) Deno.exit(await run(Deno.args));
