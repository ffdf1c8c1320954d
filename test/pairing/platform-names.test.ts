import { describe, expect, it } from "vitest";
import { paired, thrownBy } from "./helpers.ts";

/** Known by name and id because others refer to it, but not part of the snapshot: the platform's own. */
const OWN = "flow/voice:Default";
const objects = {
  "flow/voice:Main": { name: "Main", type: "voice", yaml: "name: Main\nflow: Default\nflow: voice:Default" },
};

describe("an object of the platform's own", () => {
  it("keeps its name under a pattern that fits it, in texts too", () => {
    const renames = [{ kind: "flow", pattern: "(.*)", replace: "DR $1" }];
    expect(Object.fromEntries(paired(objects, { renames }, undefined, [OWN]).desired)).toEqual({
      "flow/voice:DR Main": {
        name: "DR Main",
        type: "voice",
        yaml: "name: DR Main\nflow: Default\nflow: voice:Default",
      },
    });
  });

  it("cannot be renamed by its name", () => {
    const renames = [{ kind: "flow", from: "voice:Default", to: "voice:Other" }];
    const thrown = thrownBy(() => paired(objects, { renames }, undefined, [OWN]));
    expect(thrown).toMatchObject({ code: "rename-unmatched" });
  });
});
