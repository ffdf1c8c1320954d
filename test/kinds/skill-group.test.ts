import { expect, it } from "vitest";
import { readConditions } from "../../src/kinds/skill-group/conditions.ts";

it("asks for the conditions of a skill group only where a list has left them out", () => {
  const skillConditions = [{ operation: "And" }];
  const own = { id: "g", name: "Experts", status: "Complete", skillConditions };
  expect(readConditions(own).next()).toEqual({ done: true, value: skillConditions });
  expect(readConditions({ id: "g", name: "Experts" }).next()).toMatchObject({
    done: false,
    value: { op: "GET /api/v2/routing/skillgroups/{id}", path: { id: "g" } },
  });
});
