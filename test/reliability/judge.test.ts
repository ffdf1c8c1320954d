import { describe, expect, it } from "vitest";
import { judge, keptObjects, type Evidence } from "./judge.ts";
import { pictureOf } from "./reader.ts";

const QUEUES = "/api/v2/routing/queues";
const one = { id: "00000000-0000-4000-a000-000000000001", name: "Billing" };
const two = { id: "00000000-0000-4000-a000-000000000002", name: "Billing" };
const before = { [`${QUEUES}/${one.id}`]: one };

/** A run that changed nothing and had nothing to change. */
const fine: Evidence = {
  ended: { exit: 0, stdout: JSON.stringify({ verified: true, writes: 0 }), stderr: "", writes: 0 },
  before,
  standby: before,
  primary: before,
  primaryTouched: false,
  log: [],
};

function saying(exit: number, document: object, writes = 0): Evidence["ended"] {
  return { exit, stdout: JSON.stringify(document), stderr: "", writes };
}

function wrongs(evidence: Partial<Evidence>): string {
  const expected = { exit: 0, final: pictureOf(before), kept: keptObjects(before, before) };
  return judge({ ...fine, ...evidence }, expected, "none").join("\n");
}

describe("the judge of a run", () => {
  it("has nothing to say where everything is as it should be", () => {
    expect(wrongs({})).toBe("");
  });

  it.each<readonly [string, Partial<Evidence>, string]>([
    [
      "a write to the primary",
      { log: [{ org: "primary", method: "POST", path: QUEUES }] },
      `the primary got POST ${QUEUES}`,
    ],
    ["a primary that changed", { primaryTouched: true }, "the primary changed"],
    ["an object that is there twice", { standby: { ...before, [`${QUEUES}/${two.id}`]: two } }, "has 2 times"],
    ["an object that is gone", { standby: {} }, `the standby lost ${QUEUES}/${one.id}`],
    [
      "another content that is called verified",
      { standby: { [`${QUEUES}/${one.id}`]: { ...one, notes: "x" } } },
      "called verified",
    ],
    [
      "an exit code that hides failures",
      { ended: saying(0, { verified: false, writes: 0, failures: [{}] }) },
      'exit 0 with ["failures"]',
    ],
    [
      "a result that is verified and failed",
      { ended: saying(4, { verified: true, writes: 0, failures: [{}] }) },
      "verified is true at exit 4",
    ],
    ["a wrong number of writes", { ended: saying(0, { verified: true, writes: 0 }, 2) }, "tells 0 writes of 2"],
    ["an internal error", { ended: saying(1, { error: { code: "internal-error" } }) }, "internal error"],
    ["a missing document", { ended: { ...fine.ended, stdout: "" } }, "not one JSON document"],
  ])("names %s", (_, evidence, problem) => {
    expect(wrongs(evidence)).toContain(problem);
  });
});
