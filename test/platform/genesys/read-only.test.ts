import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Op, Request } from "../../../src/model/api.ts";
import { addressOf } from "../../../src/platform/genesys/address.ts";
import { isReadingOp, readingCalls, assertReadOnly } from "../../../src/platform/genesys/read-only.ts";
import type { Access } from "../../../src/model/ports.ts";
import { connectTo, failureOf, scripted } from "./support.ts";

const readOnly = { access: "read-only" } as const;

const writes: Request[] = [
  { op: "POST /api/v2/routing/queues", body: { name: "x" } },
  { op: "PUT /api/v2/routing/queues/{id}", path: { id: "1" }, body: {} },
  { op: "PATCH /api/v2/routing/skills/{id}", path: { id: "1" }, body: {} },
  { op: "DELETE /api/v2/routing/queues/{id}", path: { id: "1" } },
  { op: "POST /api/v2/flows/jobs" },
  { op: "POST /api/v2/flows/export/jobs/{id}", path: { id: "x" } },
  { op: "PUT /api/v2/flows/export/jobs" },
  { op: "POST /api/v2/flows/export/jobs/../../../routing/queues" },
  { op: "POST /api/v2/audits/query/../../routing/queues" },
  { transfer: "upload", url: "http://org.invalid/api/v2/flows/export/jobs", body: "yaml" },
  { transfer: "upload", url: "http://org.invalid/oauth/token", body: "yaml" },
];

describe("a read-only client", () => {
  test.each(writes)("refuses %j before anything is sent", async (request) => {
    const org = scripted();
    const client = await connectTo(org, readOnly);
    const error = await failureOf(client.send(request, "queue"));
    expect(error.code).toBe("primary-read-only");
    expect(org.seen).toEqual([]);
    expect(client.counts()).toMatchObject({ total: 1, writes: 0, transfers: 0 });
  });

  test.each(readingCalls)("may send $op, because it $why", async ({ op }) => {
    const org = scripted();
    const client = await connectTo(org, readOnly);
    await client.send({ op, path: { channelId: "7" }, body: {} }, "flow");
    expect(org.seen).toHaveLength(1);
    expect(client.counts().writes).toBe(0);
  });

  test("may read, ask for headers only, and download", async () => {
    const org = scripted();
    const client = await connectTo(org, readOnly);
    await client.send({ op: "GET /api/v2/flows" }, "flow");
    await client.send({ op: "HEAD /api/v2/tokens/me" }, "token");
    await client.send({ transfer: "download", url: "http://org.invalid/files/a?signature=s" }, "flow");
    expect(org.seen.map(({ method }) => method)).toEqual(["GET", "HEAD", "GET"]);
  });

  test("cannot be made writable afterwards", async () => {
    const org = scripted();
    const options = { access: "read-only" as Access };
    const client = await connectTo(org, options);
    options.access = "write";
    expect(() => Object.assign(client, { access: "write" })).toThrow(TypeError);
    expect(() => (readingCalls as unknown[]).push({ op: "POST /api/v2/routing/queues", why: "" })).toThrow(TypeError);
    expect(() => Object.assign(readingCalls[0] ?? {}, { op: "POST /api/v2/routing/queues" })).toThrow(TypeError);
    expect((await failureOf(client.send({ op: "POST /api/v2/routing/queues" }, "queue"))).code).toBe(
      "primary-read-only",
    );
    expect(org.seen).toEqual([]);
  });

  test("hands out nothing but data and functions of its own", async () => {
    const client = await connectTo(scripted(), readOnly);
    expect(Object.isFrozen(client)).toBe(true);
    expect(Object.keys(client).sort()).toEqual(
      ["access", "assertOrg", "budget", "clockSkewMs", "close", "counts", "hold", "org", "region", "send"].sort(),
    );
    const handedOut = [
      client.org,
      client.counts(),
      client.budget(),
      client.clockSkewMs(),
      client.region,
      client.access,
    ];
    expect(JSON.parse(JSON.stringify(handedOut))).toHaveLength(handedOut.length);
  });

  test("treats any access but write as read-only", async () => {
    const client = await connectTo(scripted(), { access: "anything" as Access });
    expect(client.access).toBe("read-only");
    expect((await failureOf(client.send({ op: "DELETE /api/v2/flows/{id}", path: { id: "1" } }, "flow"))).code).toBe(
      "primary-read-only",
    );
  });
});

describe("the guard", () => {
  const address = addressOf({ baseUrl: "https://proxy.example.org/prefix" });
  const allows = (method: string, url: string): boolean => {
    try {
      assertReadOnly({ method, url, headers: {} }, address);
      return true;
    } catch {
      return false;
    }
  };

  test.each([
    ["POST", "https://proxy.example.org/prefix/oauth/token", true],
    ["POST", "https://proxy.example.org/prefix/api/v2/flows/export/jobs?x=1", true],
    ["POST", "https://proxy.example.org/api/v2/flows/export/jobs", false],
    ["POST", "https://other.example.org/prefix/api/v2/flows/export/jobs", false],
    ["POST", "https://proxy.example.org/prefix/api/v2/flows/export/jobs/..", false],
    ["POST", "https://proxy.example.org/prefix/api/v2/flows/export/jobs/%2e%2e/%2e%2e/jobs", false],
    ["POST", "https://proxy.example.org/prefix/oauth/token/", false],
    ["PUT", "https://proxy.example.org/prefix/oauth/token", false],
    ["post", "https://proxy.example.org/prefix/api/v2/flows/export/jobs", false],
    ["DELETE", "https://proxy.example.org/prefix/api/v2/tokens/me", false],
    ["PUT", "https://proxy.example.org/prefix/api/v2/notifications/channels/a/subscriptions", true],
    ["PUT", "https://proxy.example.org/prefix/api/v2/notifications/channels/a/b/subscriptions", false],
  ])("%s %s: allowed is %s", (method, url, allowed) => {
    expect(allows(method, url)).toBe(allowed);
  });

  test("no value in a path makes a writing operation a reading one, or leads elsewhere", async () => {
    const org = scripted();
    const client = await connectTo(org);
    const op: Op = "PUT /api/v2/routing/queues/{id}/members";
    expect(isReadingOp(op)).toBe(false);
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: "binary" }), async (id) => {
        const before = org.seen.length;
        const error = await client.send({ op, path: { id } }, "queue").then(
          () => undefined,
          (failed: unknown) => failed,
        );
        if (error !== undefined) {
          expect(error).toMatchObject({ code: "path-value-invalid" });
          expect(org.seen).toHaveLength(before);
          return;
        }
        const [, value = ""] =
          /^\/api\/v2\/routing\/queues\/([^/?#]+)\/members$/.exec(org.seen.at(-1)?.url ?? "") ?? [];
        expect(decodeURIComponent(value)).toBe(id);
      }),
      { examples: [[".."], ["."], [""], ["%2e%2e"], ["a/b"], ["a?b#c"], ["\ud800"], ["{id}"], ["🙂"]] },
    );
  });
});
