import { describe, expect, it } from "vitest";
import type { Send } from "./lab.ts";
import { created, lab, publish } from "./lab.ts";

const domains = "/api/v2/routing/email/domains";
const routes = `${domains}/mail.example.com/routes`;

async function flowOf(admin: Send, yaml: string): Promise<{ id: string }> {
  return { id: ((await publish(admin, yaml)).flow as { id: string }).id };
}

async function withDomain(): Promise<Send> {
  const admin = await lab().login("standby", "admin");
  await created(admin, domains, { id: "mail.example.com", subDomain: false });
  return admin;
}

describe("e-mail domains (genesys-api §3; definitions InboundDomain…)", () => {
  it("are called by their id, change settings only, and take their routes with them", async () => {
    const admin = await withDomain();
    const one = `${domains}/mail.example.com`;
    expect((await admin("POST", domains, { id: "mail.example.com" })).body.code).toBe("postino.domain.exists");
    expect((await admin("POST", domains, { id: "no domain" })).body.code).toBe("postino.invalid.domain.name");
    const mailFromSettings = { mailFromDomain: "bounce.example.com" };
    const changed = await admin("PATCH", one, { mailFromSettings });
    expect(changed.body).toMatchObject({ id: "mail.example.com", subDomain: false, mailFromSettings });
    const wrong = await admin("PATCH", one, { customSMTPServer: { id: "nothing" } });
    expect(wrong.body.code).toBe("email.error.invalid.integration");
    await created(admin, routes, { pattern: "info", fromName: "Info" });
    expect((await admin("DELETE", one)).status).toBe(200);
    expect((await admin("GET", one)).body.code).toBe("postino.domain.not.found");
    expect((await admin("GET", routes)).status).toBe(404);
  });
});

describe("e-mail routes (genesys-api §3, §4.2)", () => {
  it("lead to a published inbound e-mail flow", async () => {
    const admin = await withDomain();
    const call = await flowOf(admin, "inboundCall:\n  name: Calls\n");
    const mail = await flowOf(admin, "inboundEmail:\n  name: Mail\n");
    for (const flow of [call, { id: "nothing" }]) {
      const refused = await admin("POST", routes, { pattern: "info", fromName: "Info", flow });
      expect([refused.status, refused.body.code]).toEqual([400, "bad.flow.id"]);
    }
    const accepted = await admin("POST", routes, { pattern: "info", fromName: "Info", flow: mail });
    expect([accepted.status, accepted.body.flow]).toEqual([
      202,
      { ...mail, name: "Mail", selfUri: `/api/v2/flows/${mail.id}` },
    ]);
    const refused = await admin("DELETE", `/api/v2/flows/${mail.id}`);
    expect(refused.body.code).toBe("architect.flow.cannot.delete.used.in.email.routes");
  });

  it.each([
    [{ pattern: "info@mail" }, "postino.invalid.route"],
    [{ pattern: "a", autoBcc: [{ email: "nobody" }] }, "postino.error.bad.address"],
    [{ pattern: "a", replyEmailAddress: { domain: { id: "mail.example.com" } } }, "reply.route.id.required"],
    [{ pattern: "" }, "constraint.validation"],
  ])("%j is refused: %s", async (body, code) => {
    const admin = await withDomain();
    expect((await admin("POST", routes, { fromName: "A", ...body })).body.code).toBe(code);
  });

  it("are replaced as a whole, accepted first and active later, and stay while they are replied from", async () => {
    const { login, clock } = lab({ jobMs: 1000 });
    const admin = await login("standby", "admin");
    await created(admin, domains, { id: "mail.example.com" });
    const info = await created(admin, routes, { pattern: "info", fromName: "Info", priority: 3 });
    const reply = { domain: { id: "mail.example.com" }, route: { id: info } };
    const help = await created(admin, routes, { pattern: "help", fromName: "Help", replyEmailAddress: reply });
    clock.pass(1000);
    const changed = await admin("PUT", `${routes}/${info}`, { pattern: "info", fromName: "Information" });
    expect([changed.status, changed.body.status]).toEqual([202, "Pending"]);
    clock.pass(1000);
    const read = (await admin("GET", `${routes}/${info}`)).body;
    expect(read).toMatchObject({ fromName: "Information", status: "Active" });
    expect(read).not.toHaveProperty("priority");
    const refused = await admin("DELETE", `${routes}/${info}`);
    expect([refused.status, refused.body.code]).toEqual([409, "postino.route.conflict"]);
    for (const id of [help, info]) expect((await admin("DELETE", `${routes}/${id}`)).status).toBe(200);
  });
});

describe("messaging recipients (definition Recipient)", () => {
  const recipients = "/api/v2/routing/message/recipients";

  it("come with an integration and are given a published inbound message flow", async () => {
    const { login, anyone } = lab();
    const admin = await login("standby", "admin");
    const body = { kind: "message-recipient", name: "Web shop", messengerType: "open" };
    const { id } = (await anyone("POST", "/_sim/orgs/standby/objects", body)).body;
    for (const method of ["POST", "DELETE"])
      expect((await admin(method, method === "POST" ? recipients : `${recipients}/${id}`, {})).status).toBe(405);
    const mail = await flowOf(admin, "inboundEmail:\n  name: Mail\n");
    const message = await flowOf(admin, "inboundShortMessage:\n  name: Messages\n");
    const put = (flow: object) => admin("PUT", `${recipients}/${id}`, { flow });
    expect((await put({ id: "nothing" })).body.code).toBe("invalid.flow");
    expect((await put(mail)).body.code).toBe("invalid.flow.type");
    expect((await put(message)).body).toMatchObject({ name: "Web shop", flow: { ...message, name: "Messages" } });
    const refused = await admin("DELETE", `/api/v2/flows/${message.id}`);
    expect(refused.body.code).toBe("architect.flow.cannot.delete.used.by.message.addresses");
    const found = await admin("GET", `${recipients}?messengerType=open&name=Web*`);
    expect(found.body.entities).toMatchObject([{ id, messengerType: "open" }]);
    expect((await admin("GET", `${recipients}/${id}`)).body).toMatchObject({ flow: message });
    expect((await admin("GET", `${recipients}?messengerType=sms`)).body.entities).toEqual([]);
    expect((await admin("PUT", `${recipients}/${id}`, {})).body).not.toHaveProperty("flow");
  });
});
