/**
 * The installer of Unix and https: a server of this machine shows a certificate by an authority
 * that is made for each test.
 *
 * @module
 */

import { assert, assertEquals } from "@std/assert";
import { orKilled, until } from "../support/deadline.ts";
import { testOfUnix } from "../support/skips.ts";
import { join } from "../support/join.ts";
import { archiveOf, Machine, publish, TOOLS } from "../support/bare_machine.ts";
import { makeIdentity } from "../support/identity.ts";
import { ReleaseServer } from "../support/release_server.ts";
import { lacks } from "../support/tools.ts";

/** Two servers with https, one without, and a machine that trusts the authority of the two. */
class Network implements AsyncDisposable {
  readonly root = Deno.makeTempDirSync({ prefix: "claude-key-test-" });
  readonly identity = makeIdentity(this.root);
  readonly server = new ReleaseServer(this.identity);
  readonly other = new ReleaseServer(this.identity);
  readonly clear = new ReleaseServer();
  readonly machine: Machine;

  constructor(downloader: string) {
    const shell = downloader === "busybox" ? "busybox" : "dash";
    this.machine = new Machine(this.server, { shell, tools: TOOLS });
    if (shell === "dash") {
      this.machine.link(downloader, downloader === "wget2" ? "wget" : downloader);
    }
  }

  /** What each downloader takes for the authorities to trust. */
  get trust(): Record<string, string> {
    const { authority } = this.identity;
    const settings = join(this.root, "wgetrc");
    const settings2 = join(this.root, "wget2rc");
    Deno.writeTextFileSync(settings, `ca_certificate = ${authority}\n`);
    Deno.writeTextFileSync(settings2, `ca-certificate = ${authority}\n`);
    return { CURL_CA_BUNDLE: authority, WGETRC: settings, WGET2RC: settings2 };
  }

  /** The files on the machine, without those that wget 2 makes by itself. */
  get left(): string[] {
    return this.machine.files.filter((path) => !path.includes("/.wget-"));
  }

  async publish(version: string): Promise<void> {
    for (const server of [this.server, this.other, this.clear]) await publish(server, version);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.machine[Symbol.dispose]();
    for (const server of [this.server, this.other, this.clear]) await server[Symbol.asyncDispose]();
    Deno.removeSync(this.root, { recursive: true });
  }
}

const ARCHIVE = archiveOf("1.0.0");

const test = testOfUnix("install.sh by https");

for (const downloader of ["curl", "wget", "wget2"]) {
  const options = { ignore: lacks("dash", "openssl", downloader) };

  for (
    const { what, file, error } of [
      {
        what: "the checksums",
        file: "checksums.txt",
        error: "the latest release cannot be downloaded",
      },
      { what: "the archive", file: ARCHIVE, error: `${ARCHIVE} cannot be downloaded` },
    ]
  ) {
    test({
      ...options,
      name: `install.sh with ${downloader} goes by no redirect from https to http for ${what}`,
      fn: async () => {
        await using network = new Network(downloader);
        const { machine, server, clear, trust } = network;
        await network.publish("1.0.0");
        server.redirect = (path) => path.endsWith(file) ? clear.origin + path : undefined;
        const { stdout, stderr, status } = await machine.install([], trust);
        assert(stderr.includes(`claude-key: error: ${error}`), stderr);
        assertEquals({ stdout, status }, { stdout: "", status: 1 });
        assertEquals([server.paths.at(-1)?.split("/").at(-1), clear.paths], [file, []]);
        assertEquals(network.left, []);
      },
    });
  }

  test({
    ...options,
    name: `install.sh with ${downloader} goes by redirects that stay in https`,
    fn: async () => {
      await using network = new Network(downloader);
      const { machine, server, other, trust } = network;
      await network.publish("1.0.0");
      // As the real place does it: from the latest release to the release, and on to a store.
      server.redirect = (path) =>
        path.includes("/latest/")
          ? path.replace("/latest/download/", "/download/v1.0.0/")
          : other.origin + path;
      const { stdout, stderr, status } = await machine.install(["--to", "bin"], trust);
      assert(stderr.includes(`: installed claude-key 1.0.0 as ${machine.home}/bin/`), stderr);
      assertEquals({ stdout, status }, { stdout: "", status: 0 });
      assertEquals(server.paths.length, 3);
      assertEquals(other.paths, [
        "/releases/download/v1.0.0/checksums.txt",
        `/releases/download/v1.0.0/${ARCHIVE}`,
      ]);
    },
  });

  test({
    ...options,
    name: `install.sh with ${downloader} goes by no redirect for ever`,
    fn: async () => {
      await using network = new Network(downloader);
      const { machine, server, trust } = network;
      server.redirect = (path) => path;
      const { stdout, stderr, status } = await machine.install([], trust);
      assert(stderr.includes("error: the latest release cannot be downloaded from "), stderr);
      assertEquals({ stdout, status }, { stdout: "", status: 1 });
      assert(server.paths.length > 0 && server.paths.length < 60, `${server.paths.length}`);
      assertEquals(network.left, []);
    },
  });

  test({
    ...options,
    name: `install.sh with ${downloader} takes nothing from a server that cannot prove who it is`,
    fn: async () => {
      await using network = new Network(downloader);
      const { machine, server } = network;
      await network.publish("1.0.0");
      const { stdout, stderr, status } = await machine.install();
      assert(stderr.includes("error: the latest release cannot be downloaded from "), stderr);
      // The reason is the downloader's to tell.
      assert(/certificate/i.test(stderr), stderr);
      assertEquals({ stdout, status }, { stdout: "", status: 1 });
      assertEquals(server.paths, []);
      assertEquals(network.left, []);
    },
  });
}

test({
  name: "install.sh with wget leaves nothing when SIGTERM interrupts the download",
  ignore: lacks("dash", "openssl", "wget"),
  fn: async () => {
    await using network = new Network("wget");
    const { machine, server, trust } = network;
    await network.publish("1.0.0");
    server.delivery = "held";
    const process = machine.command([], trust).spawn();
    await until("the archive is asked for", () => server.asked > 0);
    process.kill("SIGTERM");
    assertEquals((await orKilled("install.sh ends", process, process.status)).code, 143);
    assertEquals(await process.stdout.text(), "");
    assertEquals(await process.stderr.text(), `claude-key: downloading ${ARCHIVE}\n`);
    assertEquals(machine.files, []);
  },
});

test({
  name: "install.sh downloads nothing by https with the wget of BusyBox, and says why",
  ignore: lacks("busybox", "openssl"),
  fn: async () => {
    await using network = new Network("busybox");
    const { machine, server, clear, trust } = network;
    await network.publish("1.0.0");
    server.redirect = (path) => clear.origin + path;
    assertEquals(await machine.install([], trust), {
      stdout: "",
      stderr: [
        "claude-key: error: the only wget here is not GNU wget, and is not safe to download with",
        "claude-key: hint: BusyBox's checks no certificate by itself, and follows a redirect out of https",
        "claude-key: hint: install curl or GNU wget",
        "",
      ].join("\n"),
      status: 1,
    });
    assertEquals([server.paths, clear.paths, machine.files], [[], [], []]);
  },
});
