import { describe, expect, it } from "vitest";
import type { Json } from "../../src/model/json.ts";
import type { Schema } from "../../src/model/schema.ts";
import { requestBody } from "../../src/canonical/denormalise.ts";
import { embed, embedded, isGuid, mapTexts } from "../../src/canonical/embedded.ts";
import { relinkObject } from "../../src/canonical/relink.ts";
import { integration } from "../../src/kinds/integration.ts";

const schema: Schema = {
  properties: {
    settings: { "x-lockstep": { opaque: true, ids: ["queue"] } },
    free: { "x-lockstep": { opaque: true } },
  },
};
const billing = embed("queue/Billing");

describe("ids inside free JSON", () => {
  it("are told from ordinary text", () => {
    expect(embedded(billing)).toBe("queue/Billing");
    expect(embedded("queue/Billing")).toBeUndefined();
    expect([isGuid("4ac252ae-e2b7-c3e3-7b68-246f06dc9363"), isGuid("4ac252ae"), isGuid("")]).toEqual([
      true,
      false,
      false,
    ]);
  });

  it("follow a rename; one whose object has to go stays, and so does what is no id", () => {
    const settings = { queues: [billing, embed("queue/Gone"), "queue/Billing"], note: "Billing" };
    const relink = (coordinate: string) => (coordinate === "queue/Billing" ? "queue/Invoices" : undefined);
    expect(relinkObject({ schema }, { settings, free: billing }, relink)).toEqual({
      settings: { queues: [embed("queue/Invoices"), embed("queue/Gone"), "queue/Billing"], note: "Billing" },
      free: billing,
    });
  });

  it("become ids of the organisation that is written", () => {
    const object = { settings: { queue: billing, label: "Billing" }, free: billing };
    const body = requestBody({ ...integration, schema }, "integration/x", object, (coordinate) => `id:${coordinate}`);
    expect(body).toEqual({ settings: { queue: "id:queue/Billing", label: "Billing" }, free: billing });
  });
});

describe("mapTexts", () => {
  it("changes texts at every depth, tells where they are, and leaves the rest", () => {
    const paths: string[] = [];
    const value: Json = { a: ["x", 1, { b: "y" }], c: null };
    const changed = mapTexts(value, (text, path) => {
      paths.push(path.join("."));
      return text.toUpperCase();
    });
    expect(changed).toEqual({ a: ["X", 1, { b: "Y" }], c: null });
    expect(paths).toEqual(["a.0", "a.2.b"]);
  });

  it("gives back the very value when nothing changes", () => {
    const value: Json = { a: ["x", { b: "y" }] };
    expect(mapTexts(value, (text) => text)).toBe(value);
  });
});
