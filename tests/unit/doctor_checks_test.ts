import { assertEquals } from "@std/assert";
import { checkClock, checkFolder, checkWriting } from "../../lib/doctor/check_cache.ts";
import {
  checkClaudeSettings,
  type ClaudeSettingsRules,
  parseClaudeSettings,
} from "../../lib/doctor/check_claude_settings.ts";
import { checkConfinement } from "../../lib/doctor/check_confinement.ts";
import { checkGateway } from "../../lib/doctor/check_configuration.ts";
import {
  checkEnvironment,
  checkSessions,
  type EnvironmentFacts,
} from "../../lib/doctor/check_environment.ts";
import { accountsOf } from "../../lib/op/account_list.ts";
import { checkAccount, checkSignIn, checkVersion } from "../../lib/doctor/check_op.ts";
import { type Finding, isAllWell, summary } from "../../lib/doctor/finding.ts";
import { Failure } from "../../lib/failure/failure.ts";

const NOW = Date.UTC(2026, 0, 31, 12);
const UID = 1000;

/** A finding in one line, as far as it can be read aloud. */
function said({ verdict, message, fix }: Finding): string {
  return `${verdict}: ${message}${fix === undefined ? "" : ` → ${fix}`}`;
}

Deno.test("op must be of version 2 or later", () => {
  const upgrade = "install version 2: https://developer.1password.com/docs/cli/upgrade";
  for (
    const [printed, expected] of [
      ["2.31.0\n", "ok: version 2.31.0"],
      ["2.32.0-beta.01\r\n", "ok: version 2.32.0-beta.01"],
      ["3.0.0", "ok: version 3.0.0"],
      ["1.12.5\n", `problem: version 1.12.5 is too old → ${upgrade}`],
      ["", `problem: op --version prints something else than a version → ${upgrade}`],
      ["2.0 extra", `problem: op --version prints something else than a version → ${upgrade}`],
      ["op v2", `problem: op --version prints something else than a version → ${upgrade}`],
    ] as const
  ) {
    assertEquals(said(checkVersion({ value: printed })), expected);
  }
  const failure = new Failure("op missing", "there is none", ["install it", "then try"]);
  assertEquals(said(checkVersion({ failure })), "problem: there is none → install it");
});

Deno.test("a list of accounts may be anything", () => {
  for (const list of [undefined, {}, null, "x", [null], [1], [[]]]) {
    assertEquals(accountsOf(list), undefined);
  }
  assertEquals(accountsOf([{ url: 1, email: {} }]), [{ url: "", email: "", id: "", names: [] }]);
  assertEquals(accountsOf([]), []);
});

Deno.test("two accounts at one address are told apart by the user", () => {
  const url = "https://team.1password.eu/";
  const accounts = accountsOf([{ url, user_uuid: "UADA" }, { url, user_uuid: "UBOB" }]);
  assertEquals(accounts?.map(({ id }) => id), ["UADA", "UBOB"]);
});

Deno.test("an account is known by its address, shorthand, e-mail and both IDs", () => {
  const accounts = accountsOf([{
    url: "https://team.1password.eu/",
    email: "ada@example.com",
    user_uuid: "UADA",
    account_uuid: "ATEAM",
    shorthand: "work",
  }]);
  const facts = {
    authentication: "app",
    accounts: { value: accounts },
    shownFile: undefined,
    place: "OP_ACCOUNT",
  } as const;
  for (
    const wanted of [
      "team.1password.eu",
      "team",
      "work",
      "ada@example.com",
      "UADA",
      "ATEAM",
      undefined,
    ]
  ) {
    assertEquals(
      said(checkAccount({ ...facts, wanted })),
      "ok: ada@example.com at team.1password.eu",
    );
  }
  assertEquals(
    said(checkAccount({ ...facts, wanted: "" })),
    'problem: op has no account "" → set OP_ACCOUNT to team.1password.eu',
  );
});

