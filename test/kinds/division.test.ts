import { expect, it } from "vitest";
import { division } from "../../src/kinds/division.ts";
import { normalise } from "../../src/canonical/normalise.ts";
import { writeObject } from "../../src/canonical/write-object.ts";
import { drive, job, writesOf } from "./drive.ts";

it("keeps the name of the Home division, which is not compared, when it is updated", () => {
  const entity = { id: "d1", name: "Home of Acme", description: "Old", homeDivision: true };
  const { object } = normalise(division, "division/@home", entity, () => undefined);
  expect(object).toEqual({ description: "Old" });
  const change = { wanted: { description: "New" }, current: object, entity, touched: ["description"] };
  const steps = writeObject({ kind: division, coordinate: "division/@home", ...job({ verb: "update", ...change }) });
  expect(writesOf(drive(steps).requests)).toEqual([
    {
      op: "PUT /api/v2/authorization/divisions/{id}",
      path: { id: "own-id" },
      body: { name: "Home of Acme", description: "New" },
    },
  ]);
});
