import type { SeedStep, SeedValue } from "../types.ts";
import { bodyOf, isUnused, pickStep, removed, replaced, valueAt, withValue } from "./draft.ts";
import type { DriftRule } from "./draft.ts";

/** Where to look in a step's body. */
type Path = readonly (string | number)[];

/** An object that the standby lacks; nothing else there names it. */
export const missing = (kind: string, suits: (step: SeedStep) => boolean = () => true): DriftRule => ({
  kind,
  apply: (draft) => {
    const step = pickStep(draft, kind, (candidate) => suits(candidate) && isUnused(draft, candidate));
    return step && { steps: removed(draft, step), name: step.name, what: "missing" };
  },
});

/**
 * A value that changed; `change` gives the new one from the old one, undefined to remove it.
 * @param part the kind of step that holds the value, when it is not the object's own
 */
export const changed = (
  kind: string,
  path: Path,
  what: string,
  change: (value: SeedValue) => SeedValue | undefined,
  options: { readonly part?: string; readonly suits?: (step: SeedStep) => boolean } = {},
): DriftRule => ({
  kind,
  apply: (draft) => {
    const suits = (step: SeedStep): boolean => {
      const value = valueAt(step.body, path);
      return (
        value !== undefined &&
        JSON.stringify(change(value)) !== JSON.stringify(value) &&
        (options.suits?.(step) ?? true)
      );
    };
    const step = pickStep(draft, options.part ?? kind, suits);
    if (!step) return undefined;
    const body = withValue(step.body ?? {}, path, change(valueAt(step.body, path) ?? null));
    return { steps: replaced(draft, step, { ...step, body }), name: step.name, what };
  },
});

/** An object that somebody added by hand: a copy under another name, without what has to be unique. */
export const extra = (
  kind: string,
  name: string,
  without: readonly string[],
  suits: (step: SeedStep) => boolean = () => true,
): DriftRule => ({
  kind,
  apply: (draft) => {
    const model = pickStep(draft, kind, suits);
    if (!model) return undefined;
    const kept = Object.entries(bodyOf(model)).filter(([property]) => !without.includes(property));
    const step: SeedStep = { ...model, name, body: { ...Object.fromEntries(kept), name } };
    return {
      steps: draft.steps.flatMap((other) => (other === model ? [other, step] : [other])),
      name,
      what: "only in the standby",
    };
  },
});
