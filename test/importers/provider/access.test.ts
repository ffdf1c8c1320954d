import { describe, expect, it } from "vitest";
import {
  assertApproved,
  assertUnpopulated,
  writeRefusal,
  type Ownership,
  type WritePolicy,
  type ProposedWrite,
} from "../../../src/importers/provider/write/access.ts";
import type { Obj } from "../../../src/model/json.ts";
import type { Operation, Plan } from "../../../src/model/plan.ts";
import { KINDS } from "../../../src/kinds/index.ts";
import { kindNamed } from "../../../src/importers/provider/rpc/session.ts";

const OURS: Ownership = { owner: "ours", changed: false, moved: false, unfinished: false };
const FOREIGN: Ownership = { ...OURS, owner: "foreign" };
const PLATFORM: Ownership = { ...OURS, owner: "platform" };
const TAMPERED: Ownership = { ...OURS, changed: true };
const MOVED: Ownership = { ...OURS, moved: true };
const WANTED: Obj = { name: "Billing", description: "Bills" };

function operation(given: Partial<Operation>): Operation {
  return {
    id: "op-1",
    wave: 1,
    action: "create",
    coordinate: "queue/Billing",
    dependsOn: [],
    edits: [],
    after: WANTED,
    ...given,
  };
}

function plan(...operations: readonly Partial<Operation>[]): Plan {
  return {
    schemaVersion: 1,
    sha256: "approved",
    tool: "lockstep test",
    stack: "primary",
    source: { orgId: "repository", name: "repository" },
    target: { orgId: "org-1", name: "Primary" },
    sourceTakenAt: "",
    prune: false,
    members: "emails",
    operations: operations.map(operation),
    blocked: [],
    findings: [],
    ids: {},
    guards: [],
    equal: {},
  };
}

function standing(given: Partial<WritePolicy>): WritePolicy {
  return { access: "write", prune: false, allow: new Set(), guarded: [], plan: undefined, ...given };
}

function wish(verb: ProposedWrite["verb"], ownership = OURS, coordinate = "queue/Billing"): ProposedWrite {
  const kind = kindNamed(KINDS, coordinate.split("/")[0], coordinate);
  return { kind, coordinate, verb, ownership, ...(verb === "delete" ? {} : { wanted: WANTED }) };
}

const code = (about: WritePolicy, what: ProposedWrite): string | undefined => writeRefusal(about, what)?.code;

describe("the standby", () => {
  const prune = { prune: true };
  const guarded = [{ kind: "queue", name: "Bill*" }];
  const allowed = { allow: new Set(["protected"] as const) };
  it.each<[string, Partial<WritePolicy>, ProposedWrite, string | undefined]>([
    ["creates", {}, wish("create"), undefined],
    ["updates what nobody here made", {}, wish("update", FOREIGN), undefined],
    ["updates what was changed by hand", {}, wish("update", TAMPERED), undefined],
    ["deletes nothing by itself", {}, wish("delete"), "prune-off"],
    ["deletes when asked to", prune, wish("delete"), undefined],
    ["keeps entry points", prune, wish("delete", OURS, "ivr/Main"), "protected"],
    ["changes entry points", prune, wish("update", OURS, "ivr/Main"), undefined],
    ["deletes entry points that are named", { ...prune, ...allowed }, wish("delete", OURS, "ivr/Main"), undefined],
    ["needs more than a name to delete", allowed, wish("delete", OURS, "ivr/Main"), "prune-off"],
    ["leaves what is protected by name", { guarded }, wish("update"), "protected"],
    ["creates what is protected by name", { guarded }, wish("create"), undefined],
    ["keeps what is protected by name", { ...prune, guarded }, wish("delete"), "protected"],
    ["changes what is protected and named", { guarded, ...allowed }, wish("update"), undefined],
    ["leaves other kinds of that name", { guarded }, wish("update", OURS, "skill/Billing"), undefined],
  ])("%s", (_, about, what, expected) => {
    expect(code(standing(about), what)).toBe(expected);
  });

  it("keeps a list from being emptied until that is allowed", () => {
    const emptying = { ...wish("update"), current: { ...WANTED, wrapUpCodes: ["wrap-up-code/a", "wrap-up-code/b"] } };
    const allow = new Set(["loses-all-members"] as const);
    expect(writeRefusal(standing({}), emptying)).toMatchObject({
      code: "loses-all-members",
      message: "queue/Billing would lose everything in /wrapUpCodes: 2 before, 0 after",
    });
    expect(code(standing({ allow }), emptying)).toBeUndefined();
  });
});

