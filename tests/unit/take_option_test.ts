import { assertEquals } from "@std/assert";
import { takeOption } from "../../scripts/take_option.ts";

Deno.test("an option is taken out of a script's arguments, and all others stay", () => {
  const args = ["a", "--every=3", "--everything=1", "--every=4", "--every", "b=--every=5"];
  assertEquals(takeOption("every", args), {
    value: "3",
    others: ["a", "--everything=1", "--every", "b=--every=5"],
  });
  assertEquals(takeOption("every", ["--every="]), { value: "", others: [] });
  assertEquals(takeOption("again", ["a"]), { value: undefined, others: ["a"] });
});
