import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { KINDS } from "../../src/kinds/index.ts";
import { splitCoordinate } from "../../src/model/coordinate.ts";
import { resourceToken } from "../../src/importers/provider/schema/tokens.ts";
import { runMocked, type Registered, type Run } from "./support/mocked.ts";
import { inventoryOf, openProject, twinOf, type Project } from "./support/project.ts";

let project: Project;
/** The standby stack on an empty standby. */
let fresh: Run;

beforeAll(async () => {
  project = await openProject();
  fresh = await runMocked(config({ role: "standby" }), inventoryOf(project.empty));
}, 300_000);
afterAll(async () => project.close());
beforeEach(async () => project.configure());

const config = (more: { readonly [key: string]: string }): { readonly [key: string]: string } => ({
  "lockstep:config": `${project.directory}/lockstep.yaml`,
  ...Object.fromEntries(Object.entries(more).map(([key, value]) => [`lockstep:${key}`, value])),
});

const byName = ({ resources }: Run): ReadonlyMap<string, Registered> =>
  new Map(resources.map((resource) => [resource.name, resource]));

const kindOf = (coordinate: string) => KINDS.get(splitCoordinate(coordinate).kind);

const isWritten = (coordinate: string): boolean => kindOf(coordinate)?.mode === "write";

/** What can only be made by hand in a new organisation, and is said to be blocked until it is. */
const uncreatable = (objects: ReadonlyMap<string, unknown>): string[] =>
  [...objects.keys()].filter((name) => isWritten(name) && kindOf(name)?.write?.create === undefined).sort();

const creatable = (objects: ReadonlyMap<string, unknown>): string[] =>
  writtenOf(objects).filter((name) => kindOf(name)?.write?.create !== undefined);

const writtenOf = (objects: ReadonlyMap<string, unknown>): string[] => [...objects.keys()].filter(isWritten).sort();

const WITHOUT_RECIPIENTS = { include: { exclude: [{ kind: "message-recipient", name: "*" }] } };

const blockedIn = ({ outputs }: Run): string[][] =>
  (outputs["blocked"] as { coordinate: string; code: string }[])
    .map(({ code, coordinate }) => [code, coordinate])
    .sort();

const objectsOf = ({ resources }: Run): Registered[] =>
  resources.filter(({ type }) => type.startsWith("gclockstep:index:") && type !== "gclockstep:index:Link");

