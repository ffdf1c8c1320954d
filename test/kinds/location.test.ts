import { expect, it } from "vitest";
import { location } from "../../src/kinds/location.ts";
import { writeObject } from "../../src/canonical/write-object.ts";
import { trace } from "./steps.ts";

it("sends what changed, null for what is gone, always with name and version", () => {
  const steps = writeObject({
    kind: location,
    coordinate: "location/London",
    verb: "update",
    id: "location-1",
    wanted: { name: "London", address: { city: "London" }, contactUser: "user/ann@example.com" },
    current: { name: "London", address: { city: "Leeds" }, notes: "old", contactUser: "user/ann@example.com" },
    entity: { id: "location-1", name: "London", version: 4 },
    touched: new Set(["address", "notes"]),
    resolve: (coordinate) => `id:${coordinate}`,
    secrets: new Map(),
  });
  expect(trace(steps).asked).toEqual([
    {
      op: "PATCH /api/v2/locations/{id}",
      path: { id: "location-1" },
      body: { address: { city: "London" }, notes: " ", name: "London", version: 4 },
    },
  ]);
});
