import { describe, expect, it } from "vitest";
import { withoutLock, lockTableId } from "./support/lock.ts";
import { works } from "./support/refused.ts";
import { stageFor } from "./support/stage.ts";

const QUEUES = "/api/v2/routing/queues";

const MANY = 30;

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  for (const org of ["primary", "standby"]) {
    const admin = await set.admin(org);
    for (let at = 0; at < MANY; at += 1) await admin.create(QUEUES, { name: `Queue ${at}`, description: org });
  }
});

/** Requests of an apply of so many updates, by method and path, without those about the lock. */
async function applied(changes: number): Promise<readonly string[]> {
  const workspace = await stage.workspace();
  const only = Array.from({ length: changes }, (_, at) => ["--only", `queue/Queue ${at}`]).flat();
  await works(workspace, 2, "plan", "-o", "plan.json", ...only);
  const mark = await stage.control.mark();
  const done = await works(workspace, 0, "apply", "plan.json", "--allow", "max-updates");
  expect(done).toMatchObject({ operations: { done: changes }, verified: true });
  const log = withoutLock(await stage.control.log(mark), await lockTableId(stage));
  return log.flatMap(({ method, path }) => (path.startsWith("/api/") ? [`${method} ${path}`] : []));
}

const about = (requests: readonly string[], start: string): number =>
  requests.filter((request) => request.startsWith(start)).length;

describe("the requests of an apply", () => {
  it("are one write for each object, and a few lists, where many are written", async () => {
    const requests = await applied(MANY);
    expect(about(requests, `PUT ${QUEUES}/`)).toBe(MANY);
    // Objects without versions are read again before they are written: all of them with a few lists.
    expect(about(requests, `GET ${QUEUES}/`)).toBe(0);
    const lists = about(requests, `GET ${QUEUES}`);
    // Two lists, by a filter: before and after, and again for every 40 writes.
    expect(lists).toBeLessThanOrEqual(2 * (2 + Math.ceil(MANY / 40)));
    // Who the organisation is, twice, and whether it carries calls.
    expect(requests.length - lists, requests.join("\n")).toBeLessThanOrEqual(Math.ceil(MANY * 1.05) + 4);
  });

  it("are one write and three reads where one object is written", async () => {
    const requests = await applied(1);
    expect(about(requests, `GET ${QUEUES}`)).toBe(3);
    expect(requests.length, requests.join("\n")).toBeLessThanOrEqual(1 + 3 + 4);
  });
});
