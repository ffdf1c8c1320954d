import { describe, expect, it } from "vitest";
import { ivr } from "../../src/kinds/ivr.ts";
import type { Change, Writer } from "../../src/model/kind.ts";
import { change, trace, type Trace } from "./steps.ts";

function numbers(from: number, to: number): string[] {
  return Array.from({ length: to - from + 1 }, (_, at) => `+1800555${String(from + at).padStart(4, "0")}`);
}

function write(verb: "create" | "update", job: Change, answers: Parameters<typeof trace>[1]): Trace<string> {
  return trace((ivr.write?.[verb] as Writer)(job), answers);
}

describe("numbers", () => {
  it("are added fifty at a time when an IVR is created", () => {
    const job = change({ name: "Main", dnis: numbers(1, 120) }, { verb: "create", id: "" });
    const { asked, result } = write("create", job, [{ id: "ivr-1", version: 1 }, { version: 2 }, { version: 3 }]);
    expect(asked).toEqual([
      { op: "POST /api/v2/architect/ivrs", body: { name: "Main", dnis: numbers(1, 50) } },
      {
        op: "PUT /api/v2/architect/ivrs/{id}",
        path: { id: "ivr-1" },
        body: { name: "Main", dnis: numbers(1, 100), version: 1 },
      },
      {
        op: "PUT /api/v2/architect/ivrs/{id}",
        path: { id: "ivr-1" },
        body: { name: "Main", dnis: numbers(1, 120), version: 2 },
      },
    ]);
    expect(result).toBe("ivr-1");
  });

  it("that an update takes away go before others come", () => {
    const job = change(
      { name: "Main", dnis: numbers(3, 60), version: 7 },
      { entity: { dnis: numbers(1, 4), version: 7 } },
    );
    const { asked } = write("update", job, [{ version: 8 }, { version: 9 }]);
    const put = (version: number, dnis: readonly string[]) => ({
      op: "PUT /api/v2/architect/ivrs/{id}",
      path: { id: "own-id" },
      body: { name: "Main", version, dnis },
    });
    expect(asked).toEqual([put(7, numbers(3, 4)), put(8, numbers(3, 54)), put(9, numbers(3, 60))]);
  });

  it("that only come, or only go, take one request", () => {
    const held = { dnis: numbers(1, 2), version: 7 };
    for (const dnis of [numbers(1, 3), numbers(1, 1)]) {
      const job = change({ name: "Main", dnis, version: 7 }, { entity: held });
      expect(write("update", job, [{ version: 8 }]).asked).toHaveLength(1);
    }
  });
});
