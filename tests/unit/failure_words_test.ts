import { assertEquals } from "@std/assert";
import { bareWords, understandFailure } from "../../lib/op/failure_words.ts";

const QUESTION = {
  reference: { vault: "Work", item: "litellm", field: "API Key" },
  command: ["read", "op://Work/litellm/API Key"],
};

/** What is made of the words of `op`. */
function meaningOf(words: string): string {
  const { kind, message } = understandFailure(words, QUESTION);
  return `${kind}: ${message}`;
}

/** What `op` says, by what is made of it. */
const WORDS: Readonly<Record<string, readonly string[]>> = {
  'configuration: op cannot read the reference "op://Work/litellm/API Key"': [
    "invalid secret reference 'op://Work'",
    "Invalid character in secret reference",
    "too many '/'",
  ],
  "locked: the approval in 1Password was refused": [
    "authorization prompt dismissed, please try again",
    "Authorization Prompt Dismissed",
  ],
  "timed out: nobody answered the approval in 1Password": [
    "authorization timeout",
    "Authorization Timeout",
  ],
  'no field: 1Password has no field "API Key" in op://Work/litellm': [
    "item 'Work/litellm' does not have a field 'API Key'",
    "item 'Work/litellm' doesn't have an field 'API Key'",
    "Item 'Work/litellm' Does Not Have A Section 'Keys'",
    '"API Key" isn\'t a field in the "litellm" item',
  ],
  'not found: 1Password has no item "litellm" in the vault "Work"': [
    '"litellm" isn\'t an item in the "Work" vault. Specify the item with its UUID, name, or domain.',
    '"litellm" isn\'t a item',
    "could not find item litellm in vault Work",
    "Couldn't find the item 'litellm'",
    "cannot find an item",
    "can't find any item",
    'no item found for query "litellm"',
    "no such item found",
    "no items were found",
    "no item was found",
    "no item matches the name litellm",
    "no items match",
    "no item matched",
    "no item matching the query",
    "no item named litellm",
    "no item called litellm",
    "no such item",
    "found no items",
    'item "litellm" not found in vault "Work"',
    "item not found",
    "item litellm was not found",
    "item is not found",
    "item could not be found",
    "item can not be found",
    "item litellm couldn't be found",
    "item can't be found",
    "item litellm wasn't found",
  ],
  'not found: more than one item in the vault "Work" is called "litellm"': [
    'More than one item matches "litellm". Try again:',
  ],
  'not found: more than one vault is called "Work"': [
    'More than one vault matches "Work". Try again:',
  ],
  'not found: 1Password has no vault "Work" in this account': [
    '"Work" isn\'t a vault in this account. Specify the vault.',
    "Vault Work could not be found",
    "no vault matches the name Work",
  ],
  "not found: op has no such account": [
    'found no account for filter "acme"',
    'Found no accounts for filter "acme"',
    'no account found for filter "acme"',
    "could not find account acme",
  ],
  "not found: op has several accounts and was not told which one": [
    "Multiple accounts found. Use the --account flag or set the OP_ACCOUNT variable",
    'found multiple accounts for filter "acme"',
  ],
  "locked: op cannot read the service account token": [
    "failed to DecodeSACredentials, unrecognized auth type",
    "Failed to decodeSACredentials",
  ],
  "locked: 1Password refuses the service account or Connect token": [
    "(403) Forbidden, You do not have access",
    "(403) forbidden",
  ],
  "locked: 1Password does not accept the session or the token": [
    "(401) Unauthorized: Authentication required",
    // What it goes on with is no outage.
    "(401) Unauthorized: (503) Service Unavailable",
  ],
  "locked: op wants to ask for a password, and has no terminal to ask at": [
    "interactive IO not available",
    "Inappropriate ioctl for device",
    "open /dev/tty: no such device or address",
    "cannot read password: the input is not a terminal",
    "password needed, but this is not a tty",
  ],
  "locked: op asked for a password and was not given the right one": [
    "Enter the password for ada@example.com at acme.1password.com: EOF",
    "Enter the password for ada@example.com at acme.1password.com:\n[ERROR] unexpected EOF",
    "Enter the password for ada@example.com: that is not the right one",
  ],
  "locked: op is not signed in to 1Password": [
    "You are not currently signed in. Please run `op signin`",
    "ACCOUNT IS NOT SIGNED IN",
    "could not find session token for account Acme",
    'no active session found for account "Acme"',
  ],
  "locked: op has no account": [
    "No accounts configured for use with 1Password CLI.\nTurn on the integration.",
    "no accounts configured for use with 1password cli",
  ],
  "locked: op cannot use the 1Password app": [
    "error initializing client: ",
    "Error initializing client:",
  ],
  "app unreachable: the 1Password app hung up on op": [
    "error initializing client: connecting to desktop app: read: connection reset",
    "Connecting to desktop app: read: connection reset by peer",
  ],
  "app unreachable: the 1Password app does not answer": [
    "cannot connect to 1Password app, make sure it is running",
    "error initializing client:\nconnecting to desktop app timed out",
    "Connecting to desktop app timed out",
    "couldn't reach the 1Password Desktop app",
  ],
  "offline: 1Password cannot serve now: (429) Too Many Requests": [
    "(429) Too Many Requests",
    "(429) Too Many Requests: Please retry in 58 minutes.",
    "could not do it: (429) Too Many Requests\nand so on",
    "first this\n(429) Too Many Requests ",
  ],
  "offline: 1Password cannot serve now: (500) Internal Server Error": [
    "(500) Internal Server Error",
    "error initializing client: (500) Internal Server Error: retry",
  ],
  "offline: 1Password cannot serve now: (520) Web Server Returned an Unknown Error": [
    "(520) Web Server Returned an Unknown Error: retry",
  ],
  "offline: 1Password cannot be reached": [
    ...["Delete", "Get", "Head", "Patch", "Post", "Put"].map((method) =>
      `${method} "https://acme.1password.com/api/v1/account": context canceled`
    ),
    "dial tcp 127.0.0.1:443: in vain",
    "read udp 10.0.0.2:40000->10.0.0.1:53: in vain",
    "write tcp4 10.0.0.2:51000->10.0.0.3:443: in vain",
    "EOF",
    "unexpected EOF",
    "the request ended: EOF",
    "the request ended: unexpected EOF\nand so did this",
    "tls: failed to verify certificate: x509: certificate signed by unknown authority",
    "x509: certificate has expired or is not yet valid",
    "remote error: tls: internal error",
    "local error: tls: bad record MAC",
    "http2: client connection lost",
    "http2: server sent GOAWAY and closed the connection",
    "socks connect: in vain",
    "wsarecv: An existing connection was forcibly closed by the remote host.",
    "wsasend: An established connection was aborted.",
    "connectex: A connection attempt failed.",
    "getaddrinfow: The requested name is valid.",
    "proxyconnect tcp: in vain",
    "net/http: TLS handshake timeout",
    "stream error: stream ID 1; INTERNAL_ERROR; received from peer",
    "http: server closed idle connection",
    "request canceled while waiting for connection (Client.Timeout exceeded)",
    "error initializing client: RequestDelegatedSession: cannot setup session",
    "context deadline exceeded",
    "i/o timeout",
    "broken pipe",
    // The end of the input, which is how an unanswered question ends, is none of an address.
    "Enter the password for ada@geof.com at acme.1password.com:\ndial tcp: in vain",
    "Enter the password for ada@eoffice.com at acme.1password.com:\ndial tcp: in vain",
    "lookup acme.1password.com: no such host",
    "lookup acme.1password.com on 127.0.0.53:53: server misbehaving",
    "lookup acme.1password.com: Temporary failure in name resolution",
    "connect: connection refused",
    "connection reset by peer",
    "connect: connection timed out",
    "connect: no route to host",
    "connect: network is down",
    "connect: network is unreachable",
    "connect: host is down",
    "connect: host is unreachable",
    "Bad Gateway",
    "the proxy says: Bad Gateway",
    "Gateway Timeout\nand so on",
    "Proxy Authentication Required",
    "Service Unavailable",
  ],
};

