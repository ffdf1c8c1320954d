import { createPatch } from "diff";
import { stringify } from "yaml";
import { defined } from "../model/defined.ts";
import type { Json, Obj } from "../model/json.ts";
import type { Kind } from "../model/kind.ts";
import type { DriftChange, Edit } from "../model/report.ts";
import { comparedForms } from "./edits.ts";
import { listEdits } from "./list-edits.ts";

/** What a reader needs besides the edits of an object that both organisations have: its lists in steps, its text as a hunk. */
export type ChangeDetails = Pick<DriftChange, "lists" | "hunk">;

/**
 * The details of a change; empty for an object that one side lacks.
 * @param objects what the standby has, and what it should have
 * @param edits those between the two
 */
export function changeDetails(
  kind: Kind | undefined,
  { before, after }: { readonly before?: Obj | undefined; readonly after?: Obj | undefined },
  edits: readonly Edit[],
): ChangeDetails {
  if (kind === undefined || before === undefined || after === undefined) return {};
  const [left, right] = comparedForms(kind, before, after);
  const lists = listEdits(left, right, edits);
  const text = otherText(kind, before, after);
  const hunk = text === undefined ? undefined : textHunk(left[text], right[text]);
  return defined({ lists: lists.length === 0 ? undefined : lists, hunk });
}

/** The property of the text content, where both have one and the two differ. */
function otherText({ content }: Kind, before: Obj, after: Obj): string | undefined {
  if (content === undefined) return undefined;
  const texts = [before[content.at], after[content.at]];
  return texts.every((text) => typeof text === "string") && texts[0] !== texts[1] ? content.at : undefined;
}

/** More lines than this differ, and it is another text: a hunk would say nothing. */
const MOST_LINES = 2_000;
const CONTEXT = 3;

/** How the meaning of the text content differs, as a unified diff of YAML without file names. */
function textHunk(left: Json | undefined, right: Json | undefined): string | undefined {
  if (left === undefined || right === undefined) return undefined;
  const yaml = (meaning: Json): string => stringify(meaning, { lineWidth: 0, sortMapEntries: true });
  const patch = createPatch("", yaml(left), yaml(right), "", "", { context: CONTEXT, maxEditLength: MOST_LINES });
  const start = patch?.indexOf("\n@@") ?? -1;
  return start < 0 ? undefined : patch?.slice(start + 1);
}
