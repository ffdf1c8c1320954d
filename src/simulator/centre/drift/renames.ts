import { parse } from "yaml";
import { printFlow } from "../flows/print.ts";
import type { SeedObject, SeedStep, SeedValue } from "../types.ts";
import { isSeedObject, targetOf } from "../types.ts";
import { pickStep, replaced, withValue } from "./draft.ts";
import type { Draft, DriftRule, Outcome } from "./draft.ts";

function renamedRefs(value: SeedValue, kind: string, from: string, name: string): SeedValue {
  const target = targetOf(value);
  if (target) return target[0] === kind && target[1] === from ? { $ref: [kind, name] } : value;
  if (Array.isArray(value)) return (value as readonly SeedValue[]).map((entry) => renamedRefs(entry, kind, from, name));
  if (!isSeedObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, renamedRefs(entry, kind, from, name)]));
}

/** The content of a flow step as data. */
export const flowContent = (step: SeedStep): SeedObject => parse(step.yaml ?? "{}") as SeedObject;

/** A flow step with other content, printed as before. */
export const withContent = (step: SeedStep, content: SeedObject): SeedStep => ({ ...step, yaml: printFlow(content) });

function inRenamedDivision(step: SeedStep, from: string, name: string): SeedStep {
  if (step.yaml?.includes(`division: ${from}`) !== true) return step;
  const content = flowContent(step);
  const [root = "", body] = Object.entries(content)[0] ?? [];
  if (!isSeedObject(body) || body["division"] !== from) return step;
  return withContent(step, { [root]: { ...body, division: name } });
}

function renamed(draft: Draft, step: SeedStep, name: string): Outcome {
  const { kind, name: from } = step;
  const steps = replaced(draft, step, { ...step, name, body: withValue(step.body ?? {}, ["name"], name) }).map(
    (other): SeedStep => {
      const moved = kind === "division" ? inRenamedDivision(other, from, name) : other;
      return moved.body === undefined ? moved : { ...moved, body: renamedRefs(moved.body, kind, from, name) };
    },
  );
  return { steps, name, what: `renamed from ${from}`, was: from };
}

/** An object that somebody gave another name; what refers to it still does. */
export const renamedTo = (
  kind: string,
  rename: (name: string) => string,
  suits: (step: SeedStep) => boolean = () => true,
): DriftRule => ({
  kind,
  apply: (draft) => {
    const step = pickStep(draft, kind, suits);
    return step && renamed(draft, step, rename(step.name));
  },
});
