import type { JsonObject } from "../json.ts";
import type { Entry, Org, Was, Watch } from "../world.ts";

/** One entry that is different from what it was; `before` is absent for a new one, `after` for one that is gone. */
export interface Change {
  readonly kind: string;
  readonly parentId: string;
  readonly id: string;
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
  /** What no answer carries became different too. */
  readonly hidden: boolean;
}

/** Notes that these entries were handed out: whoever has an entry can give it other data. */
export function saw(org: Org, name: string, entries: readonly Entry[]): void {
  org.watch?.sights.push({
    ...{ name, entries, touched: false },
    was: entries.map(({ data, hidden }) => ({ data, hidden })),
  });
}

/** Notes that what has this entry's id is about to be replaced or removed. */
export function touches(org: Org, name: string, entry: Entry): void {
  const current = org.state.collections.get(name)?.get(entry.id);
  const was = current && { data: current.data, hidden: current.hidden };
  org.watch?.sights.push({ name, entries: [entry], was: [was], touched: true });
}

function differs(entry: Entry | undefined, was: Was | undefined): boolean {
  return entry?.data !== was?.data || entry?.hidden !== was?.hidden;
}

/** The first sight of an entry tells what it was. Data are never changed in place: other data are another object. */
function changesOf(org: Org, { sights }: Watch): Change[] {
  const first = new Map<string, Change>();
  for (const { name, entries, was, touched } of sights) {
    for (const [at, entry] of entries.entries()) {
      const key = `${name}\n${entry.id}`;
      if ((!touched && !differs(entry, was[at])) || first.has(key)) continue;
      const now = org.state.collections.get(name)?.get(entry.id);
      const [kind = "", ...parent] = name.split("@");
      const hidden = now?.hidden !== was[at]?.hidden;
      const [before, after] = [was[at]?.data, now?.data];
      first.set(key, { kind, parentId: parent.join("@"), id: entry.id, before, after, hidden });
    }
  }
  return [...first.values()].filter(({ before, after, hidden }) => before !== after || hidden);
}

/** Runs something and tells what it changed in the organisation, also when it throws. */
export function watched<T>(org: Org, run: () => T, tell: (changes: readonly Change[]) => void): T {
  const watch: Watch = { sights: [] };
  org.watch = watch;
  try {
    return run();
  } finally {
    org.watch = undefined;
    tell(changesOf(org, watch));
  }
}
