import { describe, expect, it } from "vitest";
import type { Api, Request, Steps } from "../../src/model/api.ts";
import { runWrites } from "../../src/canonical/run-steps.ts";

/** An organisation that tells which requests were held, and when that ended. */
function told(): { api: Api; log: string[] } {
  const log: string[] = [];
  const note = (how: string) => async (request: Request) => {
    log.push(`${how} ${"op" in request ? request.op : "pause"}`);
    return { status: 200 };
  };
  const hold = () => ({ send: note("held"), release: () => void log.push("released") });
  return { api: { send: note("free"), hold }, log };
}

function* change(...ops: readonly ("GET" | "POST" | "PUT")[]): Steps<string> {
  for (const verb of ops) yield { op: `${verb} /api/v2/things` };
  return "id";
}

describe("the requests of one write", () => {
  it("are not broken off once the first of them has changed something", async () => {
    const { api, log } = told();
    expect(await runWrites(api, "thing", change("GET", "POST", "GET", "PUT"))).toBe("id");
    expect(log).toEqual([
      "free GET /api/v2/things",
      "free POST /api/v2/things",
      "held GET /api/v2/things",
      "held PUT /api/v2/things",
      "released",
    ]);
  });

  it("let go when one is refused", async () => {
    const { api, log } = told();
    const refused = new Error("refused");
    const steps = (function* (): Steps<string> {
      yield { op: "POST /api/v2/things" };
      throw refused;
    })();
    await expect(runWrites(api, "thing", steps)).rejects.toBe(refused);
    expect(log.at(-1)).toBe("released");
  });
});
