/** A directed graph: node → the nodes that must come before it. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Groups of nodes that reach one another (Tarjan), each with more than one node or a node that refers to itself.
 * Iterative, so that a long chain does not exhaust the stack.
 */
export function cycles(graph: Graph): string[][] {
  const search: Search = { graph, index: new Map(), low: new Map(), stack: [], onStack: new Set(), found: [] };
  for (const root of graph.keys()) if (!search.index.has(root)) searchFrom(search, root);
  return search.found;
}

/** Tarjan's bookkeeping: when a node was entered, the earliest node that it reaches, and the nodes of open groups. */
interface Search {
  readonly graph: Graph;
  readonly index: Map<string, number>;
  readonly low: Map<string, number>;
  readonly stack: string[];
  readonly onStack: Set<string>;
  readonly found: string[][];
}

/** A node whose predecessors are being looked at. */
interface Frame {
  readonly node: string;
  readonly next: Iterator<string>;
}

function searchFrom(search: Search, root: string): void {
  const work = [enter(search, root)];
  for (let frame = work.at(-1); frame !== undefined; frame = work.at(-1)) {
    const unseen = nextUnseen(search, frame);
    if (unseen !== undefined) {
      work.push(enter(search, unseen));
      continue;
    }
    work.pop();
    const parent = work.at(-1);
    if (parent !== undefined) lower(search, parent.node, search.low.get(frame.node) ?? 0);
    closeGroup(search, frame.node);
  }
}

function enter({ graph, index, low, stack, onStack }: Search, node: string): Frame {
  low.set(node, index.size);
  index.set(node, index.size);
  stack.push(node);
  onStack.add(node);
  return { node, next: (graph.get(node) ?? new Set<string>()).values() };
}

/** The next predecessor that was not entered yet; the others may lower the node on the way. */
function nextUnseen(search: Search, { node, next }: Frame): string | undefined {
  const { graph, index, onStack } = search;
  for (let step = next.next(); step.done !== true; step = next.next()) {
    const before = step.value;
    if (!graph.has(before)) continue;
    const entered = index.get(before);
    if (entered === undefined) return before;
    if (onStack.has(before)) lower(search, node, entered);
  }
  return undefined;
}

function lower({ low }: Search, node: string, value: number): void {
  low.set(node, Math.min(low.get(node) ?? value, value));
}

function closeGroup({ graph, index, low, stack, onStack, found }: Search, node: string): void {
  if (low.get(node) !== index.get(node)) return;
  const group = stack.splice(stack.lastIndexOf(node));
  for (const each of group) onStack.delete(each);
  if (group.length > 1 || graph.get(node)?.has(node) === true) found.push(group);
}

/** 1-based wave of every node of a graph without cycles: one more than the latest of those before it. */
export function waves(graph: Graph): Map<string, number> {
  const waiting = new Map(
    [...graph].map(([node, before]) => [node, [...before].filter((other) => graph.has(other)).length]),
  );
  const followers = followersIn(graph);
  const ready = [...waiting].filter(([, count]) => count === 0).map(([node]) => node);
  const wave = new Map(ready.map((node) => [node, 1]));
  // Nodes are added to the list while it is walked.
  for (const node of ready) {
    for (const follower of followers.get(node) ?? []) {
      wave.set(follower, Math.max(wave.get(follower) ?? 1, (wave.get(node) ?? 1) + 1));
      const left = (waiting.get(follower) ?? 1) - 1;
      waiting.set(follower, left);
      if (left === 0) ready.push(follower);
    }
  }
  return wave;
}

/** Node → the nodes that come after it. */
export function followersIn(graph: Graph): Map<string, string[]> {
  const followers = new Map<string, string[]>();
  for (const [node, before] of graph) {
    for (const other of before) {
      const list = followers.get(other) ?? [];
      list.push(node);
      followers.set(other, list);
    }
  }
  return followers;
}
