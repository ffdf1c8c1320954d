import { asJson, canonicalJson } from "../model/json.ts";
import type { DriftChange, DriftReport, Edit, ListEdit } from "../model/report.ts";
import { countByKind } from "../model/count-by-kind.ts";
import { countActions } from "../drift/report.ts";

/** What one drift has and another has not, and what both have; the objects and places are those of the first. */
export interface SplitDrift {
  readonly only: DriftReport;
  readonly both: DriftReport;
}

/**
 * Compares two drifts of the same standby difference by difference. An object that differs in both, and in the first in more places,
 * is in both parts with its differences shared out. A list that gained, lost or moved items is one difference.
 */
export function splitDrift(drift: DriftReport, other: DriftReport): SplitDrift {
  const changes = splitChanges(drift.changes, other.changes);
  const derived = splitChanges(drift.derived, other.derived);
  const operational = partition(drift.operational, other.operational);
  const findings = partition(drift.findings, other.findings);
  const part = (of: "only" | "both"): DriftReport => {
    const changed = countByKind([...changes[of], ...derived[of]].map(({ coordinate }) => coordinate));
    return {
      ...drift,
      summary: countActions(changes[of]),
      kinds: Object.fromEntries(
        Object.entries(drift.kinds).map(([kind, { compared }]) => [
          kind,
          { compared, changed: changed.get(kind) ?? 0 },
        ]),
      ),
      changes: changes[of],
      derived: derived[of],
      operational: operational[of],
      findings: findings[of],
    };
  };
  return { only: part("only"), both: part("both") };
}

interface Parts<Item> {
  readonly only: readonly Item[];
  readonly both: readonly Item[];
}

function partition<Item extends object>(items: readonly Item[], others: readonly Item[]): Parts<Item> {
  const known = new Set(others.map(jsonTextOf));
  const isKnown = (item: Item): boolean => known.has(jsonTextOf(item));
  return { only: items.filter((item) => !isKnown(item)), both: items.filter(isKnown) };
}

/** A value without what is not there, as a text that equals that of an equal value. */
function jsonTextOf(value: object): string {
  return canonicalJson(asJson(value));
}

function splitChanges(changes: readonly DriftChange[], others: readonly DriftChange[]): Parts<DriftChange> {
  const known = new Map(others.map((change) => [change.coordinate, change]));
  const parts = changes.map((change) => splitChange(change, known.get(change.coordinate)));
  return { only: parts.flatMap(({ only }) => only), both: parts.flatMap(({ both }) => both) };
}

function splitChange(change: DriftChange, other: DriftChange | undefined): Parts<DriftChange> {
  if (other === undefined || other.action !== change.action || other.from !== change.from)
    return { only: [change], both: [] };
  const theirs = new Set(differencesOf(other).map(({ key }) => key));
  const own = differencesOf(change);
  const [fresh, shared] = [own.filter(({ key }) => !theirs.has(key)), own.filter(({ key }) => theirs.has(key))];
  if (fresh.length === 0) return { only: [], both: [change] };
  // What is created whole is created by the merge where anything of it is new.
  if (shared.length === 0 || change.action === "create" || change.action === "delete")
    return { only: [change], both: [] };
  return { only: [withOnly(change, fresh)], both: [withOnly(change, shared)] };
}

interface Told {
  readonly key: string;
  readonly edits: readonly Edit[];
  readonly list?: ListEdit;
}

function differencesOf({ edits, lists = [] }: DriftChange): Told[] {
  const isIn = (edit: Edit, list: ListEdit): boolean => edit.path.startsWith(`${list.path}/`);
  return [
    ...edits
      .filter((edit) => !lists.some((list) => isIn(edit, list)))
      .map((edit) => ({ key: jsonTextOf(edit), edits: [edit] })),
    ...lists.map((list) => ({ key: jsonTextOf(list), edits: edits.filter((edit) => isIn(edit, list)), list })),
  ];
}

/** A part of a change. Its hunk shows the whole, so it is left out. */
function withOnly({ hunk: _, lists: __, ...change }: DriftChange, told: readonly Told[]): DriftChange {
  const kept = new Set(told.flatMap(({ edits }) => edits));
  const lists = told.flatMap(({ list }) => (list === undefined ? [] : [list]));
  return {
    ...change,
    edits: change.edits.filter((edit) => kept.has(edit)),
    ...(lists.length === 0 ? {} : { lists }),
  };
}
