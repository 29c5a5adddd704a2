import { assertEquals } from "@std/assert";
import { rivalsOf, shellPlace, type VariablePlace } from "../../lib/claude_code/precedence.ts";
import { settingsPlaces } from "../../lib/claude_code/settings_files.ts";
import { parseClaudeSettings } from "../../lib/claude_code/settings_text.ts";
import type { Standing } from "../../lib/doctor/cache_place.ts";
import {
  type CacheTerms,
  checkClock,
  checkFolder,
  checkLocks,
  checkOldKeys,
  checkPlaces,
  checkWriting,
} from "../../lib/doctor/check_cache.ts";
import {
  checkClaudeSettings,
  type ClaudeSettingsFacts,
} from "../../lib/doctor/check_claude_settings.ts";
import { checkConfinement } from "../../lib/doctor/check_confinement.ts";
import { checkGateway, type GatewayFacts } from "../../lib/doctor/check_gateway.ts";
import { checkEnvironment, type EnvironmentFacts } from "../../lib/doctor/check_environment.ts";
import { accountsOf } from "../../lib/op/account_list.ts";
import { checkAccount, checkSignIn, checkVersion } from "../../lib/doctor/check_op.ts";
import {
  byHand,
  type Finding,
  findingText,
  isAllWell,
  problemOf,
  summary,
  typed,
} from "../../lib/doctor/finding.ts";
import { refusalOf } from "../../lib/doctor/refusal.ts";
import { settingCures } from "../../lib/doctor/setting_cure.ts";
import { Failure } from "../../lib/failure/failure.ts";

const NOW = Date.UTC(2026, 0, 31, 12);
const UID = 1000;

/** A finding in one line, as far as it can be read aloud. */
function said({ verdict, message, cure }: Finding): string {
  if (cure === undefined) return `${verdict}: ${message}`;
  return `${verdict}: ${message} ${cure.isCommand ? "→" : "☞"} ${cure.words}`;
}

/** What decides about a folder that somebody has named, below the home folder. */
const TERMS: CacheTerms = {
  shown: "FOLDER",
  isDefault: false,
  standing: undefined,
  isInProfile: false,
  elsewhere: byHand("ELSEWHERE"),
  uid: UID,
};

const STANDING: Standing = {
  shown: "~/FOLDER",
  isCache: true,
  isBelowHome: true,
  hasHome: false,
  isDirectory: true,
  mode: 0o40700,
  uid: UID,
  aside: "~/FOLDER.old",
};

Deno.test("op must be of version 2 or later", () => {
  const upgrade = "install version 2: https://developer.1password.com/docs/cli/upgrade";
  for (
    const [printed, expected] of [
      ["2.31.0\n", "ok: version 2.31.0"],
      ["2.32.0-beta.01\r\n", "ok: version 2.32.0-beta.01"],
      ["3.0.0", "ok: version 3.0.0"],
      ["1.12.5\n", `problem: version 1.12.5 is too old ☞ ${upgrade}`],
      ["", `problem: op --version prints something else than a version ☞ ${upgrade}`],
      ["2.0 extra", `problem: op --version prints something else than a version ☞ ${upgrade}`],
      ["op v2", `problem: op --version prints something else than a version ☞ ${upgrade}`],
    ] as const
  ) {
    assertEquals(said(checkVersion({ value: printed })), expected);
  }
  const failure = new Failure("op missing", "there is none", ["install it", "then try"]);
  assertEquals(said(checkVersion({ failure })), "problem: there is none ☞ install it");
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
    addSetting: settingCures(undefined, true),
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
    'problem: op has no account "" ☞ set OP_ACCOUNT to team.1password.eu',
  );
});

