import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Json } from "../../src/model/json.ts";
import { editsBetween } from "../../src/drift/edits.ts";
import { listEdits } from "../../src/drift/list-edits.ts";
import type { ListStep } from "../../src/model/report.ts";

function steps(before: readonly Json[], after: readonly Json[]): readonly ListStep[] | undefined {
  const [left, right] = [{ list: before }, { list: after }];
  const [found, ...others] = listEdits(left, right, editsBetween(left, right));
  expect(others).toEqual([]);
  return found?.steps;
}

/** The list that the steps lead to: what stays keeps its order around what is inserted and moved. */
function applied(before: readonly Json[], done: readonly ListStep[]): Json[] {
  const gone = new Set(
    done.flatMap((step) => (step.op === "insert" ? [] : [step.op === "move" ? step.from : step.at])),
  );
  const kept = before.filter((_, at) => !gone.has(at));
  const come = done.flatMap((step) =>
    step.op === "remove" ? [] : [{ at: step.op === "move" ? step.to : step.at, value: step.value }],
  );
  for (const { at, value } of come.sort((a, b) => a.at - b.at)) kept.splice(at, 0, value);
  return kept;
}

describe("the steps between two lists", () => {
  it.each<[string, Json[], Json[], ListStep[] | undefined]>([
    ["an item in front", ["a", "b"], ["x", "a", "b"], [{ op: "insert", at: 0, value: "x" }]],
    ["an item taken out", ["a", "b", "c"], ["a", "c"], [{ op: "remove", at: 1, value: "b" }]],
    ["two swapped", ["a", "b"], ["b", "a"], [{ op: "move", from: 0, to: 1, value: "a" }]],
    [
      "an object in front",
      [{ n: 1 }, { n: 2 }],
      [{ n: 0 }, { n: 1 }, { n: 2 }],
      [{ op: "insert", at: 0, value: { n: 0 } }],
    ],
    ["something inside an item", [{ n: 1 }, { n: 2 }], [{ n: 1 }, { n: 3 }], undefined],
  ])("are told for %s", (_what, before, after, expected) => {
    expect(steps(before, after)).toEqual(expected);
  });

  it("lead from one to the other", () => {
    const list = fc.array(fc.constantFrom("a", "b", "c", "d", "e"), { maxLength: 8 });
    fc.assert(
      fc.property(list, list, (before, after) => {
        expect(applied(before, steps(before, after) ?? [])).toEqual(after);
      }),
    );
  });
});
