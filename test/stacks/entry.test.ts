import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Obj } from "../../src/model/json.ts";
import { KINDS } from "../../src/kinds/index.ts";
import { splitCoordinate } from "../../src/model/coordinate.ts";
import { runEntry, type ProgramRun } from "./support/monitor.ts";
import { inventoryOf, openProject, twinOf, type Project } from "./support/project.ts";

const ENTRY = fileURLToPath(new URL("../../dist/stacks/index.js", import.meta.url));

let project: Project;

beforeAll(async () => {
  expect(existsSync(ENTRY), "run `npm run build` first").toBe(true);
  project = await openProject();
}, 300_000);
afterAll(async () => project.close());

const run = (
  role: string,
  inventory: object = {},
  more: { readonly [key: string]: string } = {},
): Promise<ProgramRun> =>
  runEntry({
    entry: ENTRY,
    root: project.directory,
    config: { "lockstep:role": role, "lockstep:config": "lockstep.yaml", ...more },
    inventory: inventory as Obj,
  });

const objectsOf = ({ asked }: ProgramRun): ProgramRun["asked"] =>
  asked.filter(({ type }) => type.startsWith("gclockstep:index:") && !type.endsWith(":Link"));

describe("the entry file, run as the engine runs it", { timeout: 300_000 }, () => {
  it("registers the standby so that every resource finds what it depends on, and protects what carries entry points", async () => {
    const { exit, asked, outputs, logged } = await run("standby", inventoryOf(project.empty));
    expect(logged.filter((line) => line.startsWith("error"))).toEqual([]);
    expect(exit).toBe(0);
    const seen = new Set<string>();
    for (const { name, dependencies } of asked) {
      for (const other of dependencies) expect(seen.has(other), `${name} needs ${other}`).toBe(true);
      seen.add(name);
    }
    const ivr = asked.find(({ name }) => name.startsWith("ivr/"));
    expect(ivr).toMatchObject({ protect: true, retainOnDelete: false, importId: "" });
    expect(ivr?.dependencies).toContain(ivr?.inputs["openHoursFlow"]);
    for (const { name, protect } of objectsOf({ asked } as ProgramRun)) {
      expect(protect, name).toBe(KINDS.get(splitCoordinate(name).kind)?.write?.protect === true);
    }
    const links = asked.filter(({ type }) => type === "gclockstep:index:Link");
    for (const { name, dependencies } of links) expect(dependencies).toContain(name.replace(/^link\//, ""));
    expect(outputs).toMatchObject({ role: "standby", organisation: { id: project.empty.org.id } });
  });

  it("retains everything of the primary, and keeps no name that it may give up", async () => {
    const ran = await run("primary");
    expect(ran.exit).toBe(0);
    expect(objectsOf(ran).length).toBeGreaterThan(100);
    for (const { name, protect, retainOnDelete, importId } of objectsOf(ran)) {
      expect({ protect, retainOnDelete, importId }, name).toEqual({
        protect: false,
        retainOnDelete: true,
        importId: project.primary.ids.get(name),
      });
    }
  });

  it("takes an object that was renamed in the primary for the one that it was", async () => {
    const twin = twinOf(project.primary, "twin");
    const [before, object] = [...project.primary.objects].find(([name]) => name.startsWith("location/")) ?? ["", {}];
    const after = `${before} (moved)`;
    const renamed = new Map([...project.primary.objects].filter(([name]) => name !== before));
    renamed.set(after, { ...object, name: splitCoordinate(after).key });
    const ids = new Map([...project.primary.ids].filter(([name]) => name !== before));
    ids.set(after, project.primary.ids.get(before) ?? "");
    const line = { coordinate: before, sourceId: ids.get(after), targetId: twin.ids.get(before), digest: "" };
    await project.remember("twin", [line]);
    await project.save({ ...project.primary, objects: renamed, ids });
    const { asked } = await run("standby", inventoryOf(twin));
    await project.save(project.primary);
    expect(asked.find(({ name }) => name === after)).toMatchObject({
      aliases: [before],
      importId: twin.ids.get(before),
    });
    expect(asked.some(({ name }) => name === before)).toBe(false);
  });

  it("ends with one line and without a stack when something is wrong", async () => {
    const { exit, logged } = await run("backup");
    expect(exit).not.toBe(0);
    const errors = logged.filter((line) => line.startsWith("error"));
    expect(errors).toEqual([
      'error: stack-config: lockstep:role is "backup", not one of primary, standby, dns. Set it with `pulumi config set lockstep:role primary`.',
    ]);
  });

  it("refuses to write the primary with the login that everything else reads it with", async () => {
    const { exit, asked, logged } = await run("primary", inventoryOf(project.primary), {
      "lockstep:source": "repository",
      "lockstep:access": "managed",
      "lockstep:orgId": project.primary.org.id,
      "lockstep:plan": "plan.json",
      "lockstep:approvedPlan": "a".repeat(64),
      "lockstep:writeClientId": "env:ID",
      "lockstep:writeClientSecret": "env:WRITE_SECRET",
    });
    expect(exit).not.toBe(0);
    expect(asked.filter(({ type }) => type.startsWith("gclockstep:"))).toEqual([]);
    const errors = logged.filter((line) => line.startsWith("error"));
    expect(errors).toHaveLength(1);
    expect(errors[0]).toMatch(/^error: same-credential: .*lockstep:writeClientId.*pulumi config set/);
  });
});