Deno.test("without an account, the app's integration is off", () => {
  const facts = {
    authentication: "app",
    wanted: undefined,
    addSetting: settingCures(undefined, true),
    place: "OP_ACCOUNT",
  } as const;
  assertEquals(
    said(checkAccount({ ...facts, accounts: { value: [] } })),
    "problem: op has none ☞ in the 1Password app: Settings, Developer, Integrate with 1Password CLI",
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
  assertEquals(said(checkSignIn("app", { failure: offline })), "warning: not reached ☞ wait");
});

Deno.test("each contradiction in the environment is found, with the command that ends it", () => {
  const lines = new Map([["ANTHROPIC_API_KEY", "local.env, line 3"]]);
  const found = (
    { set = [], exported = [], inFile = [], ...more }: Partial<{
      set: readonly string[];
      exported: readonly string[];
      inFile: readonly string[];
      way: string;
      accountIsSet: boolean;
    }>,
  ): string[] => {
    const { way = "ANTHROPIC_AUTH_TOKEN", accountIsSet = false } = more;
    const places: VariablePlace[] = [
      shellPlace(exported, () => "1"),
      {
        kind: "local.env",
        shown: "local.env",
        variables: new Map(inFile.map((name) => [name, "1"])),
        lines,
      },
    ];
    const facts: EnvironmentFacts = {
      set: new Set(set),
      accountIsSet,
      way,
      rivals: rivalsOf(way, places),
    };
    return checkEnvironment(facts).map(said);
  };
  const nothing = ["ok: no variables get in each other's way"];
  assertEquals(found({}), nothing);
  assertEquals(
    found({ exported: ["ANTHROPIC_AUTH_TOKEN"], set: ["OP_CONNECT_HOST", "OP_CONNECT_TOKEN"] }),
    nothing,
  );
  assertEquals(found({ exported: ["ANTHROPIC_API_KEY"] }), [
    "warning: ANTHROPIC_API_KEY is set beside ANTHROPIC_AUTH_TOKEN → unset ANTHROPIC_API_KEY",
  ]);
  assertEquals(found({ inFile: ["ANTHROPIC_API_KEY"] }), [
    "warning: ANTHROPIC_API_KEY is set beside ANTHROPIC_AUTH_TOKEN ☞ " +
    "remove it from local.env, line 3",
  ]);
  assertEquals(found({ inFile: ["ANTHROPIC_AUTH_TOKEN"], way: "apiKeyHelper" }), [
    "warning: ANTHROPIC_AUTH_TOKEN switches apiKeyHelper off ☞ remove it from local.env",
  ]);
  assertEquals(
    found({ exported: ["ANTHROPIC_API_KEY", "ANTHROPIC_AUTH_TOKEN"], way: "ANTHROPIC_API_KEY" }),
    [
      "warning: ANTHROPIC_AUTH_TOKEN is set beside ANTHROPIC_API_KEY, which wins → " +
      "unset ANTHROPIC_AUTH_TOKEN",
    ],
  );
  for (const name of ["ANTHROPIC_AUTH_TOKEN", "ANTHROPIC_API_KEY"]) {
    assertEquals(found({ exported: [name], way: "apiKeyHelper" }), [
      `warning: ${name} switches apiKeyHelper off → unset ${name}`,
    ]);
    assertEquals(found({ exported: [name, "CLAUDE_FOO"], way: "CLAUDE_FOO" }), nothing);
  }
  for (const name of ["ANTHROPIC_AWS", "BEDROCK", "FOUNDRY", "MANTLE", "VERTEX"]) {
    const variable = `CLAUDE_CODE_USE_${name}`;
    assertEquals(found({ exported: [variable] }), [
      `warning: ${variable} wins over every key → unset ${variable}`,
    ]);
  }
  assertEquals(found({ accountIsSet: true }), nothing);
  assertEquals(found({ set: ["OP_SERVICE_ACCOUNT_TOKEN"] }), nothing);
  assertEquals(found({ set: ["OP_CONNECT_HOST"] }), [
    "warning: OP_CONNECT_HOST does nothing without OP_CONNECT_TOKEN → unset OP_CONNECT_HOST",
  ]);
  assertEquals(found({ set: ["OP_SERVICE_ACCOUNT_TOKEN"], accountIsSet: true }), [
    "warning: OP_ACCOUNT does nothing beside OP_SERVICE_ACCOUNT_TOKEN → " +
    "unset OP_SERVICE_ACCOUNT_TOKEN",
  ]);
  assertEquals(
    found({
      set: ["OP_CONNECT_HOST", "OP_CONNECT_TOKEN", "OP_SERVICE_ACCOUNT_TOKEN"],
      accountIsSet: true,
    }),
    [
      "warning: Connect wins over OP_SERVICE_ACCOUNT_TOKEN → unset OP_SERVICE_ACCOUNT_TOKEN",
      "warning: OP_ACCOUNT does nothing beside Connect → unset OP_CONNECT_HOST OP_CONNECT_TOKEN",
    ],
  );
});

Deno.test("a provider that a settings file switches off is off in the shell", () => {
  const name = "CLAUDE_CODE_USE_BEDROCK";
  const shell = shellPlace([name], () => "1");
  const file = (value: string): VariablePlace => ({
    kind: "settings file",
    shown: "FILE",
    variables: new Map([[name, value]]),
  });
  assertEquals(rivalsOf("apiKeyHelper", [file("0"), shell]), []);
  assertEquals(rivalsOf("apiKeyHelper", [file("true"), shell]).length, 2);
  assertEquals(rivalsOf("apiKeyHelper", [shellPlace([name], () => "false")]), []);
});

Deno.test("a settings file of Claude Code may be anything", () => {
  for (const text of ["", "{", "[]", "null", "1", '"x"']) {
    assertEquals(parseClaudeSettings(text, [], false), undefined);
  }
  for (
    const text of ["{}", '\uFEFF{"env": null}', '{"env": []}', '{"env": 1, "apiKeyHelper": 2}']
  ) {
    assertEquals(parseClaudeSettings(text, [], false), { variables: new Map() });
  }
});

Deno.test("settings files are held against the key and the gateway", () => {
  const judged = (
    text: string,
    { way = "ANTHROPIC_AUTH_TOKEN", level = "user", windows = false, ...more }: Partial<
      ClaudeSettingsFacts & {
        way: string;
        level: "managed" | "project" | "user";
        windows: boolean;
      }
    > = {},
  ): string[] => {
    const files = [{ shown: "FILE", level, settings: parseClaudeSettings(text, [], windows) }];
    const facts: ClaudeSettingsFacts = {
      files,
      unreadable: undefined,
      helper: { programIsThere: true, opIsThere: true },
      rivals: rivalsOf(way, settingsPlaces(files)),
      keyVariable: "ANTHROPIC_AUTH_TOKEN",
      gateway: "https://litellm.example.com",
      ...more,
    };
    return checkClaudeSettings(facts).map(said);
  };
  const nothing = ["ok: no settings file of Claude Code touches the key"];
  assertEquals(judged("{}"), nothing);
  assertEquals(judged('{"env": {"ANTHROPIC_BASE_URL": "https://litellm.example.com"}}'), nothing);
  assertEquals(
    judged('{"env": {"ANTHROPIC_BASE_URL": "https://x"}}', { gateway: undefined }),
    nothing,
  );
  assertEquals(judged('{"env": {"ANTHROPIC_BASE_URL": "https://x"}}'), [
    "warning: ANTHROPIC_BASE_URL in FILE wins over LITELLM_BASE_URL and differs ☞ " +
    'remove ANTHROPIC_BASE_URL from "env" in FILE',
  ]);
  assertEquals(judged('{"env": {"ANTHROPIC_BASE_URL": "https://user:secret@x"}}'), [
    "problem: ANTHROPIC_BASE_URL in FILE has a user or a password in it, which Claude Code does " +
    "not take ☞ write https://x there",
  ]);
  assertEquals(judged('{"env": {"ANTHROPIC_BASE_URL": "htps://x"}}', { level: "managed" }), [
    "problem: ANTHROPIC_BASE_URL in FILE is no http or https address ☞ " +
    "ask who manages this machine: write https://litellm.example.com there",
  ]);
  assertEquals(judged('{"env": {"ANTHROPIC_API_KEY": "sk-hidden"}}'), [
    "warning: ANTHROPIC_API_KEY in FILE is sent beside the key ☞ " +
    'remove ANTHROPIC_API_KEY from "env" in FILE',
  ]);
  assertEquals(judged('{"env": {"ANTHROPIC_API_KEY": "sk-hidden"}}', { way: "apiKeyHelper" }), [
    "problem: ANTHROPIC_API_KEY in FILE wins over the key ☞ " +
    'remove ANTHROPIC_API_KEY from "env" in FILE',
  ]);
  assertEquals(judged('{"env": {"CLAUDE_CODE_USE_VERTEX": 1}}', { level: "managed" }), [
    "warning: CLAUDE_CODE_USE_VERTEX in FILE wins over every key ☞ " +
    'ask who manages this machine: remove CLAUDE_CODE_USE_VERTEX from "env" in FILE',
  ]);
  assertEquals(judged('{"env": {"MY_TOKEN": "sk-hidden"}}', { way: "MY_TOKEN" }), [
    'problem: MY_TOKEN in FILE wins over the key ☞ remove MY_TOKEN from "env" in FILE',
  ]);
  assertEquals(judged('{"apiKeyHelper": "~/bin/claude-key get"}'), [
    "ok: apiKeyHelper in FILE is claude-key",
  ]);
  const another = '{"apiKeyHelper": "cat ~/.claude-key"}';
  const counts = "warning: apiKeyHelper in FILE is not claude-key, and counts unless " +
    "ANTHROPIC_AUTH_TOKEN is exported";
  assertEquals(judged(another), [`${counts} → claude-key setup --api-key-helper --yes`]);
  assertEquals(judged(another, { level: "project" }), [
    `${counts} ☞ remove apiKeyHelper from FILE`,
  ]);
  assertEquals(judged(another, { level: "managed" }), [
    `${counts} ☞ ask who manages this machine: remove apiKeyHelper from FILE`,
  ]);
  assertEquals(judged(another, { keyVariable: undefined }), nothing);
  const lost = { programIsThere: false, opIsThere: false };
  const fix = "→ claude-key setup --api-key-helper --yes";
  for (
    const [program, windows] of [["/opt/claude-key", false], ["C:\\opt\\claude-key", true]] as const
  ) {
    const text = JSON.stringify({ apiKeyHelper: `${program} get` });
    assertEquals(judged(text, { helper: lost, windows }), [
      `problem: apiKeyHelper in FILE runs ${program}, which is not there ${fix}`,
    ]);
  }
  assertEquals(judged('{"apiKeyHelper": "claude-key get"}', { helper: lost }), [
    "warning: apiKeyHelper in FILE runs claude-key without its folder, and is not found where " +
    `Claude Code is started from a desktop ${fix}`,
  ]);
  assertEquals(
    judged('{"apiKeyHelper": "/opt/claude-key get"}', {
      helper: { ...lost, programIsThere: true },
    }),
    [
      "warning: apiKeyHelper in FILE does not say in which folder op is, and is not found where " +
      `Claude Code is started from a desktop ${fix}`,
    ],
  );
  assertEquals(judged('{"apiKeyHelper": "/opt/claude-key get --refresh"}'), [
    `warning: apiKeyHelper in FILE has --refresh, and asks 1Password each time ${fix}`,
  ]);
  assertEquals(judged("oops"), ["warning: FILE is not a JSON object ☞ correct it: FILE"]);
  assertEquals(judged("{}", { unreadable: "PLIST" }), ["skipped: PLIST cannot be read here"]);
});

Deno.test("the gateway is said to be where Claude Code will look for it", () => {
  const facts: GatewayFacts = {
    exported: { value: new Map() },
    addresses: [],
    isAsked: false,
    inSettings: undefined,
    addSetting: settingCures("F", true),
  };
  const at = (value: string, isInShell = false): GatewayFacts["addresses"] => [
    { name: "LITELLM_BASE_URL", value, isInShell },
  ];
  assertEquals(said(checkGateway({ ...facts, addresses: at("https://z") })), "ok: https://z");
  assertEquals(said(checkGateway({ ...facts, inSettings: "FILE" })), "ok: the one in FILE");
  assertEquals(
    said(checkGateway(facts)),
    "warning: LITELLM_BASE_URL is not set, so that Claude Code talks to Anthropic instead → " +
      `echo 'LITELLM_BASE_URL="https://litellm.example.com"' >> F`,
  );
  assertEquals(
    said(checkGateway({ ...facts, addresses: at("https://z/v1;") })),
    "problem: LITELLM_BASE_URL has something around it → " +
      `echo 'LITELLM_BASE_URL="https://z"' >> F`,
  );
  assertEquals(
    said(checkGateway({ ...facts, addresses: at("https://ada:secret@z", true) })),
    "problem: LITELLM_BASE_URL has a user or a password in it, which Claude Code does not take → " +
      "export LITELLM_BASE_URL=https://z",
  );
  assertEquals(
    said(checkGateway({ ...facts, addresses: at("htps://ada:secret@z") })),
    "problem: LITELLM_BASE_URL is no http or https address ☞ " +
      "write LITELLM_BASE_URL whole, as in https://litellm.example.com",
  );
  const untold = (address: string): string =>
    "warning: Claude Code has the key by apiKeyHelper and is not told of the gateway ☞ " +
    `add "env": {"ANTHROPIC_BASE_URL": "${address}"} to its settings`;
  for (
    const [name, value, isInShell, expected] of [
      ["LITELLM_BASE_URL", "https://z-1.example.com:8443/x", false, undefined],
      ["LITELLM_BASE_URL", "https://z", true, undefined],
      ["ANTHROPIC_BASE_URL", "https://z", false, undefined],
      ["ANTHROPIC_BASE_URL", "https://z", true, "ok: https://z"],
      ["LITELLM_BASE_URL", "https://z/$(x)", false, untold("https://litellm.example.com")],
    ] as const
  ) {
    const addresses = [{ name, value, isInShell }];
    assertEquals(
      said(checkGateway({ ...facts, addresses, isAsked: true })),
      expected ?? untold(value),
    );
  }
  assertEquals(
    said(checkGateway({ ...facts, isAsked: true, inSettings: "FILE" })),
    "ok: the one in FILE",
  );
});

Deno.test("a cache folder is private, one's own, and a folder", () => {
  const good = { isDirectory: true, mode: 0o40700, uid: UID, isShared: false };
  for (
    const [facts, uid, verdict, isInProfile = false] of [
      [good, UID, "ok"],
      ...[0o40, 0o10, 0o4, 0o1].map((bit) =>
        [{ ...good, mode: 0o40700 + bit }, UID, "warning"] as const
      ),
      ...[0o20, 0o2].map((bit) => [{ ...good, mode: 0o40700 + bit }, UID, "problem"] as const),
      [{ ...good, uid: 0 }, UID, "problem"],
      [{ ...good, isDirectory: false }, UID, "problem"],
      [{ ...good, mode: 0o40666, uid: null }, null, "ok", true],
      [{ ...good, mode: 0o40666, uid: null }, null, "warning", false],
    ] as const
  ) {
    assertEquals(checkFolder(facts, { ...TERMS, uid, isInProfile }).verdict, verdict);
  }
});

Deno.test("a fix can be typed whatever a path or an answer holds", () => {
  const folder = { isDirectory: true, mode: 0o40755, uid: UID, isShared: false };
  assertEquals(
    checkFolder(folder, { ...TERMS, shown: "~/it's; rm" }).cure?.words,
    String.raw`chmod 700 ~/'it'\''s; rm'`,
  );
  const accounts = { value: accountsOf([{ url: "a'; rm" }, { url: "b" }]) };
  const facts = { authentication: "app", wanted: undefined, accounts, place: "" } as const;
  assertEquals(
    checkAccount({ ...facts, addSetting: settingCures("/my file", true) }).cure?.words,
    String.raw`echo 'OP_ACCOUNT="a'\''; rm"' >> '/my file'`,
  );
  assertEquals(
    checkAccount({ ...facts, addSetting: settingCures(undefined, true) }).cure?.words,
    String.raw`export OP_ACCOUNT='a'\''; rm'`,
  );
  for (const [file, folder] of [["~/my dir/local.env", "~/'my dir'"], ["C:\\a\\b", "'C:\\a'"]]) {
    assertEquals(
      settingCures(file, false)("OP_ACCOUNT", "team").words.split(";")[0],
      `mkdir -p ${folder}`,
    );
  }
});

Deno.test("a file system that cannot keep a file private makes every run prompt", () => {
  const file = { isFile: true, mtime: new Date(NOW), uid: UID, mode: 0o100600 };
  const written = (more: object): string =>
    said(checkWriting({ file: { ...file, ...more }, before: NOW, after: NOW }, TERMS));
  const fix = " ☞ ELSEWHERE";
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
    said(checkWriting({ words: "No space left on device (os error 28)", reason: "room" }, TERMS)),
    "problem: nothing can be written in FOLDER: No space left on device (os error 28) ☞ " +
      "make room: df -h FOLDER",
  );
});