Deno.test("without an account, the app's integration is off", () => {
  const facts = {
    authentication: "app",
    wanted: undefined,
    shownFile: undefined,
    place: "OP_ACCOUNT",
  } as const;
  assertEquals(
    said(checkAccount({ ...facts, accounts: { value: [] } })),
    "problem: op has none → in the 1Password app: Settings, Developer, Integrate with 1Password CLI",
  );
  assertEquals(
    said(checkAccount({ ...facts, authentication: "service account", accounts: { value: [] } })),
    "ok: the one of the service account token",
  );
});

Deno.test("being signed out is normal with the app, and a problem with a service account", () => {
  const failure = new Failure("locked", "not signed in", ["sign in"]);
  assertEquals(checkSignIn("app", { failure }).verdict, "ok");
  assertEquals(checkSignIn("service account", { failure }).verdict, "problem");
  const offline = new Failure("offline", "not reached", ["wait"]);
  assertEquals(said(checkSignIn("app", { failure: offline })), "warning: not reached → wait");
});

Deno.test("each contradiction in the environment is found, with the command that ends it", () => {
  const clean: EnvironmentFacts = {
    set: new Set(),
    lines: new Map(),
    accountIsSet: false,
    keyVariable: "ANTHROPIC_AUTH_TOKEN",
  };
  const cases: [Partial<EnvironmentFacts>, string[]][] = [
    [{}, ["ok: no variables get in each other's way"]],
    [{ set: new Set(["ANTHROPIC_AUTH_TOKEN", "OP_CONNECT_HOST", "OP_CONNECT_TOKEN"]) }, [
      "ok: no variables get in each other's way",
    ]],
    [{ set: new Set(["ANTHROPIC_API_KEY"]) }, [
      "warning: ANTHROPIC_API_KEY is set beside ANTHROPIC_AUTH_TOKEN → unset ANTHROPIC_API_KEY",
    ]],
    [{ lines: new Map([["ANTHROPIC_API_KEY", "local.env, line 3"]]) }, [
      "warning: ANTHROPIC_API_KEY is set beside ANTHROPIC_AUTH_TOKEN → remove it from local.env, line 3",
    ]],
    [{
      set: new Set(["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"]),
      keyVariable: "ANTHROPIC_API_KEY",
    }, [
      "warning: ANTHROPIC_AUTH_TOKEN is set beside ANTHROPIC_API_KEY, which wins → " +
      "unset ANTHROPIC_AUTH_TOKEN",
    ]],
    [{ set: new Set(["CLAUDE_CODE_USE_BEDROCK", "CLAUDE_CODE_USE_VERTEX"]) }, [
      "warning: CLAUDE_CODE_USE_BEDROCK wins over every key → unset CLAUDE_CODE_USE_BEDROCK",
      "warning: CLAUDE_CODE_USE_VERTEX wins over every key → unset CLAUDE_CODE_USE_VERTEX",
    ]],
    [{ set: new Set(["OP_CONNECT_HOST"]) }, [
      "warning: OP_CONNECT_HOST does nothing without OP_CONNECT_TOKEN → unset OP_CONNECT_HOST",
    ]],
    [{ set: new Set(["OP_SERVICE_ACCOUNT_TOKEN"]), accountIsSet: true }, [
      "warning: OP_ACCOUNT does nothing beside OP_SERVICE_ACCOUNT_TOKEN → " +
      "unset OP_SERVICE_ACCOUNT_TOKEN",
    ]],
    [{
      set: new Set(["OP_CONNECT_HOST", "OP_CONNECT_TOKEN", "OP_SERVICE_ACCOUNT_TOKEN"]),
      accountIsSet: true,
    }, [
      "warning: Connect wins over OP_SERVICE_ACCOUNT_TOKEN → unset OP_SERVICE_ACCOUNT_TOKEN",
      "warning: OP_ACCOUNT does nothing beside Connect → unset OP_CONNECT_HOST OP_CONNECT_TOKEN",
    ]],
  ];
  for (const [facts, expected] of cases) {
    assertEquals(checkEnvironment({ ...clean, ...facts }).map(said), expected);
  }
});

