import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { KINDS } from "../../src/kinds/index.ts";
import { placeFor } from "./support/engine.ts";
import { describeEngine } from "./support/needs.ts";

describeEngine("real engine: the package schema", [], ({ engine }) => {
  const place = placeFor(engine);

  it("is one that the engine reads, with a resource for each kind that is written", () => {
    const plugin = join(place().directory, "plugin", "pulumi-resource-gclockstep");
    const text = execFileSync(engine, ["package", "get-schema", plugin], {
      cwd: place().directory,
      env: { ...process.env, ...place().env },
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    const schema = JSON.parse(text) as { name: string; resources: object; functions: object };
    expect(schema.name).toBe("gclockstep");
    const written = [...KINDS.values()].filter(({ mode }) => mode === "write");
    expect(Object.keys(schema.resources)).toHaveLength(written.length + 1);
    expect(Object.keys(schema.functions).sort()).toEqual(["gclockstep:index:getId", "gclockstep:index:getInventory"]);
  });
});
