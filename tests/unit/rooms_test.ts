import { assertEquals } from "@std/assert";

const LIB = new URL("../../lib/", import.meta.url);

/** The rooms of lib/, each of which imports only from those before it; the doors come last. */
const ROOMS = [
  "failure",
  "text",
  "files",
  "configuration",
  "shells",
  "command_line",
  "cache",
  "confinement",
  "claude_code",
  "terminal",
  "op",
  "key",
  "completions",
  "integration",
  "help",
  "status",
  "doctor",
  "setup",
  "commands",
];

/** The files of lib/ with what they import from there, by their paths below it. */
function imports(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const room of Deno.readDirSync(LIB)) {
    const names = room.isDirectory
      ? Array.from(Deno.readDirSync(new URL(`${room.name}/`, LIB)), ({ name }) => name)
      : [""];
    for (const name of names) {
      const path = name === "" ? room.name : `${room.name}/${name}`;
      found.set(path, importsOf(path));
    }
  }
  return found;
}

function importsOf(path: string): string[] {
  const text = Deno.readTextFileSync(new URL(path, LIB));
  const specifiers = text.matchAll(/(?:\bfrom|\bimport\()\s*"(\.[^"]+)"/g);
  return Array.from(specifiers, ([, specifier = ""]) => new URL(specifier, new URL(path, LIB)).href)
    .filter((url) => url.startsWith(LIB.href))
    .map((url) => url.slice(LIB.href.length));
}

/** Where a file stands: the number of its room, or behind all rooms. */
function standing(path: string): number {
  const room = path.split("/", 1)[0] ?? "";
  if (room === path) return ROOMS.length;
  const index = ROOMS.indexOf(room);
  if (index < 0) throw new Error(`lib/${room} is in no list of rooms`);
  return index;
}

/** The first way from a file back to itself. */
function circle(files: ReadonlyMap<string, readonly string[]>): string | undefined {
  const done = new Set<string>();
  const visit = (path: string, way: readonly string[]): string | undefined => {
    if (way.includes(path)) return [...way.slice(way.indexOf(path)), path].join(" → ");
    if (done.has(path)) return undefined;
    for (const imported of files.get(path) ?? []) {
      const found = visit(imported, [...way, path]);
      if (found !== undefined) return found;
    }
    done.add(path);
    return undefined;
  };
  for (const path of files.keys()) {
    const found = visit(path, []);
    if (found !== undefined) return found;
  }
  return undefined;
}

Deno.test("each room imports only from those before it", () => {
  const files = imports();
  assertEquals(files.size > ROOMS.length, true);
  const wrong = Array.from(files).flatMap(([path, imported]) =>
    imported.filter((other) => standing(other) > standing(path))
      .map((other) => `lib/${path} imports lib/${other}`)
  );
  assertEquals(wrong, []);
});

Deno.test("no file of lib/ imports itself by whatever way", () => {
  assertEquals(circle(new Map([["a", ["b"]], ["b", ["c"]], ["c", ["b"]]])), "b → c → b");
  assertEquals(circle(imports()), undefined);
});

Deno.test("CONTRIBUTING shows the rooms in their order", () => {
  const text = Deno.readTextFileSync(new URL("../CONTRIBUTING.md", LIB));
  const shown = Array.from(text.matchAll(/^\| `(\w+)\/` +\|/gm), ([, room]) => room);
  assertEquals(shown, ROOMS);
});
