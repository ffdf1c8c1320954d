import { floorTable, type DetailEntry, type Selection } from "./floor-table.ts";

/** Stored objects by API path, as the simulator's control interface gives them. */
export type OrgState = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** One request of the table: how often a first snapshot and one without any change since have to send it. */
export interface Floor {
  readonly request: string;
  readonly full: number;
  readonly unchanged: number;
}

/** The fewest requests that reading this organisation takes, by request, from raw object counts and `floor.json`. */
export function floorOf(state: OrgState): Floor[] {
  const table = floorTable();
  const sizes = collectionSizes(state);
  return [
    ...table.identity.map(({ request }) => ({ request, full: 1, unchanged: 1 })),
    ...table.lists.map((entry) => {
      const pages = Math.max(1, Math.ceil(select(state, entry.objects, entry).length / entry.pageSize));
      return { request: entry.request, full: pages, unchanged: pages };
    }),
    ...table.audit.map(({ request, times }) => ({ request, full: 0, unchanged: times })),
    ...table.details.map((entry) => {
      const full = select(state, entry.each, entry).reduce((sum, path) => sum + detailRequests(entry, path, sizes), 0);
      return { request: entry.request, full, unchanged: isTold(entry) ? 0 : full };
    }),
  ];
}

/** Does something tell whether the detail has changed? */
function isTold({ revision, audited }: DetailEntry): boolean {
  return revision !== undefined || audited === true;
}

function detailRequests(entry: DetailEntry, path: string, sizes: ReadonlyMap<string, number>): number {
  if (entry.parts === undefined) return 1;
  const parts = sizes.get(`${path}/${entry.parts}`) ?? 0;
  return Math.max(entry.atLeast ?? 1, Math.ceil(parts / (entry.pageSize ?? 100)));
}

/** How many objects are stored under each path. */
function collectionSizes(state: OrgState): Map<string, number> {
  const sizes = new Map<string, number>();
  for (const path of Object.keys(state)) {
    const collection = path.slice(0, path.lastIndexOf("/"));
    sizes.set(collection, (sizes.get(collection) ?? 0) + 1);
  }
  return sizes;
}

function select(state: OrgState, pattern: string, { with: needed = [], without = [], unless }: Selection): string[] {
  const matches = pathMatcher(pattern);
  const isExempt = pathMatcher(unless?.path ?? "");
  return Object.entries(state).flatMap(([path, object]) => {
    if (!matches(path) || !needed.every((name) => isSet(object[name]))) return [];
    if (without.some((name) => isSet(object[name]))) return [];
    const values = Object.entries(unless?.is ?? {});
    return isExempt(path) && values.every(([name, value]) => object[name] === value) ? [] : [path];
  });
}

function isSet(value: unknown): boolean {
  return value !== undefined && value !== null && value !== false && value !== "";
}

/** A matcher for paths in which `*` stands for anything but a slash. */
export function pathMatcher(pattern: string): (path: string) => boolean {
  const literal = pattern.split("*").map((piece) => piece.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  const expression = new RegExp(`^${literal.join("[^/]*")}$`);
  return (path) => expression.test(path);
}
