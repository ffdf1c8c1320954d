import type { SeedValue } from "../types.ts";
import { bodyOf, isTouched, isUnused, pickStep, removed, valueAt, withValue, textOf } from "./draft.ts";
import type { DriftRule } from "./draft.ts";
import { changed, missing } from "./rules.ts";

const url = ["config", "request", "requestUrlTemplate"] as const;

const movedPath = (value: SeedValue): SeedValue => textOf(value).replace("/v1/", "/v0/");

/** The host differs rightly between the organisations; the path must not. */
const changedPath = changed("data-action", url, "older path of the service", movedPath);

const oldInput = { type: "string", title: "legacyId", description: "No longer sent" };

const changedContract: DriftRule = {
  kind: "data-action",
  apply: (draft) => {
    const step = pickStep(draft, "data-action", (candidate) => isUnused(draft, candidate));
    if (!step) return undefined;
    const at = ["contract", "input", "inputSchema", "properties", "legacyId"];
    const body = withValue(step.body ?? {}, at, oldInput);
    return {
      steps: draft.steps.map((other) => (other === step ? { ...step, body } : other)),
      name: step.name,
      what: "contract has an input that is gone",
    };
  },
};

/** A credential that nobody entered, so that its integration has none. */
const missingCredential: DriftRule = {
  kind: "credential",
  apply: (draft) => {
    const step = pickStep(
      draft,
      "credential",
      (candidate) =>
        !isUnused(draft, candidate) && !isTouched(draft, "integration", candidate.name.replace(/ Login$/, "")),
    );
    if (!step) return undefined;
    const steps = removed(draft, step).map((other) =>
      other.kind === "integration-config" &&
      JSON.stringify(valueAt(other.body, ["credentials"])).includes(JSON.stringify(step.name))
        ? { ...other, body: { ...bodyOf(other), credentials: {} } }
        : other,
    );
    return { steps, name: step.name, what: "missing, and its integration has none" };
  },
};

/** Drift of integrations, credentials and data actions. */
export const integrationDrift: readonly DriftRule[] = [
  changed(
    "integration",
    ["properties", "url"],
    "other address of the embedded application",
    (value) => textOf(value).replace("/app?", "/old?"),
    { part: "integration-config" },
  ),
  changed("integration", ["notes"], "notes changed", (value) => `${textOf(value)} (ask first)`, {
    part: "integration-config",
    suits: ({ name }) => name.startsWith("Platform Actions"),
  }),
  missingCredential,
  changedPath,
  changedContract,
  changed("data-action", ["config", "timeoutSeconds"], "shorter time-out", (value) => Number(value) - 5),
  changed(
    "data-action",
    ["config", "request", "headers", "X-Source"],
    "header changed",
    (value) => `${textOf(value)}-dr`,
  ),
  missing("data-action"),
];
