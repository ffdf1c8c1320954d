import { describe, expect, it } from "vitest";
import type { Body, Send } from "./lab.ts";
import { created, lab } from "./lab.ts";

const groups = "/api/v2/groups";
const body = { name: "Night", type: "official", rulesVisible: true, visibility: "public" };

async function people(admin: Send, count: number): Promise<string[]> {
  const divisionId = (await admin("GET", "/api/v2/authorization/divisions/home")).body.id;
  const ids: string[] = [];
  for (let n = 0; n < count; n += 1)
    ids.push(await created(admin, "/api/v2/users", { name: `P${n}`, email: `p${n}@example.com`, divisionId }));
  return ids;
}

const idsOf = (answer: { body: Body }): string[] => answer.body.entities.map(({ id }) => id).sort();

describe("groups (definitions Group, GroupCreate, GroupUpdate)", () => {
  it("hear a description in an update only, keep their type, and need the current version", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await created(admin, groups, { ...body, description: "Unheard" });
    const one = `${groups}/${id}`;
    expect((await admin("GET", one)).body).not.toHaveProperty("description");
    const { type: _type, ...kept } = body;
    const update = { ...kept, visibility: "owners", description: "Heard", version: 1 };
    expect((await admin("PUT", one, update)).body).toMatchObject({
      description: "Heard",
      type: "official",
      visibility: "owners",
      version: 2,
    });
    const stale = await admin("PUT", one, update);
    expect([stale.status, stale.body.code]).toEqual([409, "general.conflict"]);
    expect((await admin("POST", groups, body)).body.code).toBe("group.name.in.use");
  });

  it("have owners by id and addresses with what people read", async () => {
    const admin = await lab().login("standby", "admin");
    const [owner = ""] = await people(admin, 1);
    const addresses = [{ address: "+18005550101", type: "GROUPRING", mediaType: "PHONE" }];
    const id = await created(admin, groups, { ...body, addresses, ownerIds: [owner] });
    expect((await admin("GET", `${groups}/${id}`)).body).toMatchObject({
      owners: [{ id: owner }],
      addresses: [{ ...addresses[0], display: "+18005550101" }],
    });
    expect((await admin("POST", groups, { ...body, name: "X", ownerIds: ["nobody"] })).status).toBe(400);
    const nowhere = { ...body, name: "Y", addresses: [{ type: "GROUPPHONE", mediaType: "PHONE" }] };
    expect((await admin("POST", groups, nowhere)).body.code).toBe("invalid.standalone.phone");
  });

  it("take 50 members at once, each change makes a version, and owners are members where that is said", async () => {
    const admin = await lab().login("standby", "admin");
    const ids = await people(admin, 52);
    const [owner = "", ...others] = ids;
    const id = await created(admin, groups, { ...body, ownerIds: [owner], includeOwners: true });
    const members = `${groups}/${id}/members`;
    expect((await admin("POST", members, { memberIds: others })).status).toBe(400);
    expect((await admin("POST", members, { memberIds: others.slice(0, 50), version: 1 })).status).toBe(202);
    expect((await admin("POST", members, { memberIds: others.slice(50), version: 1 })).status).toBe(409);
    expect((await admin("POST", members, { memberIds: ["nobody"] })).body.code).toBe("general.resource.not.found");
    expect(idsOf(await admin("GET", `${members}?pageSize=100`))).toEqual([owner, ...others.slice(0, 50)].sort());
    expect(idsOf(await admin("GET", `${groups}/${id}/individuals`))).toEqual(others.slice(0, 50).sort());
    await admin("DELETE", `${members}?ids=${others.slice(0, 49).join(",")}`);
    expect((await admin("GET", `${groups}/${id}`)).body).toMatchObject({ memberCount: 2, version: 3 });
  });

  it("are answered as deleted for a while, and no longer listed", async () => {
    const admin = await lab().login("standby", "admin");
    const id = await created(admin, groups, body);
    await admin("DELETE", `${groups}/${id}`);
    expect((await admin("GET", `${groups}/${id}`)).body.state).toBe("deleted");
    expect((await admin("GET", groups)).body.entities).toEqual([]);
    expect((await admin("PUT", `${groups}/${id}`, { name: "Night", version: 1 })).status).toBe(404);
  });
});
