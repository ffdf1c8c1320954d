import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Plan } from "../../src/model/plan.ts";
import { GuardError, LockstepError } from "../../src/model/error.ts";
import { parsePlan, planText, sealPlan } from "../../src/importers/plan-file.ts";
import { thrownBy } from "../pairing/helpers.ts";
import { planFor } from "./planning.ts";

function somePlan(): Plan {
  return planFor({ "item/a": { name: "a", next: "item/a" } }, { "item/b": { name: "b" } }, { prune: true });
}

describe("a plan file", () => {
  it("gives the same plan back, and the same text again", () => {
    const plan = somePlan();
    const again = parsePlan(planText(plan), "plan.json");
    expect(again).toEqual(plan);
    expect(planText(again)).toBe(planText(plan));
  });

  it("keeps its seal when a formatter has been over it", () => {
    const plan = somePlan();
    expect(parsePlan(JSON.stringify(plan), "plan.json").sha256).toBe(plan.sha256);
  });

  it("does not hide an edit", () => {
    const text = planText(somePlan());
    const values = valuesIn(JSON.parse(text) as Tree);
    fc.assert(
      fc.property(fc.constantFrom(...values), fc.constantFrom("other", 99, false), (path, value) => {
        const edited = JSON.parse(text) as Tree;
        fc.pre(set(edited, path, value) && path[0] !== "schemaVersion");
        const thrown = thrownBy(() => parsePlan(JSON.stringify(edited), "plan.json"));
        expect(thrown).toBeInstanceOf(GuardError);
        expect(thrown).toMatchObject({
          code: "plan-edited",
          message: "plan.json does not match its checksum: it was changed after it was made",
          hint: expect.stringContaining("Make a new plan") as string,
          place: { file: "plan.json" },
        });
      }),
    );
  });

  it.each<[string, string | object, string]>([
    ["no JSON", "{", "plan.json is not JSON that lockstep reads: found the end of the file at line 1, column 2"],
    ["a list", "[]", "plan.json is not a plan of this version of lockstep"],
    ["another version", { schemaVersion: 2 }, "plan.json is not a plan of this version of lockstep"],
    ["no operations", { operations: {} }, "plan.json is not a plan of this version of lockstep"],
  ])("is refused when it is %s", (_, damage, message) => {
    const text = typeof damage === "string" ? damage : JSON.stringify({ ...somePlan(), ...damage });
    const thrown = thrownBy(() => parsePlan(text, "plan.json"));
    expect(thrown).toBeInstanceOf(LockstepError);
    expect(thrown).toMatchObject({ code: "plan-malformed", place: { file: "plan.json" } });
    expect((thrown as LockstepError).message).toContain(message);
    expect((thrown as LockstepError).hint).toMatch(/^Make a /);
  });

  const operation =
    (change: object): Change =>
    ({ operations: [first, ...others] }) => ({
      operations: [{ ...first, ...change }, ...others],
    });
  it.each<[string, Change, string, string]>([
    ["a wave 0", operation({ wave: 0 }), "/operations/0/wave", "expected >= 1, found 0"],
    ["a wave of its own", operation({ wave: 1e15 }), "/operations/0/wave", "expected <= 100000"],
    ["half a wave", operation({ wave: 1.5 }), "/operations/0/wave", 'expected a value of type "integer"'],
    ["no edits", operation({ edits: undefined }), "/operations/0/edits", "expected a value, found nothing"],
    ["no object", operation({ after: undefined }), "/operations/0/after", "expected a value for the action create"],
    ["a text as object", operation({ after: "x" }), "/operations/0/after", 'expected a value of type "object"'],
    ["another action", operation({ action: "drop" }), "/operations/0/action", "expected one of"],
    ["no order", operation({ dependsOn: ["op-0002"] }), "/operations/0/dependsOn", "found op-0002"],
    ["an unknown need", operation({ dependsOn: ["op-9"] }), "/operations/0/dependsOn", "found op-9"],
    ["one id twice", operation({ id: "op-0002" }), "/operations/1/id", "found op-0002 again"],
    ["no ids", () => ({ ids: undefined }), "/ids", "expected a value"],
    ["half an equal object", () => ({ equal: { "item/a": ["1"] } }), "/equal/item~1a", "NOT have fewer than 3 items"],
    ["a new guard", () => ({ guards: [{ guard: "gravity", message: "" }] }), "/guards/0/guard", '"gravity"'],
    ["more than it should", () => ({ extra: 1 }), "/extra", "found the field extra"],
  ])("is refused with its place when it has %s, however it is sealed", (_, change, path, message) => {
    const { sha256: _sha256, ...content } = somePlan();
    const sealed = sealPlan(JSON.parse(JSON.stringify({ ...content, ...change(somePlan()) })) as typeof content);
    const thrown = thrownBy(() => parsePlan(planText(sealed), "plan.json"));
    expect(thrown).toMatchObject({ code: "plan-malformed", place: { file: "plan.json", path } });
    expect((thrown as LockstepError).message).toContain(message);
  });

  it("is refused when it is too deep to walk", () => {
    const deep = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
    const text = planText(somePlan()).replace('"blocked": []', `"blocked": ${deep}`);
    const thrown = thrownBy(() => parsePlan(text, "plan.json"));
    expect(thrown).toMatchObject({ code: "plan-malformed", place: { file: "plan.json" } });
    expect((thrown as LockstepError).message).toContain("more than 500 levels of nesting");
  });

  it("has another seal for another content", () => {
    const { sha256, ...content } = somePlan();
    expect(sealPlan(content).sha256).toBe(sha256);
    expect(sealPlan({ ...content, prune: false }).sha256).not.toBe(sha256);
  });
});

type Change = (plan: Plan) => { readonly [name: string]: unknown };
type Tree = { [name: string]: unknown };
type Path = readonly (string | number)[];

function valuesIn(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  return Object.entries(value).flatMap(([name, inner]) =>
    valuesIn(inner, [...path, Array.isArray(value) ? Number(name) : name]),
  );
}

/** Sets a value deep inside; false when it was there already. */
function set(value: Tree, path: Path, next: string | number | boolean): boolean {
  const holder = path.slice(0, -1).reduce<unknown>((inner, name) => (inner as Tree)[name], value) as Tree;
  const name = path.at(-1) ?? "";
  if (holder[name] === next) return false;
  holder[name] = next;
  return true;
}