Deno.test("a cure of the cache folder does what mends it, and no harm", () => {
  const open = { isDirectory: true, mode: 0o40755, uid: UID, isShared: false };
  const cure = (folder: object, terms: Partial<CacheTerms>): string | undefined =>
    checkFolder({ ...open, ...folder }, { ...TERMS, ...terms }).cure?.words;
  assertEquals(cure({}, {}), "chmod 700 FOLDER");
  assertEquals(cure({ isShared: true }, {}), "ELSEWHERE");
  assertEquals(cure({ isShared: true }, { isDefault: true }), "chmod 700 FOLDER");
  assertEquals(cure({ mode: 0o41777 }, {}), "ELSEWHERE");
  const emptied = "chmod 700 FOLDER && claude-key clear --all";
  for (const mode of [0o40720, 0o40702]) assertEquals(cure({ mode }, {}), emptied);
  assertEquals(cure({ mode: 0o41777 }, { isDefault: true }), emptied);
  assertEquals(cure({}, { standing: { ...STANDING, hasHome: true } }), "ELSEWHERE");
  assertEquals(cure({ isDirectory: false }, { standing: STANDING }), "ELSEWHERE");
  const file = { ...STANDING, isDirectory: false };
  assertEquals(cure({ isDirectory: false }, { standing: file }), "mv ~/FOLDER ~/FOLDER.old");
  assertEquals(
    cure({ isDirectory: false }, { standing: { ...file, isBelowHome: false } }),
    "ELSEWHERE",
  );
  const roots = { ...STANDING, uid: 0 };
  assertEquals(cure({ uid: 0 }, { standing: roots }), `sudo chown -R ${UID} ~/FOLDER`);
  assertEquals(cure({ uid: 0 }, { standing: { ...roots, isBelowHome: false } }), "ELSEWHERE");
  assertEquals(cure({ uid: 1 }, { standing: { ...STANDING, uid: 1 } }), "ELSEWHERE");
  assertEquals(
    cure({ uid: 1 }, { standing: { ...STANDING, uid: 1 }, uid: 0 }),
    "run claude-key as the user whose folder it is, without sudo",
  );
  const refused = (
    reason: "permission" | "something else",
    standing: Standing,
    uid: number | null = UID,
  ): string => checkWriting({ words: "no", reason }, { ...TERMS, standing, uid }).cure?.words ?? "";
  const shut = { ...STANDING, mode: 0o40500 };
  assertEquals(refused("permission", shut), "chmod u+rwx ~/FOLDER");
  assertEquals(refused("something else", shut), "ELSEWHERE");
  assertEquals(refused("permission", STANDING), "ELSEWHERE");
  assertEquals(refused("permission", { ...shut, isDirectory: false }), "ELSEWHERE");
  assertEquals(refused("permission", { ...shut, uid: null }, null), "ELSEWHERE");
  assertEquals(
    refused("permission", { ...roots, isCache: false, shown: "~/.cache" }),
    `sudo chown ${UID} ~/.cache`,
  );
});