describe("a primary that is only read", () => {
  it.each(["create", "update", "delete"] as const)("refuses to %s", (verb) => {
    expect(code(standing({ access: "read-only", prune: true }), wish(verb))).toBe("primary-read-only");
  });
});

describe.each(["bootstrap", "managed"] as const)("a primary that is open for %s", (access) => {
  const created = plan({});
  const updated = plan({ action: "update" });
  const renamed = plan({ action: "rename" });
  const twice = plan({ phase: 1, after: { name: "Billing" } }, { id: "op-2", action: "update", phase: 2 });
  const other = plan({ after: { name: "Billing" } });
  const elsewhere = plan({ coordinate: "queue/Claims" });
  const madeBefore = access === "managed" ? undefined : "bootstrap-creates";
  it.each<[string, Plan | undefined, ProposedWrite, string | undefined]>([
    ["creates what was approved", created, wish("create"), undefined],
    ["creates what is written in two passes", twice, wish("create"), undefined],
    ["completes it in the second pass", twice, wish("update"), undefined],
    ["completes what it created", created, wish("update"), undefined],
    ["creates nothing else", elsewhere, wish("create"), "unapproved-change"],
    ["creates it in no other way", other, wish("create"), "unapproved-change"],
    ["creates nothing without a plan", undefined, wish("create"), "unapproved-change"],
    ["does not create what was to be changed", updated, wish("create"), "unapproved-change"],
    ["changes what was made before and approved", updated, wish("update"), madeBefore],
    ["changes names that were approved", renamed, wish("update"), madeBefore],
    ["ends what was begun", updated, wish("update", { ...OURS, unfinished: true }), undefined],
    ["changes what the platform made", updated, wish("update", PLATFORM), undefined],
    ["leaves what is not its own", updated, wish("update", FOREIGN), "not-owned"],
    ["minds what was changed by hand", updated, wish("update", TAMPERED), "tampered"],
    ["minds what moved after the plan", updated, wish("update", { ...PLATFORM, moved: true }), "moved-target"],
    ["minds what moved after it was begun", created, wish("update", MOVED), "moved-target"],
    ["never deletes", plan({ action: "delete" }), wish("delete"), "primary-no-deletes"],
  ])("%s", (_, approved, what, expected) => {
    const about = standing({ access, prune: true, allow: new Set(["protected"] as const), plan: approved });
    expect(code(about, what)).toBe(expected);
  });
});

describe("a new organisation", () => {
  const ours = (coordinate: string): boolean => coordinate === "flow/inboundcall:Ours";
  it("may hold flows and entry points of our own", () => {
    expect(() => assertUnpopulated(["flow/inboundcall:Ours"], ours)).not.toThrow();
  });

  it("holds no others", () => {
    const carrying = ["ivr/D", "ivr/C", "ivr/B", "flow/inboundcall:Ours", "ivr/A"];
    expect(() => assertUnpopulated(carrying, ours)).toThrow(
      expect.objectContaining({
        code: "populated-org",
        message: expect.stringContaining("ivr/A, ivr/B, ivr/C and 1 more") as string,
      }),
    );
  });
});

describe("an approved plan", () => {
  it("is the one that was approved, for the primary, for this organisation", () => {
    expect(() => assertApproved(plan(), "approved", "org-1", "plan.json")).not.toThrow();
    const { stack: _, ...standby } = plan();
    for (const [made, approved, org, expected] of [
      [plan(), "another", "org-1", "plan-not-approved"],
      [standby, "approved", "org-1", "plan-not-approved"],
      [plan(), "approved", "org-2", "org-mismatch"],
    ] as const) {
      expect(() => assertApproved(made, approved, org, "plan.json")).toThrow(
        expect.objectContaining({ code: expected }),
      );
    }
  });
});
