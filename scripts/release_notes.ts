/**
 * `deno run --allow-read=. scripts/release_notes.ts TAG`: prints what CHANGELOG.md says about the
 * release of a tag, and fails if the tag is not the version of deno.json.
 *
 * @module
 */

import project from "../deno.json" with { type: "json" };
import { notesOf } from "./release/changelog.ts";

const [tag = ""] = Deno.args;
if (tag !== `v${project.version}`) {
  throw new Error(`the tag is "${tag}", and deno.json has version "${project.version}"`);
}
const changelog = Deno.readTextFileSync(new URL("../CHANGELOG.md", import.meta.url));
await Deno.stdout.write(new TextEncoder().encode(notesOf(project.version, changelog)));
