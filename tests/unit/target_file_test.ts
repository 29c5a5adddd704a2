import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { Failure } from "../../lib/failure/failure.ts";
import { below } from "../../lib/files/paths.ts";
import { TargetFile } from "../../lib/setup/target_file.ts";
import { NO_LINKS, NO_MODES } from "../support/skips.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

function modeOf(path: string): number {
  return (Deno.statSync(path).mode ?? 0) & 0o777;
}

Deno.test("a file that is not there is empty, and is made private with its folder", async () => {
  using folder = new TemporaryFolder();
  const path = below(folder.path, "new", "file");
  const file = new TargetFile(path, "FILE");
  assertEquals([file.shown, file.folder, file.read()], [
    "FILE",
    below(Deno.realPathSync(folder.path), "new"),
    "",
  ]);
  await file.write("text\n", "as it is");
  assertEquals([file.read(), Deno.readTextFileSync(path)], ["text\n", "text\n"]);
  if (!NO_MODES) assertEquals([modeOf(path), modeOf(below(folder.path, "new"))], [0o600, 0o700]);
});

Deno.test("a file that others may read becomes private, or stays as it is", {
  ignore: NO_MODES,
}, async () => {
  using folder = new TemporaryFolder();
  const path = below(folder.path, "file");
  Deno.writeTextFileSync(path, "");
  Deno.chmodSync(path, 0o751);
  await new TargetFile(path, "FILE").write("one\n", "as it is");
  assertEquals([Deno.readTextFileSync(path), modeOf(path)], ["one\n", 0o751]);
  await new TargetFile(path, "FILE").write("two\n", "private");
  assertEquals([Deno.readTextFileSync(path), modeOf(path)], ["two\n", 0o600]);
});

Deno.test("a link stays a link, and one that leads nowhere is refused", {
  ignore: NO_LINKS,
}, async () => {
  using folder = new TemporaryFolder();
  const store = below(folder.path, "store");
  Deno.mkdirSync(store);
  const link = below(folder.path, "link");
  Deno.symlinkSync("store/file", link);
  const { kind, hints } = assertThrows(
    () => new TargetFile(link, "~/link"),
    Failure,
    '"~/link" is a link that leads nowhere',
  );
  assertEquals([kind, hints.length], ["configuration", 1]);
  Deno.writeTextFileSync(below(store, "file"), "one\n");
  const file = new TargetFile(link, "~/link");
  assertEquals([file.folder, file.read()], [Deno.realPathSync(store), "one\n"]);
  await file.write("two\n", "private");
  assertEquals(Deno.readLinkSync(link), "store/file");
  assertEquals(Deno.readTextFileSync(below(store, "file")), "two\n");
});

Deno.test("what cannot be read or written is said, and what was there stays", async () => {
  using folder = new TemporaryFolder();
  const path = below(folder.path, "file");
  Deno.mkdirSync(below(path, "full"), { recursive: true });
  const file = new TargetFile(path, "FILE");
  const unread = assertThrows(() => file.read(), Failure, '"FILE"');
  const unwritten = await assertRejects(
    () => file.write("text\n", "private"),
    Failure,
    '"FILE" cannot be written: ',
  );
  assertEquals([unread.kind, unwritten.kind], ["configuration", "other"]);
  assertEquals(unwritten.hints.map((hint) => hint.split(": ")[0]), ["see who may write there"]);
  assertEquals(Array.from(Deno.readDirSync(folder.path), ({ name }) => name), ["file"]);
});
