import { floorOf, pathMatcher, type Floor, type OrgState } from "./floor.ts";
import type { LogEntry } from "./simulated.ts";

/** One request of the table with how often it was sent and how often it had to be. */
export interface Counted {
  readonly request: string;
  readonly sent: number;
  readonly floor: number;
}

/** Requests held against the floor: every request of the table, and every one that was sent beyond it. */
export function againstFloor(state: OrgState, log: readonly LogEntry[], which: "full" | "unchanged"): Counted[] {
  const floors = floorOf(state).map((floor) => ({ floor, matches: requestMatcher(floor) }));
  const sent = new Map<string, number>();
  for (const entry of log) {
    const request = floors.find(({ matches }) => matches(entry))?.floor.request ?? `${entry.method} ${entry.path}`;
    sent.set(request, (sent.get(request) ?? 0) + 1);
  }
  const known = new Set(floors.map(({ floor }) => floor.request));
  return [
    ...floors.map(({ floor }) => ({ request: floor.request, sent: sent.get(floor.request) ?? 0, floor: floor[which] })),
    ...[...sent].flatMap(([request, count]) => (known.has(request) ? [] : [{ request, sent: count, floor: 0 }])),
  ];
}

/** All requests of a run against the whole floor. */
export function totalOf(counted: readonly Counted[]): { readonly sent: number; readonly floor: number } {
  const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
  return { sent: sum(counted.map(({ sent }) => sent)), floor: sum(counted.map(({ floor }) => floor)) };
}

function requestMatcher({ request }: Floor): (entry: LogEntry) => boolean {
  const [method = "", target = ""] = request.split(" ");
  const [path = "", query = ""] = target.split("?");
  const pathMatches = pathMatcher(path);
  const wanted = [...new URLSearchParams(query)];
  return (entry) => {
    if (entry.method !== method || !pathMatches(entry.path)) return false;
    const given = new URLSearchParams(entry.query);
    return wanted.every(([name, value]) => given.get(name) === value);
  };
}