Deno.test("a session variable matters only while op is not signed in", () => {
  assertEquals(checkSessions(["OP_SESSION_a"], true), []);
  assertEquals(checkSessions(["OP_SESSION_a"], false).map(said), [
    "warning: OP_SESSION_a is set, but its session has expired → unset OP_SESSION_a",
  ]);
});

Deno.test("a settings file of Claude Code may be anything", () => {
  for (const text of ["", "{", "[]", "null", "1", '"x"']) {
    assertEquals(parseClaudeSettings(text), undefined);
  }
  for (
    const text of ["{}", '\uFEFF{"env": null}', '{"env": []}', '{"env": 1, "apiKeyHelper": 2}']
  ) {
    assertEquals(parseClaudeSettings(text), { env: new Set<string>() });
  }
});

Deno.test("settings files are held against the key and the gateway", () => {
  const rules: ClaudeSettingsRules = {
    keyVariable: "ANTHROPIC_AUTH_TOKEN",
    keyIsExported: false,
    gateway: "https://litellm.example.com",
  };
  const judged = (text: string, more: Partial<ClaudeSettingsRules> = {}): string[] =>
    checkClaudeSettings([{ shown: "FILE", settings: parseClaudeSettings(text) }], {
      ...rules,
      ...more,
    }).map(said);
  const nothing = ["ok: no settings file of Claude Code touches the key"];
  assertEquals(judged("{}"), nothing);
  assertEquals(judged('{"env": {"ANTHROPIC_BASE_URL": "https://litellm.example.com"}}'), nothing);
  assertEquals(
    judged('{"env": {"ANTHROPIC_BASE_URL": "https://x"}}', { gateway: undefined }),
    nothing,
  );
  assertEquals(judged('{"env": {"ANTHROPIC_BASE_URL": "https://user:secret@x"}}'), [
    "warning: ANTHROPIC_BASE_URL in FILE wins over LITELLM_BASE_URL and differs → " +
    'remove ANTHROPIC_BASE_URL from "env" in FILE',
  ]);
  assertEquals(judged('{"env": {"ANTHROPIC_API_KEY": "sk-hidden"}}'), [
    "warning: ANTHROPIC_API_KEY in FILE is sent beside the key → " +
    'remove ANTHROPIC_API_KEY from "env" in FILE',
  ]);
  assertEquals(judged('{"env": {"MY_TOKEN": "sk-hidden"}}', { keyVariable: "MY_TOKEN" }), [
    'problem: MY_TOKEN in FILE wins over the key → remove MY_TOKEN from "env" in FILE',
  ]);
  assertEquals(judged('{"apiKeyHelper": "~/bin/claude-key get"}'), [
    "ok: apiKeyHelper in FILE is claude-key",
  ]);
  assertEquals(judged("oops"), ["warning: FILE is not a JSON object → correct it: FILE"]);
});

Deno.test("the gateway's address is shown without a password", () => {
  const exported = {
    value: new Map([["ANTHROPIC_BASE_URL", "https://u:p@litellm.example.com/x@y"]]),
  };
  assertEquals(
    said(checkGateway({ exported, inShell: undefined, shownFile: undefined })),
    "ok: https://…@y",
  );
  assertEquals(
    said(checkGateway({ exported: { value: new Map() }, inShell: "https://z", shownFile: "F" })),
    "ok: https://z",
  );
});

Deno.test("a cache folder is private, one's own, and a folder", () => {
  const good = { isDirectory: true, mode: 0o40700, uid: UID };
  for (
    const [facts, uid, verdict] of [
      [good, UID, "ok"],
      [{ ...good, mode: 0o40710 }, UID, "warning"],
      [{ ...good, mode: 0o40720 }, UID, "problem"],
      [{ ...good, uid: 0 }, UID, "problem"],
      [{ ...good, isDirectory: false }, UID, "problem"],
      [{ ...good, mode: 0, uid: null }, null, "ok"],
    ] as const
  ) {
    assertEquals(checkFolder(facts, uid, "FOLDER").verdict, verdict);
  }
});

