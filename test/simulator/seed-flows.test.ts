import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { contactCentre } from "../../src/simulator/centre/index.ts";
import type { SeedSize } from "../../src/simulator/centre/index.ts";
import { createdBy, mentionsIn } from "./seed-walk.ts";

const steps = contactCentre({ seed: 1, size: "S" });
const flows = steps.flatMap(({ name, yaml }) => (yaml === undefined ? [] : [{ name, yaml }]));
const everything = flows.map(({ yaml }) => yaml).join("\n");

describe("seeded flows", () => {
  it("are of many types, each under its own root key (architect-yaml §2)", () => {
    for (const { name, yaml } of flows) {
      const [root = "", ...others] = Object.keys(parse(yaml) as Record<string, unknown>);
      expect(others).toEqual([]);
      expect(root.replace(/Flow$/, "").toLowerCase()).toBe(name.split(":")[0]);
    }
    expect(new Set(flows.map(({ name }) => name.split(":")[0])).size).toBeGreaterThanOrEqual(13);
  });

  it.each<[number, SeedSize]>([
    [1, "S"],
    [2, "S"],
    [3, "M"],
  ])("of seed %i, size %s name only what exists when they are published (architect-yaml §4)", (seed, size) => {
    const all = contactCentre({ seed, size });
    const known = new Set(createdBy(all.filter(({ kind }) => kind !== "flow")));
    const missing: string[] = [];
    for (const step of all.filter(({ kind }) => kind === "flow")) {
      const names = mentionsIn(step.yaml ?? "").map(({ kind, name }) => `${kind}/${name}`);
      missing.push(...names.filter((key) => !known.has(key)).map((key) => `${step.name}: ${key}`));
      for (const key of createdBy([step])) known.add(key);
    }
    expect(missing).toEqual([]);
  });

  it("mention every kind of object that flows can name here", () => {
    const kinds = new Set(flows.flatMap(({ yaml }) => mentionsIn(yaml).map(({ kind }) => kind)));
    const expected = [
      "queue",
      "skill",
      "language",
      "data-action",
      "data-table",
      "script",
      "prompt",
      "schedule-group",
      "emergency-group",
      "wrap-up-code",
      "flow:*",
      "flow:bot",
      "flow:commonmodule",
      "flow:inqueuecall",
    ];
    expect(expected.filter((kind) => !kinds.has(kind))).toEqual([]);
  });

  it("look like exports: quoted yes and no, explicit no-values, doubled names, wrapped literals (architect-yaml §6, §10)", () => {
    expect(everything).not.toMatch(/^\s*(yes|no|on|off):/m);
    for (const form of [
      /^\s*"yes":$/m,
      /^\s*"no":$/m,
      /noValue: true/,
      /getSIPHeaders:/,
      /ver_latestPublished:/,
      /menuTransferToAcd:/,
      /\\n/,
      /startUpRef: "\//,
    ]) {
      expect(everything).toMatch(form);
    }
    expect(everything).not.toMatch(/[|>][-+]?\n|&\w+ |\*\w+\n|\t/);
  });

  it("point only at parts that they have (architect-yaml §3)", () => {
    for (const { name, yaml } of flows) {
      const refIds = new Set([...yaml.matchAll(/refId: "?(.+?)"?$/gm)].map(([, id]) => id));
      const targets = [...yaml.matchAll(/(?:startUpRef|target\w+Ref): "\/\w+\/\w+\/\w+\[(.+)\]"/g)].map(([, id]) => id);
      expect(
        targets.filter((id) => !refIds.has(id)),
        name,
      ).toEqual([]);
    }
  });
});