for (const [meaning, all] of Object.entries(WORDS)) {
  Deno.test(`what op says of this is understood: ${meaning}`, () => {
    for (const words of all) assertEquals([words, meaningOf(words)], [words, meaning]);
  });
}

Deno.test("what only looks like something known is repeated as it is", () => {
  for (
    const words of [
      "the item does not have a fieldset",
      "the itemisation was not found",
      "(404) Not Found: there is no 503 here",
      "see page (503) of the book",
      "(499) Client Closed",
      'the gadget "litellm": gone',
      'the inpost "litellm": gone',
      'get "litellm": ',
      "they unread tcp dumps",
      "the EOF came early",
      "geof",
      "mtls: off",
      "x509:",
      "stream error: ",
      "a Bad Gateway it was",
      "too bad: Bad Gateway or not",
    ]
  ) {
    assertEquals([words, meaningOf(words)], [words, `other: op says: ${words.trim()}`]);
  }
});

Deno.test("nothing is an outage because something is called so", () => {
  for (const words of ['"no such host" was deleted', 'item "EOF": "Bad Gateway"']) {
    assertEquals(meaningOf(words), `other: op says: ${words}`);
  }
  const named = (words: string): string => {
    const reference = { vault: "EOF", item: "dial tcp", section: "EOF", field: "no such host" };
    const question = { ...QUESTION, reference, account: "broken pipe" };
    return understandFailure(words, question).kind;
  };
  for (
    const words of [
      "the vault was deleted: EOF",
      "gone: dial tcp, no such host",
      "broken pipe is gone, broken pipe is",
    ]
  ) {
    assertEquals([words, named(words)], [words, "other"]);
  }
  // What is said of it counts.
  for (
    const words of [
      "the vault was deleted: EOF; broken pipe: i/o timeout",
      'Get "https://acme.1password.com": EOF',
      '"EOF": i/o timeout: "EOF"',
      'an odd " sign\ni/o timeout\nand " another',
    ]
  ) {
    assertEquals([words, named(words)], [words, "offline"]);
  }
});

