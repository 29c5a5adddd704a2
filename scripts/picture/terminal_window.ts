/**
 * Draws a terminal window as an SVG that needs nothing from elsewhere: no font, no script, no
 * style sheet. It is dark and has an edge, so that it can be read on light and on dark pages.
 *
 * @module
 */

import type { Line, LineKind } from "./transcript.ts";

const FONT = "14px ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace";
/** The widest letter of these fonts, in pixels. */
const LETTER_WIDTH = 8.6;
const LINE_HEIGHT = 20;
const GAP_HEIGHT = 11;
const BAR_HEIGHT = 40;
const MARGIN = 24;

/** What each line looks like, with a contrast of 7 to 1 or more. */
const STYLES: Readonly<Record<LineKind | "prompt", string>> = {
  told: "fill: #9ea7b3",
  typed: "fill: #f0f6fc; font-weight: 600",
  prompt: "fill: #79c0ff; font-weight: 400",
  printed: "fill: #d1d7de",
  cached: "fill: #7ee787",
  fetched: "fill: #f2cc60",
};

/**
 * Draws a session.
 *
 * @param title What stands in the bar of the window.
 * @param lines The session.
 * @returns The SVG, ending in a newline. Its description is the session as text.
 */
export function terminalWindow(title: string, lines: readonly Line[]): string {
  const texts: string[] = [];
  let y = BAR_HEIGHT + MARGIN / 2;
  for (const line of lines) {
    y += line.text === "" ? GAP_HEIGHT : LINE_HEIGHT;
    if (line.text !== "") texts.push(drawn(line, y));
  }
  const height = y + MARGIN;
  const longest = Math.max(...lines.map((line) => asText(line).length));
  const width = Math.ceil(longest * LETTER_WIDTH) + 2 * MARGIN;
  return `\
<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="title description"
  width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" xml:space="preserve">
<title id="title">A session of claude-key</title>
<desc id="description">${escaped(lines.map(asText).join("\n"))}</desc>
<style>
text { font: ${FONT} }
${Object.entries(STYLES).map(([name, style]) => `.${name} { ${style} }`).join("\n")}
</style>
<rect x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="10"
  fill="#161b22" stroke="#484f58"/>
<path d="M1 ${BAR_HEIGHT}H${width - 1}" stroke="#30363d"/>
<circle cx="24" cy="20" r="6" fill="#ff7b72"/>
<circle cx="44" cy="20" r="6" fill="#f2cc60"/>
<circle cx="64" cy="20" r="6" fill="#7ee787"/>
<text class="told" x="${width / 2}" y="25" text-anchor="middle">${escaped(title)}</text>
${texts.join("\n")}
</svg>
`;
}

function drawn({ kind, text }: Line, y: number): string {
  const x = kind === "told" ? MARGIN : MARGIN + 2 * LETTER_WIDTH;
  const prompt = kind === "typed" ? '<tspan class="prompt">$</tspan> ' : "";
  return `<text class="${kind}" x="${x}" y="${y}">${prompt}${escaped(text)}</text>`;
}

function asText({ kind, text }: Line): string {
  if (kind === "told") return text;
  return kind === "typed" ? `  $ ${text}` : `  ${text}`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
