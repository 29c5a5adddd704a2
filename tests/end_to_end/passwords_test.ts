import { assertEquals, assertStringIncludes } from "@std/assert";
import { KEY, Terminal } from "../support/terminal.ts";

const ADDRESSES = [
  "htps://ada:hunter2@litellm.example.com",
  "htps:/ada:hunter2@litellm.example.com",
  "ada:hunter2@litellm.example.com",
  "//ada:hunter2@litellm.example.com",
  "https://ada:hun/ter2@litellm.example.com",
  "https://ada:hun@ter2@litellm.example.com",
  "https://ada:hun@t/er2@litellm.example.com",
  "https://ada:1234/ter2@litellm.example.com",
  "https://ada:hun?ter2@litellm.example.com",
  "https://ada:hun#ter2@litellm.example.com",
  "https://ada:hunter2@litellm.example.com/v1",
  "https://ada:hun ter2@litellm.example.com",
  " https://ada:hunter2@litellm.example.com",
  String.raw`https:\\ada:hunter2@litellm.example.com`,
] as const;

/** Parts of the passwords above. */
const PART = /hun|t?er2|1234/;

const COMMANDS = [
  ["status"],
  ["doctor", "--json"],
  ["env"],
  ["setup", "--yes", "--account=a", "--item=op://Work/litellm"],
] as const;

Deno.test("a gateway's password is shown nowhere, however malformed its address is", async () => {
  await Promise.all(ADDRESSES.map(async (address) => {
    using terminal = new Terminal(
      `OP_ITEM="op://Work/litellm"\nLITELLM_BASE_URL='${address}'\nCLAUDE_DEBUG=1\n`,
    );
    terminal.answer("--version", "2.31.0\n");
    for (const command of COMMANDS) {
      const { stdout, stderr } = await terminal.run(command);
      // What env is asked for is the address as it is.
      const said = command[0] === "env" ? stderr : stdout + stderr;
      assertEquals(PART.test(said), false, `${command.join(" ")}: ${said}`);
    }
    const asked = await terminal.run([...COMMANDS[3], `--url=${address}`]);
    assertEquals(PART.test(asked.stdout + asked.stderr), false, asked.stderr);
  }));
});

Deno.test("env hands the address on as it is configured", async () => {
  const address = "https://ada:hunter2@litellm.example.com";
  using terminal = new Terminal(`OP_ITEM="op://Work/litellm"\nLITELLM_BASE_URL=${address}\n`);
  const { stdout, stderr, status } = await terminal.run(["env", "--format", "dotenv"]);
  assertStringIncludes(stdout, address);
  assertStringIncludes(stdout, KEY);
  assertEquals([stderr, status], ["", 0]);
});
