import { describe, expect, it } from "vitest";
import { created, lab, type Send } from "./lab.ts";

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

describe("the action by which an integration logs in (official provider, integration_custom_auth_action)", () => {
  const path = "/api/v2/integrations";
  const withOwnLogin = async (
    send: Send,
  ): Promise<{ id: string; configure: (credential: string) => Promise<number> }> => {
    const id = await created(send, path, { name: "Tickets", integrationType: { id: "custom-rest-actions" } });
    const configure = async (type: string): Promise<number> => {
      const credentialFields = { userName: "u", password: "p", loginUrl: "https://login.example.com" };
      const credential = await created(send, `${path}/credentials`, {
        name: type,
        type: { name: type },
        credentialFields,
      });
      const { body } = await send("GET", `${path}/${id}/config/current`);
      const config = { ...body, credentials: { basicAuth: { id: credential } } };
      return (await send("PUT", `${path}/${id}/config/current`, config)).status;
    };
    return { id, configure };
  };

  it("has an id made of customAuth_-_ and the integration's id, is hidden unless asked for, and goes with its credential", async () => {
    const send = await lab().login("standby", "admin");
    const { id, configure } = await withOwnLogin(send);
    expect(await configure("userDefinedOAuth")).toBe(200);
    const login = `${path}/actions/customAuth_-_${id}`;
    expect((await send("GET", login)).body).toMatchObject({ id: `customAuth_-_${id}`, integrationId: id, version: 1 });
    const ids = async (query: string): Promise<string[]> =>
      (await send("GET", `${path}/actions?pageSize=100${query}`)).body.entities.map((action) => action.id);
    expect(await ids("")).not.toContain(`customAuth_-_${id}`);
    expect(await ids("&includeAuthActions=true")).toContain(`customAuth_-_${id}`);
    expect(await configure("basicAuth")).toBe(200);
    expect((await send("GET", login)).status).toBe(404);
  });
});
