/**
 * The environment of a program that is to see nothing of the user's own.
 *
 * @module
 */

/** What a process needs on Windows to run at all. */
const WINDOWS_VARIABLES = ["ComSpec", "PATHEXT", "SystemDrive", "SystemRoot", "TEMP", "TMP"];

/**
 * The least that Deno needs: on Windows the system's variables, and everywhere the folder where it
 * keeps what it has downloaded and compiled, or it would begin anew in a temporary home. With them
 * goes the folder where it is to note what it executes, if there is one.
 *
 * @returns The variables, by name.
 */
export function bareEnvironment(): Record<string, string> {
  const names = Deno.build.os === "windows" ? WINDOWS_VARIABLES : [];
  const system = names.map((name) => [name, Deno.env.get(name) ?? ""]);
  const coverage = Deno.env.get("DENO_COVERAGE_DIR");
  return {
    ...Object.fromEntries(system),
    ...(coverage !== undefined && { DENO_COVERAGE_DIR: coverage }),
    DENO_DIR: denoDir(),
    DENO_NO_UPDATE_CHECK: "1",
  };
}

function denoDir(): string {
  const named = Deno.env.get("DENO_DIR");
  if (named) return named;
  const { stdout } = new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).outputSync();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}
