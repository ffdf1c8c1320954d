import { describe, expect, it } from "vitest";
import { created, lab } from "./lab.ts";

const QUEUES = "/api/v2/routing/queues";
const LIBRARIES = { cannedResponseLibraries: { mode: "All" } };

describe("a value that the platform keeps (genesys-api §1.3, §4.1)", () => {
  it.each([
    ["omitted", { name: "A" }, { name: "A", description: "" }],
    ["empty", { name: "A", description: "" }, { name: "A", description: "new" }],
  ])("%s: stays for one body and goes with another", async (when, stays, goes) => {
    const { login, anyone } = lab();
    const admin = await login("standby", "admin");
    const id = await created(admin, QUEUES, { name: "A", description: "old", ...LIBRARIES });
    await anyone("PUT", "/_sim/settings", { keeps: [{ kind: "queue", property: "description", when }] });
    expect((await admin("PUT", `${QUEUES}/${id}`, stays)).body).toMatchObject({ description: "old" });
    expect((await admin("PUT", `${QUEUES}/${id}`, goes)).body["description"]).not.toBe("old");
  });

  it("always: stays whatever is sent, or gets a value of the platform's own, in one organisation only", async () => {
    const { login, anyone } = lab();
    const keeps = [
      { org: "standby", kind: "queue", property: "description", value: "ours" },
      { org: "primary", kind: "queue", property: "description" },
    ];
    await anyone("PUT", "/_sim/settings", { keeps });
    const [primary, standby] = [await login("primary", "admin"), await login("standby", "admin")];
    const [one, other] = [
      await created(primary, QUEUES, { name: "A", description: "first" }),
      await created(standby, QUEUES, { name: "A", description: "first" }),
    ];
    const changed = { name: "A", description: "second" };
    expect((await primary("PUT", `${QUEUES}/${one}`, changed)).body).toMatchObject({ description: "first" });
    expect((await standby("PUT", `${QUEUES}/${other}`, changed)).body).toMatchObject({ description: "ours" });
  });

  it("keeps against a PATCH only what it names", async () => {
    const { login, anyone } = lab();
    const admin = await login("standby", "admin");
    const id = await created(admin, "/api/v2/routing/skillgroups", { name: "A", description: "old" });
    await anyone("PUT", "/_sim/settings", { keeps: [{ kind: "skill-group", property: "description" }] });
    const answer = await admin("PATCH", `/api/v2/routing/skillgroups/${id}`, { name: "B", description: "new" });
    expect(answer.body).toMatchObject({ name: "B", description: "old" });
  });

  it.each([{ kind: "queue" }, { property: "description" }, { kind: "queue", property: "x", when: "never" }, 1])(
    "refuses a rule that makes no sense: %j",
    async (rule) => {
      const { anyone } = lab();
      expect((await anyone("PUT", "/_sim/settings", { keeps: [rule] })).status).toBe(400);
    },
  );
});
