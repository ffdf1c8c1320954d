import { describe, expect, it } from "vitest";
import { settingsOf } from "../../../src/importers/provider/rpc/read-settings.ts";
import { settingProblems } from "../../../src/importers/provider/rpc/setting-problems.ts";
import { UNKNOWN } from "../../../src/importers/provider/rpc/values.ts";
import type { Obj } from "../../../src/model/json.ts";

const config = "/work/lockstep.yaml";
const standby = { config, org: "standby" };
const approved = {
  ...{ config, org: "primary", access: "bootstrap", orgId: "org-1", plan: "/work/plan.json", approved: "sha" },
  ...{ clientId: "env:ID", clientSecret: "file:secret" },
};

describe("the configuration of a provider", () => {
  it.each<[string, Obj, readonly string[]]>([
    ["of the standby", standby, []],
    ["of the standby that is only read", { ...standby, access: "read-only" }, []],
    ["of the primary", { config, org: "primary" }, []],
    ["of a primary that is provisioned", approved, []],
    ["with what the engine adds", { ...standby, version: "1", pluginDownloadURL: "", __internal: {} }, []],
    ["with a switch that is no text", { ...standby, prune: true }, []],
    ["with what is not known yet", { config, org: UNKNOWN, access: UNKNOWN }, []],
    ["with guards", { ...standby, allow: "protected, live-traffic" }, []],
    ["without a file", { org: "standby" }, ["config"]],
    ["with a file that lies somewhere", { ...standby, config: "lockstep.yaml" }, ["config"]],
    ["without an organisation", { config }, ["org"]],
    ["with a name that is misspelt", { ...standby, acces: "write" }, ["acces"]],
    ["with a list", { ...standby, allow: ["protected"] }, ["allow"]],
    ["with a guard that nobody knows", { ...standby, allow: "everything" }, ["allow"]],
    [
      "that bootstraps the standby",
      { ...standby, access: "bootstrap" },
      ["access", "orgId", "plan", "approved", "clientId", "clientSecret"],
    ],
    ["that writes the primary", { config, org: "primary", access: "write" }, ["access"]],
    ["that prunes the primary", { config, org: "primary", prune: "true" }, ["prune"]],
    ["that may prune", { ...standby, prune: "perhaps" }, ["prune"]],
    ["with half a login", { ...standby, clientId: "env:ID" }, ["clientSecret"]],
    [
      "of a primary that nobody approved",
      { config, org: "primary", access: "managed" },
      ["orgId", "plan", "approved", "clientId", "clientSecret"],
    ],
    ["with a secret", { ...approved, clientSecret: "hunter2" }, ["clientSecret"]],
  ])("%s", (_, args, properties) => {
    const problems = settingProblems(args);
    expect(problems.map(({ property }) => property)).toEqual(properties);
    expect(JSON.stringify(problems)).not.toContain("hunter2");
    if (properties.length === 0) return;
    expect(() => settingsOf(args)).toThrow(
      expect.objectContaining({
        code: properties[0] === "clientSecret" && args["clientSecret"] ? "secret-in-config" : "provider-config",
      }),
    );
  });

  it("reads only the primary and writes the standby, unless it says more", () => {
    expect(settingsOf({ config, org: "primary" })).toMatchObject({ access: "read-only", prune: false });
    expect(settingsOf({ ...standby, prune: "true", allow: "protected," })).toMatchObject({
      ...{ access: "write", prune: true, allow: new Set(["protected"]), approval: undefined, login: undefined },
    });
    expect(settingsOf(approved)).toMatchObject({
      access: "bootstrap",
      approval: { plan: "/work/plan.json", sha256: "sha" },
      login: { clientId: "env:ID", clientSecret: "file:secret" },
    });
  });
});
