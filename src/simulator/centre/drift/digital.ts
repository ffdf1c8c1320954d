import type { SeedValue } from "../types.ts";
import { bodyOf, listOf, pickStep, replaced, textOf, withValue } from "./draft.ts";
import type { DriftRule } from "./draft.ts";
import { changed } from "./rules.ts";

const otherFlow: DriftRule = {
  kind: "message-recipient",
  apply: (draft) => {
    const step = pickStep(draft, "message-recipient-flow");
    const other = draft.steps.find(
      ({ kind, name }) =>
        kind === "flow" &&
        name.startsWith("inboundshortmessage:") &&
        !JSON.stringify(step?.body ?? {}).includes(JSON.stringify(name)),
    );
    if (!step || !other) return undefined;
    const body = withValue(bodyOf(step), ["flow"], { id: { $ref: ["flow", other.name] } });
    return { steps: replaced(draft, step, { ...step, body }), name: step.name, what: "answered by another flow" };
  },
};

const oldName = (value: SeedValue): SeedValue => `${textOf(value)} (old)`;

/** Drift of web messaging, messaging addresses and e-mail routes. */
export const digitalDrift: readonly DriftRule[] = [
  otherFlow,
  changed("email-route", ["fromName"], "writes under another name", oldName),
  changed("web-configuration", ["messenger", "styles", "primaryColor"], "other colour", () => "#7b241c"),
  changed("web-deployment", ["allowedDomains"], "allowed on one more domain", (value) => [
    ...listOf(value),
    "old.example.com",
  ]),
];
