import { beforeAll, describe, expect, it } from "vitest";
import { contactCentre, drifted, secretMark } from "../../src/simulator/centre/index.ts";
import { lab, load } from "./lab.ts";
import type { Body, Lab } from "./lab.ts";

const primary = contactCentre({ seed: 1, size: "S" });
const { steps: standby } = drifted(contactCentre({ seed: 1, size: "S", side: "standby" }), { seed: 1 });

async function stateOf(place: Lab, org: string): Promise<Record<string, Body>> {
  return (await place.anyone("GET", `/_sim/orgs/${org}/state`)).body as unknown as Record<string, Body>;
}

describe("loading a seed", () => {
  const place = lab({ ratePerMinute: 300, jobMs: 100 });
  beforeAll(async () => {
    await load(place, "primary", primary);
    await load(place, "standby", standby);
  });

  it("is refused nothing and puts rate limit and job time back", async () => {
    const log = (await place.anyone("GET", "/_sim/log?since=0")).body as unknown as readonly {
      readonly status: number;
      readonly path: string;
    }[];
    expect(log.length).toBeGreaterThan(primary.length + standby.length);
    expect(log.filter(({ status }) => status >= 400)).toEqual([]);
    const settings = (await place.anyone("GET", "/_sim/settings")).body;
    expect([settings["ratePerMinute"], settings["jobMs"]]).toEqual([300, 100]);
  });

  it.each<[string, string]>([
    ["/api/v2/routing/queues?pageSize=500", "queue"],
    ["/api/v2/architect/ivrs?pageSize=100", "ivr"],
    ["/api/v2/integrations/actions?pageSize=100&includeConfig=false", "data-action"],
    ["/api/v2/flows/datatables?pageSize=100", "data-table"],
    ["/api/v2/telephony/providers/edges/didpools?pageSize=100", "did-pool"],
  ])("makes what the steps say: %s", async (path, kind) => {
    const admin = await place.login("primary", "admin");
    const listed = (await admin("GET", path)).body.entities.map(({ name }) => String(name));
    const wanted = primary.filter((step) => step.kind === kind);
    const names = wanted.map(({ name, body }) =>
      kind === "did-pool" ? String((body as { name: string }).name) : name,
    );
    expect(names.filter((name) => !listed.includes(name))).toEqual([]);
  });

  it("leaves the fully set queue with all its late properties", async () => {
    const admin = await place.login("primary", "admin");
    const [queue] = (await admin("GET", "/api/v2/routing/queues?name=Priority%20Service%20Desk")).body.entities;
    const late = primary.find(({ name, kind }) => kind === "queue" && name === "Priority Service Desk")?.late ?? [];
    expect(late.length).toBeGreaterThan(4);
    expect(late.filter((property) => queue?.[property] === undefined)).toEqual([]);
  });

  it("adopts the default route of every site and keeps its default number plans (genesys-api §5.5)", async () => {
    const admin = await place.login("primary", "admin");
    const edges = "/api/v2/telephony/providers/edges";
    const sites = (await admin("GET", `${edges}/sites?managed=false&pageSize=100`)).body.entities.filter(({ name }) =>
      String(name).startsWith("Site "),
    );
    expect(sites).toHaveLength(3);
    for (const { id } of sites) {
      const routes = (await admin("GET", `${edges}/sites/${id}/outboundroutes?pageSize=100`)).body.entities;
      expect(routes.map(({ name }) => name).sort()).toEqual(["Default Outbound Route", "Partners", "Service Numbers"]);
      const plans = (await admin("GET", `${edges}/sites/${id}/numberplans`)).body as unknown as readonly Body[];
      expect(plans.map(({ name }) => name)).toEqual(expect.arrayContaining(["Emergency", "National", "Branch Codes"]));
    }
  });

  it("shows no secret in any answer of the control interface", async () => {
    expect(JSON.stringify(await stateOf(place, "primary"))).not.toContain(secretMark);
  });

  it("gives the two organisations no id in common but those of the platform", async () => {
    const ids = async (org: string): Promise<ReadonlySet<string>> =>
      new Set(
        Object.values(await stateOf(place, org))
          .map(({ id }) => id)
          .filter((id) => /^[0-9a-f]{8}-/.test(id)),
      );
    const own = await ids("primary");
    expect(own.size).toBeGreaterThan(300);
    expect([...(await ids("standby"))].filter((id) => own.has(id))).toEqual([]);
  });

  it("is repeatable: a second load gives the same state", async () => {
    const again = lab({ ratePerMinute: 300, jobMs: 100 });
    await load(again, "primary", primary);
    expect(await stateOf(again, "primary")).toEqual(await stateOf(place, "primary"));
  });
});
