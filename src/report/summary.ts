import { splitCoordinate } from "../model/coordinate.ts";
import type { Action, DriftReport } from "../model/report.ts";

/** One line of the summary by kind. */
export interface KindRow {
  readonly kind: string;
  readonly compared: number;
  readonly changed: number;
  readonly actions: { readonly [action in Action]: number };
}

/** The kinds that differ, those with the most differences first. */
export function worstFirst(report: DriftReport): KindRow[] {
  const rows = new Map<string, KindRow>();
  for (const { coordinate, action } of report.changes) {
    const { kind } = splitCoordinate(coordinate);
    const row = rows.get(kind) ?? {
      kind,
      compared: report.kinds[kind]?.compared ?? 0,
      changed: 0,
      actions: { create: 0, update: 0, delete: 0, rename: 0 },
    };
    const actions = { ...row.actions, [action]: row.actions[action] + 1 };
    rows.set(kind, { ...row, changed: row.changed + 1, actions });
  }
  return [...rows.values()].sort((a, b) => b.changed - a.changed || (a.kind < b.kind ? -1 : 1));
}
