import type { FindingCode } from "../model/catalogue/codes.ts";
import type { Blocked } from "../model/obstacles.ts";
import type { Finding } from "../model/snapshot.ts";
import { contentReferences, nameIndex, references } from "../canonical/references.ts";
import type { Draft } from "./needs.ts";

/** Findings about objects that may be there, but not be written as they are, and of which another one might be used instead. */
const CODES: ReadonlySet<FindingCode> = new Set<FindingCode>(["names-exchanged", "lock-table-name"]);

/** What cannot be done because of such findings: the objects themselves, and what refers to them. */
export function blockedByFindings(findings: readonly Finding[], drafts: readonly Draft[]): Blocked[] {
  const own = findings.flatMap(({ code, coordinate, message }) =>
    CODES.has(code) ? [{ code, coordinate, message }] : [],
  );
  if (own.length === 0) return [];
  const blocked = new Set(own.map(({ coordinate }) => coordinate));
  const named = nameIndex(blocked);
  const followers = drafts.flatMap(({ kind, difference: { coordinate, wanted } }): Blocked[] => {
    if (wanted === undefined || blocked.has(coordinate)) return [];
    const inText = contentReferences(kind, wanted).map(named);
    const inFields = references(kind, wanted).map((reference) => reference.coordinate);
    const to = [...inFields, ...inText].find((target) => target !== undefined && blocked.has(target));
    if (to === undefined) return [];
    return [{ coordinate, code: "blocked-by", message: `Needs ${to}, which cannot be written` }];
  });
  return [...own, ...followers];
}
