import { createHmac } from "node:crypto";
import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { fullFormats } from "ajv-formats/dist/formats.js";
import { beforeEach, describe, expect, it } from "vitest";
import { documentOf } from "./support/cli.ts";
import { receiver } from "./support/receiver.ts";
import { stageFor } from "./support/stage.ts";
import type { Workspace } from "./support/workspace.ts";

const CODE = "/api/v2/routing/wrapupcodes";
const stage = stageFor({ primary: "empty", standby: "empty" }, async (set) => {
  const primary = await set.admin("primary");
  for (const name of ["Resolved", "<!channel> @all & *bold*"]) await primary.create(CODE, { name });
});
const service = receiver();

const SECRETS = {
  SLACK_URL: "/services/T0/B0/chat-secret",
  TEAMS_URL: "/workflows/flow-secret?sig=sig-secret",
  HOOK_URL: "/hook/path-secret",
};
const SIGNING = `whsec_${Buffer.from("thirty-two bytes of signing key!").toString("base64")}`;
const NOTIFY = [
  { type: "slack", url: "env:SLACK_URL" },
  { type: "teams", url: "env:TEAMS_URL" },
  { type: "webhook", url: "env:HOOK_URL", signingSecret: "env:SIGNING" },
];

let workspace: Workspace;
beforeEach(async () => {
  const urls = Object.entries(SECRETS).map(([name, path]) => [name, `${service.origin()}${path}`]);
  workspace = await stage.workspace({ env: { ...Object.fromEntries(urls), SIGNING } as { [name: string]: string } });
  await workspace.configure({ notify: NOTIFY });
});

const ajv = new Ajv2020({ allErrors: true, formats: fullFormats });
const isMessage = ajv.compile(
  JSON.parse(readFileSync(new URL("../../schemas/message.json", import.meta.url), "utf8")) as object,
);

function bodyAt(path: string): { readonly [name: string]: unknown } {
  const found = service.received.filter((request) => request.path === path).at(-1);
  return JSON.parse(found?.body ?? "null") as { [name: string]: unknown };
}

