import { isList, isObj, type Json, type Obj } from "../../../src/model/json.ts";
import type { Kind } from "../../../src/model/kind.ts";
import { formatPointer } from "../../../src/model/pointer.ts";
import type { FieldNotes } from "../../../src/model/schema.ts";
import { isSequence, nodeOf, type SchemaNode } from "../../../src/canonical/schema-node.ts";
import { entitiesOf } from "./entities.ts";
import type { Fault } from "./fault.ts";
import { answerAt } from "./operations.ts";
import { fieldsOf } from "./schema-fields.ts";
import type { World } from "./world.ts";

/** An organisation answers what is a set in any order; other numbers are other orders. */
const SEEDS = [3, 5, 7, 11, 13];

/** Enough objects to see every list of a kind. */
const OBJECTS = 8;

/** Lists that the organisation answers as they were written although their order means nothing. */
const KEPT_AS_WRITTEN: ReadonlyMap<string, string> = new Map([
  ["trunk /properties/trunk_access_acl_allowList", "each address stands for itself (genesys-api §5.3)"],
  [
    "outbound-route /classificationTypes",
    "each stands for itself; the order of the trunks is apart (genesys-api §5.5)",
  ],
  [
    "web-configuration /languages",
    "which one is the default is beside them (definition WebDeploymentConfigurationVersion)",
  ],
]);

/** A list of an object, as its schema has it. */
interface Listed {
  readonly field: string;
  readonly at: string;
  readonly items: readonly Json[];
  readonly meaning: "set" | "sequence" | "map";
}

/**
 * Are the lists whose order means nothing those that the organisation answers in any order? A set that is compared as a
 * sequence gives differences that are none; a sequence that is compared as a set hides a change of order.
 */
export async function orderFaults(kind: Kind, world: World): Promise<Fault[]> {
  const { simulator } = world.office;
  const { shuffleSeed } = simulator.world.settings;
  const first = await listsOf(kind, world);
  const chosen = coverOf(first);
  const moved = new Set<string>();
  for (const seed of chosen.size === 0 ? [] : SEEDS) {
    simulator.configure({ shuffleSeed: seed });
    const again = await listsOf(kind, world, chosen);
    for (const [coordinate, lists] of again) {
      const before = new Map(first.get(coordinate)?.map(({ at, items }) => [at, JSON.stringify(items)]));
      for (const { at, field, items } of lists) if (before.get(at) !== JSON.stringify(items)) moved.add(field);
    }
  }
  simulator.configure({ shuffleSeed });
  const seen = new Map(
    [...chosen].flatMap((coordinate) => first.get(coordinate) ?? []).map((list) => [list.field, list]),
  );
  const shown = [...seen.values()].flatMap(({ field, meaning }): Fault[] => {
    if (meaning === "map") return [];
    if (moved.has(field) === (meaning === "set") || KEPT_AS_WRITTEN.has(`${kind.name} ${field}`)) return [];
    const what = moved.has(field)
      ? "is compared as a sequence, but the organisation answers it in any order"
      : "is compared as a set, but the organisation keeps its order";
    return [{ kind: kind.name, field, what }];
  });
  return [...shown, ...uniqueFaults(kind, world)];
}

/** Lists of which the official definition says that no item comes twice: sets, also where the seed has only one item. */
function uniqueFaults(kind: Kind, { contract }: World): Fault[] {
  if (contract === undefined || kind.read === undefined || kind.mode !== "write") return [];
  const { op } = kind.read.get;
  return fieldsOf(kind.schema).flatMap(({ path, pointer, schema, notes }): Fault[] => {
    const isSequence =
      (schema.items !== undefined || schema.type === "array") && (notes.array ?? "sequence") === "sequence";
    if (!isSequence || answerAt(contract, op, path)?.uniqueItems !== true) return [];
    const what = "is compared as a sequence, but the official definition calls it a set (uniqueItems)";
    return [{ kind: kind.name, field: pointer, what }];
  });
}

async function listsOf(
  kind: Kind,
  world: World,
  chosen?: ReadonlySet<string>,
): Promise<ReadonlyMap<string, readonly Listed[]>> {
  const entities = await entitiesOf(world, kind.name, chosen);
  return new Map(
    [...entities].map(([coordinate, entity]) => {
      const plain = kind.read?.normalise?.(entity) ?? entity;
      return [coordinate, visit(nodeOf(kind.schema), plain, { field: [], at: [] }, {})];
    }),
  );
}

interface Way {
  readonly field: readonly string[];
  readonly at: readonly string[];
}

function visit(node: SchemaNode, value: Json, way: Way, holder: Obj): Listed[] {
  const { notes } = node;
  if (isList(value)) {
    const items = typeof notes.array === "object" ? node.property("*") : node.item();
    const inner = value.flatMap((item, at) =>
      visit(items, item, { field: [...way.field, "*"], at: [...way.at, String(at)] }, holder),
    );
    return value.length < 2 ? inner : [listed(notes, value, way, holder), ...inner];
  }
  if (!isObj(value)) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const child = node.property(name);
    const field = [...way.field, Object.hasOwn(node.schema.properties ?? {}, name) ? name : "*"];
    return child.known && child.excluded === undefined
      ? visit(child, inner, { field, at: [...way.at, name] }, value)
      : [];
  });
}

function listed(notes: FieldNotes, items: readonly Json[], way: Way, holder: Obj): Listed {
  const meaning = typeof notes.array === "object" ? "map" : isSequence(notes, holder) ? "sequence" : "set";
  return { field: formatPointer(way.field), at: formatPointer(way.at), items, meaning };
}

/** A few objects in which every list of the kind is seen. */
function coverOf(lists: ReadonlyMap<string, readonly Listed[]>): ReadonlySet<string> {
  const chosen = new Set<string>();
  const seen = new Set<string>();
  const news = ([, found]: [string, readonly Listed[]]): number =>
    new Set(found.flatMap(({ field }) => (seen.has(field) ? [] : [field]))).size;
  for (let round = 0; round < OBJECTS; round += 1) {
    const [best] = [...lists].sort((a, b) => news(b) - news(a));
    if (best === undefined || news(best) === 0) break;
    chosen.add(best[0]);
    for (const { field } of best[1]) seen.add(field);
  }
  return chosen;
}