Deno.test("what lies about among keys is removed, and a folder is looked into first", () => {
  const show = (name: string): string => `~/${name}`;
  assertEquals(checkOldKeys(["shop.key", "my shop.key"], show).map(said), [
    "warning: ~/shop.key is a key in plain text, of the scripts before claude-key → rm ~/shop.key",
    "warning: ~/my shop.key is a key in plain text, of the scripts before claude-key → " +
    "rm ~/'my shop.key'",
  ]);
  const look = "☞ see what is in it, and move it away: ls -la";
  assertEquals(checkPlaces(["a.key"], show).map(said), [
    `problem: ~/a.key is a folder where a key belongs ${look} ~/a.key`,
  ]);
  const lock = { name: "a.lock", problem: "is not a file" };
  assertEquals(
    [true, false].flatMap((isDirectory) => checkLocks([{ ...lock, isDirectory }], show)).map(said),
    [
      `warning: ~/a.lock is not a file, so that nobody waits for it ${look} ~/a.lock`,
      "warning: ~/a.lock is not a file, so that nobody waits for it → rm ~/a.lock",
    ],
  );
});

Deno.test("a refusal of the system is about rights, about room, or about what is in the way", () => {
  const { AlreadyExists, NotADirectory, PermissionDenied } = Deno.errors;
  for (
    const [error, reason] of [
      [new PermissionDenied("Permission denied (os error 13): open '/x'"), "permission"],
      [new Error("No space left on device (os error 28): open '/x'"), "room"],
      [new Error("There is not enough space on the disk. (os error 112): open 'C:\\x'"), "room"],
      [new Error("The disk is full. (os error 39): open 'C:\\x'"), "room"],
      [new Error("Disk quota exceeded (os error 122): open '/x'"), "room"],
      [new Error("Read-only file system (os error 30): open '/x/quota'"), "something else"],
      [new NotADirectory("Not a directory (os error 20): mkdir '/x'"), "not a folder"],
      [new AlreadyExists("File exists (os error 17): mkdir '/x'"), "not a folder"],
    ] as const
  ) {
    assertEquals(refusalOf(error).reason, reason, error.message);
  }
});

