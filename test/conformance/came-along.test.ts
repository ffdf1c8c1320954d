import { beforeEach, describe, expect, it } from "vitest";
import { openOffice, type Body, type Office } from "./office.ts";

const MINUTES = 120_000;
const SITES = "/api/v2/telephony/providers/edges/sites";
const ROUTE = "outbound-route/North/Default Outbound Route";

type Applied = Awaited<ReturnType<Office["apply"]>>;

async function run(office: Office, prune: boolean): Promise<Applied> {
  const drift = await office.drift(await office.snapshot("primary"), await office.snapshot("standby"));
  return office.apply(office.plan(drift, prune));
}

async function entities(office: Office, path: string): Promise<Body[]> {
  return (await office.admin.primary("GET", path))["entities"] as Body[];
}

/** A primary with a new site from which somebody deleted the route that the platform had made with it. */
async function withoutRoute(settings: object = {}): Promise<Office> {
  const office = await openOffice(settings);
  const [own] = await entities(office, `${SITES}?managed=false`);
  const { id } = await office.admin.primary("POST", SITES, {
    name: "North",
    location: own?.["location"],
    mediaModel: "Cloud",
  });
  const routes = `${SITES}/${String(id)}/outboundroutes`;
  for (const route of await entities(office, routes))
    await office.admin.primary("DELETE", `${routes}/${String(route["id"])}`);
  return office;
}

describe("what the platform makes together with a new object, and the primary does not have", () => {
  let office: Office;
  beforeEach(async () => {
    office = await withoutRoute();
  }, MINUTES);

  it("is not called verified, and goes with the next run that deletes", { timeout: MINUTES }, async () => {
    const first = await run(office, true);
    expect(first).toMatchObject({ failures: [], verified: false, unequal: [{ coordinate: ROUTE }] });
    expect(await run(office, true)).toMatchObject({
      failures: [],
      unequal: [],
      verified: true,
      operations: { done: 1 },
    });
    expect(await run(office, true)).toMatchObject({ verified: true, writes: 0 });
  });

  it("is a difference from then on where nothing is deleted", { timeout: MINUTES }, async () => {
    expect(await run(office, false)).toMatchObject({ verified: false, unequal: [{ coordinate: ROUTE }] });
    const drift = await office.drift(await office.snapshot("primary"), await office.snapshot("standby"));
    expect(drift.report.changes).toMatchObject([{ coordinate: ROUTE, action: "delete" }]);
  });
});

describe("what came along with a new object and is not kept in step", () => {
  it("is nothing to verify", { timeout: MINUTES }, async () => {
    const office = await withoutRoute({ include: { exclude: [{ kind: "outbound-route", name: "*" }] } });
    expect(await run(office, true)).toMatchObject({ failures: [], unequal: [], verified: true });
  });
});
