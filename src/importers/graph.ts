/** A directed graph: node → the nodes that must come before it. */
export type Graph = ReadonlyMap<string, ReadonlySet<string>>;

/**
 * Groups of nodes that reach one another (Tarjan), each with more than one node or a node that refers to itself.
 * Iterative, so that a long chain does not exhaust the stack.
 */
export function cycles(graph: Graph): string[][] {
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const onStack = new Set<string>();
  const stack: string[] = [];
  const found: string[][] = [];
  for (const root of graph.keys()) {
    if (index.has(root)) continue;
    const work: { node: string; next: Iterator<string> }[] = [];
    const enter = (node: string): void => {
      index.set(node, index.size);
      low.set(node, index.size - 1);
      stack.push(node);
      onStack.add(node);
      work.push({ node, next: (graph.get(node) ?? new Set<string>()).values() });
    };
    enter(root);
    while (work.length > 0) {
      const frame = work[work.length - 1];
      if (frame === undefined) break;
      const step = frame.next.next();
      if (step.done !== true) {
        const before = step.value;
        if (!graph.has(before)) continue;
        if (!index.has(before)) enter(before);
        else if (onStack.has(before)) lower(low, frame.node, index.get(before) ?? 0);
        continue;
      }
      work.pop();
      const parent = work[work.length - 1];
      if (parent !== undefined) lower(low, parent.node, low.get(frame.node) ?? 0);
      if (low.get(frame.node) !== index.get(frame.node)) continue;
      const group = stack.splice(stack.lastIndexOf(frame.node));
      for (const node of group) onStack.delete(node);
      if (group.length > 1 || graph.get(frame.node)?.has(frame.node) === true) found.push(group);
    }
  }
  return found;
}

function lower(low: Map<string, number>, node: string, value: number): void {
  low.set(node, Math.min(low.get(node) ?? value, value));
}

/** 1-based wave of every node of a graph without cycles: one more than the latest of those before it. */
export function waves(graph: Graph): Map<string, number> {
  const wave = new Map<string, number>();
  const waiting = new Map<string, number>();
  const followers = new Map<string, string[]>();
  for (const [node, before] of graph) {
    const known = [...before].filter((other) => graph.has(other));
    waiting.set(node, known.length);
    for (const other of known) {
      const list = followers.get(other) ?? [];
      list.push(node);
      followers.set(other, list);
    }
  }
  const ready = [...waiting].filter(([, count]) => count === 0).map(([node]) => node);
  for (const node of ready) wave.set(node, 1);
  for (let at = 0; at < ready.length; at += 1) {
    const node = ready[at] ?? "";
    for (const follower of followers.get(node) ?? []) {
      wave.set(follower, Math.max(wave.get(follower) ?? 1, (wave.get(node) ?? 1) + 1));
      const left = (waiting.get(follower) ?? 1) - 1;
      waiting.set(follower, left);
      if (left === 0) ready.push(follower);
    }
  }
  return wave;
}