Deno.test("the clock may be a minute off the times of files", () => {
  const file = { isFile: true, uid: UID, mode: 0o100600 };
  const clock = (offset: number, newest?: number): string => {
    const mtime = new Date(NOW + offset * 1000);
    const probe = { file: { ...file, mtime }, before: NOW, after: NOW + 5 };
    return said(checkClock(probe, TERMS.elsewhere, newest));
  };
  const fix = " ☞ ELSEWHERE";
  assertEquals(clock(0), "ok: it agrees with the times of files");
  assertEquals(clock(-60), "ok: it agrees with the times of files");
  assertEquals(clock(60.005, NOW + 60_005), "ok: it agrees with the times of files");
  assertEquals(clock(-61), `problem: new files are 1 min 1 s behind${fix}`);
  assertEquals(clock(61.005), `problem: new files are 1 min 1 s ahead${fix}`);
  assertEquals(clock(-7200), `problem: new files are 2 h behind${fix}`);
  assertEquals(clock(7200.005), `problem: new files are 2 h ahead${fix}`);
  assertEquals(clock(NaN), `problem: new files have no time${fix}`);
  assertEquals(
    clock(0, NOW + 5 + 7_200_000),
    "warning: a cached file is dated 2 h ahead → claude-key clear --all",
  );
});

