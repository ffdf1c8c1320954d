import { beforeEach, describe, expect, it } from "vitest";
import { openOffice, type Body, type Office } from "./office.ts";

const POOLS = "/api/v2/telephony/providers/edges/didpools";
const EXTENSIONS = "/api/v2/telephony/providers/edges/extensionpools";
const IVRS = "/api/v2/architect/ivrs";

let office: Office;

beforeEach(async () => void (office = await openOffice()));

async function add(side: "primary" | "standby", path: string, body: object): Promise<string> {
  return String((await office.admin[side]("POST", path, body))["id"]);
}

const pool = (from: string, to: string): object => ({
  startPhoneNumber: from,
  endPhoneNumber: to,
  provider: "PURE_CLOUD",
});
const extensions = (startNumber: string, endNumber: string): object => ({ name: startNumber, startNumber, endNumber });

/** Plans and applies until nothing is left to do. */
async function converge(prune: boolean): Promise<{ runs: number; blocked: readonly { coordinate: string }[] }> {
  for (let runs = 0; runs < 3; runs += 1) {
    const drift = await office.drift(await office.snapshot("primary"), await office.snapshot("standby"));
    const plan = office.plan(drift, prune);
    if (plan.operations.length === 0) return { runs, blocked: plan.blocked };
    expect(await office.apply(plan)).toMatchObject({ failures: [], unequal: [] });
  }
  throw new Error("never done");
}

async function idsIn(path: string): Promise<string[]> {
  const { entities } = (await office.admin.standby("GET", path)) as { entities: Body[] };
  return entities.filter(({ state }) => state !== "deleted").map(({ id }) => String(id));
}

describe("a range that grew in the primary, while the organisations have no common past", () => {
  it.each([true, false])("is changed in place, and the call route keeps its number (prune: %s)", async (prune) => {
    await add("primary", POOLS, pool("+13175550100", "+13175550199"));
    const present = await add("standby", POOLS, pool("+13175550120", "+13175550149"));
    for (const side of ["primary", "standby"] as const) await add(side, IVRS, { name: "Main", dnis: ["+13175550125"] });
    expect(await converge(prune)).toEqual({ runs: 1, blocked: [] });
    expect(await idsIn(POOLS)).toEqual([present]);
  });

  it("is grown for a number that comes with it", async () => {
    await add("primary", POOLS, pool("+13175550100", "+13175550199"));
    await add("standby", POOLS, pool("+13175550120", "+13175550149"));
    await add("primary", IVRS, { name: "Main", dnis: ["+13175550199"] });
    await add("standby", IVRS, { name: "Main", dnis: ["+13175550125"] });
    expect(await converge(false)).toEqual({ runs: 1, blocked: [] });
  });

  it("is changed in place for extensions too", async () => {
    await add("primary", EXTENSIONS, extensions("4000", "4999"));
    const present = await add("standby", EXTENSIONS, extensions("4100", "4199"));
    expect(await converge(false)).toEqual({ runs: 1, blocked: [] });
    expect(await idsIn(EXTENSIONS)).toEqual([present]);
  });
});

describe("a range that is another one in the primary", () => {
  it("goes before the new one comes", async () => {
    await add("primary", EXTENSIONS, extensions("4150", "4299"));
    await add("standby", EXTENSIONS, extensions("4100", "4199"));
    expect((await converge(false)).blocked).toMatchObject([{ coordinate: "extension-pool/4150..4299" }]);
    expect(await converge(true)).toEqual({ runs: 1, blocked: [] });
  });

  it("is not changed where a call route keeps a number in it, and the plan says so before it starts", async () => {
    await add("primary", POOLS, pool("+13175550110", "+13175550139"));
    const present = await add("standby", POOLS, pool("+13175550100", "+13175550129"));
    for (const side of ["primary", "standby"] as const) await add(side, IVRS, { name: "Main", dnis: ["+13175550125"] });
    const { runs, blocked } = await converge(true);
    expect(runs).toBe(0);
    expect(blocked.map(({ coordinate }) => coordinate).sort()).toEqual([
      "did-pool/+13175550100..+13175550129",
      "did-pool/+13175550110..+13175550139",
    ]);
    expect(await idsIn(POOLS)).toEqual([present]);
  });
});