Deno.test("of many lines the one is repeated that tells most", () => {
  for (
    const [words, telling] of [
      [
        "mise ERROR No version is set for shim: op\n" +
        "Set a global default version with one of the following:\n" +
        "mise use -g 1password-cli@2.30.0\n" +
        "mise ERROR Run with --verbose or MISE_VERBOSE=1 for more information",
        "mise ERROR No version is set for shim: op",
      ],
      [
        '[ERROR] unknown command "read" for "op"\n\nUsage:\n  op [command]\n\nFlags:\n  -h, --help',
        'unknown command "read" for "op"',
      ],
      [
        "checking\nsomething cannot be done\nRun 'op --help' for usage.",
        "something cannot be done",
      ],
      ["first this\n\nthen that\n", "first this"],
    ] as const
  ) {
    assertEquals(meaningOf(words), `other: op says: ${telling}`);
  }
  const advices = [
    "[WARNING] a new version is out",
    "Run it again",
    "use another one",
    "Usage: op [command]",
    "try again",
    "See the manual",
    "set a version",
    "Consider adding one",
    "For more information",
    "op --help",
    "op --verbose says more, if it is not enough",
    "mise ERROR Run with --verbose",
    "mise error RUN WITH --trace",
  ];
  for (const advice of advices) {
    assertEquals(meaningOf(`${advice}\nthe moon is full`), "other: op says: the moon is full");
    // Better than nothing.
    assertEquals(meaningOf(`${advice}\n`), `other: op says: ${bareWords(advice)[0]}`);
  }
  for (
    const telling of [
      "Errors were made",
      "it failed",
      "it cannot be",
      "it can't be",
      "it could not be",
      "it couldn't be",
      "it is unable",
      "not so",
      "there is no moon",
      "unknown moon",
      "invalid moon",
      "access denied",
      "moonlight refused",
      "panic: moon",
    ]
  ) {
    const words = `the moon is full\n${telling}\nit failed, too`;
    assertEquals([telling, meaningOf(words)], [telling, `other: op says: ${telling}`]);
  }
  for (const line of ["another knot", "nothing", "a piano", "as you know, notable"]) {
    assertEquals(meaningOf(`the moon is full\n${line}`), "other: op says: the moon is full");
  }
  for (const line of ["[ERROR] the moon is full", "  [ERROR] the moon is full"]) {
    assertEquals(
      meaningOf(`it failed\n${line}\nand [ERROR] it failed`),
      "other: op says: the moon is full",
    );
  }
  assertEquals(meaningOf("it failed\nit is [ERROR] 12"), "other: op says: it failed");
});

Deno.test("no more is repeated than fits on a few lines", () => {
  assertEquals(meaningOf("x".repeat(300)), `other: op says: ${"x".repeat(300)}`);
  assertEquals(meaningOf("x".repeat(301)), `other: op says: ${"x".repeat(300)}…`);
  for (const words of ["", "\r\n \n", "[ERROR] "]) {
    assertEquals(meaningOf(words), "other: op failed and said nothing");
  }
});

Deno.test("what op puts in front of its reasons is none", () => {
  for (
    const [line, words] of [
      ["[ERROR] 2026/01/31 12:00:00 account is not signed in", "account is not signed in"],
      ["[ERROR] account is not signed in", "account is not signed in"],
      ["could not read secret 'op://Work/no such host/API Key': locked", "locked"],
      ["[ERROR] could not read secret op://Work/a b/API Key: locked", "locked"],
      ["Could not read secret op://Work/litellm/API Key: locked", "locked"],
      ["could not read secret of mine: locked", "could not read secret of mine: locked"],
      ["why 'could not read secret 'op://a/b/c': '", "why 'could not read secret 'op://a/b/c': '"],
      [" it fails [ERROR] ", "it fails [ERROR]"],
    ] as const
  ) {
    assertEquals(bareWords(line), [words]);
  }
  assertEquals(bareWords("one\r\n\n  \n[ERROR] \ntwo\n"), ["one", "two"]);
});
