import { describe, expect, it } from "vitest";
import { created, lab } from "./lab.ts";

const edges = "/api/v2/telephony/providers/edges";

describe("what the vendor's own clients ask for when they start", () => {
  it("lists the products of the organisation with a total", async () => {
    const send = await lab().login("standby", "client");
    const { status, body } = await send("GET", "/api/v2/authorization/products");
    expect(status).toBe(200);
    expect(body.entities).toContainEqual({ id: "botFlows" });
    expect(body).toMatchObject({ total: body.entities.length, pageCount: 1 });
  });

  it("names the media regions", async () => {
    const send = await lab().login("standby", "admin");
    const { status, body } = await send("GET", "/api/v2/telephony/mediaregions");
    expect(status).toBe(200);
    expect(body).toMatchObject({ awsHomeRegion: "us-east-1" });
    expect(body["awsCoreRegions"]).toContain("us-east-1");
  });
});

describe("an edge group of the official provider", () => {
  it("needs no tie line: the organisation's own is taken, and kept by an update that names none", async () => {
    const send = await lab().login("standby", "admin");
    const id = await created(send, `${edges}/edgegroups`, { name: "Branch", phoneTrunkBases: [] });
    const { body } = await send("GET", `${edges}/edgegroups/${id}`);
    const { trunkBase } = body["edgeTrunkBaseAssignment"] as { trunkBase: { id: string } };
    const base = await send("GET", `${edges}/trunkbasesettings/${trunkBase.id}`);
    expect(base.body).toMatchObject({ trunkType: "EDGE" });
    const update = { name: "Branch", description: "changed", phoneTrunkBases: [], version: body["version"] };
    const changed = await send("PUT", `${edges}/edgegroups/${id}`, update);
    expect(changed.body).toMatchObject({ description: "changed", edgeTrunkBaseAssignment: { trunkBase } });
  });
});

describe("a group of the official client", () => {
  it("keeps its name when an update does not repeat it", async () => {
    const send = await lab().login("standby", "admin");
    const body = { name: "Night", type: "official", rulesVisible: true, visibility: "public" };
    const id = await created(send, "/api/v2/groups", body);
    const { body: before } = await send("GET", `/api/v2/groups/${id}`);
    const changed = await send("PUT", `/api/v2/groups/${id}`, { version: before["version"], description: "changed" });
    expect(changed.body).toMatchObject({ name: "Night", description: "changed" });
  });
});