describe("lockstep notify", () => {
  it("tells each recipient in its form what differs, and signs what goes to a webhook", async () => {
    const ended = await workspace.hurried("notify", "--environment", "production");
    expect(ended.exit).toBe(2);
    expect(documentOf(ended)["changes"]).toHaveLength(2);
    expect(ended.stderr).toContain("A message was sent to 3 recipients");
    expect(service.received.map(({ path }) => path).sort()).toEqual(Object.values(SECRETS).sort());

    const message = bodyAt(SECRETS.HOOK_URL);
    expect([isMessage(message), isMessage.errors]).toEqual([true, null]);
    expect(message).toMatchObject({
      event: "drift",
      environment: "production",
      counts: { create: 2, update: 0, rename: 0, delete: 0 },
      worst: [
        { coordinate: "wrap-up-code/<!channel> @all & *bold*", action: "create" },
        { coordinate: "wrap-up-code/Resolved", action: "create" },
      ],
    });
    const { headers = {}, body } = service.received.find(({ path }) => path === SECRETS.HOOK_URL) ?? {};
    const key = Buffer.from(SIGNING.slice("whsec_".length), "base64");
    const signed = `${String(headers["webhook-id"])}.${String(headers["webhook-timestamp"])}.${String(body)}`;
    expect(headers["webhook-signature"]).toBe(`v1,${createHmac("sha256", key).update(signed).digest("base64")}`);

    const { text } = bodyAt(SECRETS.SLACK_URL);
    expect(text).toMatch(/^The standby differs: Simulated primary → Simulated standby \(production\)\n2 of /);
    expect(text).toContain("• wrap-up code &lt;!channel&gt; @\u200Ball &amp; *bold*: missing\n");
    const card = bodyAt(SECRETS.TEAMS_URL);
    expect(card).toMatchObject({ attachments: [{ content: { type: "AdaptiveCard", version: "1.4" } }] });
    expect(JSON.stringify(card)).toContain("wrap-up code <!channel> @all & *bold*: missing");
  });

  it("says once that the pair is in step again, and then no more", async () => {
    const quiet = async (): Promise<number> => {
      service.forget();
      expect((await workspace.hurried("notify")).exit).toBe(0);
      return service.received.length;
    };
    expect((await workspace.hurried("notify")).exit).toBe(2);
    expect(documentOf(await workspace.hurried("sync", "--yes"))).toMatchObject({ verified: true });
    expect(await quiet()).toBe(3);
    expect(await quiet()).toBe(0);
    await workspace.hurried("notify", "--always");
    expect(bodyAt(SECRETS.HOOK_URL)).toMatchObject({ event: "in-step", worst: [] });
  });

  it("repeats what failed for a moment", async () => {
    service.answer(SECRETS.HOOK_URL, { status: 503 }, { status: 429, headers: { "retry-after": "7" } });
    expect((await workspace.hurried("notify", "--test")).exit).toBe(0);
    const sent = service.received.filter(({ path }) => path === SECRETS.HOOK_URL);
    expect(sent).toHaveLength(3);
    expect(new Set(sent.map(({ headers }) => headers["webhook-id"])).size).toBe(1);
    expect(bodyAt(SECRETS.HOOK_URL)).toMatchObject({ event: "test", summary: "Nothing was compared" });
  });

  it.each([
    ["a service that knows no such webhook", { status: 404, body: "no hook at /hook/path-secret" }, "message-refused"],
    ["a redirect", { status: 307, headers: { location: "https://example.org/" } }, "message-refused"],
    ["a wait of an hour", { status: 429, headers: { "retry-after": "3600" } }, "message-unreachable"],
  ] as const)("fails on %s without its address, and tells all recipients again", async (_, refusal, code) => {
    service.answer(SECRETS.HOOK_URL, refusal);
    const ended = await workspace.hurried("notify");
    expect(ended.exit).toBe(1);
    expect(ended.stdout + ended.stderr).toContain(code);
    expect(ended.stdout + ended.stderr).toContain("webhook at 127.0.0.1:");
    expect(ended.stdout + ended.stderr).not.toMatch(/path-secret|sig-secret|chat-secret/);
    expect(service.received).toHaveLength(3);
    expect((await workspace.hurried("notify")).exit).toBe(2);
    expect(service.received).toHaveLength(6);
  });

  it("gives up a service that stays down, and still tells the others", async () => {
    service.answer(SECRETS.SLACK_URL, ...Array.from({ length: 9 }, () => ({ status: 502 })));
    const ended = await workspace.hurried("notify", "--test");
    expect([ended.exit, service.received.length]).toEqual([1, 6]);
    expect(ended.stdout + ended.stderr).toMatch(/slack at 127\.0\.0\.1:\d+: status 502/);
  });

  it.each([
    ["without a recipient", { notify: [] }, {}, "no-recipients"],
    ["without the secret", { notify: [{ type: "slack", url: "env:NOWHERE" }] }, {}, "secret-missing"],
    ["with an address without TLS", { notify: NOTIFY }, { TEAMS_URL: "http://example.org/x" }, "message-address"],
    ["with an unknown form", { notify: [{ type: "pager", url: "env:SLACK_URL" }] }, {}, "config-invalid"],
    ["with the address itself", { notify: [{ type: "slack", url: "https://x.example/key" }] }, {}, "config-invalid"],
  ])("is refused %s before anything is read", async (_, settings, env, code) => {
    await workspace.configure(settings);
    const mark = await stage.control.mark();
    const ended = await workspace.run(["notify", "--format", "json"], { ...env });
    expect(ended.exit).toBe(1);
    expect(ended.stdout + ended.stderr).toContain(code);
    expect(ended.stdout + ended.stderr).not.toContain("x.example");
    expect(await stage.control.log(mark)).toEqual([]);
  });
});
