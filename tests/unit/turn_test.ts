import { assertEquals, assertRejects } from "@std/assert";
import { takeTurn, type WaitTerms } from "../../lib/cache/turn.ts";
import { within } from "../support/deadline.ts";
import { testOfUnix } from "../support/skips.ts";
import { TemporaryFolder } from "../support/temporary_folder.ts";

const test = testOfUnix("files that are replaced while somebody has them open");

test("who loses patience with a lock takes the place of no other one", async () => {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  const paths = { lock: `${folder}/a.lock`, next: `${folder}/a.next.lock` };
  const open = (path: string): Deno.FsFile =>
    Deno.openSync(path, { read: true, write: true, create: true });
  const { tryLock } = Deno.FsFile.prototype;
  let successor: number | null | undefined;
  try {
    using suspended = open(paths.lock);
    await within("the lock is free", suspended.lock(true));
    // Just before this one is ready to take the place, another one has taken it, asked and ended.
    Deno.FsFile.prototype.tryLock = function (exclusive): Promise<boolean> {
      const { ino } = this.statSync();
      if (successor === undefined && ino !== suspended.statSync().ino) {
        using other = open(`${folder}/other`);
        successor = other.statSync().ino;
        Deno.renameSync(`${folder}/other`, paths.lock);
      }
      return tryLock.call(this, exclusive);
    };
    const { signal } = new AbortController();
    using turn = await takeTurn(paths, { patience: 1, answerTime: 60_000, signal });
    assertEquals([typeof successor, turn?.statSync().ino], ["number", successor]);
    assertEquals(Array.from(Deno.readDirSync(folder), ({ name }) => name), ["a.lock"]);
  } finally {
    Deno.FsFile.prototype.tryLock = tryLock;
  }
});

test("who comes second to a place that is given up waits for the one who came first", async () => {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  const paths = { lock: `${folder}/a.lock`, next: `${folder}/a.next.lock` };
  const { tryLock } = Deno.FsFile.prototype;
  let successor: number | null | undefined;
  try {
    using suspended = Deno.openSync(paths.lock, { read: true, write: true, create: true });
    await suspended.lock(true);
    // This one has opened what is to take the place, and another one was faster and has ended.
    Deno.FsFile.prototype.tryLock = function (exclusive): Promise<boolean> {
      const { ino } = this.statSync();
      if (successor === undefined && ino !== suspended.statSync().ino) {
        successor = ino;
        Deno.renameSync(paths.next, paths.lock);
      }
      return tryLock.call(this, exclusive);
    };
    const { signal } = new AbortController();
    using turn = await takeTurn(paths, { patience: 1, answerTime: 60_000, signal });
    assertEquals([typeof successor, turn?.statSync().ino], ["number", successor]);
  } finally {
    Deno.FsFile.prototype.tryLock = tryLock;
  }
});

Deno.test("who takes the place of another waits for no silent file system, nor beyond Ctrl-C", async () => {
  using temporary = new TemporaryFolder();
  const paths = { lock: `${temporary.path}/a.lock`, next: `${temporary.path}/a.next.lock` };
  const { prototype } = Deno.FsFile;
  const { tryLock } = prototype;
  const interruption = new AbortController();
  const take = async (answerTime: number, onSilence: () => void): Promise<unknown> => {
    let isAsked = false;
    prototype.tryLock = () => {
      // The lock is held; of what is to take its place nothing is said.
      if (isAsked) onSilence();
      const answer = isAsked ? new Promise<never>(() => {}) : Promise.resolve(false);
      isAsked = true;
      return answer;
    };
    return await takeTurn(paths, { patience: 1, answerTime, signal: interruption.signal });
  };
  try {
    using suspended = Deno.openSync(paths.lock, { read: true, write: true, create: true });
    await suspended.lock(true);
    assertEquals(await take(1, () => {}), undefined);
    const interrupt = (): void => interruption.abort(new Error("Ctrl-C"));
    await assertRejects(() => take(60_000, interrupt), Error, "Ctrl-C");
  } finally {
    prototype.tryLock = tryLock;
  }
});

Deno.test("where locks do not work there is no turn, and no wait for one", async () => {
  using temporary = new TemporaryFolder();
  const folder = temporary.path;
  const { prototype } = Deno.FsFile;
  const { lock, tryLock } = prototype;
  const take = async (terms: Partial<WaitTerms>): Promise<Deno.FsFile | undefined> => {
    const { signal } = new AbortController();
    const patient = { patience: 600, answerTime: 60_000, signal, ...terms };
    return await takeTurn({ lock: `${folder}/a.lock`, next: `${folder}/a.next.lock` }, patient);
  };
  try {
    {
      using holder = await take({});
      assertEquals(holder === undefined, false);
      prototype.lock = () => Promise.reject(new Error("no locks"));
      assertEquals(await take({}), undefined);
    }
    prototype.tryLock = () => Promise.reject(new Error("no locks"));
    assertEquals(await take({}), undefined);
    prototype.tryLock = () => new Promise(() => {});
    assertEquals(await take({ answerTime: 1 }), undefined);
    const signal = AbortSignal.abort(new Error("Ctrl-C"));
    await assertRejects(() => take({ signal }), Error, "Ctrl-C");
  } finally {
    prototype.lock = lock;
    prototype.tryLock = tryLock;
  }
});
