import { describe, expect, it } from "vitest";
import { runConfig } from "../../../src/cli/up/run-config.ts";

const PLACES = { cwd: "/here", directory: "/project" };

function resolved(stack: { readonly [key: string]: string }, flags: Partial<Parameters<typeof runConfig>[1]> = {}) {
  return runConfig(new Map(Object.entries(stack)), { allow: [], ...flags }, PLACES);
}

describe("the configuration of one run", () => {
  it.each([
    ["nobody names one", {}, undefined, "/here/lockstep.yaml"],
    ["the stack names the usual one", { "lockstep:config": "lockstep.yaml" }, "lockstep.yaml", "/here/lockstep.yaml"],
    ["the stack has an empty text for it", { "lockstep:config": "" }, undefined, "/here/lockstep.yaml"],
    ["the stack names another one", { "lockstep:config": "conf/a.yaml" }, "lockstep.yaml", "/project/conf/a.yaml"],
    ["the command line names one", { "lockstep:config": "conf/a.yaml" }, "b.yaml", "/here/b.yaml"],
  ])("takes lockstep.yaml from the right place when %s", (_, stack, config, expected) => {
    const { file, overrides } = resolved(stack, config === undefined ? {} : { config });
    expect(file).toBe(expected);
    expect(overrides.get("lockstep:config")).toBe(expected);
  });

  it("takes other paths from the project's directory", () => {
    const { overrides } = resolved({ "lockstep:plan": "primary.json", "lockstep:snapshot": "" });
    expect([overrides.get("lockstep:plan"), overrides.has("lockstep:snapshot")]).toEqual([
      "/project/primary.json",
      false,
    ]);
  });

  it("adds flags to what the stack allows, and tells the program", () => {
    const { allow, overrides } = resolved(
      { "lockstep:allow": '["live-traffic"]' },
      { allow: ["max-updates", "protected"] },
    );
    expect([...allow].sort()).toEqual(["live-traffic", "max-updates", "protected"]);
    expect(JSON.parse(overrides.get("lockstep:allow") ?? "")).toEqual(["live-traffic", "max-updates", "protected"]);
    expect(resolved({ "lockstep:allow": '["max-deletes"]' }).overrides.has("lockstep:allow")).toBe(false);
    expect([...resolved({ "lockstep:allow": "{" }).allow]).toEqual([]);
  });

  it("prunes when the stack or the command line says so, and overrides nothing unasked", () => {
    expect(resolved({}).prune).toBe(false);
    expect(resolved({ "lockstep:prune": "true" })).toMatchObject({ prune: true });
    const asked = resolved({ "lockstep:prune": "false" }, { prune: true });
    expect([asked.prune, asked.overrides.get("lockstep:prune")]).toEqual([true, "true"]);
    expect([...resolved({}).overrides.keys()]).toEqual(["lockstep:config"]);
  });
});
