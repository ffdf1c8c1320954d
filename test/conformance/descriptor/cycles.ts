import { contentReferences } from "../../../src/canonical/references.ts";
import { splitCoordinate } from "../../../src/model/coordinate.ts";
import type { Kind } from "../../../src/model/kind.ts";
import type { FieldNotes } from "../../../src/model/schema.ts";
import type { Fault } from "./fault.ts";
import { fieldsOf } from "./schema-fields.ts";
import type { World } from "./world.ts";

/** A reference that has to be there when its object is written. */
interface Edge {
  readonly from: string;
  readonly to: string;
  readonly field: string;
}

/**
 * Can every reference that may close a cycle wait for a second pass? The kinds and what they refer to in the first pass must
 * form no cycle. What a text names counts too: a flow names queues, and a queue names flows. (A flow that names
 * flows is written without what does not exist yet; that needs no mark.)
 */
export function cycleFaults(kinds: ReadonlyMap<string, Kind>, world: World): Fault[] {
  const edges = [...kinds.values()].flatMap((kind) => [...schemaEdges(kind), ...textEdges(kind, world)]);
  const written = edges.filter(({ to }) => kinds.get(to)?.mode === "write");
  return written.flatMap(({ from, to, field }): Fault[] => {
    if (field === TEXT) return [];
    const way = wayBetween(written, to, from);
    if (way === undefined) return [];
    const cycle = [from, ...way].join(" → ");
    return [{ kind: from, field, what: `may close the cycle ${cycle}, but is not written in a second pass (phase 2)` }];
  });
}

const TEXT = "text";

function schemaEdges({ name, schema }: Kind): Edge[] {
  return fieldsOf(schema).flatMap(({ pointer, notes, later }) =>
    later ? [] : kindsIn(notes).map((to) => ({ from: name, to, field: pointer })),
  );
}

/** The kinds that a field refers to. */
export function kindsIn({ ref, array, ids = [] }: FieldNotes): readonly string[] {
  const own = ref === undefined ? [] : typeof ref === "string" ? [ref] : Object.values(ref);
  const keys = typeof array === "object" && array.ref !== undefined ? [array.ref] : [];
  return [...own, ...keys, ...ids];
}

/** What the texts of a kind name, in the organisation of the test. */
function textEdges(kind: Kind, { snapshot }: World): Edge[] {
  const named = [...snapshot.objects].flatMap(([coordinate, object]) =>
    splitCoordinate(coordinate).kind === kind.name ? contentReferences(kind, object).map((found) => found.kind) : [],
  );
  return [...new Set(named)].filter((to) => to !== kind.name).map((to) => ({ from: kind.name, to, field: TEXT }));
}

/** The kinds from one to another along references; undefined when none leads there. */
function wayBetween(edges: readonly Edge[], from: string, to: string): string[] | undefined {
  const ways = new Map([[from, [from]]]);
  for (const [at, way] of ways) {
    if (at === to) return way;
    for (const edge of edges) if (edge.from === at && !ways.has(edge.to)) ways.set(edge.to, [...way, edge.to]);
  }
  return undefined;
}
