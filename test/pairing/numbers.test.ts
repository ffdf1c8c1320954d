import { describe, expect, it } from "vitest";
import { mapLiterals } from "../../src/formats/yaml-literals.ts";
import { desired, paired } from "./helpers.ts";

describe("the number map", () => {
  it("changes IVR numbers, DID pools with their keys, and flow literals that are exactly a number", () => {
    const objects = {
      "ivr/Main": { name: "Main +18005550100", dnis: ["+18005550100", "+18005550101", "+18005550109"] },
      "did-pool/+18005550100-+18005550109": { startPhoneNumber: "+18005550100", endPhoneNumber: "+18005550109" },
      "flow/voice:f": { name: "f", type: "voice", yaml: `lit: "+18005550100"\nsay: "call +18005550100 now"\n` },
      "queue/q": { name: "q", description: "+18005550100" },
    };
    const numbers = [
      { from: "+18005550100", to: "+18005550999" },
      { pattern: "^\\+1800555", replace: "+1888555" },
    ];
    const result = paired(objects, { numbers });
    expect(Object.fromEntries(result.desired)).toEqual({
      "ivr/Main": { name: "Main +18005550100", dnis: ["+18005550999", "+18885550101", "+18885550109"] },
      "did-pool/+18005550999-+18885550109": { startPhoneNumber: "+18005550999", endPhoneNumber: "+18885550109" },
      "flow/voice:f": { name: "f", type: "voice", yaml: `lit: "+18005550999"\nsay: "call +18005550100 now"\n` },
      "queue/q": { name: "q", description: "+18005550100" },
    });
    expect(result.origin.get("did-pool/+18005550999-+18885550109")).toBe("did-pool/+18005550100-+18005550109");
    expect(result.findings).toEqual([]);
  });

  it("keeps numbers of an IVR in the order of a set, each once", () => {
    const numbers = [{ from: "+1", to: "+3" }];
    expect(desired({ "ivr/i": { name: "i", dnis: ["+1", "+2", "+3"] } }, { numbers })).toEqual({
      "ivr/i": { name: "i", dnis: ["+2", "+3"] },
    });
  });

  it("takes only what looks like a number for a pattern", () => {
    const yaml = "delay: 30\nlit: tel:+18005550100\nid: 18005550100";
    const numbers = [{ pattern: "(.*)", replace: "$19" }];
    expect(desired({ "flow/voice:f": { name: "f", type: "voice", yaml } }, { numbers })["flow/voice:f"]?.["yaml"]).toBe(
      "delay: 30\nlit: tel:+180055501009\nid: 18005550100",
    );
  });

  it.each([
    ["+18005550100", "+188855501009"],
    ["tel:+18005550100", "tel:+188855501009"],
    ["sip:+18005550100@sbc.example.com", "sip:+18885550100@sbc.example.com9"],
    ["sips:+18005550100", "sips:+188855501009"],
    ["fax:+18005550100", undefined],
    ["sip:+18005550100@", undefined],
    ["+18005550100 ext 5", undefined],
    ["call +18005550100", undefined],
    ["+1800", undefined],
    ["+1800555010012345", undefined],
    ["18005550100", undefined],
  ])("matches a pattern against %s: %s", (number, wanted) => {
    const numbers = [{ pattern: "^(.*)800(.*)$", replace: "$1888$29" }];
    const { desired: all, findings } = paired({ "ivr/i": { name: "i", dnis: [number] } }, { numbers });
    expect(all.get("ivr/i")).toEqual({ name: "i", dnis: [wanted ?? number] });
    expect(findings).toHaveLength(wanted === undefined ? 1 : 0);
  });

  it("finds a number in a text also where one of several rules is about it, and where quotes are doubled", () => {
    const numbers = [
      { from: "+1", to: "+2" },
      { from: "it's", to: "it is" },
    ];
    const yaml = { a: "lit: '+1'\n", b: "lit: 'it''s'\n", c: "lit: '+11'\n" };
    const flows = Object.entries(yaml).map(([name, text]) => [
      `flow/voice:${name}`,
      { name, type: "voice", yaml: text },
    ]);
    const result = desired(Object.fromEntries(flows) as Parameters<typeof desired>[0], { numbers });
    expect(Object.values(result).map((flow) => flow["yaml"])).toEqual([
      "lit: '+2'\n",
      "lit: 'it is'\n",
      "lit: '+11'\n",
    ]);
  });

  it("reports an entry that nothing uses", () => {
    const numbers = [
      { from: "+1", to: "+2" },
      { from: "+3", to: "+4" },
      { pattern: "^\\+49", replace: "+44" },
    ];
    const { findings } = paired({ "ivr/i": { name: "i", dnis: ["+3"] } }, { numbers });
    expect(findings).toEqual([
      {
        code: "number-unmatched",
        coordinate: "ivr/*",
        message: "No IVR, DID pool or flow of the source uses +1, which /numbers/0 of lockstep.yaml maps",
      },
      {
        code: "number-unmatched",
        coordinate: "ivr/*",
        message: "No IVR, DID pool or flow of the source uses ^\\+49, which /numbers/2 of lockstep.yaml maps",
      },
    ]);
  });
});

describe("literals of a YAML text", () => {
  const change = (literal: string): string | undefined =>
    literal === "+1" ? "+2 x" : literal === "it's" ? "it's 2" : undefined;

  it.each([
    ["a: +1 # +1\n", 'a: "+2 x" # +1\n'],
    ["a: '+1'\r\nb: \"+1\"", "a: '+2 x'\r\nb: \"+2 x\""],
    ["a: 'it''s'", "a: 'it''s 2'"],
    ["- +1\n- +11\n- x+1\n", '- "+2 x"\n- +11\n- x+1\n'],
    ['exp: Append("+1", "a", "+1")\n', 'exp: Append("+2 x", "a", "+2 x")\n'],
    ['exp: "Append(\\"+1\\", \\"+12\\")"', 'exp: "Append(\\"+2 x\\", \\"+12\\")"'],
    ["text: |\n  +1 is not alone\n", "text: |\n  +1 is not alone\n"],
  ])("%j becomes %j", (text, wanted) => {
    expect(mapLiterals(text, change)).toBe(wanted);
  });

  it.each(["a: [1, 2,\n  3]\n", "%YAML 1.2\n---\na: &x 1\nb: *x\n...\n", "a: >-\n  x\n\n  y\n# end", "", "\uFEFFa: 1"])(
    "keeps every byte of %j",
    (text) => {
      expect(mapLiterals(text, () => undefined)).toBe(text);
    },
  );
});
