import fc from "fast-check";
import { expect, it } from "vitest";
import { messageBody, testMessage } from "../../src/report/message.ts";
import type { DriftMessage } from "../../src/model/message.ts";

const org = { id: "1", name: "Contoso", region: "eu-central-1" };
const message: DriftMessage = {
  schemaVersion: 1,
  event: "drift",
  environment: "production",
  at: "2026-01-05T10:00:00.000Z",
  source: org,
  target: { ...org, id: "2", name: "Contoso DR" },
  summary: "1 of 12 objects differs",
  counts: { create: 1, update: 0, rename: 0, delete: 0, operational: 0, findings: 0 },
  worst: [{ coordinate: "queue/Billing", action: "create", edits: 0 }],
  page: "https://ci.example.com/7",
};

interface Publication {
  readonly Subject: string;
  readonly MessageStructure: string;
  readonly Message: string;
  readonly MessageAttributes: unknown;
}

function published(told: DriftMessage): Publication & { readonly forms: { readonly [protocol: string]: string } } {
  const publication = JSON.parse(messageBody("sns", told)) as Publication;
  return { ...publication, forms: JSON.parse(publication.Message) as { [protocol: string]: string } };
}

it("is text for e-mail and the JSON for everybody else, with attributes for filter policies", () => {
  const { Subject, MessageStructure, MessageAttributes, forms } = published(message);
  expect(Subject).toBe("The standby differs: Contoso -> Contoso DR (production)");
  expect(MessageStructure).toBe("json");
  expect(MessageAttributes).toEqual({
    event: { DataType: "String", StringValue: "drift" },
    environment: { DataType: "String", StringValue: "production" },
  });
  expect(JSON.parse(forms["default"] ?? "")).toEqual(message);
  expect(forms["email"]?.split("\n")).toEqual([
    "The standby differs: Contoso → Contoso DR (production)",
    "1 of 12 objects differs",
    "• queue Billing: missing",
    "https://ci.example.com/7",
    "",
  ]);
});

it("leaves out an attribute that would be empty, which SNS refuses", () => {
  const test = testMessage({ source: "a", target: "b" }, { environment: "", now: 0 });
  expect(published(test).MessageAttributes).toEqual({ event: { DataType: "String", StringValue: "test" } });
});

it("has a subject that SNS takes, whatever organisations are called (API reference, Publish)", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (name) => {
      const { Subject } = published({ ...message, source: { ...org, name } });
      expect(Subject).toMatch(/^[!-~][ -~]{0,99}$/);
    }),
  );
});
