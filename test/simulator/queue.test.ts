import { describe, expect, it } from "vitest";
import { created, lab, publish } from "./lab.ts";

const path = "/api/v2/routing/queues";

const nightShift = { name: "Night", type: "official", rulesVisible: true, visibility: "public" };

describe("queue writes (genesys-api §4.1)", () => {
  it("fills media settings that the body leaves out", async () => {
    const admin = await lab().login("primary", "admin");
    const body = { name: "Q", mediaSettings: { call: { alertingTimeoutSeconds: 20 } } };
    const queue = (await admin("POST", path, body)).body;
    expect(queue.mediaSettings).toMatchObject({
      call: { alertingTimeoutSeconds: 20, serviceLevel: { percentage: 0.8, durationMs: 20_000 } },
      callback: { mode: "AgentFirst" },
    });
  });

  it("a PUT erases what it omits: conditional routing, activation and outbound e-mail address", async () => {
    const admin = await lab().login("primary", "admin");
    await admin("POST", "/api/v2/routing/email/domains", { id: "mail.example.com" });
    const groups = [{ id: await created(admin, "/api/v2/groups", nightShift), type: "GROUP" }];
    const rule = { metric: "EstimatedWaitTime", operator: "GreaterThan", conditionValue: 30, groups, waitSeconds: 5 };
    const full = {
      name: "Q",
      description: "first",
      conditionalGroupRouting: { rules: [rule] },
      conditionalGroupActivation: { rules: [{ conditions: [], conditionExpression: "C1", groups }] },
      outboundEmailAddress: { domain: { id: "mail.example.com" } },
    };
    const queue = (await admin("POST", path, full)).body;
    expect(queue.conditionalGroupRouting).toMatchObject({ rules: [rule] });
    const after = (await admin("PUT", `${path}/${queue.id}`, { name: "Q" })).body;
    for (const gone of [
      "description",
      "conditionalGroupRouting",
      "conditionalGroupActivation",
      "outboundEmailAddress",
    ]) {
      expect(after).not.toHaveProperty(gone);
    }
  });

  it.each([
    ["short alerting", { mediaSettings: { call: { alertingTimeoutSeconds: 6 } } }, "invalid.property"],
    [
      "service level above all calls",
      { mediaSettings: { chat: { serviceLevel: { percentage: 1.1 } } } },
      "invalid.property",
    ],
    ["short service level", { mediaSettings: { chat: { serviceLevel: { durationMs: 999 } } } }, "invalid.property"],
    [
      "ACW time without a timed prompt",
      { acwSettings: { wrapupPrompt: "OPTIONAL", timeoutMs: 1000 } },
      "invalid.value",
    ],
    ["queue in the first group rule", { conditionalGroupRouting: { rules: [{ queue: { id: "x" } }] } }, "invalid.rule"],
    ["unknown queue flow", { queueFlow: { id: "x" } }, "invalid.inqueue.call.flow"],
    [
      "unknown skill",
      { bullseye: { rings: [{ actions: { skillsToRemove: [{ id: "x" }] } }] } },
      "skill.does.not.exist",
    ],
    ["unknown library", { cannedResponseLibraries: { libraryIds: ["x"] } }, "invalid.library.ids"],
    ["unknown source", { sourceQueueId: "x" }, "source.queue.not.found"],
    ["wrong enumeration", { scoringMethod: "Luck" }, "invalid.property"],
  ])("refuses %s", async (_case, body, code) => {
    const admin = await lab().login("primary", "admin");
    const answer = await admin("POST", path, { name: "Q", ...body });
    expect([answer.status, answer.body.code]).toEqual([400, code]);
  });

  it("an empty pilot rule makes the service fail", async () => {
    const admin = await lab().login("primary", "admin");
    const body = { name: "Q", conditionalGroupActivation: { pilotRule: {}, rules: [] } };
    expect((await admin("POST", path, body)).status).toBe(500);
  });

  it("takes an in-queue flow only when it is published and of the right type", async () => {
    const admin = await lab().login("primary", "admin");
    const job = await publish(admin, "inqueueCall:\n  name: Wait\n");
    const { id } = job.flow as { id: string };
    const queue = await admin("POST", path, { name: "Q", queueFlow: { id } });
    expect(queue.body.queueFlow).toEqual({ id, name: "Wait", selfUri: `/api/v2/flows/${id}` });
    const wrong = await admin("POST", path, { name: "R", emailInQueueFlow: { id } });
    expect(wrong.body.code).toBe("invalid.inqueue.email.flow");
    const used = await admin("DELETE", `/api/v2/flows/${id}`);
    expect([used.status, used.body.code]).toEqual([409, "architect.flow.cannot.delete.used.in.queues"]);
  });

  it("moves to another division only by the move call", async () => {
    const admin = await lab().login("primary", "admin");
    const north = await created(admin, "/api/v2/authorization/divisions", { name: "North", description: "" });
    const id = await created(admin, path, { name: "Q" });
    const put = await admin("PUT", `${path}/${id}`, { name: "Q", division: { id: north } });
    expect(put.body.division).not.toMatchObject({ id: north });
    await admin("POST", `/api/v2/authorization/divisions/${north}/objects/QUEUE`, [id]);
    expect((await admin("GET", `${path}/${id}`)).body.division).toMatchObject({ id: north, name: "North" });
  });

  it("its ring cannot go while it has members, and itself only by force while someone has joined", async () => {
    const admin = await lab().login("primary", "admin");
    const rings = (count: number) => ({ rings: Array.from({ length: count }, () => ({ expansionCriteria: [] })) });
    const id = await created(admin, path, { name: "Q", bullseye: rings(2) });
    const home = (await admin("GET", "/api/v2/authorization/divisions/home")).body.id;
    const user = await created(admin, "/api/v2/users", { name: "Ann", email: "ann@example.com", divisionId: home });
    await admin("POST", `${path}/${id}/members`, [{ id: user }]);
    expect((await admin("PATCH", `${path}/${id}/members/${user}`, { ringNumber: 2 })).status).toBe(202);
    const fewer = await admin("PUT", `${path}/${id}`, { name: "Q", bullseye: rings(1) });
    expect(fewer.body.code).toBe("queue.ring.has.members");
    expect((await admin("DELETE", `${path}/${id}`)).body.code).toBe("active.queue");
    expect((await admin("DELETE", `${path}/${id}?forceDelete=true`)).status).toBe(200);
  });

  it("members that come from groups appear unless memberBy=user", async () => {
    const admin = await lab().login("primary", "admin");
    const home = (await admin("GET", "/api/v2/authorization/divisions/home")).body.id;
    const user = await created(admin, "/api/v2/users", { name: "Ann", email: "ann@example.com", divisionId: home });
    const group = await created(admin, "/api/v2/groups", nightShift);
    await admin("POST", `/api/v2/groups/${group}/members`, { memberIds: [user], version: 1 });
    const id = await created(admin, path, { name: "Q", memberGroups: [{ id: group, type: "GROUP" }] });
    const members = async (query: string) => (await admin("GET", `${path}/${id}/members${query}`)).body.entities;
    expect(await members("")).toMatchObject([{ id: user, memberBy: "group" }]);
    expect(await members("?memberBy=user")).toEqual([]);
  });

  it("wrap-up codes come 100 at a time and go one at a time", async () => {
    const admin = await lab().login("primary", "admin");
    const id = await created(admin, path, { name: "Q" });
    const code = await created(admin, "/api/v2/routing/wrapupcodes", { name: "Sold" });
    const many = Array.from({ length: 101 }, () => ({ id: code }));
    expect((await admin("POST", `${path}/${id}/wrapupcodes`, many)).status).toBe(400);
    await admin("POST", `${path}/${id}/wrapupcodes`, [{ id: code }]);
    const listed = async () => (await admin("GET", `${path}/${id}/wrapupcodes`)).body.total;
    expect(await listed()).toBe(1);
    expect((await admin("DELETE", `${path}/${id}/wrapupcodes/${code}`)).status).toBe(200);
    expect(await listed()).toBe(0);
  });

  it("a callback goes out through an edge group, an activation watches another queue", async () => {
    const admin = await lab().login("primary", "admin");
    const [group] = (await admin("GET", "/api/v2/telephony/providers/edges/edgegroups")).body.entities;
    const watched = await created(admin, path, { name: "Watched" });
    const simpleMetric = { metric: "IdleAgentCount", queue: { id: watched } };
    const condition = { simpleMetric, operator: "LessThan", value: 1 };
    const body = {
      name: "Q",
      mediaSettings: { callback: { edgeGroup: { id: group?.id } } },
      conditionalGroupActivation: { pilotRule: { conditionExpression: "C1", conditions: [condition] } },
    };
    const id = await created(admin, path, body);
    expect((await admin("GET", `${path}/${id}`)).body).toMatchObject(body);
  });
});
