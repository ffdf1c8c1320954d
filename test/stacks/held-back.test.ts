import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { keptValuesPath } from "../../src/importers/kept-values.ts";
import { unfinishedPath } from "../../src/importers/unfinished.ts";
import { digestJson } from "../../src/canonical/digest.ts";
import { splitCoordinate } from "../../src/model/coordinate.ts";
import { nodeFiles } from "../../src/platform/files.ts";
import { runMocked, type Registered, type Run } from "./support/mocked.ts";
import { inventoryOf, openProject, twinOf, type Project } from "./support/project.ts";

let project: Project;

beforeAll(async () => {
  project = await openProject();
}, 300_000);
afterAll(async () => project.close());
beforeEach(async () => project.configure());

const config = (more: { readonly [key: string]: string }): { readonly [key: string]: string } => ({
  "lockstep:config": `${project.directory}/lockstep.yaml`,
  ...Object.fromEntries(Object.entries(more).map(([key, value]) => [`lockstep:${key}`, value])),
});

const byName = ({ resources }: Run): ReadonlyMap<string, Registered> =>
  new Map(resources.map((resource) => [resource.name, resource]));

const blockedIn = ({ outputs }: Run): string[][] =>
  (outputs["blocked"] as { coordinate: string; code: string }[])
    .map(({ code, coordinate }) => [code, coordinate])
    .sort();

describe("the standby stack, as an apply", { timeout: 300_000 }, () => {
  it("does not write objects that exchanged names and cannot exchange what they hold", async () => {
    const twin = twinOf(project.primary, "twin");
    const [one = "", other = ""] = [...twin.ids.keys()].filter((at) => at.startsWith("credential/"));
    const source = (at: string): string => project.primary.ids.get(at) ?? "";
    const line = (coordinate: string, from: string): object => ({
      coordinate,
      sourceId: source(from),
      targetId: twin.ids.get(coordinate),
      digest: "",
    });
    await project.remember(twin.org.id, [line(one, other), line(other, one)]);
    const current = Object.fromEntries([one, other].map((at) => [at, project.primary.objects.get(at)]));
    const run = await runMocked(config({ role: "standby" }), { ...inventoryOf(twin), current });
    expect(run.calls).toEqual(["gclockstep:index:getInventory", "gclockstep:index:getInventory"]);
    const told = blockedIn(run).filter(([code]) => code === "names-exchanged");
    expect(told).toEqual([one, other].sort().map((at) => ["names-exchanged", at]));
    for (const at of [one, other]) expect(byName(run).get(at)?.inputs["lockstep"]).toEqual({ retained: true });
    await project.remember(twin.org.id, []);
  });

  it.each([
    ["if-permitted", false, true],
    ["off", false, false],
    ["off", true, true],
  ])(
    "does not write a data table that has the name of the lock's (lock: %s, there: %j)",
    async (use, isThere, blocks) => {
      const at = "data-table/lockstep";
      const [table = ""] = [...project.primary.objects.keys()].filter((one) => one.startsWith("data-table/"));
      const renames = [{ kind: "data-table", from: splitCoordinate(table).key, to: "lockstep" }];
      await project.configure({ renames, lock: { use } });
      const inventory = inventoryOf(project.empty) as { ids: object; skipped: string[] };
      const there = { ids: { ...inventory.ids, [at]: "t-2" }, skipped: [...inventory.skipped, at] };
      const run = await runMocked(config({ role: "standby" }), { ...inventory, ...(isThere ? there : {}) });
      expect(blockedIn(run).some(([code, about]) => code === "lock-table-name" && about === at)).toBe(blocks);
      expect(byName(run).has(at)).toBe(!blocks);
      await project.save(project.primary);
    },
  );

  it("does not write a secret that it knows by its placeholder only, and that the organisation does not hold", async () => {
    const secret = `<secret-01234567-${"0".repeat(32)}>`;
    const [at = "", table = {}] = [...project.primary.objects].find(([one]) => one.startsWith("data-table/")) ?? [];
    const holding = { ...table, description: secret };
    await project.save({ ...project.primary, objects: new Map([...project.primary.objects, [at, holding]]) });
    const twin = twinOf(project.primary, "twin");
    const blocked = async (inventory: Record<string, unknown>): Promise<boolean> => {
      const run = await runMocked(config({ role: "standby" }), inventory);
      return blockedIn(run).some(([code, about]) => code === "secret-missing" && about === at);
    };
    expect(await blocked({ ...inventoryOf(twin), current: { [at]: table } })).toBe(true);
    expect(await blocked(inventoryOf(project.empty))).toBe(true);
    expect(await blocked({ ...inventoryOf(twin), current: { [at]: holding } })).toBe(false);
    await project.save(project.primary);
  });

  it("gives an integration its first state where an earlier run did not end its create", async () => {
    const twin = twinOf(project.primary, "twin");
    const [at = ""] = [...twin.ids.keys()].filter((one) => one.startsWith("integration/"));
    const stateNow = async (): Promise<unknown> => {
      const run = await runMocked(config({ role: "standby" }), inventoryOf(twin));
      return byName(run).get(at)?.inputs["intendedState"];
    };
    expect(await stateNow()).toBeUndefined();
    const notes = unfinishedPath({ directory: project.directory }, twin.org.id);
    await nodeFiles().append(notes, JSON.stringify({ coordinate: at, write: "create" }));
    expect(await stateNow()).toBe("ENABLED");
  });

  it("leaves a value alone that the platform keeps, and says so", async () => {
    const twin = twinOf(project.primary, "twin");
    const [at = "", object = {}] = [...project.primary.objects].find(([one]) => one.startsWith("skill/")) ?? [];
    const value = { path: "/name", wanted: digestJson(object["name"] ?? ""), kept: "", times: 2 };
    const path = keptValuesPath({ directory: project.directory }, twin.org.id);
    await nodeFiles().append(path, JSON.stringify({ coordinate: at, values: [value] }));
    const run = await runMocked(config({ role: "standby" }), inventoryOf(twin));
    expect(byName(run).get(at)?.inputs["lockstep"]).toMatchObject({ ignored: ["/name"] });
    expect(run.outputs["findings"]).toMatchObject({ "platform-keeps-value": 1 });
  });

  it("is for one organisation, which it tells the provider", async () => {
    await project.configure({}, { standby: { orgId: project.empty.org.id } });
    const run = await runMocked(config({ role: "standby" }), inventoryOf(project.empty));
    const provider = run.resources.find(({ type }) => type === "pulumi:providers:gclockstep");
    expect(provider?.inputs).toMatchObject({ orgId: project.empty.org.id });
  });

  it("is not run under the name of another role", async () => {
    const failed = runMocked(config({ role: "standby" }), inventoryOf(project.empty), "primary");
    await expect(failed).rejects.toThrow(/^stack-config: The stack primary has lockstep:role standby.*role primary/);
  });
});
