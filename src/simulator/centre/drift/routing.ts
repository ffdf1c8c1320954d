import { isSeedObject } from "../types.ts";
import { bodyOf, isUnused, listOf, pickStep, removed, textOf } from "./draft.ts";
import type { DriftRule } from "./draft.ts";
import { renamedTo } from "./renames.ts";
import { changed, extra, missing } from "./rules.ts";

const isOrdinary = ({ name }: { readonly name: string }): boolean => name !== "Priority Service Desk";

const notCounting = { suits: isOrdinary };

/** The last one of a kind gets a new name: nearly nothing uses it, so that one rename does not look like a hundred. */
const lastRenamed = (kind: string, suffix: string): DriftRule => ({
  kind,
  apply: (draft) => {
    const last = draft.steps.findLast((step) => step.kind === kind);
    const rename = renamedTo(
      kind,
      (name) => `${name} ${suffix}`,
      (step) => step === last,
    );
    return rename.apply(draft);
  },
});

/** A queue with everything that belongs to it; mail and flows would notice if they named it. */
const missingQueue: DriftRule = {
  kind: "queue",
  apply: (draft) => {
    const step = pickStep(draft, "queue", (candidate) => isOrdinary(candidate) && isUnused(draft, candidate));
    return step && { steps: removed(draft, step), name: step.name, what: "missing" };
  },
};

/** Drift of divisions, skills, languages, wrap-up codes, queues and locations. */
export const routingDrift: readonly DriftRule[] = [
  missingQueue,
  lastRenamed("division", "(old)"),
  extra(
    "queue",
    "Temporary Overflow (storm)",
    ["conditionalGroupRouting", "queueFlow", "emailInQueueFlow"],
    isOrdinary,
  ),
  changed(
    "queue",
    ["mediaSettings", "call", "serviceLevel", "durationMs"],
    "service level of calls relaxed",
    (value) => Number(value) + 15000,
    notCounting,
  ),
  changed(
    "queue",
    ["mediaSettings", "call", "alertingTimeoutSeconds"],
    "alerts longer",
    (value) => Number(value) + 10,
    notCounting,
  ),
  changed("queue", ["queueFlow"], "in-queue flow missing", () => undefined, notCounting),
  changed(
    "queue",
    ["conditionalGroupRouting", "rules", 1],
    "second conditional group routing rule missing",
    () => undefined,
    notCounting,
  ),
  changed("queue", [0], "member missing", () => undefined, {
    part: "queue-members",
    suits: (step) => isOrdinary(step) && listOf(step.body).length > 2,
  }),
  changed("queue", [1], "wrap-up code missing", () => undefined, { part: "queue-wrap-up-codes", suits: isOrdinary }),
  changed(
    "queue",
    ["acwSettings"],
    "after-call work no longer mandatory",
    () => ({ wrapupPrompt: "OPTIONAL" }),
    notCounting,
  ),
  lastRenamed("wrap-up-code", "(do not use)"),
  changed("wrap-up-code", ["description"], "description missing", () => undefined, {
    suits: (step) => bodyOf(step)["description"] !== "",
  }),
  missing("skill"),
  missing("language"),
  changed("division", ["description"], "description changed", (value) => `${textOf(value)}, since the merger`, {
    suits: ({ name }) => name !== "@home",
  }),
  changed("location", ["address", "street1"], "moved", (value) => `${textOf(value)} Annex`, {
    suits: (step) => isSeedObject(step.body),
  }),
];
