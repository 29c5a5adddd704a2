import { assertEquals } from "@std/assert";
import { type Standing, standingAt } from "../../lib/doctor/cache_place.ts";
import { resolveFolder } from "../../lib/files/resolve_folder.ts";
import { join } from "../support/join.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

/** A home folder that is there, and something beside it whose name begins like it. */
class Place extends TemporaryFolder {
  readonly root: string = resolveFolder(this.path);
  readonly home: string = join(this.root, "home");

  constructor() {
    super();
    Deno.mkdirSync(join(this.home, ".cache"), { recursive: true });
    Deno.mkdirSync(join(this.root, "home2"));
    Deno.writeTextFileSync(join(this.home, "file"), "");
  }

  /** What stands at a path of this place, which stands for `~` in what is shown. */
  at(path: string): Standing | undefined {
    const show = (shown: string): string => shown.replace(this.root, "~").replaceAll("\\", "/");
    return standingAt(resolveFolder(join(this.root, path)), this.home, show);
  }
}

Deno.test("what stands where a cache folder is to be made is the nearest thing that is there", () => {
  using place = new Place();
  for (
    const [path, shown, isCache] of [
      ["home/.cache", "~/home/.cache", true],
      ["home/.cache/claude", "~/home/.cache", false],
      ["home/.cache/one/other/claude", "~/home/.cache", false],
      ["home/file", "~/home/file", true],
    ] as const
  ) {
    const standing = place.at(path);
    assertEquals([standing?.shown, standing?.isCache], [shown, isCache], path);
  }
  const { isDirectory, uid, mode } = Deno.lstatSync(join(place.home, "file"));
  const file = place.at("home/file");
  assertEquals([file?.isDirectory, file?.uid, file?.mode], [isDirectory, uid, mode]);
  assertEquals(place.at("home")?.isDirectory, true);
});

Deno.test("only what lies below the home folder is the user's, and the home folder is not for keys", () => {
  using place = new Place();
  for (
    const [path, isBelowHome, hasHome] of [
      ["home/.cache", true, false],
      ["home/.cache/claude", true, false],
      ["home", false, true],
      ["home/claude", false, true],
      [".", false, true],
      ["home2", false, false],
    ] as const
  ) {
    const standing = place.at(path);
    assertEquals([standing?.isBelowHome, standing?.hasHome], [isBelowHome, hasHome], path);
  }
  const homeless = standingAt(resolveFolder(place.home), undefined, String);
  assertEquals([homeless?.isBelowHome, homeless?.hasHome], [false, false]);
});

Deno.test("what is moved away gets a name that nothing has yet", () => {
  using place = new Place();
  for (const name of ["file.old", "file.old2", "file.old3"]) {
    assertEquals(place.at("home/file")?.aside, `~/home/${name}`);
    Deno.writeTextFileSync(join(place.home, name), "");
  }
});
