import { describe, expect, it } from "vitest";
import { LockstepError } from "../../src/model/error.ts";
import { readSettings } from "../../src/stacks/settings.ts";

const STANDBY = { "lockstep:role": "standby" };
const BOOTSTRAP = {
  "lockstep:role": "primary",
  "lockstep:source": "repository",
  "lockstep:access": "bootstrap",
  "lockstep:orgId": "o-1",
  "lockstep:plan": "primary.json",
  "lockstep:approvedPlan": "a".repeat(64),
  "lockstep:writeClientId": "env:WRITE_ID",
  "lockstep:writeClientSecret": "file:secret",
};

/** What Pulumi fills in for every stack, from the defaults of `Pulumi.yaml`. */
const DEFAULTS = {
  "lockstep:config": "lockstep.yaml",
  "lockstep:source": "primary-org",
  "lockstep:snapshot": "",
  "lockstep:access": "read-only",
  "lockstep:orgId": "",
  "lockstep:plan": "",
  "lockstep:approvedPlan": "",
  "lockstep:writeClientId": "",
  "lockstep:writeClientSecret": "",
  "lockstep:prune": "false",
  "lockstep:allow": "[]",
  "lockstep:aws": "{}",
  "pulumi:disable-default-providers": '["*"]',
};

function failure(all: { readonly [key: string]: string }): LockstepError {
  try {
    readSettings(all);
  } catch (error) {
    if (error instanceof LockstepError) return error;
    throw error;
  }
  throw new Error("nothing was refused");
}

describe("the configuration of a stack", () => {
  it("is the same with and without the defaults that Pulumi fills in", () => {
    expect(readSettings({ ...DEFAULTS, ...STANDBY })).toEqual(readSettings(STANDBY));
    expect(readSettings(STANDBY)).toEqual({
      role: "standby",
      config: "lockstep.yaml",
      source: "primary-org",
      snapshot: undefined,
      access: "read-only",
      approval: undefined,
      prune: false,
      allow: new Set(),
    });
  });

  it.each(["primary", "standby", "dns"])("takes the role %s with all defaults", (role) => {
    expect(readSettings({ ...DEFAULTS, "lockstep:role": role })).toMatchObject({ role, access: "read-only" });
  });

  it("takes guards and pruning for the standby", () => {
    const given = { ...STANDBY, "lockstep:prune": "true", "lockstep:allow": '["protected","stale-snapshot"]' };
    expect(readSettings(given)).toMatchObject({ prune: true, allow: new Set(["protected", "stale-snapshot"]) });
  });

  it("takes guards over a whole preview, which only lockstep up judges", () => {
    const given = { ...STANDBY, "lockstep:allow": '["max-updates","max-deletes"]' };
    expect(readSettings(given)).toMatchObject({ allow: new Set(["max-updates", "max-deletes"]) });
  });

  it("takes everything that writing the primary needs", () => {
    expect(readSettings(BOOTSTRAP)).toMatchObject({
      access: "bootstrap",
      approval: { orgId: "o-1", plan: "primary.json", writeClientId: "env:WRITE_ID", writeClientSecret: "file:secret" },
    });
  });

  const refused: readonly (readonly [string, { readonly [key: string]: string }, string, string])[] = [
    ["no role", {}, "lockstep:role is missing", "pulumi config set lockstep:role standby"],
    ["a wrong role", { "lockstep:role": "backup" }, 'lockstep:role is "backup"', "pulumi config set lockstep:role"],
    [
      "a misspelt key",
      { ...STANDBY, "lockstep:prunes": "true" },
      "There is no key lockstep:prunes",
      "pulumi config rm lockstep:prunes",
    ],
    [
      "a wrong source",
      { ...STANDBY, "lockstep:source": "git" },
      'lockstep:source is "git"',
      "pulumi config set lockstep:source",
    ],
    [
      "a wrong access",
      { "lockstep:role": "primary", "lockstep:access": "write" },
      'lockstep:access is "write"',
      "pulumi config set lockstep:access read-only",
    ],
    [
      "access for the standby",
      { ...STANDBY, "lockstep:access": "managed" },
      "belongs to a stack with the role primary",
      "pulumi config rm lockstep:access",
    ],
    [
      "a plan for the standby",
      { ...STANDBY, "lockstep:plan": "p.json" },
      "lockstep:plan belongs to",
      "pulumi config rm lockstep:plan",
    ],
    [
      "pruning the primary",
      { "lockstep:role": "primary", "lockstep:prune": "true" },
      "lockstep:prune belongs to",
      "pulumi config rm lockstep:prune",
    ],
    [
      "pruning that is neither",
      { ...STANDBY, "lockstep:prune": "yes" },
      "not true or false",
      "pulumi config set lockstep:prune false",
    ],
    [
      "guards that are no list",
      { ...STANDBY, "lockstep:allow": "[" },
      "lockstep:allow cannot be read",
      "pulumi config set lockstep:allow",
    ],
    [
      "an unknown guard",
      { ...STANDBY, "lockstep:allow": '["all"]' },
      'found "all"',
      "pulumi config set lockstep:allow",
    ],
    [
      "bootstrap without a repository",
      { ...BOOTSTRAP, "lockstep:source": "primary-org" },
      "provisions the primary from a repository",
      "pulumi config set lockstep:source repository",
    ],
    ...["orgId", "plan", "approvedPlan", "writeClientId", "writeClientSecret"].map(
      (key) =>
        [
          `bootstrap without ${key}`,
          { ...BOOTSTRAP, [`lockstep:${key}`]: "" },
          `lockstep:${key} is missing, which bootstrap needs`,
          `pulumi config set lockstep:${key}`,
        ] as const,
    ),
  ];

  it.each(refused)("refuses %s, naming the key and the command", (_name, given, message, command) => {
    const error = failure(given);
    expect(error.code).toBe("stack-config");
    expect(error.message).toContain(message);
    expect(error.hint).toContain(`\`${command}`);
    expect(error.place.path).toMatch(/^lockstep:/);
  });

  it("refuses a secret without repeating it", () => {
    const error = failure({ ...BOOTSTRAP, "lockstep:writeClientSecret": "canary-5e1" });
    expect(error.code).toBe("secret-in-config");
    expect(JSON.stringify([error.message, error.hint, error.place])).not.toContain("canary");
    expect(error.hint).toContain("pulumi config set lockstep:writeClientSecret --plaintext env:");
  });
});
