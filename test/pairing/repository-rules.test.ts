import { describe, expect, it } from "vitest";
import type { Config, Repository } from "../../src/model/config.ts";
import { placeOfRepositoryRule, repositoryOf, repositoryRules } from "../../src/pairing/repository-rules.ts";
import { NO_RULES } from "../../src/pairing/rules.ts";
import { thrownBy } from "./helpers.ts";

const repository: Repository = {
  directory: "organisation",
  renames: [{ kind: "queue", from: "a", to: "b" }],
  overrides: [{ kind: "queue", name: "b", path: "/description", value: "x" }],
  ignores: [{ kind: "queue", name: "*", path: "/members", reason: "a test" }],
  numbers: [{ from: "+1", to: "+2" }],
  flows: [{ name: "f", mode: "independent" }],
  state: [{ kind: "trunk", name: "*", path: "/enabled", value: true }],
};

describe("the rules of a repository", () => {
  it("stand where pairing looks for those of a target, and none of the standby's are among them", () => {
    const include = { ...NO_RULES.include, kinds: ["queue"] };
    const { directory: _, state, ...rules } = repository;
    expect(repositoryRules({ include }, repository)).toEqual({
      ...rules,
      include,
      orgs: { primary: { state: [] }, standby: { state } },
    });
  });

  it.each([
    ["/include/kinds/0", "/include/kinds/0"],
    ["/renames/1", "/repository/renames/1"],
    ["/orgs/standby/state/2", "/repository/state/2"],
    ["/overrides/0/orgs/standby/state", "/repository/overrides/0/orgs/standby/state"],
  ])("are called by their place in lockstep.yaml: %s is %s", (pointer, place) => {
    expect(placeOfRepositoryRule(pointer)).toBe(place);
  });

  it("are missed by name where there are none", () => {
    const without = {} as Config;
    expect(repositoryOf({ ...without, repository }, "lockstep.yaml")).toBe(repository);
    expect(thrownBy(() => repositoryOf(without, "lockstep.yaml"))).toMatchObject({
      code: "repository-missing",
      message: "lockstep.yaml names no repository that the primary could be provisioned from",
      hint: expect.stringContaining("snapshot primary --repository -o DIR") as string,
      place: { file: "lockstep.yaml", path: "/repository" },
    });
  });
});
