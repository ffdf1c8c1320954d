import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { withRules } from "../../../src/app/init/add-rules.ts";
import { proposeOverrides, proposeRenames } from "../../../src/app/init/propose-rules.ts";
import { configTemplate } from "../../../src/app/init-template.ts";
import { patternProblem, rewriteBy } from "../../../src/model/name-pattern.ts";
import type { DriftChange } from "../../../src/model/report.ts";
import { parseConfig } from "../../../src/platform/config.ts";

const missing = (coordinate: string): DriftChange => ({ coordinate, action: "create", edits: [] });
const extra = (coordinate: string): DriftChange => ({ coordinate, action: "delete", edits: [] });
const names = ["Main", "Billing", "Sales", "After hours", "Menu", "Night", "Lobby", "Fallback"];

/** What is missing and what is extra when names end differently. */
function endingsOf(kind: string, from: string, to: string, some = names): DriftChange[] {
  return some.flatMap((name) => [missing(`${kind}/${name}${from}`), extra(`${kind}/${name}${to}`)]);
}

describe("renames that are proposed", () => {
  it("explain eight *-PROD that are missing beside eight *-STANDBY that are extra", () => {
    const [proposal, ...others] = proposeRenames({ changes: endingsOf("queue", "-PROD", "-STANDBY"), common: [] });
    expect(others).toEqual([]);
    expect(proposal?.rule).toEqual({ kind: "queue", pattern: "(.*)-PROD", replace: "$1-STANDBY" });
    expect(proposal?.pairs).toHaveLength(8);
    expect(proposal?.pairs[0]).toEqual({ from: "Main-PROD", to: "Main-STANDBY" });
  });

  it("are about the name of a flow, which follows its type", () => {
    const changes = [
      ...endingsOf("flow", "_PROD", "_DR").map((change) => ({
        ...change,
        coordinate: change.coordinate.replace("/", "/inboundcall:"),
      })),
    ];
    expect(proposeRenames({ changes, common: [] })[0]?.rule).toEqual({
      kind: "flow",
      pattern: "(.*)_PROD",
      replace: "$1_DR",
    });
  });

  it("are also found at the beginning of names", () => {
    const changes = ["A", "B"].flatMap((name) => [missing(`queue/EU ${name}`), extra(`queue/US ${name}`)]);
    expect(proposeRenames({ changes, common: [] })[0]?.rule).toEqual({
      kind: "queue",
      pattern: "EU (.*)",
      replace: "US $1",
    });
  });

  it("are not guessed from one pair, from other kinds, or from what has nothing else in common", () => {
    const one = endingsOf("queue", "-PROD", "-DR", ["Main"]);
    const kinds = names.flatMap((name) => [missing(`queue/${name}-PROD`), extra(`skill/${name}-DR`)]);
    const unlike = [missing("queue/A-PROD"), missing("queue/B-PROD"), extra("queue/C-DR"), extra("queue/D-DR")];
    for (const changes of [one, kinds, unlike]) expect(proposeRenames({ changes, common: [] })).toEqual([]);
  });

  it("do not rename what has the same name on both sides", () => {
    const changes = endingsOf("queue", "-PROD", "-STANDBY");
    expect(proposeRenames({ changes, common: ["queue/Shared-PROD"] })).toEqual([]);
    expect(proposeRenames({ changes, common: ["queue/Shared", "skill/Other-PROD"] })).toHaveLength(1);
  });

  it("pair no object twice, whatever there is", () => {
    const word = fc.constantFrom("A", "B", "A-PROD", "B-PROD", "A-DR", "B-DR", "A-X", "X-A", "Y-A", "", "-", "A--DR");
    const objects = fc.uniqueArray(word.map((key) => `queue/${key}`));
    fc.assert(
      fc.property(objects, objects, (left, right) => {
        const changes = [...left.map(missing), ...right.map(extra)];
        const pairs = proposeRenames({ changes, common: [] }).flatMap((proposal) => proposal.pairs);
        expect(new Set(pairs.map(({ from }) => from)).size).toBe(pairs.length);
        expect(new Set(pairs.map(({ to }) => to)).size).toBe(pairs.length);
      }),
    );
  });

  it("are patterns that the configuration takes, and that make exactly the names of their pairs", () => {
    const mark = fc
      .string({ unit: "grapheme-ascii", minLength: 1, maxLength: 6 })
      .filter((text) => !/[-_ .]/.test(text));
    fc.assert(
      fc.property(mark, mark, fc.constantFrom("-", "_", " ", "."), (from, to, separator) => {
        fc.pre(from !== to);
        const changes = endingsOf("queue", separator + from, separator + to, ["Main", "Billing"]);
        for (const { rule, pairs } of proposeRenames({ changes, common: [] })) {
          if (!("pattern" in rule)) throw new Error("patterns are expected");
          expect(patternProblem(rule.pattern, rule.replace)).toBeUndefined();
          const rewrite = rewriteBy(rule.pattern, rule.replace);
          for (const pair of pairs) expect(rewrite(pair.from)).toBe(pair.to);
        }
      }),
    );
  });
});

