import { assertEquals } from "@std/assert";
import { compiledAtOnce, type Span } from "../../scripts/release/compile_at_once.ts";

/** Where a function stands in a text. */
function spanOf(text: string, part: string): Span {
  const start = text.indexOf(part);
  return [start, start + part.length];
}

Deno.test("a declared function that is called is put in parentheses, an asynchronous one too", () => {
  const text = "async function one(){await two()}function two(){}function three(){}";
  const called = ["function two(){}", "async function one(){await two()}"];
  assertEquals(
    compiledAtOnce(text, called.map((part) => spanOf(text, part))),
    "var one=(async function one(){await two()});var two=(function two(){});function three(){}",
  );
});

Deno.test("what is no declaration of the module's own stays as it is", () => {
  for (
    const [text, called] of [
      ["var one=function two(){};", "function two(){}"],
      ["call(function two(){});", "function two(){}"],
      ["var one=()=>2;", "()=>2"],
      ["class One{two(){}}", "two(){}"],
      ["function*one(){}", "function*one(){}"],
    ] as const
  ) assertEquals(compiledAtOnce(text, [spanOf(text, called)]), text);
});

Deno.test("a function inside of another is read with that", () => {
  const text = "function one(){;function two(){}}";
  assertEquals(
    compiledAtOnce(text, [spanOf(text, "function two(){}"), [0, text.length]]),
    "var one=(function one(){;function two(){}});",
  );
});
