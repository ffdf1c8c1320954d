import { defined } from "../model/defined.ts";
import type { Coordinate } from "../model/coordinate.ts";
import { groupBy } from "../model/group-by.ts";
import type { OperationView } from "../model/kind.ts";
import type { Blocked } from "../model/obstacles.ts";
import type { Draft, Need } from "./needs.ts";
import { cycles, followersIn, waves, type Graph } from "./graph.ts";

/** A draft in its place: `phase` 1 leaves out references that close a cycle, 2 writes them. */
export interface OrderedDraft {
  readonly draft: Draft;
  readonly phase?: 1 | 2;
  /** Objects that the text does not name yet in phase 1. */
  readonly unnamed: ReadonlySet<Coordinate>;
  /** Properties whose values others have to let go of before phase 2 takes them. */
  readonly unclaimed: ReadonlySet<string>;
  /** What the second pass is for. */
  readonly deferred: readonly Need[];
  readonly node: string;
  /** What has to be done first; what only should be is in an earlier wave. */
  readonly before: readonly string[];
  /** The same, and what only should be done before. */
  readonly earlier: readonly string[];
  readonly wave: number;
}

/** Name of the second pass over an object in the graph. */
const second = (coordinate: Coordinate): string => coordinate + SECOND;

/** No name ends like this, because names hold no NUL. */
const SECOND = "\0";

const objectOf = (node: string): Coordinate => (node.endsWith(SECOND) ? node.slice(0, -SECOND.length) : node);

/**
 * An order in which every need is met: objects that refer to one another in a cycle are written twice, without and with
 * the references that close it. What cannot be ordered, and what depends on it, is blocked.
 */
export function orderDrafts(
  drafts: readonly Draft[],
  needs: readonly Need[],
  alreadyBlocked: readonly Blocked[],
): { placed: OrderedDraft[]; blocked: Blocked[] } {
  const coordinates = drafts.map(({ difference }) => difference.coordinate);
  const firm = withoutSoftCycles(coordinates, [...needs, ...kindRules(drafts)]);
  const deferred = deferredNeeds(coordinates, firm);
  const graph = graphOf(coordinates, firm, deferred);
  const stuck = new Set(cycles(graph).flat());
  const blocked = [...alreadyBlocked, ...[...stuck].map(cycleBlock)];
  const binding = graphOf(
    coordinates,
    firm.filter(({ strength }) => strength !== "soft"),
    deferred,
  );
  const { lost, followers } = followersOf(binding, blocked);
  const kept: Graph = new Map([...graph].filter(([node]) => !lost.has(node)));
  const wave = waves(kept);
  const late = byOrigin(deferred);
  const placed = drafts.flatMap((draft): OrderedDraft[] => {
    const { coordinate } = draft.difference;
    const own = late.get(coordinate) ?? [];
    const unnamed = new Set(own.filter((need) => need.strength === "text").map((need) => need.to));
    const unclaimed = new Set(own.flatMap(({ at }) => at ?? []));
    const phases = own.length === 0 ? ([undefined] as const) : ([1, 2] as const);
    return phases.flatMap((phase) => {
      const node = phase === 2 ? second(coordinate) : coordinate;
      const earlier = kept.get(node);
      if (earlier === undefined) return [];
      const before = [...(binding.get(node) ?? [])];
      const about = { draft, unnamed, unclaimed, deferred: own };
      const place = { ...about, node, before, earlier: [...earlier], wave: wave.get(node) ?? 1 };
      return [phase === undefined ? place : { ...place, phase }];
    });
  });
  return {
    placed: placed.sort((a, b) => a.wave - b.wave || (a.node < b.node ? -1 : 1)),
    blocked: [...blocked, ...followers],
  };
}

function byOrigin(needs: Iterable<Need>): Map<Coordinate, Need[]> {
  return groupBy([...needs], ({ from }) => from);
}