Deno.test("a process that is not confined is a problem, and one says no more than it can do", () => {
  for (
    const [reach, line] of [
      [{ shown: "FOLDER", reach: "read and write" }, "read and write: FOLDER"],
      [{ shown: "FOLDER", reach: "read" }, "read: FOLDER"],
      [{ shown: "FOLDER", reach: "nothing" }, "read and write: no folder"],
      [undefined, "read and write: no folder"],
    ] as const
  ) {
    const finding = checkConfinement([], reach);
    assertEquals([said(finding), finding.details], ["ok: in force", [
      line,
      "run: op",
      "no network, no environment, no other file or program, no foreign code",
    ]]);
  }
  const cure = "☞ run the released binary, or from source: deno task start doctor";
  assertEquals(
    said(checkConfinement(["use the network"], undefined)),
    `problem: this process can use the network ${cure}`,
  );
  assertEquals(
    said(checkConfinement(["use the network", "load libraries"], undefined)),
    `problem: this process can use the network, load libraries ${cure}`,
  );
});

Deno.test("of what a failure hints at, only what mends files is to be typed as it stands", () => {
  const cure = (hint: string): string =>
    said(problemOf("op", new Failure("other", "no", [hint, "another hint"]))).slice(12);
  for (
    const command of [
      "chmod go-w '/my file'",
      "sudo chmod a+r /x",
      "chown me /x",
      "mv /x '/a\nb'",
      "rm /x",
      'icacls "C:\\x" /grant me:R',
      "Move-Item a b",
      "Remove-Item -LiteralPath a",
    ]
  ) {
    assertEquals(cure(command), `→ ${command}`);
    assertEquals(cure(`close it: ${command}`), `→ ${command}`);
  }
  for (const hint of ["sign in: op signin", "chmod", "ls -la /x", "run as root: a: rm /x"]) {
    assertEquals(cure(hint), `☞ ${hint}`);
  }
});

