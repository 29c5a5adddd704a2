/**
 * claude-key: the API key of a LiteLLM gateway, from 1Password, with one approval per 12 hours.
 *
 * @module
 */

import { main } from "./lib/cli.ts";

if (import.meta.main) Deno.exit(await main(Deno.args));