/** Order that a kind asks for although nothing refers to the other, such as the first route of a new site before others. */
function kindRules(drafts: readonly Draft[]): Need[] {
  const ruled = drafts.filter(({ kind }) => kind.write?.before !== undefined);
  return ruled.flatMap((first) =>
    ruled
      .filter(
        (then) => then !== first && then.kind === first.kind && first.kind.write?.before?.(view(first), view(then)),
      )
      .map(
        (then) => ({ from: then.difference.coordinate, to: first.difference.coordinate, strength: "soft" }) as const,
      ),
  );
}

function view({ difference: { coordinate, current, wanted } }: Draft): OperationView {
  return defined({
    coordinate,
    before: current,
    after: wanted,
  });
}

function withoutSoftCycles(coordinates: readonly Coordinate[], needs: readonly Need[]): Need[] {
  const groups = cycles(graphOf(coordinates, needs, new Set()));
  const group = new Map(groups.flatMap((nodes, at) => nodes.map((node) => [node, at] as const)));
  const inOneGroup = ({ from, to }: Need): boolean => group.has(from) && group.get(from) === group.get(to);
  return needs.filter((need) => need.strength !== "soft" || !inOneGroup(need));
}

/**
 * The needs that are met in a second pass. Cycles are opened one object at a time, at the object with the most such
 * references in the cycle; fields before texts, because a flow without some of its actions is not a working flow.
 */
function deferredNeeds(coordinates: readonly Coordinate[], needs: readonly Need[]): ReadonlySet<Need> {
  const deferred = new Set<Need>();
  for (const strength of ["claim", "later", "text"] as const) {
    const work = cyclesAmong(coordinates, needs, deferred).map((nodes) => ({ nodes, within: needs }));
    for (let cycle = work.pop(); cycle !== undefined; cycle = work.pop()) {
      const inside = new Set(cycle.nodes);
      const within = cycle.within.filter((need) => inside.has(need.from) && inside.has(need.to) && !deferred.has(need));
      const origins = [...byOrigin(within.filter((need) => need.strength === strength))];
      const [opening] = origins.sort(([a, m], [b, n]) => n.length - m.length || (a < b ? -1 : 1));
      if (opening === undefined) continue;
      for (const need of opening[1]) deferred.add(need);
      work.push(...cyclesAmong(cycle.nodes, within, deferred).map((nodes) => ({ nodes, within })));
    }
  }
  return deferred;
}

function cyclesAmong(
  coordinates: readonly Coordinate[],
  needs: readonly Need[],
  deferred: ReadonlySet<Need>,
): string[][] {
  const open = needs.filter((need) => !deferred.has(need));
  return cycles(graphOf(coordinates, open, new Set()));
}

function graphOf(coordinates: readonly Coordinate[], needs: readonly Need[], deferred: ReadonlySet<Need>): Graph {
  const graph = new Map<string, Set<string>>(coordinates.map((coordinate) => [coordinate, new Set()]));
  for (const { from } of deferred) graph.set(second(from), new Set([from]));
  for (const need of needs) {
    const node = deferred.has(need) ? second(need.from) : need.from;
    if (graph.has(need.to)) graph.get(node)?.add(need.to);
  }
  return graph;
}

function cycleBlock(node: string): Blocked {
  return {
    coordinate: objectOf(node),
    code: "reference-cycle",
    message: "Is part of a cycle of new objects that need one another at once; create one of them by hand first",
  };
}

/** Everything that needs a blocked object is blocked with it. */
function followersOf(graph: Graph, blocked: readonly Blocked[]): { lost: Set<string>; followers: Blocked[] } {
  const reason = new Map(
    blocked.flatMap((entry) => [
      [entry.coordinate, entry.coordinate] as const,
      [second(entry.coordinate), entry.coordinate] as const,
    ]),
  );
  const waiting = followersIn(graph);
  const queue = [...reason.keys()];
  const followers: Blocked[] = [];
  for (let at = 0; at < queue.length; at += 1) {
    const node = queue[at] ?? "";
    for (const next of waiting.get(node) ?? []) {
      if (reason.has(next)) continue;
      const cause = reason.get(node) ?? node;
      reason.set(next, cause);
      queue.push(next);
      followers.push({
        coordinate: objectOf(next),
        code: "blocked-by",
        message: `Needs ${cause}, which cannot be written`,
      });
    }
  }
  return { lost: new Set(queue), followers };
}