describe("overrides that are proposed", () => {
  const update = (coordinate: string, path: string, before: string, after: string): DriftChange => ({
    coordinate,
    action: "update",
    edits: [{ path, before, after }],
  });

  it("keep hosts that differ by one label, alone or in an address, together for a pair of hosts", () => {
    const changes = [
      update(
        "data-action/CRM",
        "/config/url",
        "https://crm.dr.example.com/v1?x=1",
        "https://crm.prod.example.com/v1?x=1",
      ),
      update("flow/inboundcall:Main", "/yaml/host", "crm.dr.example.com", "crm.prod.example.com"),
      update("trunk/Carrier [A]", "/proxy", "sip-b.example.net:5061", "sip-a.example.net:5061"),
    ];
    expect(proposeOverrides({ changes })).toEqual([
      {
        primaryHost: "crm.prod.example.com",
        standbyHost: "crm.dr.example.com",
        rules: [
          { kind: "data-action", name: "CRM", path: "/config/url", value: "https://crm.dr.example.com/v1?x=1" },
          { kind: "flow", name: "Main", path: "/yaml/host", value: "crm.dr.example.com" },
        ],
      },
      {
        primaryHost: "sip-a.example.net",
        standbyHost: "sip-b.example.net",
        rules: [{ kind: "trunk", name: "Carrier \\[A\\]", path: "/proxy", value: "sip-b.example.net:5061" }],
      },
    ]);
  });

  it.each([
    ["two labels differ", "crm.dr.example.org", "crm.prod.example.com"],
    ["the path differs", "https://crm.dr.example.com/v2", "https://crm.prod.example.com/v1"],
    ["there are numbers of labels", "crm.example.com", "crm.prod.example.com"],
    ["it is a sentence", "Call us at crm.dr.example.com", "Call us at crm.prod.example.com"],
    ["it is a version", "1.2.3", "1.2.4"],
    ["nothing differs", "crm.example.com", "crm.example.com"],
  ])("leave unchanged what is no such pair: %s", (_, before, after) => {
    expect(proposeOverrides({ changes: [update("queue/A", "/x", before, after)] })).toEqual([]);
  });

  it("need a value on both sides", () => {
    const edits = [{ path: "/x", after: "crm.prod.example.com" }];
    expect(proposeOverrides({ changes: [{ coordinate: "queue/A", action: "update", edits }] })).toEqual([]);
  });
});

it("adds rules to a configuration, which keeps its comments and loads", () => {
  const renames = [{ kind: "queue", pattern: "(.*)-PROD", replace: "$1-STANDBY" }];
  const overrides = [{ kind: "trunk", name: "A", path: "/proxy", value: "sip-b.example.net" }];
  const text = withRules(configTemplate(), { renames, overrides });
  expect(text).toContain("# The organisation that serves customers.");
  expect(parseConfig(text, "lockstep.yaml")).toMatchObject({ renames, overrides });
  expect(parseConfig(withRules(configTemplate(), { renames: [], overrides: [] }), "lockstep.yaml").renames).toEqual([]);
});
