import { describe, expect, it } from "vitest";
import type { Send } from "./lab.ts";
import { created, lab } from "./lab.ts";

const queues = "/api/v2/routing/queues";

async function withQueues(count: number, send: Send): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) ids.push(await created(send, queues, { name: `Queue ${at}` }));
  return ids;
}

describe("page lists (genesys-api §1.2, §15)", () => {
  it("give 25 by default, with total and pageCount, and an empty page past the end", async () => {
    const admin = await lab().login("primary", "admin");
    await withQueues(30, admin);
    const first = (await admin("GET", queues)).body;
    expect(first).toMatchObject({ pageSize: 25, pageNumber: 1, total: 30, pageCount: 2 });
    expect(first.entities).toHaveLength(25);
    expect(first.nextUri).toBe("http://sim.test/api/v2/routing/queues?pageSize=25&pageNumber=2");
    const past = (await admin("GET", `${queues}?pageNumber=9`)).body;
    expect([past.entities, past.nextUri]).toEqual([[], undefined]);
  });

  it("come in any order that stays the same from page to page, and another after shuffleSeed", async () => {
    const { login, simulator } = lab();
    const admin = await login("primary", "admin");
    const ids = await withQueues(12, admin);
    const read = async () => {
      const pages = [1, 2, 3].map((page) => admin("GET", `${queues}?pageSize=5&pageNumber=${page}`));
      return (await Promise.all(pages)).flatMap((page) => page.body.entities.map(({ id }) => id));
    };
    const once = await read();
    expect([...once].sort()).toEqual([...ids].sort());
    expect(once).not.toEqual(ids);
    expect(await read()).toEqual(once);
    simulator.configure({ shuffleSeed: 99 });
    expect(await read()).not.toEqual(once);
  });

  it.each([
    [queues, 500],
    ["/api/v2/flows", 500],
    ["/api/v2/routing/wrapupcodes", 100],
    ["/api/v2/telephony/providers/edges/sites", 100],
  ])("refuse more than the cap: %s %i", async (path, cap) => {
    const admin = await lab().login("primary", "admin");
    expect((await admin("GET", `${path}?pageSize=${cap}`)).status).toBe(200);
    const over = await admin("GET", `${path}?pageSize=${cap + 1}`);
    expect([over.status, over.body.code]).toEqual([400, "invalid.query.param.value"]);
  });

  it.each([
    ["name=Queue%203", ["Queue 3"]],
    ["name=*ue%201*", ["Queue 1"]],
    ["hasPeer=true", ["Queue 0"]],
    ["sortOrder=desc&name=Queue*", ["Queue 3", "Queue 2", "Queue 1", "Queue 0"]],
  ])("filter queues by %s", async (query, names) => {
    const admin = await lab().login("primary", "admin");
    for (const at of [1, 2, 3]) await created(admin, queues, { name: `Queue ${at}` });
    await created(admin, queues, { name: "Queue 0", peerId: "8a1b" });
    const { entities } = (await admin("GET", `${queues}?${query}`)).body;
    expect(entities.map(({ name }) => name)).toEqual(names);
  });
});

describe("other list styles (genesys-api §1.2)", () => {
  it("queue members have no total and end with an empty page", async () => {
    const admin = await lab().login("primary", "admin");
    const [queue = ""] = await withQueues(1, admin);
    const body = { name: "Ann", email: "Ann@example.com", divisionId: "" };
    const division = (await admin("GET", "/api/v2/authorization/divisions/home")).body.id;
    const user = await created(admin, "/api/v2/users", { ...body, divisionId: division });
    await admin("POST", `${queues}/${queue}/members`, [{ id: user }]);
    const first = (await admin("GET", `${queues}/${queue}/members?pageSize=1&memberBy=user`)).body;
    expect(first.entities[0]).toMatchObject({ id: user, ringNumber: 1, user: { email: "ann@example.com" } });
    expect([first.total, first.pageCount]).toEqual([undefined, undefined]);
    const second = (await admin("GET", `${queues}/${queue}/members?pageSize=1&pageNumber=2`)).body;
    expect(second.entities).toEqual([]);
  });

  it("credentials come by cursor: follow `after` until there is no nextUri", async () => {
    const admin = await lab().login("primary", "admin");
    const path = "/api/v2/integrations/credentials";
    for (const name of ["a", "b", "c"]) {
      await created(admin, path, { name, type: { name: "userDefined" }, credentialFields: { token: "s3cret" } });
    }
    const first = (await admin("GET", `${path}/listing?pageSize=2`)).body;
    const next = new URL(String(first.nextUri));
    const second = (await admin("GET", next.pathname + next.search)).body;
    const names = [...first.entities, ...second.entities].map(({ name }) => name);
    expect([names.sort(), second.nextUri]).toEqual([["a", "b", "c"], undefined]);
  });

  it("number plans are a bare array", async () => {
    const admin = await lab().login("primary", "admin");
    const sites = (await admin("GET", "/api/v2/telephony/providers/edges/sites?managed=false")).body.entities;
    const plans = await admin("GET", `/api/v2/telephony/providers/edges/sites/${sites[0]?.id}/numberplans`);
    expect(JSON.parse(plans.text)).toBeInstanceOf(Array);
  });
});

describe("list projections (genesys-api §3, §15)", () => {
  it("trunk bases have no properties unless expand=properties", async () => {
    const admin = await lab().login("primary", "admin");
    const path = "/api/v2/telephony/providers/edges/trunkbasesettings";
    const plain = (await admin("GET", path)).body.entities[0];
    const expanded = (await admin("GET", `${path}?expand=properties`)).body.entities[0];
    expect(plain?.properties).toEqual({});
    expect(Object.keys(expanded?.properties as object)).toContain("trunk_enabled");
  });

  it("data tables have no schema and rows only their key unless asked", async () => {
    const admin = await lab().login("primary", "admin");
    const schema = {
      type: "object",
      required: ["key"],
      properties: { key: { type: "string" }, open: { type: "boolean", default: true } },
    };
    const table = await created(admin, "/api/v2/flows/datatables", { name: "Hours", schema });
    await admin("POST", `/api/v2/flows/datatables/${table}/rows`, { key: "Sunday" });
    const list = async (query: string) => (await admin("GET", `/api/v2/flows/datatables${query}`)).body.entities[0];
    expect((await list(""))?.schema).toBeUndefined();
    expect((await list("?expand=schema"))?.schema).toEqual(schema);
    const rows = async (query: string) =>
      (await admin("GET", `/api/v2/flows/datatables/${table}/rows${query}`)).body.entities;
    expect(await rows("")).toEqual([{ key: "Sunday" }]);
    expect(await rows("?showbrief=false")).toEqual([{ key: "Sunday", open: true }]);
  });

  it("skill groups are listed without conditions and status", async () => {
    const admin = await lab().login("primary", "admin");
    const skillConditions = [{ routingSkillConditions: [], languageSkillConditions: [], operation: "And" }];
    const id = await created(admin, "/api/v2/routing/skillgroups", { name: "German", skillConditions });
    const listed = (await admin("GET", "/api/v2/routing/skillgroups")).body.entities[0];
    expect([listed?.skillConditions, listed?.status]).toEqual([undefined, undefined]);
    const one = (await admin("GET", `/api/v2/routing/skillgroups/${id}`)).body;
    expect(one).toMatchObject({ skillConditions, status: "Complete" });
  });
});
