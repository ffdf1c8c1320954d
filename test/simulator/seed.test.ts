import { describe, expect, it } from "vitest";
import { contactCentre, demoPairing, secretMark } from "../../src/simulator/centre/index.ts";
import type { SeedStep } from "../../src/simulator/centre/index.ts";

const small = contactCentre({ seed: 1, size: "S" });
const text = JSON.stringify(small);

const count = (steps: readonly SeedStep[], kind: string): number => steps.filter((step) => step.kind === kind).length;

/** What every organisation has before anything is created (genesys-api §5.5). */
const builtIn = /^(division\/@home|site\/PureCloud Voice - AWS|outbound-route\/.*\/Default Outbound Route)$/;

function references(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(references);
  if (typeof value !== "object" || value === null) return [];
  const target = "$ref" in value ? (value.$ref as [string, string]) : undefined;
  return target ? [target.join("/")] : Object.values(value).flatMap(references);
}

describe("a seeded contact centre", () => {
  it("is the same for the same seed, to the byte", () => {
    expect(JSON.stringify(contactCentre({ seed: 1, size: "S" }))).toBe(text);
  });

  it("has other names and sizes for another seed", () => {
    const other = contactCentre({ seed: 2, size: "S" });
    const names = (steps: readonly SeedStep[]): readonly string[] =>
      steps.filter(({ kind }) => kind === "queue").map(({ name }) => name);
    expect(names(other)).not.toEqual(names(small));
    expect(other.length).not.toBe(small.length);
    const ratio = count(other, "queue") / count(small, "queue");
    expect(ratio).toBeGreaterThanOrEqual(0.8);
    expect(ratio).toBeLessThanOrEqual(1.2);
  });

  it("of size S is a department", () => {
    const counts = ["queue", "flow", "ivr", "data-table", "integration", "trunk", "site", "data-action"].map((kind) =>
      count(small, kind),
    );
    expect(counts).toEqual([40, 25, 6, 12, 5, 4, 3, 22]);
  });

  it("of size M is the organisation of cx-as-code §2.2", () => {
    const steps = contactCentre({ seed: 1, size: "M" });
    const kinds = [
      "queue",
      "flow",
      "trunk",
      "integration",
      "data-action",
      "site",
      "outbound-route",
      "ivr",
      "schedule-group",
      "emergency-group",
      "data-table",
      "credential",
    ];
    expect(kinds.map((kind) => count(steps, kind))).toEqual([400, 300, 40, 60, 600, 20, 60, 80, 60, 10, 50, 60]);
    expect(count(steps, "data-table-row")).toBeGreaterThanOrEqual(50 * 200);
  });

  it.each([1, 2, 3])("of seed %i names every object once per kind", (seed) => {
    const created = contactCentre({ seed, size: "M" }).filter(({ method }) => method === "POST");
    const keys = created.map(({ kind, name }) => `${kind}/${name}`);
    const seen = new Set<string>();
    expect(keys.filter((key) => seen.size === seen.add(key).size)).toEqual([]);
  });

  it("refers only to what exists by then, late properties excepted", () => {
    const known = new Set<string>();
    const dangling: string[] = [];
    for (const { kind, name, at, body, late } of small) {
      const early = Object.entries(Array.isArray(body) || typeof body !== "object" ? { body } : (body ?? {}));
      const needed = [
        ...(at ?? []).map((target) => target.join("/")),
        ...references(early.filter(([property]) => !(late ?? []).includes(property))),
      ];
      dangling.push(...needed.filter((target) => !known.has(target) && !builtIn.test(target)));
      known.add(`${kind}/${name}`);
    }
    expect(dangling).toEqual([]);
    expect(
      references(small.map(({ body }) => body)).filter((target) => !known.has(target) && !builtIn.test(target)),
    ).toEqual([]);
  });

  it("uses only numbers and addresses that are kept for examples", () => {
    const numbers = text.match(/\+\d{8,}(?!\$)\b/g) ?? [];
    expect(numbers.length).toBeGreaterThan(20);
    expect(numbers.filter((number) => !/^\+(180055501\d\d|44(207946|161496|113496)0\d{3})$/.test(number))).toEqual([]);
    expect((text.match(/[\w.+-]+@[\w.-]+/g) ?? []).filter((address) => !address.endsWith("@example.com"))).toEqual([]);
    expect(
      (text.match(/https?:\/\/[^/"]+/g) ?? []).filter((url) => !/\.?example\.com$|json-schema\.org$/.test(url)),
    ).toEqual([]);
  });

  it("gives every IVR numbers inside its own pools", () => {
    const pools = small.filter(({ kind }) => kind === "did-pool").map(({ name }) => name.split("..").map(Number));
    const dnis = small.filter(({ kind }) => kind === "ivr").flatMap(({ body }) => (body as { dnis: string[] }).dnis);
    expect(new Set(dnis).size).toBe(dnis.length);
    expect(
      dnis.filter((number) => !pools.some(([from = 0, to = 0]) => Number(number) >= from && Number(number) <= to)),
    ).toEqual([]);
  });

  it("marks every secret, so that tests can look for it", () => {
    const fields = small
      .filter(({ kind }) => kind === "credential")
      .flatMap(({ body }) => Object.values((body as { credentialFields: Record<string, string> }).credentialFields));
    expect(fields.length).toBeGreaterThan(6);
    expect(fields.filter((secret) => !secret.startsWith(secretMark))).toEqual([]);
    expect(new Set(fields).size).toBe(fields.length);
  });
});

describe("the standby's side of a seed", () => {
  const standby = contactCentre({ seed: 1, size: "S", side: "standby" });
  const pairing = demoPairing({ seed: 1, size: "S" });

  /** The rules of the pairing, applied to text by nothing but replacement. */
  const paired = (value: unknown): string => {
    const renamed = JSON.stringify(value)
      .replaceAll("-PROD", "-STANDBY")
      .replace(/\+44\d{10}/g, (number) =>
        pairing.numbers.reduce((now, { pattern, replace }) => now.replace(new RegExp(pattern), replace), number),
      );
    return renamed.replaceAll("Mutual Home", "Mutual Standby").replaceAll("Assurance Home", "Assurance Standby");
  };

  it("differs from the primary's only where the pairing says so", () => {
    expect(standby.length).toBe(small.length);
    const overridden = new Set(pairing.overrides.map(({ kind, name }) => `${kind}/${name.replace(/^\*/, "")}`));
    const addresses = /^Priority Service Desk$/;
    const unexplained = small.flatMap((step, index) => {
      const other = standby[index];
      const key =
        step.kind === "data-table-row" ? `data-table/${step.name.split("/")[0] ?? ""}` : `${step.kind}/${step.name}`;
      const explained =
        step.kind === "credential" ||
        addresses.test(step.name) ||
        overridden.has(key) ||
        paired(step) === JSON.stringify(other);
      return explained ? [] : [step.name];
    });
    expect(unexplained).toEqual([]);
  });

  it("differs wherever the pairing has an override", () => {
    for (const { kind, name, value } of pairing.overrides) {
      const ownName = name.replace(/^\*/, "").replace("-PROD", "-STANDBY");
      const own = JSON.stringify(standby.filter((step) => step.kind.startsWith(kind) && step.name.startsWith(ownName)));
      expect(own, `${kind}/${name}`).toContain(JSON.stringify(value).slice(1, -1));
    }
  });
});
