import { describe, expect, it } from "vitest";
import { buildCentre } from "./support/centre.ts";
import { documentOf } from "./support/cli.ts";
import { stageFor } from "./support/stage.ts";

const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => buildCentre(await set.admin("primary")));

/** What may come in place of an answer. */
const WRONG = {
  nothing: { status: 204 },
  "an empty object": { body: {} },
  null: { body: null },
  "a web page": { contentType: "text/html", body: "<html>Sign in</html>" },
  "a text": { contentType: "text/plain", body: "Service restarting" },
} as const;

type Wrong = keyof typeof WRONG;

interface Applied {
  readonly failures: readonly { readonly code: string }[];
  readonly verified: boolean;
}

/** Writes of a first sync, and what answers their jobs. */
const WRITES = [
  ["POST", "/authorization/divisions$"],
  ["POST", "/routing/queues$"],
  ["POST", "/queues/[^/]+/wrapupcodes$"],
  ["POST", "/flows/jobs$"],
  ["GET", "/flows/jobs/[^/]+$"],
  ["POST", "/architect/ivrs$"],
] as const;

const cases = WRITES.flatMap(([method, path], at) => {
  const kinds = Object.keys(WRONG) as Wrong[];
  // Two answers for each, all of them over all.
  return [at, at + 1].map((nth) => [method, path, kinds[nth % kinds.length] ?? "nothing"] as const);
});

async function names(): Promise<unknown[]> {
  const state = await stage.control.state("standby");
  const kept = /^\/api\/v2\/(routing|authorization|architect|flows|telephony)[^?]*$/;
  return Object.entries(state)
    .filter(([path, { name }]) => kept.test(path) && name !== undefined)
    .map(([path, { name }]) => `${path.replace(/\/[^/]*$/, "")} ${String(name)}`)
    .sort();
}

describe.each(cases)("%s %s answered by %s", (method, path, wrong) => {
  const fault = { org: "standby", method, path, action: "answer", ...WRONG[wrong] };

  it("although it was carried out: is found out, and nothing is there twice", async () => {
    const workspace = await stage.workspace();
    await stage.control.faults({ ...fault, carriedOut: true });
    const { failures, verified } = documentOf<Applied>(await workspace.hurried("sync", "--yes"));
    expect({ failures, verified }).toEqual({ failures: [], verified: true });
    expect(new Set(await names()).size).toBe((await names()).length);
    expect(documentOf(await workspace.hurried("diff"))).toMatchObject({ changes: [] });
  });

  it("and not carried out: is never called done, and the next run ends it", async () => {
    const workspace = await stage.workspace();
    await stage.control.faults(fault);
    const first = await workspace.hurried("sync", "--yes");
    const { failures, verified } = documentOf<Applied>(first);
    expect(verified).toBe(first.exit === 0);
    const unclear = failures.filter(({ code }) => code === "outcome-unknown" || code === "unusable-answer");
    expect(unclear.length > 0).toBe(failures.length > 0);
    expect(documentOf(await workspace.hurried("sync", "--yes"))).toMatchObject({ failures: [], verified: true });
    expect(documentOf(await workspace.hurried("diff"))).toMatchObject({ changes: [] });
  });
});

it("objects that cannot be read back are told with what was written", async () => {
  const workspace = await stage.workspace();
  await workspace.hurried("plan", "-o", "plan.json");
  const gone = { org: "standby", method: "GET", path: "/routing/queues/[^/]+$", action: "answer", body: {}, times: 99 };
  await stage.control.faults(gone);
  const ended = await workspace.hurried("apply", "plan.json");
  expect(ended.exit).toBe(4);
  const unchecked = ["queue/Billing", "queue/Support"];
  expect(documentOf(ended)).toMatchObject({ failures: [], unchecked, verified: false });
  expect(documentOf(ended)["undoPlan"]).not.toBe(null);
});
