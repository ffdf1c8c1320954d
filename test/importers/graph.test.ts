import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { cycles, waves, type Graph } from "../../src/importers/graph.ts";

const NODES = ["a", "b", "c", "d", "e", "f"];

const graph: fc.Arbitrary<Graph> = fc
  .tuple(...NODES.map((node) => fc.subarray(NODES).map((before) => [node, new Set(before.slice(0, 2))] as const)))
  .map((entries) => new Map(entries));

function graphOf(edges: { readonly [node: string]: readonly string[] }): Graph {
  return new Map(Object.entries(edges).map(([node, before]) => [node, new Set(before)]));
}

/** Everything that can be reached from a node in one step or more, found the slow way. */
function reachable(from: string, edges: Graph): Set<string> {
  const found = new Set<string>();
  const walk = (node: string): void => {
    for (const next of edges.get(node) ?? []) {
      if (found.has(next) || !edges.has(next)) continue;
      found.add(next);
      walk(next);
    }
  };
  walk(from);
  return found;
}

describe("cycles", () => {
  it.each<[string, { readonly [node: string]: readonly string[] }, readonly (readonly string[])[]]>([
    ["none in a chain", { a: ["b"], b: ["c"], c: [] }, []],
    ["a node that refers to itself", { a: ["a"], b: [] }, [["a"]]],
    ["two that refer to one another", { a: ["b"], b: ["a"], c: ["a"] }, [["a", "b"]]],
    [
      "two cycles side by side",
      { a: ["b"], b: ["a"], c: ["d", "a"], d: ["c"] },
      [
        ["a", "b"],
        ["c", "d"],
      ],
    ],
    ["none through what is not in the graph", { a: ["x"], b: ["x", "a"] }, []],
    ["one through a diamond", { a: ["b", "c"], b: ["d"], c: ["d"], d: ["a"] }, [["a", "b", "c", "d"]]],
  ])("are found: %s", (_, edges, expected) => {
    expect(
      cycles(graphOf(edges))
        .map((group) => [...group].sort())
        .sort(),
    ).toEqual(expected);
  });

  it("are the groups of nodes that reach one another", () => {
    fc.assert(
      fc.property(graph, (edges) => {
        const groups = cycles(edges);
        const groupOf = new Map(groups.flatMap((group, at) => group.map((node) => [node, at] as const)));
        expect(groupOf.size).toBe(groups.flat().length);
        for (const one of NODES) {
          expect(groupOf.has(one)).toBe(reachable(one, edges).has(one));
          for (const other of NODES.filter((node) => node !== one)) {
            const together = reachable(one, edges).has(other) && reachable(other, edges).has(one);
            expect(groupOf.has(one) && groupOf.get(one) === groupOf.get(other)).toBe(together);
          }
        }
      }),
    );
  });

  it("are found at the end of a long chain", () => {
    const length = 20_000;
    const chain = new Map(Array.from({ length }, (_, at) => [String(at), new Set([String((at + 1) % length)])]));
    expect(cycles(chain).map((group) => group.length)).toEqual([length]);
  });
});

describe("waves", () => {
  it.each<[string, { readonly [node: string]: readonly string[] }, { readonly [node: string]: number }]>([
    ["one for what needs nothing", { a: [], b: ["x"] }, { a: 1, b: 1 }],
    ["one more than the latest before", { a: [], b: ["a"], c: ["a", "b"], d: ["a"] }, { a: 1, b: 2, c: 3, d: 2 }],
    ["in whatever order they stand", { c: ["b", "a"], b: ["a"], a: [] }, { c: 3, b: 2, a: 1 }],
  ])("are %s", (_, edges, expected) => {
    expect(Object.fromEntries(waves(graphOf(edges)))).toEqual(expected);
  });

  it("put every node right behind the latest that it needs", () => {
    const ordered = graph.map(
      (edges): Graph =>
        new Map([...edges].map(([node, before]) => [node, new Set([...before].filter((other) => other < node))])),
    );
    fc.assert(
      fc.property(ordered, (edges) => {
        const wave = waves(edges);
        for (const [node, before] of edges) {
          expect(wave.get(node)).toBe(1 + Math.max(0, ...[...before].map((other) => wave.get(other) ?? 0)));
        }
      }),
    );
  });
});
