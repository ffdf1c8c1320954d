import type { Plan } from "../model/plan.ts";
import type { Files } from "../model/ports.ts";
import type { ExecutionResult } from "./execute.ts";
import { isKeptByPlatform, keptBlock, notedEdits, openKeptValues } from "./kept-values.ts";
import type { Verification } from "./verify.ts";

/** What verifying said, with the values apart that the platform is known to keep. */
export type Judged = Verification & { readonly kept: Plan["blocked"] };

/**
 * Notes which values came back otherwise than they were written. The second time that the same one comes back it is no failure of
 * the write: another one would not help.
 */
export async function withoutKeptValues(
  files: Files,
  path: string,
  { done, failures, skipped }: ExecutionResult,
  seen: Verification,
): Promise<Judged> {
  const notes = await openKeptValues(files, path);
  const unsure = new Set([...seen.unchecked, ...[...failures, ...skipped].map(({ coordinate }) => coordinate)]);
  const edits = new Map(seen.unequal.map((one) => [one.coordinate, one.edits]));
  for (const coordinate of new Set(done.map((operation) => operation.coordinate))) {
    if (unsure.has(coordinate)) continue;
    const noted = notedEdits(notes.entries.get(coordinate), edits.get(coordinate) ?? []);
    if (noted.length > 0) await notes.put(coordinate, noted);
    else if (notes.entries.has(coordinate)) await notes.put(coordinate, undefined);
  }
  const isKept = ({ coordinate, edits: own }: Verification["unequal"][number]): boolean =>
    !unsure.has(coordinate) && own.every((edit) => isKeptByPlatform(notes.entries.get(coordinate), edit));
  return {
    ...seen,
    unequal: seen.unequal.filter((one) => !isKept(one)),
    kept: seen.unequal.filter(isKept).map(({ coordinate, edits: own }) =>
      keptBlock(
        coordinate,
        own.map(({ path }) => path),
      ),
    ),
  };
}
