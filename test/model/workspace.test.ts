import fc from "fast-check";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { statePath } from "../../src/model/workspace.ts";

test("state named by an id stays in its directory, whatever the id", () => {
  const names = fc.oneof(fc.string({ minLength: 1 }), fc.constantFrom("..", ".", "../..", "/etc", "a/../..", "..\\.."));
  fc.assert(
    fc.property(names, (name) => {
      const path = statePath({ directory: "/work" }, "cache", name);
      expect(dirname(path)).toBe(join("/work", ".lockstep", "cache"));
    }),
  );
});
