import { createPatch } from "diff";
import { stringify } from "yaml";
import { defined } from "../model/defined.ts";
import type { Obj } from "../model/json.ts";
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
  const lists = listEdits(...comparedForms(kind, before, after), edits);
  return defined({ lists: lists.length === 0 ? undefined : lists, hunk: textHunk(kind, before, after) });
}

/** More lines than this differ, and it is another text: a hunk would say nothing. */
const MOST_LINES = 2_000;
const CONTEXT = 3;

/** How the meaning of the text content differs, as a unified diff of YAML without file names. */
function textHunk({ content }: Kind, before: Obj, after: Obj): string | undefined {
  if (content === undefined) return undefined;
  const [left, right] = [before[content.at], after[content.at]];
  if (typeof left !== "string" || typeof right !== "string" || left === right) return undefined;
  const yaml = (text: string): string => stringify(content.comparable(text), { lineWidth: 0, sortMapEntries: true });
  const patch = createPatch("", yaml(left), yaml(right), "", "", { context: CONTEXT, maxEditLength: MOST_LINES });
  const start = patch?.indexOf("\n@@") ?? -1;
  return start < 0 ? undefined : patch?.slice(start + 1);
}
