import { expect, it } from "vitest";
import { KINDS } from "../../src/kinds/index.ts";
import type { Obj } from "../../src/model/json.ts";

it.each<[string, Obj, string | undefined, string]>([
  ["user", { email: "Ann@Example.com", name: "Ann" }, undefined, "ann@example.com"],
  ["email-domain", { id: "Support.example.com" }, undefined, "support.example.com"],
  ["email-route", { domainName: "x.example", pattern: "a/b" }, "support.example.com", "support.example.com/a~1b"],
  ["email-route", { domainName: "x.example", pattern: "sales" }, undefined, "x.example/sales"],
  ["flow", { type: "INQUEUECALL", name: "Wait: please" }, undefined, "inqueuecall:Wait: please"],
  ["division", { name: "Home of Acme", homeDivision: true }, undefined, "@home"],
  ["group", { name: "Night shift" }, undefined, "Night shift"],
])("key of %s %j below %s is %s", (name, entity, parentKey, key) => {
  expect(KINDS.get(name)?.key(entity, parentKey)).toBe(key);
});

it.each<[string, Obj, true | string]>([
  ["user", { email: "" }, "without e-mail"],
  ["schedule", { name: "Old", state: "deleted" }, "deleted"],
  ["ivr", { name: "Main", state: "active" }, true],
  ["group", { name: "Old", state: "deleted" }, "deleted"],
])("%s %j is kept: %j", (name, entity, kept) => {
  expect(KINDS.get(name)?.keep?.(entity)).toBe(kept);
});