describe("the standby stack", { timeout: 300_000 }, () => {
  it("registers every object of the primary for an empty standby, under its coordinate, with nothing to import but what is there", async () => {
    const run = fresh;
    const names = objectsOf(run).map(({ name }) => name);
    expect(names.sort()).toEqual(
      [...new Set([...creatable(project.primary.objects), ...writtenOf(project.empty.objects)])].sort(),
    );
    for (const { name, type, id } of objectsOf(run)) {
      expect(type).toBe(resourceToken(splitCoordinate(name).kind));
      expect(id, name).toBe(project.empty.objects.has(name) ? project.empty.ids.get(name) : "");
    }
    expect(run.calls).toEqual(["gclockstep:index:getInventory"]);
    expect(blockedIn(run)).toEqual(uncreatable(project.primary.objects).map((name) => ["not-writable", name]));
  });

  it("gives each resource the object in snapshot form, and no id of either organisation", async () => {
    const run = fresh;
    const queue = [...project.primary.objects].find(([name]) => name.startsWith("queue/"));
    const { key, lockstep, ...object } = byName(run).get(queue?.[0] ?? "")?.inputs ?? {};
    expect(object).toEqual(queue?.[1]);
    expect(key).toBe(splitCoordinate(queue?.[0] ?? "").key);
    expect(lockstep).toMatchObject({ sourceId: project.primary.ids.get(queue?.[0] ?? "") });
    const withoutNotes = run.resources.map(({ inputs: { lockstep: _, ...inputs } }) => inputs);
    const text = JSON.stringify(withoutNotes);
    for (const id of [...project.primary.ids.values()].filter((one) => /^[0-9a-f-]{36}$/.test(one))) {
      expect(text.includes(id)).toBe(false);
    }
  });

  it("adopts what the standby has under its ids and creates nothing, links included", async () => {
    const twin = twinOf(project.primary, "twin");
    const run = await runMocked(config({ role: "standby" }), inventoryOf(twin));
    for (const { name, id } of objectsOf(run)) expect(id, name).toBe(twin.ids.get(name));
    const links = run.resources.filter(({ type }) => type === "gclockstep:index:Link");
    expect(links.length).toBeGreaterThan(0);
    for (const { name, id, inputs } of links) {
      const target = name.replace(/^link\//, "");
      expect(inputs["target"]).toBe(target);
      expect(id).toBe(`${splitCoordinate(target).kind}/${twin.ids.get(target) ?? ""}`);
    }
  });

  it.each(["", "true"])(
    "sets namesakes aside with what is in them, and goes on with the rest (prune: %j)",
    async (prune) => {
      const twin = twinOf(project.primary, "twin");
      const parent = [...twin.ids.keys()].find((at) => at.startsWith("integration/custom-rest-actions:")) ?? "";
      const inside = (at: string): boolean => at.startsWith(`data-action/${splitCoordinate(parent).key}/`);
      const ids = [...twin.ids].filter(([at]) => at !== parent && !inside(at));
      expect(ids.length).toBeLessThan(twin.ids.size - 1);
      const run = await runMocked(config({ role: "standby", prune }), {
        ...inventoryOf(twin),
        ids: Object.fromEntries(ids),
        namesakes: { [parent]: "2 objects have this name" },
      });
      const names = new Set(byName(run).keys());
      expect([...names].filter((name) => name === parent || inside(name))).toEqual([]);
      expect(names.has("queue/Billing") || [...names].some((name) => name.startsWith("queue/"))).toBe(true);
      expect(run.outputs["blocked"]).toContainEqual({
        coordinate: parent,
        code: "duplicate-key",
        message: "2 objects have this name (in the standby)",
      });
      for (const { name, id } of objectsOf(run)) expect(id, name).toBe(twin.ids.get(name));
    },
  );

  it("opens the standby for writing, without pruning and with the source's id for the baseline", async () => {
    const run = fresh;
    expect(run.resources.find(({ type }) => type === "pulumi:providers:gclockstep")?.inputs).toEqual({
      config: `${project.directory}/lockstep.yaml`,
      org: "standby",
      access: "write",
      sourceOrgId: project.primary.org.id,
      prune: "false",
      allow: "",
    });
  });

  it("retains what only the standby has, and lets pruning have it but for what carries entry points", async () => {
    const ids = new Map([
      ...project.empty.ids,
      ["skill/Only here", "s-1"],
      ["ivr/Only here", "i-1"],
      ["user/x@example.com", "u-1"],
    ]);
    const inventory = { ...inventoryOf(project.empty), ids: Object.fromEntries(ids) };
    const kept = byName(await runMocked(config({ role: "standby" }), inventory));
    expect(kept.get("skill/Only here")).toMatchObject({
      id: "s-1",
      inputs: { key: "Only here", lockstep: { retained: true } },
    });
    expect(kept.has("ivr/Only here")).toBe(true);
    expect(kept.has("user/x@example.com")).toBe(false);
    const pruned = byName(await runMocked(config({ role: "standby", prune: "true" }), inventory));
    expect(pruned.has("skill/Only here")).toBe(false);
    expect(pruned.get("ivr/Only here")?.inputs["lockstep"]).toEqual({ retained: true });
  });

  it("does not change what the organisation has by itself and what the configuration excludes", async () => {
    await project.configure({ include: { exclude: [{ kind: "skill", name: "*" }] } });
    const ids = new Map([...project.empty.ids, ["skill/Mine", "s-1"]]);
    const run = await runMocked(config({ role: "standby" }), {
      ...inventoryOf(project.empty),
      ids: Object.fromEntries(ids),
    });
    expect(objectsOf(run).filter(({ name }) => name.startsWith("skill/"))).toEqual([]);
    const { skipped } = inventoryOf(project.empty) as { skipped: string[] };
    for (const name of skipped) expect(byName(run).has(name)).toBe(project.primary.objects.has(name));

    const pruning = await runMocked(config({ role: "standby", prune: "true" }), {
      ...inventoryOf(project.empty),
      ids: Object.fromEntries(ids),
    });
    expect(byName(pruning).get("skill/Mine")?.inputs["lockstep"]).toEqual({ retained: true });
  });

  it("says which differences are accepted, by object", async () => {
    const ignores = [{ kind: "queue", name: "*", path: "/description", reason: "written by hand" }];
    await project.configure({ ignores });
    const run = await runMocked(config({ role: "standby" }), inventoryOf(project.empty));
    for (const { name, inputs } of objectsOf(run)) {
      const expected = name.startsWith("queue/") ? ["/description"] : undefined;
      expect((inputs["lockstep"] as { ignored?: string[] }).ignored, name).toEqual(expected);
    }
  });

  it("refuses to prune after a source that lost most of a kind", async () => {
    const skills = Object.fromEntries(
      Array.from({ length: 40 }, (_, at) => [`skill/S${String(at)}`, `s-${String(at)}`]),
    );
    const inventory = { ...inventoryOf(project.empty), ids: skills };
    await expect(runMocked(config({ role: "standby", prune: "true" }), inventory)).rejects.toThrow(/^shrunken-kind: /);
    const allow = '["shrunken-kind"]';
    expect((await runMocked(config({ role: "standby", prune: "true", allow }), inventory)).outputs["retained"]).toEqual(
      [],
    );
  });

  it("takes its desired state from the repository when told so", async () => {
    const run = await runMocked(config({ role: "standby", source: "repository" }), inventoryOf(project.empty));
    expect(run.outputs["source"]).toMatchObject({ kind: "repository" });
    expect(objectsOf(run).filter(({ name }) => name.startsWith("queue/")).length).toBeGreaterThan(5);
  });

  it("tells ids, counts, digest and the next step", async () => {
    expect(fresh.outputs["nextStep"]).toContain("Look at `blocked`");
    await project.configure(WITHOUT_RECIPIENTS);
    const { outputs } = await runMocked(config({ role: "standby" }), inventoryOf(project.empty));
    expect(outputs).toMatchObject({
      role: "standby",
      organisation: { id: project.empty.org.id, name: project.empty.org.name },
      source: { kind: "primary-org", organisation: project.primary.org.name },
      objects: { queue: writtenOf(project.primary.objects).filter((name) => name.startsWith("queue/")).length },
    });
    expect(outputs["snapshotDigest"]).toMatch(/^[0-9a-f]{64}$/);
    expect(outputs["nextStep"]).toContain("pulumi up --stack dns");
    expect(outputs["readme"]).toContain(`# ${project.empty.org.name}`);
  });
});

describe("the primary stack", { timeout: 300_000 }, () => {
  it("registers the snapshot's objects for reading only, each under its id, and asks nobody", async () => {
    const run = await runMocked(config({ role: "primary" }), {});
    expect(run.calls).toEqual([]);
    expect(
      objectsOf(run)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(writtenOf(project.primary.objects));
    for (const { name, id } of objectsOf(run)) expect(id, name).toBe(project.primary.ids.get(name));
    const provider = run.resources.find(({ type }) => type === "pulumi:providers:gclockstep");
    expect(provider?.inputs).toMatchObject({ org: "primary", access: "read-only" });
  });

  it("is provisioned from the repository, along an approved plan", async () => {
    await project.configure(WITHOUT_RECIPIENTS, { primary: { healthEntry: { number: "+15550100" } } });
    const approval = {
      orgId: "o-1",
      plan: "primary.json",
      approvedPlan: "ab",
      writeClientId: "env:A",
      writeClientSecret: "env:B",
    };
    const keys = { role: "primary", source: "repository", access: "bootstrap", ...approval };
    const run = await runMocked(config(keys), inventoryOf(project.empty));
    const provider = run.resources.find(({ type }) => type === "pulumi:providers:gclockstep");
    expect(provider?.inputs).toMatchObject({
      access: "bootstrap",
      orgId: "o-1",
      approved: "ab",
      clientId: "env:A",
      clientSecret: "env:B",
      sourceOrgId: "repository",
    });
    expect(provider?.inputs["plan"]).toMatch(/^\/.*primary\.json$/);
    expect(byName(run).get("ivr/lockstep health")?.inputs).toMatchObject({ dnis: ["+15550100"] });
    expect(run.outputs["healthEntry"]).toEqual({
      number: "+15550100",
      ivr: "ivr/lockstep health",
      flow: "flow/inboundcall:lockstep health",
      pool: "did-pool/+15550100..+15550100",
    });
    expect(run.outputs["nextStep"]).toContain("lockstep:access read-only");
  });
});

describe("what stops a stack", { timeout: 300_000 }, () => {
  const cases: readonly (readonly [
    string,
    { readonly [key: string]: string },
    (inventory: Record<string, unknown>) => Record<string, unknown>,
    RegExp,
  ])[] = [
    ["no role", {}, (same) => same, /^stack-config: lockstep:role is missing.*pulumi config set lockstep:role standby/],
    [
      "a configuration that is not there",
      { role: "standby", config: "/nowhere/lockstep.yaml" },
      (same) => same,
      /^config-missing: .*\/nowhere\/lockstep\.yaml/,
    ],
    [
      "a snapshot that is not there",
      { role: "standby", snapshot: "/nowhere" },
      (same) => same,
      /^not-a-snapshot: .*`lockstep snapshot primary`.*pulumi config set lockstep:snapshot/,
    ],
    [
      "a repository that is not there",
      { role: "standby", source: "repository", snapshot: "/nowhere" },
      (same) => same,
      /^not-a-repository: .*--repository/,
    ],
    [
      "one organisation on both sides",
      { role: "standby" },
      (same) => ({ ...same, orgId: project.primary.org.id }),
      /^same-org: /,
    ],
    [
      "a standby that could not be read",
      { role: "standby" },
      (same) => ({ ...same, unread: ["queue"] }),
      /^incomplete-target: .*queue/,
    ],
  ];

  it.each(cases)("%s, in one line", async (_name, keys, change, expected) => {
    const failed = await runMocked(config(keys), change(inventoryOf(project.empty))).catch((error: unknown) => error);
    expect(failed).toMatchObject({ __pulumiRunError: true });
    expect((failed as Error).message).toMatch(expected);
    expect((failed as Error).message).not.toContain("\n");
  });

  it("a stale snapshot, unless it is allowed", async () => {
    await project.save(project.primary, "2026-01-01T00:00:00.000Z");
    await expect(runMocked(config({ role: "standby" }), inventoryOf(project.empty))).rejects.toThrow(
      /^stale-snapshot: /,
    );
    const allowed = config({ role: "standby", allow: '["stale-snapshot"]' });
    expect(blockedIn(await runMocked(allowed, inventoryOf(project.empty)))).toEqual(blockedIn(fresh));
    await project.save(project.primary);
  });

  it("a source that is not complete", async () => {
    await project.save({ ...project.primary, complete: false });
    await expect(runMocked(config({ role: "standby" }), inventoryOf(project.empty))).rejects.toThrow(
      /^incomplete-source: /,
    );
    await project.save(project.primary);
  });

  it("a health entry whose number leads elsewhere", async () => {
    const [ivr, object] =
      [...project.primary.objects].find(
        ([name, { dnis }]) => name.startsWith("ivr/") && Array.isArray(dnis) && dnis.length > 0,
      ) ?? [];
    const number = String((object?.["dnis"] as string[] | undefined)?.[0]);
    await project.configure({}, { standby: { healthEntry: { number } } });
    const failed = runMocked(config({ role: "standby" }), inventoryOf(project.empty));
    await expect(failed).rejects.toThrow(
      new RegExp(`^health-entry-clash: .*${ivr?.split("/")[1] ?? ""}.*/orgs/standby/healthEntry/number`),
    );
  });
});
