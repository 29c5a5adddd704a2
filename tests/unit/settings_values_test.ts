import { assertEquals, assertThrows } from "@std/assert";
import { keyVariableOf, resolveKeyTerms } from "../../lib/configuration/configuration.ts";
import { exportedVariables, isHttpUrl } from "../../lib/configuration/exported_variables.ts";
import { readText } from "../../lib/configuration/user_settings.ts";
import { Failure } from "../../lib/failure/failure.ts";
import { settingsOf } from "../support/settings_of.ts";

Deno.test("the key's variable is one that clients read a key from", () => {
  const chosen = (name: string): string | undefined => {
    try {
      return keyVariableOf(settingsOf({ CLAUDE_KEY_VAR: name }));
    } catch (error) {
      if (error instanceof Failure) return undefined;
      throw error;
    }
  };
  const good = [
    "ANTHROPIC_AUTH_TOKEN",
    "ANTHROPIC_API_KEY",
    "anthropic_api_key",
    "CLAUDE_TOKEN_X",
    "ANTHROPIC_SECRET",
    "OPENAI_API_KEY",
    "_MY_TOKEN",
    "my_key",
    "GITHUB_TOKEN",
    "X2_KEY",
  ];
  assertEquals(good.filter((name) => chosen(name) !== name), []);
  const bad = [
    "PATH",
    "KEY",
    "MY_KEY_FILE",
    "MY-KEY",
    "2_KEY",
    "A KEY",
    "ÄRGER_KEY",
    "ANTHROPIC_",
    "ANTHROPIC_BASE_URL",
    "ANTHROPIC_CUSTOM_HEADERS",
    "anthropic_base_url",
    "CLAUDE_KEY_VAR",
    "CLAUDE_KEY_ANYTHING",
    "CLAUDE_PROJECT",
    "CLAUDE_CODE_SHELL",
    "CLAUDE_CODE_GIT_BASH_PATH",
    "CLAUDE_CONFIG_DIR",
    "CLAUDE_ENV_FILE",
    "claude_config_dir",
    "OP_API_KEY",
    "OP_SERVICE_ACCOUNT_TOKEN",
    "LD_KEY",
    "DYLD_TOKEN",
    "GIT_TOKEN",
    "npm_config__auth_token",
    "op_connect_token",
  ];
  assertEquals(bad.filter((name) => chosen(name) !== undefined), []);
});

Deno.test("the gateway's address is an http or https URL without white space", () => {
  const urls = ["https://a", "HTTP://a/b?c=d", "http://u:p@a:4000/", "https://a/%20b", "https://é"];
  assertEquals(urls.filter((url) => !isHttpUrl(url)), []);
  const others = [
    ...["", "a.example.com", "https:a", "https:/a", "ftp://a", "xhttps://a", "file:///a"],
    ...["https://", "https://a/ b", "https://a ", " https://a", "https://a/\u00a0", "https://a\t"],
    ...["https://a\n", "https://a/\x7f", "https://a/\x1b[m"],
  ];
  assertEquals(others.filter(isHttpUrl), []);
});

Deno.test("a file of the user's is read up to 1 MiB", () => {
  const path = Deno.makeTempFileSync({ prefix: "claude-key-test-" });
  try {
    const largest = "x".repeat(1024 * 1024);
    Deno.writeTextFileSync(path, largest);
    assertEquals(readText(path, path), largest);
    Deno.writeTextFileSync(path, `${largest}x`);
    assertThrows(() => readText(path, path), Failure, "is larger than 1 MiB");
  } finally {
    Deno.removeSync(path);
  }
});

Deno.test("op is waited for between a second and a day", () => {
  const timeout = (text: string): number =>
    resolveKeyTerms(settingsOf({ CLAUDE_KEY_TIMEOUT: text })).timeout;
  assertEquals([timeout("1"), timeout("1d")], [1, 86_400]);
  assertThrows(() => timeout("0"), Failure, "is less than 1 s");
  assertThrows(() => timeout("86401"), Failure, "is more than 1 d");
});

Deno.test("a key is kept for its TTL and what is stale, and a TTL of 0 needs no place", () => {
  const terms = (ttl: string, stale: string): (number | boolean)[] => {
    const { ttl: found, staleIfError, lifetime, cacheFolder } = resolveKeyTerms(
      settingsOf({ CLAUDE_KEY_TTL: ttl, CLAUDE_KEY_STALE_IF_ERROR: stale }),
    );
    return [found, staleIfError, lifetime, cacheFolder !== undefined];
  };
  assertEquals(terms("1h", "0"), [3_600, 0, 3_600, true]);
  assertEquals(terms("1h", "2h"), [3_600, 7_200, 10_800, true]);
  assertEquals(terms("0", "0"), [0, 0, 0, false]);
});

Deno.test("the repository's header is sent where that is wanted, whoever knows the project", async () => {
  const headers = async (on: string): Promise<unknown> =>
    Object.fromEntries(
      await exportedVariables(settingsOf({ CLAUDE_KEY_REPO_HEADER: on }), { name: "shop" }),
    );
  assertEquals(await headers("0"), {});
  assertEquals(await headers("1"), { ANTHROPIC_CUSTOM_HEADERS: "x-github-repo: shop" });
});
