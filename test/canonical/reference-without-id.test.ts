import { describe, expect, it } from "vitest";
import { normalise } from "../../src/canonical/normalise.ts";
import { KINDS } from "../../src/kinds/index.ts";
import type { Json } from "../../src/model/json.ts";

/** How a call route looks whose flow the platform answers like this. */
function routed(openHoursFlow: Json): { readonly flow: Json | undefined; readonly told: readonly string[] } {
  const ivr = KINDS.get("ivr");
  if (ivr === undefined) throw new Error("there is no such kind");
  const { object, findings } = normalise(ivr, "ivr/Main", { id: "i-1", name: "Main", openHoursFlow }, () => undefined);
  return { flow: object["openHoursFlow"], told: findings.map(({ code, path }) => `${code} ${path}`) };
}

describe("a reference without an id", () => {
  it("is not lost where it tells a name, and a finding says so", () => {
    expect(routed({ name: "Day" })).toEqual({ flow: "flow/Day", told: ["missing-reference /openHoursFlow"] });
  });

  it.each([[{}], [null], [{ id: "" }], [{ id: null, name: "" }]])("is none where it is empty: %j", (value) => {
    expect(routed(value as Json)).toEqual({ flow: undefined, told: [] });
  });
});
