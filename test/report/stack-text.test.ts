import { expect, it } from "vitest";
import { stackSummary, upSummary, type StackChange } from "../../src/report/stack-text.ts";

const CHANGES: readonly StackChange[] = [
  { coordinate: "division/Claims", action: "import", edits: [] },
  { coordinate: "flow/bot:X", action: "create", edits: [] },
  { coordinate: "ivr/Main", action: "replace", edits: ["/type"] },
  { coordinate: "queue/A\u001b[31m", action: "update", edits: ["/a", "/b"], imported: true },
  { coordinate: "queue/B", action: "update", edits: [], second: true },
  { coordinate: "queue/C", action: "update", edits: ["/name"], from: "queue/Old" },
  { coordinate: "skill/Z", action: "delete", edits: [] },
];

it("tells a preview in the words of a plan", () => {
  const text = stackSummary({ stack: "standby", changes: CHANGES, same: 3 }, [
    { guard: "prune", message: "deletes 1" },
  ]);
  expect(text).toBe(`standby: 1 create, 3 update, 1 replace, 1 delete; 1 adopted as they are, 3 unchanged

  + flow/bot:X
  ± ivr/Main  (because of /type)
  ~ queue/A\uFFFD[31m  (2 edits, adopted)
  ~ queue/B  (second pass)
  ~ queue/C  (now queue/Old, 1 edit)
  - skill/Z

stopped by guards
  prune: deletes 1
`);
});

it("tells that there is nothing to do", () => {
  expect(stackSummary({ stack: "dns", changes: [], same: 3 }, [])).toBe("dns: nothing to do; 3 unchanged\n");
});

it("tells what an update did, what failed and what comes out", () => {
  const done = { stack: "standby", changes: CHANGES.slice(0, 4), same: 3 };
  const outputs = [
    ["a", "1"],
    ["long", "2"],
  ] as const;
  expect(upSummary(done, { failures: [], held: 0 }, outputs)).toBe(
    "standby: 1 created, 1 updated, 1 replaced, 1 adopted, 0 failed, 3 unchanged\n  a     1\n  long  2\n",
  );
  const failed = {
    coordinate: "queue/A",
    code: "moved-target" as const,
    message: "was changed",
    hint: "Preview again.",
  };
  expect(upSummary({ ...done, changes: [] }, { failures: [failed], held: 2 }, [])).toBe(
    "standby: 1 failed, 2 not tried, 3 unchanged\nfailed: queue/A: moved-target: was changed\n  do    Preview again.\n",
  );
});