Deno.test("a finding has what is wrong in colour, and what mends it in bold", () => {
  const paint = (text: string, colour: string): string => `<${colour}>${text}</>`;
  const finding: Finding = { check: "op", verdict: "warning", message: "a\x1b" };
  assertEquals(findingText(finding, paint), "<yellow>warning</>  op: a\\x1b\n");
  assertEquals(
    findingText({ ...finding, details: ["b\x1b", "c"], cure: typed("d\x1b") }, paint),
    "<yellow>warning</>  op: a\\x1b\n         b\\x1b\n         c\n         <bold>fix: d\\x1b</>\n",
  );
  for (
    const [verdict, painted] of [["ok", "<green>ok     "], ["problem", "<red>problem"]] as const
  ) {
    assertEquals(
      findingText({ ...finding, verdict, cure: byHand("e") }, paint),
      `${painted}</>  op: a\\x1b\n         <bold>by hand: e</>\n`,
    );
  }
  assertEquals(
    findingText({ ...finding, verdict: "skipped" }, paint).slice(0, 15),
    "<yellow>skipped",
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
  assertEquals(summary(findings("warning", "warning")), "2 warnings\n");
  assertEquals(summary(findings("ok", "skipped")), "nothing is wrong\n");
  assertEquals(
    summary([{ ...finding, check: "reading", verdict: "skipped" }]),
    "nothing is wrong, but the key was not read\n",
  );
});
