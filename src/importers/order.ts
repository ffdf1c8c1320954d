import type { Coordinate } from "../model/coordinate.ts";
import type { OperationView } from "../model/kind.ts";
import type { Blocked } from "../model/plan.ts";
import type { Draft, Need } from "./drafts.ts";
import { cycles, waves, type Graph } from "./graph.ts";

/** A draft in its place: `phase` 1 leaves out references that close a cycle, 2 writes them. */
export interface Placed {
  readonly draft: Draft;
  readonly phase?: 1 | 2;
  readonly node: string;
  readonly before: readonly string[];
  readonly wave: number;
}

/** Name of the second pass over an object in the graph. */
const second = (coordinate: Coordinate): string => `${coordinate}#2`;

/**
 * An order in which every need is met: objects that refer to one another in a circle are written twice, without and with
 * the references that close it. What cannot be ordered, and what depends on it, is blocked.
 */
export function orderDrafts(
  drafts: readonly Draft[],
  needs: readonly Need[],
  alreadyBlocked: readonly Blocked[],
): { placed: Placed[]; blocked: Blocked[] } {
  const ordered = [...needs, ...kindRules(drafts)];
  const firm = withoutSoftCycles(drafts, ordered);
  const split = objectsToSplit(drafts, firm);
  const graph = graphOf(drafts, firm, split);
  const stuck = new Set(cycles(graph).flat());
  const blocked = [...alreadyBlocked, ...[...stuck].map(cycleBlock)];
  const { lost, followers } = followersOf(graph, blocked);
  const kept: Graph = new Map([...graph].filter(([node]) => !lost.has(node)));
  const wave = waves(kept);
  const placed = drafts.flatMap((draft): Placed[] => {
    const { coordinate } = draft.difference;
    const phases = split.has(coordinate) ? ([1, 2] as const) : ([undefined] as const);
    return phases.flatMap((phase) => {
      const node = phase === 2 ? second(coordinate) : coordinate;
      const before = kept.get(node);
      if (before === undefined) return [];
      return [
        { draft, ...(phase === undefined ? {} : { phase }), node, before: [...before], wave: wave.get(node) ?? 1 },
      ];
    });
  });
  return {
    placed: placed.sort((a, b) => a.wave - b.wave || (a.node < b.node ? -1 : 1)),
    blocked: [...blocked, ...followers],
  };
}

/** Order that a kind asks for although nothing refers to the other, such as two routes that exchange a classification. */
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
  return {
    coordinate,
    ...(current === undefined ? {} : { before: current }),
    ...(wanted === undefined ? {} : { after: wanted }),
  };
}

function withoutSoftCycles(drafts: readonly Draft[], needs: readonly Need[]): Need[] {
  const group = groupOf(cycles(graphOf(drafts, needs, new Set())));
  return needs.filter((need) => need.strength !== "soft" || !sameGroup(group, need));
}

function objectsToSplit(drafts: readonly Draft[], needs: readonly Need[]): Set<Coordinate> {
  const group = groupOf(cycles(graphOf(drafts, needs, new Set())));
  return new Set(needs.filter((need) => need.strength === "later" && sameGroup(group, need)).map((need) => need.from));
}

function groupOf(groups: readonly string[][]): Map<string, number> {
  return new Map(groups.flatMap((nodes, at) => nodes.map((node) => [node, at] as const)));
}

function sameGroup(group: ReadonlyMap<string, number>, { from, to }: Need): boolean {
  return group.has(from) && group.get(from) === group.get(to);
}

function graphOf(drafts: readonly Draft[], needs: readonly Need[], split: ReadonlySet<Coordinate>): Graph {
  const graph = new Map<string, Set<string>>(drafts.map(({ difference }) => [difference.coordinate, new Set()]));
  for (const coordinate of split) graph.set(second(coordinate), new Set([coordinate]));
  for (const { from, to, strength } of needs) {
    const node = strength === "later" && split.has(from) ? second(from) : from;
    if (graph.has(to)) graph.get(node)?.add(to);
  }
  return graph;
}

function cycleBlock(node: string): Blocked {
  return {
    coordinate: node.replace(/#2$/, ""),
    code: "reference-cycle",
    message: "is part of a circle of new objects that need one another at once; create one of them by hand first",
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
  const waiting = new Map<string, string[]>();
  for (const [node, before] of graph) {
    for (const other of before) {
      const list = waiting.get(other) ?? [];
      list.push(node);
      waiting.set(other, list);
    }
  }
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
        coordinate: next.replace(/#2$/, ""),
        code: "blocked-by",
        message: `needs ${cause}, which cannot be written`,
      });
    }
  }
  return { lost: new Set(queue), followers };
}
