import { expect, it } from "vitest";
import type { Answer } from "../../src/model/api.ts";
import type { Obj } from "../../src/model/json.ts";
import { untilSettled, type Settled } from "../../src/model/until-settled.ts";

const CALL = { op: "GET /api/v2/flows/outcomes/{id}", path: { id: "1" } } as const;

function settled({ status }: Obj): Settled {
  return status === "Error" ? { failed: "the status is Error" } : status === "Active";
}

/** Runs the steps against answers, the last of which is given again and again. @returns how many requests it took */
function runAgainst(answers: readonly Answer[]): { readonly entity: Obj; readonly requests: number } {
  const steps = untilSettled(CALL, settled);
  let requests = 0;
  let turn = steps.next();
  while (turn.done !== true) {
    const answer = "op" in turn.value ? answers[Math.min(requests++, answers.length - 1)] : undefined;
    turn = steps.next(answer ?? { status: 200, body: {} });
  }
  return { entity: turn.value, requests };
}

const found = (status: string): Answer => ({ status: 200, body: { id: "1", status } });

it("reads an object again until it is settled, also one that is not visible at first", () => {
  const answers = [{ status: 404, body: {} }, found("Pending"), found("Active")];
  expect(runAgainst(answers)).toEqual({ entity: { id: "1", status: "Active" }, requests: 3 });
});

it("ends at once when the platform reports that the change failed", () => {
  expect(() => runAgainst([found("Pending"), found("Error")])).toThrow(/the status is Error/);
});

it("gives up when the change is not finished in time", () => {
  expect(() => runAgainst([found("Pending")])).toThrow(/did not finish it in two minutes/);
});
