import { describe, expect, it } from "vitest";
import { created, lab, publish } from "./lab.ts";

const groups = "/api/v2/architect/emergencygroups";

describe("emergency groups (genesys-api §4.3, §13)", () => {
  it("send call routes to a published inbound call flow, and are switched by an update", async () => {
    const admin = await lab().login("standby", "admin");
    const ivr = await created(admin, "/api/v2/architect/ivrs", { name: "Main", dnis: [] });
    const mail = (await publish(admin, "inboundEmail:\n  name: Mail\n")).flow as { id: string };
    const calls = (await publish(admin, "inboundCall:\n  name: Closed\n")).flow as { id: string };
    const flows = (flow: string, route = ivr) => [{ emergencyFlow: { id: flow }, ivrs: [{ id: route }] }];
    for (const wrong of [flows(mail.id), flows("nothing"), flows(calls.id, "nothing")])
      expect((await admin("POST", groups, { name: "Storm", emergencyCallFlows: wrong })).status).toBe(400);
    const id = await created(admin, groups, { name: "Storm", emergencyCallFlows: flows(calls.id) });
    const one = (await admin("GET", `${groups}/${id}`)).body;
    expect(one).toMatchObject({ enabled: false, version: 1, emergencyCallFlows: flows(calls.id) });
    const switched = await admin("PUT", `${groups}/${id}`, { name: "Storm", enabled: true, version: 1 });
    expect(switched.body).toMatchObject({ enabled: true, version: 2, emergencyCallFlows: [] });
    expect((await admin("PUT", `${groups}/${id}`, { name: "Storm", version: 1 })).body.code).toBe("general.conflict");
  });

  it("keep their flow and their call routes from being deleted", async () => {
    const admin = await lab().login("standby", "admin");
    const ivr = await created(admin, "/api/v2/architect/ivrs", { name: "Main", dnis: [] });
    const { id: flow } = (await publish(admin, "inboundCall:\n  name: Closed\n")).flow as { id: string };
    const emergencyCallFlows = [{ emergencyFlow: { id: flow }, ivrs: [{ id: ivr }] }];
    const id = await created(admin, groups, { name: "Storm", emergencyCallFlows });
    const refused = await admin("DELETE", `/api/v2/flows/${flow}`);
    expect(refused.body.code).toBe("architect.flow.cannot.delete.used.in.emergency.groups");
    expect((await admin("DELETE", `/api/v2/architect/ivrs/${ivr}`)).status).toBe(409);
    await admin("DELETE", `${groups}/${id}`);
    expect((await admin("GET", groups)).body.entities).toMatchObject([{ id, state: "deleted" }]);
    expect((await admin("DELETE", `/api/v2/architect/ivrs/${ivr}`)).status).toBe(200);
  });
});

describe("edge groups (genesys-api §5.5)", () => {
  const edges = "/api/v2/telephony/providers/edges";

  it("need trunk bases, keep them, and the managed one stays as it is", async () => {
    const admin = await lab().login("standby", "admin");
    const trunk = {
      name: "Phones",
      trunkType: "PHONE",
      trunkMetabase: { id: "phone_connections_webrtc.json" },
      properties: {},
    };
    const base = await created(admin, `${edges}/trunkbasesettings`, trunk);
    const body = {
      name: "Site edges",
      edgeTrunkBaseAssignment: { family: 2, trunkBase: { id: base } },
      phoneTrunkBases: [{ id: base }],
    };
    expect((await admin("POST", `${edges}/edgegroups`, { ...body, phoneTrunkBases: [{ id: "x" }] })).status).toBe(400);
    const id = await created(admin, `${edges}/edgegroups`, body);
    expect((await admin("DELETE", `${edges}/trunkbasesettings/${base}`)).body.code).toBe("delete.referenced.entity");
    const [managed] = (await admin("GET", `${edges}/edgegroups?managed=true`)).body.entities;
    const change = { ...body, name: managed?.name, version: managed?.version };
    expect((await admin("PUT", `${edges}/edgegroups/${managed?.id ?? ""}`, change)).status).toBe(403);
    expect((await admin("DELETE", `${edges}/edgegroups/${managed?.id ?? ""}`)).status).toBe(403);
    const callback = {
      alertingTimeoutSeconds: 30,
      serviceLevel: { percentage: 0.8, durationMs: 20_000 },
      edgeGroup: { id },
    };
    const queue = await created(admin, "/api/v2/routing/queues", { name: "Q", mediaSettings: { callback } });
    expect((await admin("DELETE", `${edges}/edgegroups/${id}`)).status).toBe(409);
    await admin("DELETE", `/api/v2/routing/queues/${queue}?forceDelete=true`);
    expect((await admin("DELETE", `${edges}/edgegroups/${id}`)).status).toBe(200);
  });
});
