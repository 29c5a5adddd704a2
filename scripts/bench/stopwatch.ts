/**
 * Times commands against each other.
 *
 * @module
 */

import { openCpuTime } from "./cpu_time.ts";

/** A command to time. */
export interface Contender {
  /** What it is called in the table. */
  readonly name: string;
  /** The program and its arguments. */
  readonly command: readonly string[];
  /** Its environment. */
  readonly env: Readonly<Record<string, string>>;
  /** Done before each run, and not timed. */
  readonly before?: () => void;
}

/** How long one run took, in milliseconds. */
export interface Lap {
  /** By the clock. */
  readonly wall: number;
  /** Of processors, which other programs disturb less; not known on every system. */
  readonly cpu?: number;
}

/** How long runs may go on before they count, so that caches are warm. */
const WARM_UP = 3;

/**
 * Runs all contenders in turn, over and over, so that whatever else the machine does hits them
 * alike. (That is why no benchmarking tool is used: they time one command after the other.)
 *
 * @param contenders The commands.
 * @param runs How often each one counts.
 * @returns The runs of each contender.
 * @throws {Error} If one of them fails.
 */
export function race(contenders: readonly Contender[], runs: number): Map<Contender, Lap[]> {
  const cpuTime = openCpuTime();
  const laps = new Map<Contender, Lap[]>(contenders.map((contender) => [contender, []]));
  for (let round = -WARM_UP; round < runs; round++) {
    for (const [contender, counted] of laps) {
      contender.before?.();
      const lap = timeOnce(contender, cpuTime);
      if (round >= 0) counted.push(lap);
    }
  }
  return laps;
}

function timeOnce(
  { name, command: [program = "", ...args], env }: Contender,
  cpuTime: (() => number) | undefined,
): Lap {
  const command = new Deno.Command(program, {
    args,
    clearEnv: true,
    env: { ...env },
    stdin: "null",
    stdout: "null",
    stderr: "piped",
  });
  const worked = cpuTime?.();
  const began = performance.now();
  const { success, stderr } = command.outputSync();
  const wall = performance.now() - began;
  const cpu = cpuTime !== undefined && worked !== undefined ? cpuTime() - worked : undefined;
  if (!success) throw new Error(`${name} failed: ${new TextDecoder().decode(stderr)}`);
  return { wall, ...(cpu !== undefined && { cpu }) };
}

/**
 * The middle of some numbers.
 *
 * @param numbers At least one.
 * @returns Their median.
 */
export function median(numbers: readonly number[]): number {
  const sorted = [...numbers].sort((one, other) => one - other);
  const middle = sorted.length / 2;
  const [low, high] = [sorted[Math.ceil(middle) - 1], sorted[Math.floor(middle)]];
  return ((low ?? NaN) + (high ?? NaN)) / 2;
}
