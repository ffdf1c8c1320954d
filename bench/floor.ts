import { readFileSync } from "node:fs";

/** A request that every snapshot sends once. */
interface Once {
  readonly request: string;
  readonly source: string;
}

/** Which objects of the organisation an entry of the table is about. */
interface Selection {
  /** Only objects in which these properties are set. */
  readonly with?: readonly string[];
  /** Only objects in which these properties are missing, empty or false. */
  readonly without?: readonly string[];
}

interface ListEntry extends Once, Selection {
  readonly objects: string;
  readonly pageSize: number;
}

interface DetailEntry extends Once, Selection {
  /** One request per object with this path … */
  readonly each: string;
  /** … or one per page of the parts that are stored under this name below it. */
  readonly parts?: string;
  readonly pageSize?: number;
  readonly atLeast?: number;
  /** Property of the listed object by which a change of the detail shows; without one the detail is read every time. */
  readonly revision?: string;
}

interface FloorTable {
  readonly identity: readonly Once[];
  readonly lists: readonly ListEntry[];
  readonly details: readonly DetailEntry[];
}

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
  const table = JSON.parse(readFileSync(new URL("floor.json", import.meta.url), "utf8")) as FloorTable;
  const sizes = collectionSizes(state);
  return [
    ...table.identity.map(({ request }) => ({ request, full: 1, unchanged: 1 })),
    ...table.lists.map((entry) => {
      const pages = Math.max(1, Math.ceil(select(state, entry.objects, entry).length / entry.pageSize));
      return { request: entry.request, full: pages, unchanged: pages };
    }),
    ...table.details.map((entry) => {
      const full = select(state, entry.each, entry).reduce((sum, path) => sum + detailRequests(entry, path, sizes), 0);
      return { request: entry.request, full, unchanged: entry.revision === undefined ? full : 0 };
    }),
  ];
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

function select(state: OrgState, pattern: string, { with: needed = [], without = [] }: Selection): string[] {
  const matches = pathMatcher(pattern);
  return Object.entries(state).flatMap(([path, object]) =>
    matches(path) && needed.every((name) => isSet(object[name])) && !without.some((name) => isSet(object[name]))
      ? [path]
      : [],
  );
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
