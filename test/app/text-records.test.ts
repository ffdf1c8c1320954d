import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { findDrift } from "../../src/app/find-drift.ts";
import type { App } from "../../src/model/app.ts";
import type { Config } from "../../src/model/config.ts";
import { textOf, type Obj } from "../../src/model/json.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { jsonReport } from "../../src/report/json.ts";
import { memoryFiles, type MemoryFiles } from "../conformance/memory-files.ts";
import { fill, openOffice, seedSteps, type Office } from "../conformance/office.ts";

const RULES = fc.record({
  renames: fc.subarray([
    { kind: "flow", pattern: "^(.*)-PROD$", replace: "$1-STANDBY" },
    { kind: "queue", pattern: "^(.)(.*)$", replace: "$2 $1" },
    { kind: "data-action", pattern: "^(.*)$", replace: "$1 of the standby" },
    { kind: "prompt", pattern: "^(.*)$", replace: "$1_2" },
  ]),
  overrides: fc.subarray([{ kind: "flow", name: "*", path: "/description", value: "Standby" }]),
  ignores: fc.subarray([{ kind: "flow", name: "*", path: "/description", reason: "not for callers" }]),
  exclude: fc.subarray([
    { kind: "queue", name: "C*" },
    { kind: "flow", name: "*MAIN*" },
  ]),
  modes: fc.subarray([{ name: "*CLAIMS*", mode: "independent" as const }]),
});

/** What differs between the two sides: positions of flows, taken modulo their number. */
const EDITS = fc.record({
  edited: fc.array(fc.nat(40), { maxLength: 4 }),
  gone: fc.array(fc.nat(40), { maxLength: 2 }),
});

type Rules = Parameters<Parameters<typeof RULES.map>[0]>[0];
type Edits = Parameters<Parameters<typeof EDITS.map>[0]>[0];

function withRules(app: App, { renames, overrides, ignores, exclude, modes }: Rules, files: MemoryFiles): App {
  const { workspace } = app;
  const config: Config = {
    ...workspace.config,
    renames,
    overrides,
    ignores,
    flows: modes,
    include: { ...workspace.config.include, exclude },
  };
  return { ...app, files, workspace: { ...workspace, config } };
}

function edited(snapshot: Snapshot, { edited: changed, gone }: Edits): Snapshot {
  const flows = [...snapshot.objects.keys()].filter((at) => at.startsWith("flow/"));
  const objects = new Map(snapshot.objects);
  for (const one of changed) {
    const at = flows[one % flows.length] ?? "";
    const flow: Obj = objects.get(at) ?? {};
    objects.set(at, { ...flow, yaml: textOf(flow["yaml"]).replace(/name: \S/, "$&x") });
  }
  for (const one of gone) objects.delete(flows[one % flows.length] ?? "");
  return { ...snapshot, objects };
}

const SPOILED: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.slice(0, text.length / 2),
  (text) => text.replace("queue", "skill"),
  (text) => text.replace(/"tool":"[^"]*"/, '"tool":"lockstep 0.0.1"'),
  () => "",
];

/** So many tell as much as all of them. */
const FLOWS = 6;

let office: Office;
let primary: Snapshot;

beforeAll(async () => {
  office = await openOffice();
  await fill(office, "primary", seedSteps());
  const { objects, ...rest } = await office.snapshot("primary");
  const flows = new Set([...objects.keys()].filter((at) => at.startsWith("flow/")).slice(0, FLOWS));
  primary = { ...rest, objects: new Map([...objects].filter(([at]) => !at.startsWith("flow/") || flows.has(at))) };
});

it("gives the report that reading every text gives, whatever was found out before", async () => {
  const standby = { ...primary, org: { ...primary.org, id: "standby" } };
  const takenAt = new Date(office.app.clock.now()).toISOString();
  const kept = memoryFiles();
  const report = async (rules: Rules, edits: Edits, files: MemoryFiles): Promise<string> => {
    const target = { snapshot: edited(standby, edits), takenAt };
    const drift = await findDrift(withRules(office.app, rules, files), { snapshot: primary, takenAt }, target);
    return jsonReport(drift.report);
  };
  const spoil = fc.constantFrom(...SPOILED);
  await fc.assert(
    fc.asyncProperty(RULES, EDITS, spoil, async (rules, edits, spoiled) => {
      for (const [path, text] of kept.texts) await kept.write(path, spoiled(text));
      const known = await report(rules, edits, kept);
      expect(known).toBe(await report(rules, edits, memoryFiles()));
      expect(await report(rules, edits, kept)).toBe(known);
    }),
    { numRuns: 5 },
  );
  expect([...kept.texts.keys()].filter((path) => path.endsWith("/.lockstep/cache/texts.jsonl"))).toHaveLength(1);
});

it("keeps nothing about texts that are gone", async () => {
  const takenAt = new Date(office.app.clock.now()).toISOString();
  const files = memoryFiles();
  const compare = async (snapshot: Snapshot): Promise<number> => {
    const target = { snapshot: { ...snapshot, org: { ...snapshot.org, id: "standby" } }, takenAt };
    await findDrift({ ...office.app, files }, { snapshot, takenAt }, target);
    const [kept = ""] = [...files.texts].filter(([path]) => path.endsWith("texts.jsonl")).map(([, text]) => text);
    return kept.split("\n").length;
  };
  const before = await compare(primary);
  const objects = new Map([...primary.objects].filter(([at]) => !at.startsWith("flow/")));
  objects.set("flow/inboundcall:Only", { name: "Only", type: "INBOUNDCALL", yaml: "inboundCall:\n  name: Only\n" });
  expect(before).toBeGreaterThan(2);
  expect(await compare({ ...primary, objects })).toBe(2);
});
