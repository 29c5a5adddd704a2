import { fileURLToPath } from "node:url";
import { assert, assertEquals } from "@std/assert";
import { isInstalled } from "../support/real_shells.ts";
import { ReleaseServer } from "../support/release_server.ts";

const INSTALLER = fileURLToPath(new URL("../../scripts/install.ps1", import.meta.url));
const WINDOWS = Deno.build.os === "windows";

/** Any program that ends well when it is asked for its version. */
const PROGRAM = WINDOWS ? Deno.readFileSync(Deno.execPath()) : new Uint8Array();

const PARSE = `
$problems = $null
$null = [Management.Automation.Language.Parser]::ParseFile($env:SCRIPT, [ref] $null, [ref] $problems)
foreach ($problem in $problems) { [Console]::Error.WriteLine($problem) }
exit $problems.Count
`;

for (const shell of ["pwsh", "powershell"]) {
  const flags = ["-NoProfile", "-NonInteractive", "-ExecutionPolicy", "Bypass"];

  Deno.test({
    name: `${shell} parses install.ps1`,
    ignore: !isInstalled(shell),
    fn: async () => {
      const { stderr, code } = await new Deno.Command(shell, {
        args: [...flags, "-Command", PARSE],
        env: { SCRIPT: INSTALLER },
      }).output();
      assertEquals(new TextDecoder().decode(stderr), "");
      assertEquals(code, 0);
    },
  });

  Deno.test({
    name: `install.ps1 installs, upgrades and refuses with ${shell}`,
    ignore: !WINDOWS || !isInstalled(shell),
    fn: async (t) => {
      await using server = new ReleaseServer();
      await server.publish("1.0.0", PROGRAM);
      const root = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "claude-key-test-" }));
      const to = `${root}\\bin`;
      const temp = `${root}\\temp`;
      Deno.mkdirSync(temp);
      const install = async (...args: string[]) => {
        const { stderr, code } = await new Deno.Command(shell, {
          args: [...flags, "-File", INSTALLER, "-To", to, "-NoPath", ...args],
          env: { CLAUDE_KEY_RELEASES: server.url, TEMP: temp, TMP: temp },
        }).output();
        return { stderr: new TextDecoder().decode(stderr), code };
      };
      const assertClean = () => {
        assertEquals(Array.from(Deno.readDirSync(to), ({ name }) => name), ["claude-key.exe"]);
        const left = Array.from(Deno.readDirSync(temp), ({ name }) => name)
          .filter((name) => name.startsWith("claude-key-install-"));
        assertEquals(left, []);
      };
      try {
        await t.step("a release that is missing", async () => {
          const { stderr, code } = await install("-Version", "9.9.9");
          assert(stderr.includes("error: release 9.9.9 cannot be downloaded from"), stderr);
          assertEquals(code, 1);
        });
        await t.step("the latest release", async () => {
          const { stderr, code } = await install();
          assert(stderr.includes(`: installed claude-key 1.0.0 as ${to}\\claude-key.exe`), stderr);
          assertEquals(code, 0);
          assertClean();
        });
        await t.step("an upgrade", async () => {
          await server.publish("1.1.0", PROGRAM);
          const { stderr, code } = await install();
          assert(stderr.includes(": upgraded to claude-key 1.1.0 as "), stderr);
          assertEquals(code, 0);
          assertClean();
        });
        for (const delivery of ["corrupted", "truncated", "broken off", "missing"] as const) {
          await t.step(`a ${delivery} download`, async () => {
            server.delivery = delivery;
            const { stderr, code } = await install();
            assert(
              /error: \S+ (does not have its checksum; it was not installed|cannot be downloaded)/
                .test(stderr),
              stderr,
            );
            assertEquals(code, 1);
            assertClean();
          });
        }
      } finally {
        Deno.removeSync(root, { recursive: true });
      }
    },
  });
}