Deno.test("a fix can be typed whatever a path or an answer holds", () => {
  const folder = { isDirectory: true, mode: 0o40755, uid: UID };
  assertEquals(checkFolder(folder, UID, "~/it's; rm").fix, String.raw`chmod 700 ~/'it'\''s; rm'`);
  const accounts = { value: accountsOf([{ url: "a'; rm" }, { url: "b" }]) };
  const facts = { authentication: "app", wanted: undefined, accounts, place: "" } as const;
  assertEquals(
    checkAccount({ ...facts, shownFile: "/my file" }).fix,
    String.raw`echo 'OP_ACCOUNT="a'\''; rm"' >> '/my file'`,
  );
  assertEquals(
    checkAccount({ ...facts, shownFile: undefined }).fix,
    String.raw`export OP_ACCOUNT='a'\''; rm'`,
  );
});

Deno.test("a file system that cannot keep a file private makes every run prompt", () => {
  const file = { isFile: true, mtime: new Date(NOW), uid: UID, mode: 0o100600 };
  const written = (more: object): string =>
    said(checkWriting({ file: { ...file, ...more }, before: NOW, after: NOW }, UID, "FOLDER"));
  const fix = " → set CLAUDE_KEY_CACHE_DIR to a folder on a local disk";
  assertEquals(written({}), "ok: a file was written whole");
  assertEquals(
    written({ mode: 0o100777 }),
    `problem: a new file in FOLDER does not serve: readable by others${fix}`,
  );
  assertEquals(
    written({ uid: 0 }),
    `problem: a new file in FOLDER does not serve: owned by another user${fix}`,
  );
  assertEquals(
    said(checkWriting("No space left on device (os error 28)", UID, "FOLDER")),
    "problem: nothing can be written in FOLDER: No space left on device (os error 28) → " +
      "make room: df -h FOLDER",
  );
});

Deno.test("the clock may be a minute off the times of files", () => {
  const file = { isFile: true, uid: UID, mode: 0o100600 };
  const clock = (offset: number, newest?: number): string => {
    const mtime = new Date(NOW + offset * 1000);
    return said(checkClock({ file: { ...file, mtime }, before: NOW, after: NOW + 5 }, newest));
  };
  const fix = " → set CLAUDE_KEY_CACHE_DIR to a folder on a local disk";
  assertEquals(clock(0), "ok: it agrees with the times of files");
  assertEquals(clock(-60), "ok: it agrees with the times of files");
  assertEquals(clock(60, NOW + 60_000), "ok: it agrees with the times of files");
  assertEquals(clock(-7200), `problem: new files are 2 h behind${fix}`);
  assertEquals(clock(7200.005), `problem: new files are 2 h ahead${fix}`);
  assertEquals(clock(NaN), `problem: new files have no time${fix}`);
  assertEquals(
    clock(0, NOW + 5 + 7_200_000),
    "warning: a cached file is dated 2 h ahead → claude-key clear --all",
  );
});

Deno.test("a process that is not confined is a problem", () => {
  assertEquals(
    said(checkConfinement(["use the network", "load libraries"], "FOLDER")),
    "problem: this process can use the network, load libraries → " +
      "run the released binary, or from source: deno task start doctor",
  );
});

Deno.test("a warning is something wrong, a skipped check is not", () => {
  const finding = { check: "op", message: "" } as const;
  const findings = (...verdicts: Finding["verdict"][]): Finding[] =>
    verdicts.map((verdict) => ({ ...finding, verdict }));
  assertEquals(isAllWell(findings("ok", "skipped")), true);
  assertEquals(isAllWell(findings("ok", "warning")), false);
  assertEquals(isAllWell(findings("problem")), false);
  assertEquals(
    summary(findings("problem", "warning", "problem", "ok", "skipped")),
    "2 problems, 1 warning\n",
  );
});
