import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { flowDependencies, flowKey, publishOrder, type FlowNode } from "../../../src/formats/architect/graph.ts";
import type { FlowReference } from "../../../src/formats/architect/references.ts";

function calls(name: string, type?: string): FlowReference {
  return { kind: "flow", name, path: "", form: "value", ...(type === undefined ? {} : { type }) };
}

function node(name: string, references: readonly FlowReference[], type = "inboundcall"): FlowNode {
  return { type, name, references };
}

describe("publishOrder", () => {
  test("callees come before callers, by type and name", () => {
    const flows = [
      node("Main", [calls("Bot", "bot"), calls("Shared", "commonmodule")]),
      node("Bot", [calls("Shared", "commonmodule")], "bot"),
      node("Bot", []),
      node("Shared", [], "commonmodule"),
    ];
    expect(publishOrder(flows)).toEqual({
      order: ["commonmodule:Shared", "bot:Bot", "inboundcall:Bot", "inboundcall:Main"],
      cycles: [],
    });
  });

  test("cycles are named, their callees still come first", () => {
    const flows = [
      node("A", [calls("B")]),
      node("B", [calls("A"), calls("C")]),
      node("C", []),
      node("S", [calls("S")]),
    ];
    const { order, cycles } = publishOrder(flows);
    expect(cycles).toEqual([["inboundcall:A", "inboundcall:B"], ["inboundcall:S"]]);
    expect(order.indexOf("inboundcall:C")).toBeLessThan(order.indexOf("inboundcall:B"));
  });

  test("references that cannot be told apart, computed ones and flows elsewhere count for nothing", () => {
    const flows = [
      node("A", [
        calls("Twin"),
        calls("Other"),
        calls("B", "bot"),
        { ...calls("B"), dynamic: true },
        { ...calls("B"), kind: "queue" },
      ]),
      node("B", []),
      node("Twin", [], "bot"),
      node("Twin", []),
    ];
    expect(flowDependencies(flows).get("inboundcall:A")).toEqual([]);
  });

  test("any graph: every flow once, callees first unless in a cycle, the same order however listed", () => {
    const graph = fc.array(fc.array(fc.nat(9), { maxLength: 4 }), { maxLength: 10 });
    fc.assert(
      fc.property(graph, (edges) => {
        const flows = edges.map((targets, at) =>
          node(
            `F${at}`,
            targets.map((target) => calls(`F${target}`)),
          ),
        );
        const { order, cycles } = publishOrder(flows);
        expect([...order].sort()).toEqual(flows.map(flowKey).sort());
        expect(publishOrder([...flows].reverse())).toEqual({ order, cycles });
        for (const [caller, callees] of flowDependencies(flows)) {
          for (const callee of callees) {
            const together = cycles.some((cycle) => cycle.includes(caller) && cycle.includes(callee));
            expect(together || order.indexOf(callee) < order.indexOf(caller)).toBe(true);
          }
        }
      }),
    );
  });
});
