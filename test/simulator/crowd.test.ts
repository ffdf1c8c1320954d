import { beforeAll, describe, expect, it } from "vitest";
import { contactCentre, crowdSteps } from "../../src/simulator/centre/index.ts";
import { resources } from "../../src/simulator/resources/index.ts";
import type { Send } from "./lab.ts";
import { lab, load } from "./lab.ts";

/** Lists that have routes of their own, with the largest page; `{}` stands for the first of the crowd. */
const ownLists: readonly (readonly [path: string, cap: number])[] = [
  ["/api/v2/groups/{/api/v2/groups}/members", 100],
  ["/api/v2/routing/queues/{/api/v2/routing/queues}/members", 100],
  ["/api/v2/routing/queues/{/api/v2/routing/queues}/wrapupcodes", 100],
  ["/api/v2/flows/datatables/{/api/v2/flows/datatables}/rows", 100],
  ["/api/v2/flows", 500],
  ["/api/v2/flows/{/api/v2/flows}/versions", 100],
  ["/api/v2/architect/prompts/{/api/v2/architect/prompts}/resources", 100],
  ["/api/v2/webdeployments/configurations", 300],
  ["/api/v2/webdeployments/configurations/{/api/v2/webdeployments/configurations}/versions", 300],
  ["/api/v2/integrations", 100],
  ["/api/v2/integrations/actions", 100],
  ["/api/v2/integrations/credentials", 100],
  ["/api/v2/integrations/credentials/listing", 200],
  ["/api/v2/telephony/providers/edges/trunks", 100],
  ["/api/v2/telephony/providers/edges/outboundroutes", 100],
  ["/api/v2/telephony/providers/edges/dids", 100],
];

/** Lists that no reader of the whole organisation pages through, or that a simulator's user fills by other means. */
const small = new Set(["role", "oauth-client", "knowledge-base", "worktype", "contact-list"]);

const regular = resources.flatMap(({ kind, path, needs, listing }): (readonly [string, number])[] => {
  if (needs.list === undefined || small.has(kind)) return [];
  const parent = path.split("/{parentId}")[0] ?? "";
  return [[path.replace("{parentId}", `{${parent}}`), listing?.maxSize ?? 100]];
});

let admin: Send;

const firstNames = ["Crowd 001", "Crowd_001", "crowd-001.example.com"];

async function addressOf(path: string): Promise<string> {
  const [before = "", list, after = ""] = path.split(/[{}]/);
  if (list === undefined) return path;
  for (let next: unknown = `${list}?pageSize=100`; typeof next === "string";) {
    const { pathname, search } = new URL(next, "http://sim.test");
    const page = (await admin("GET", pathname + search)).body;
    const first = page.entities.find(({ name }) => firstNames.includes(String(name)));
    if (first) return `${before}${first.id}${after}`;
    next = page["nextUri"];
  }
  throw new Error(`nothing to begin with in ${list}`);
}

beforeAll(async () => {
  const place = lab();
  await load(place, "primary", crowdSteps());
  admin = await place.login("primary", "admin");
});

describe("a crowd", () => {
  it.each([...regular, ...ownLists])("does not fit on the largest page of %s (genesys-api §1.2)", async (path, cap) => {
    const address = await addressOf(path);
    const page = await admin("GET", `${address}?pageSize=${cap}`);
    expect([page.status, page.body.entities.length]).toEqual([200, cap]);
    expect(page.body["nextUri"]).toContain("http://sim.test/");
    const over = await admin("GET", `${address}?pageSize=${cap + 1}`);
    expect([over.status, over.body["code"]]).toEqual([400, "invalid.query.param.value"]);
  });

  it("can be of some kinds only, brings what these need, and may be just larger than a page nobody sized", async () => {
    const names = (kind: string): number =>
      crowdSteps({ kinds: ["outbound-route"], past: "default" }).filter((step) => step.kind === kind).length;
    expect(["location", "site", "outbound-route", "queue"].map(names)).toEqual([1, 1, 26, 0]);
    expect(() => crowdSteps({ kinds: ["quue"] })).toThrow(RangeError);
  });

  it("fits beside a contact centre", async () => {
    const place = lab();
    await load(place, "standby", [
      ...contactCentre({ seed: 1, size: "S", side: "standby" }),
      ...crowdSteps({ past: "default" }),
    ]);
    const queues = await (await place.login("standby", "admin"))("GET", "/api/v2/routing/queues?name=Crowd*");
    expect(queues.body["total"]).toBe(26);
  });
});
