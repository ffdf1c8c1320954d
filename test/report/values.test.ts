import { expect, it } from "vitest";
import { objectFacts, shortValue } from "../../src/report/values.ts";

it("shortens values by character, not by half of one", () => {
  expect(shortValue("😀".repeat(80))).toBe(`"${"😀".repeat(58)}…`);
});

it("tells what an object is by what describes it, what it refers to and how much it holds", () => {
  const facts = objectFacts([
    { path: "/enabled", after: true },
    { path: "/mediaSettings", after: { call: {} } },
    { path: "/members", after: { "a@example.com": {}, "b@example.com": {} } },
    { path: "/name", after: "Billing" },
    { path: "/queueFlow", after: "flow/inqueuecall:Wait" },
    { path: "/division", after: "division/Sales" },
    { path: "/description", after: "Bills" },
  ]);
  expect(facts).toBe('"Bills", queue flow inqueuecall:Wait, division Sales, 2 members');
});
