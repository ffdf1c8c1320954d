import { milestoneNames, outcomeNames } from "../marks.ts";
import type { SeedStep, SeedValue } from "../types.ts";
import { recording } from "../tone.ts";
import { pickStep, replaced, textOf } from "./draft.ts";
import type { DriftRule } from "./draft.ts";
import { changed, missing } from "./rules.ts";

const byHand = (value: SeedValue): SeedValue => `${textOf(value)}, edited by hand`;

const called =
  (wanted: string) =>
  ({ name }: SeedStep): boolean =>
    name === wanted;

/** A recording that no seed makes. */
const otherRecording = recording(-1);

const otherAudio: DriftRule = {
  kind: "prompt",
  apply: (draft) => {
    const step = pickStep(draft, "prompt-audio");
    if (!step) return undefined;
    return {
      steps: replaced(draft, step, { ...step, audio: otherRecording }),
      name: step.name,
      what: "another recording",
    };
  },
};

/** Drift of prompts, response libraries, and of the milestones and outcomes that flows report. */
export const contentDrift: readonly DriftRule[] = [
  otherAudio,
  changed("prompt", ["ttsString"], "says something else", byHand, { part: "prompt-resource" }),
  missing("response-library"),
  missing("milestone", called(milestoneNames.unused)),
  changed("milestone", ["description"], "description changed, and flows name it", byHand, {
    suits: called(milestoneNames.reported),
  }),
  missing("outcome", called(outcomeNames.unused)),
  changed("outcome", ["description"], "description changed, and flows name it", byHand, {
    suits: called(outcomeNames.reported),
  }),
];
