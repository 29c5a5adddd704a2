import { assertEquals } from "@std/assert";
import { faultOfAddress } from "../../lib/claude_code/gateway_address.ts";

Deno.test("an address that Claude Code can use has no fault", () => {
  for (
    const address of [
      "https://gw.example.com",
      "http://localhost:4000",
      "HTTPS://gw.example.com/",
      "https://gw.example.com/anthropic",
      "https://gw.example.com/v1/anthropic",
      "https://gw.example.com/v10",
      "https://gw.example.com/xv1",
    ]
  ) {
    assertEquals(faultOfAddress(address), undefined, address);
  }
});

Deno.test("each fault of an address is mended, and the first one is said", () => {
  const around = "has something around it";
  const scheme = "has no https:// in front";
  const user = "has a user or a password in it, which Claude Code does not take";
  const query = "has a ? or # in it, behind which nothing counts";
  const version = "ends in /v1, which Claude Code adds by itself";
  for (
    const [address, problem, better] of [
      [" https://gw.example.com", around, "https://gw.example.com"],
      ["'\"https://gw.example.com\"'", around, "https://gw.example.com"],
      ["https://gw.example.com;, \n", around, "https://gw.example.com"],
      ["gw.example.com", scheme, "https://gw.example.com"],
      ["gw-1:8080", scheme, "https://gw-1:8080"],
      ["gw.example.com/litellm", scheme, "https://gw.example.com/litellm"],
      ["localhost:4000", scheme, "http://localhost:4000"],
      ["127.0.0.1:4000", scheme, "http://127.0.0.1:4000"],
      ["my.localhost", scheme, "https://my.localhost"],
      ["ada:secret@gw.example.com", scheme, "https://gw.example.com"],
      ["ada:p@ss@gw.example.com", scheme, "https://gw.example.com"],
      ["gw.example.com?team=a", scheme, "https://gw.example.com"],
      ["gw.example.com#top", scheme, "https://gw.example.com"],
      ["https://ada:secret@gw.example.com/x", user, "https://gw.example.com/x"],
      ["https://ada@gw.example.com", user, "https://gw.example.com"],
      ["https://gw.example.com/?key=1", query, "https://gw.example.com/"],
      ["https://gw.example.com#top", query, "https://gw.example.com"],
      ["https://gw.example.com?mail=a@b", query, "https://gw.example.com"],
      ["https://gw.example.com#a@b", query, "https://gw.example.com"],
      ["https://gw.example.com/?next=http://a@b", query, "https://gw.example.com/"],
      ["https://gw.example.com/v1", version, "https://gw.example.com"],
      ["https://gw.example.com/v1//", version, "https://gw.example.com"],
      ["https://gw.example.com/a/v1/messages", version, "https://gw.example.com/a"],
      ["'ada:secret@gw.example.com/v1?x'", around, "https://gw.example.com"],
    ] as const
  ) {
    assertEquals(faultOfAddress(address), { problem, better }, address);
  }
});

Deno.test("what no mending makes an address is shown nowhere", () => {
  const problem = "is no http or https address";
  for (
    const address of [
      ...["", "  ", "htps://gw.example.com", "ftp://gw.example.com", "https://", "/v1", "a b"],
      ...["https://gw.example.com/ x", "two words@gw.example.com", "https://gw/x@y"],
      ...["gw.example.com:port", "gw.example.com:80:90"],
    ]
  ) {
    assertEquals(faultOfAddress(address), { problem }, address);
  }
});
