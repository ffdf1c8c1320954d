import type { JsonObject } from "../json.ts";
import type { Entry, Org, Sight, Watch } from "../world.ts";

/** One entry that is different from what it was; `before` is absent for a new one, `after` for one that is gone. */
export interface Change {
  readonly kind: string;
  readonly parentId: string;
  readonly id: string;
  readonly before: JsonObject | undefined;
  readonly after: JsonObject | undefined;
  /** What no answer carries, before and after. */
  readonly hidden: readonly (JsonObject | undefined)[];
}

/** Notes that these entries were handed out: whoever has an entry can give it other data. */
export function saw(org: Org, name: string, entries: readonly Entry[]): void {
  if (!org.watch) return;
  const data = entries.map((entry) => entry.data);
  const hidden = entries.map((entry) => entry.hidden);
  org.watch.sights.push({ name, entries, data, hidden, touched: false });
}

/** Notes that what has this entry's id is about to be replaced or removed. */
export function touches(org: Org, name: string, entry: Entry): void {
  const current = org.state.collections.get(name)?.get(entry.id);
  org.watch?.sights.push({
    ...{ name, entries: [entry], touched: true },
    ...{ data: [current?.data], hidden: [current?.hidden] },
  });
}

/** The places of the entries that can be different now; nearly always none. */
function suspects({ entries, data, hidden, touched }: Sight): number[] {
  if (touched) return [0];
  const found: number[] = [];
  for (let at = 0; at < entries.length; at += 1) {
    const entry = entries[at];
    if (entry?.data !== data[at] || entry?.hidden !== hidden[at]) found.push(at);
  }
  return found;
}

function changeOf(org: Org, sight: Sight, at: number): Change {
  const id = sight.entries[at]?.id ?? "";
  const now = org.state.collections.get(sight.name)?.get(id);
  const [kind = "", ...parent] = sight.name.split("@");
  const hidden = [sight.hidden[at], now?.hidden];
  return { kind, parentId: parent.join("@"), id, before: sight.data[at], after: now?.data, hidden };
}

/** The first sight of an entry tells what it was. Data are never changed in place: other data are another object. */
function changesOf(org: Org, { sights }: Watch): Change[] {
  const first = new Map<string, Change>();
  for (const sight of sights) {
    for (const at of suspects(sight)) {
      const key = `${sight.name}\n${sight.entries[at]?.id ?? ""}`;
      if (!first.has(key)) first.set(key, changeOf(org, sight, at));
    }
  }
  return [...first.values()].filter(({ before, after, hidden }) => before !== after || hidden[0] !== hidden[1]);
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
