import { describe, expect, it } from "vitest";
import { objectWords, placeWords, wordsOf } from "../../src/report/words.ts";

describe("names of properties in words", () => {
  it.each([
    ["wrapUpCodes", "wrap-up codes"],
    ["acwSettings", "ACW settings"],
    ["trunk_sip_customHeaders", "trunk SIP custom headers"],
    ["getSIPHeaders", "get SIP headers"],
    ["requestUrlTemplate", "request URL template"],
  ])("%s is %s", (name, words) => {
    expect(wordsOf(name)).toBe(words);
  });
});

describe("places in words", () => {
  it.each([
    ["/numberPlans/6/numbers/0/end", "number plan 7 › number 1 › end"],
    ["/rows/code-001/active", "row code-001 › active"],
    ["/mediaSettings/call/serviceLevel", "media settings › call › service level"],
    ["/config/request/headers/X-Source", "config › request › header X-Source"],
    [
      "/yaml/inboundCall/menus/Pet Menu/choices/Policy/targetQueue/lit/name",
      "menu Pet Menu › choice Policy › target queue",
    ],
    [
      "/yaml/inboundCall/tasks/Main/actions/[Look up]/getSIPHeaders/sipHeaders",
      "task Main › action Look up › get SIP headers › SIP headers",
    ],
    ["/dnis/a~1b", "DNIS › a/b"],
  ])("%s is %s", (path, words) => {
    expect(placeWords(path).join(" › ")).toBe(words);
  });

  it("leave names as somebody chose them", () => {
    expect(objectWords("wrap-up-code/Call-Back (new)")).toBe("wrap-up code Call-Back (new)");
    expect(placeWords("/members/a.b@example.com/ringNumber")).toEqual(["member a.b@example.com", "ring number"]);
  });
});
