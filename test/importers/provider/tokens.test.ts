import { describe, expect, it } from "vitest";
import { KINDS } from "../../../src/kinds/index.ts";
import { kindOfToken, LINK_TOKEN, resourceToken } from "../../../src/importers/provider/schema/tokens.ts";

describe("type tokens", () => {
  it("stand for one kind each", () => {
    expect(resourceToken("wrap-up-code")).toBe("gclockstep:index:WrapUpCode");
    const tokens = [...KINDS.keys()].map(resourceToken);
    expect(new Set(tokens).size).toBe(KINDS.size);
    expect(tokens.map(kindOfToken)).toEqual([...KINDS.keys()]);
  });

  it.each([
    LINK_TOKEN,
    "aws:index:Queue",
    "gclockstep:other:Queue",
    "gclockstep:index:queue",
    "gclockstep:index:Queue:x",
    "gclockstep:index",
    "",
  ])("say nothing where there is no kind: %s", (token) => {
    expect(kindOfToken(token)).toBeUndefined();
  });
});
