import { describe, expect, it } from "vitest";
import { reuseFrom } from "../../src/exporters/reuse.ts";
import { KINDS } from "../../src/kinds/index.ts";
import type { Coordinate } from "../../src/model/coordinate.ts";
import { callFlow } from "../scenarios/support/centre.ts";

const FLOW: Coordinate = "flow/inboundcall:Main";
const TEXT = callFlow("Main", "Billing");

const previous = {
  ids: new Map<Coordinate, string>([
    ["queue/Billing", "queue-1"],
    ["queue/Support", "queue-2"],
    [FLOW, "flow-1"],
  ]),
  objects: new Map([[FLOW, { yaml: TEXT }]]),
  revisions: new Map([[FLOW, { yaml: "1.0" }]]),
};

/** What is used again of the flow, with these queues there now. */
function reused(queues: readonly (readonly [Coordinate, string])[], revision = "1.0"): unknown {
  const kind = KINDS.get("flow");
  if (kind === undefined) throw new Error("no flows");
  return reuseFrom(previous, new Map([...queues, [FLOW, "flow-1"]]))(kind, FLOW, "yaml", revision);
}

describe("the text of a flow, from an earlier reading", () => {
  const same = [
    ["queue/Billing", "queue-1"],
    ["queue/Support", "queue-2"],
  ] as const;

  it("is used again under the same revision", () => {
    expect(reused(same)).toBe(TEXT);
  });

  it("is read again under another revision", () => {
    expect(reused(same, "2.0")).toBeUndefined();
  });

  // An export shows the names of today under the revision of the last publish.
  it.each([
    ["was renamed", [["queue/Invoices", "queue-1"]]],
    ["is gone", [["queue/Support", "queue-2"]]],
    [
      "exchanged its name with another",
      [
        ["queue/Billing", "queue-2"],
        ["queue/Support", "queue-1"],
      ],
    ],
    ["was deleted and made again", [["queue/Billing", "queue-3"]]],
  ] as const)("is read again when a queue that it names %s", (_, queues) => {
    expect(reused(queues)).toBeUndefined();
  });
});
