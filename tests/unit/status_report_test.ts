import { assertEquals } from "@std/assert";
import { statusJson, type StatusReport, statusText } from "../../lib/status/report.ts";
import type { SurveyedEntry } from "../../lib/status/survey.ts";

const SINCE = Date.UTC(2026, 0, 31, 12, 5, 59);
const REFERENCE = "op://Work/litellm/API Key";

const ENTRIES: readonly SurveyedEntry[] = [
  {
    reference: REFERENCE,
    file: "a.key",
    state: "usable",
    since: SINCE,
    left: 90.9,
    size: 12,
    mode: 0o600,
  },
  { file: "b.absent", state: "no such field", since: SINCE, left: 0.5, size: 0, mode: 0o600 },
  { file: "c.key", state: "readable by others", since: SINCE, left: 0, size: 7, mode: 0o644 },
  { reference: REFERENCE, file: "d.key", state: "no cached key", left: 0 },
];

function reportOf(entries: readonly SurveyedEntry[]): StatusReport {
  const settingRows = [["OP_ITEM", "op://Work/litellm", "default"]];
  return { usable: true, cacheFolder: "/c", settings: [], settingRows, idleLines: [], entries };
}

/** What `status` says where the clock on the wall shows this much more than UTC, in minutes. */
function textAt(east: number, entries: readonly SurveyedEntry[]): string {
  const { getTimezoneOffset } = Date.prototype;
  try {
    // JavaScript counts to the west.
    Date.prototype.getTimezoneOffset = () => -east;
    return statusText(reportOf(entries), (text, colour) => `<${colour}>${text}</>`);
  } finally {
    Date.prototype.getTimezoneOffset = getTimezoneOffset;
  }
}

Deno.test("status shows each entry in a row, and in colour whether it serves", () => {
  assertEquals(
    textAt(0, ENTRIES),
    `\
OP_ITEM  op://Work/litellm  default

<bold>key                      </>  <bold>cached since    </>  <bold>time left </>  <bold>size    </>  <bold>mode</>  <bold>state</>
${REFERENCE}  2026-01-31 12:05  1 min 30 s  12 bytes  0600  <green>usable</>
b.absent                   2026-01-31 12:05  0 s         0 bytes   0600  <green>no such field</>
c.key                      2026-01-31 12:05  -           7 bytes   0644  <yellow>readable by others</>
${REFERENCE}  -                 -           -         -     <yellow>no cached key</>
`,
  );
  assertEquals(
    textAt(0, []),
    "OP_ITEM  op://Work/litellm  default\n\nno key is cached\n",
  );
});

Deno.test("status says since when by the clock on the wall", () => {
  for (
    const [east, since] of [
      [330, "2026-01-31 17:35"],
      [-480, "2026-01-31 04:05"],
      [720, "2026-02-01 00:05"],
    ] as const
  ) {
    assertEquals(/\d{4}-\S+ \S+/.exec(textAt(east, ENTRIES))?.[0], since);
  }
});

Deno.test("what status does not know is null for programs", () => {
  const { entries } = JSON.parse(statusJson(reportOf(ENTRIES)));
  const cachedSince = new Date(SINCE).toISOString();
  assertEquals([entries[0], entries[2], entries[3]], [
    {
      reference: REFERENCE,
      file: "a.key",
      state: "usable",
      cachedSince,
      secondsLeft: 90,
      size: 12,
      mode: "0600",
    },
    {
      reference: null,
      file: "c.key",
      state: "readable by others",
      cachedSince,
      secondsLeft: 0,
      size: 7,
      mode: "0644",
    },
    {
      reference: REFERENCE,
      file: "d.key",
      state: "no cached key",
      cachedSince: null,
      secondsLeft: 0,
      size: null,
      mode: null,
    },
  ]);
});
