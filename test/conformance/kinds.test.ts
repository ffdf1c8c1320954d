import { beforeAll, describe, expect, it } from "vitest";
import { KINDS } from "../../src/kinds/index.ts";
import { coordinateOf, splitCoordinate, splitKey } from "../../src/model/coordinate.ts";
import { LockstepError } from "../../src/model/error.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { readObject } from "../../src/canonical/read-object.ts";
import { runSteps } from "../../src/canonical/run-steps.ts";
import { snapshotFiles } from "../../src/snapshot/snapshot-files.ts";
import { writeObject } from "../../src/canonical/write-object.ts";
import { secretMark } from "../../src/simulator/centre/index.ts";
import { hasContract } from "../kinds/fixture.ts";
import { furnish } from "./companions.ts";
import { CHECKS, CHECK_NAMES } from "./descriptor/checks.ts";
import { inWords } from "./descriptor/fault.ts";
import { worldOf, type World } from "./descriptor/world.ts";
import { CANARY, openOffice, type Office } from "./office.ts";
import { setPolicies, withoutPermission } from "./roles.ts";
import { SECRETS } from "./settings.ts";

const kinds = [...KINDS.values()];
/** Kinds of which an organisation has objects. */
const held = kinds.filter(({ mode }) => mode !== "report");
const written = kinds.filter(({ mode }) => mode === "write").map((kind) => [kind.name, kind] as const);
const listed = kinds.flatMap((kind) => (kind.read === undefined ? [] : [[kind.name, kind.read.lists] as const]));
const permissions = [...new Set(kinds.flatMap((kind) => kind.permissions.read))].map(
  (permission) => [permission, kinds.filter((kind) => kind.permissions.read.includes(permission))] as const,
);

let office: Office;
let primary: Snapshot;

beforeAll(async () => {
  office = await openOffice(SECRETS);
  await furnish(office);
  primary = await office.snapshot("primary");
});

/** What a snapshot fails with. */
async function refusal(): Promise<LockstepError> {
  const outcome: unknown = await office.snapshot("primary").catch((error: unknown) => error);
  if (outcome instanceof LockstepError) return outcome;
  throw new Error("the snapshot was taken");
}

describe("a snapshot", () => {
  it("has the same bytes whatever order the lists come in", async () => {
    const bytes = (snapshot: Snapshot): Map<string, string> => snapshotFiles(snapshot, KINDS, "lockstep", {});
    office.simulator.configure({ shuffleSeed: 77 });
    expect(bytes(await office.snapshot("primary"))).toEqual(bytes(primary));
    expect(bytes(await office.snapshot("primary", primary))).toEqual(bytes(primary));
  });

  it("knows every field that the organisation answers", () => {
    expect(primary.findings).toEqual([]);
  });

  it.each(held.map(({ name, mode }) => [name, mode] as const))("adds up: %s", (name, mode) => {
    const { listed = 0, read = -1, kept = 0, skipped = {} } = primary.counts[name] ?? {};
    const left = Object.values(skipped).reduce((sum, count) => sum + count, 0);
    const objects = [...primary.objects.keys()].filter((at) => splitCoordinate(at).kind === name).length;
    expect({ read, sum: kept + left }).toEqual({ read: listed, sum: listed });
    expect(kept).toBeGreaterThan(0);
    expect(objects).toBe(mode === "map" ? 0 : kept);
  });

  it.each(listed)("names the kind whose list cannot be read: %s", async (name, lists) => {
    for (const { op } of lists) {
      const path = `^${(op.split(" ")[1] ?? "").replaceAll(/\{[^}]*\}/g, "[^/]+")}$`;
      office.simulator.configure({ faults: [{ org: "primary", path, action: "status:500", times: 1000 }] });
      const { message } = await refusal().finally(() => office.simulator.configure({ faults: [] }));
      expect(message).toContain(`${name} cannot be read`);
    }
  });

  it.each(permissions)(
    "names the permission that is missing, or misses nothing without it: %s",
    async (permission, needing) => {
      const before = await withoutPermission(office, "primary", permission);
      const outcome = await office.snapshot("primary").catch((error: unknown) => error);
      await setPolicies(office, "primary", before);
      // Some operations take one of several permissions; then nothing may be missing.
      if (!(outcome instanceof LockstepError)) return expect(outcome).toEqual(primary);
      expect(outcome.code).toBe("permission-missing");
      expect(`${outcome.message} ${outcome.hint}`).toContain(permission);
      expect(needing.some(({ name }) => outcome.message.includes(name))).toBe(true);
    },
  );
});

describe("a client that reads only", () => {
  it.each(written)("refuses every write: %s", async (_name, kind) => {
    const api = await office.connect("primary", "read-only");
    const [coordinate = ""] = [...primary.objects.keys()].filter((at) => splitCoordinate(at).kind === kind.name);
    const wanted = primary.objects.get(coordinate) ?? {};
    const id = primary.ids.get(coordinate) ?? "";
    const [parentKey = ""] = splitKey(splitCoordinate(coordinate).key);
    const parent = primary.ids.get(coordinateOf(kind.parent?.kind ?? "", parentKey));
    const entity = (await runSteps(api, kind.name, readObject(kind, id, new Set(), parent))) ?? {};
    const before = office.simulator.world.log.length;
    const verbs = [
      ["create", kind.write?.create],
      ["update", kind.write?.update],
      ["delete", kind.write?.remove],
    ] as const;
    for (const [verb, operation] of verbs) {
      if (operation === undefined) continue;
      const job = { kind, coordinate, verb, id, wanted, current: {}, entity, touched: new Set(Object.keys(wanted)) };
      const secrets = new Map(SECRETS.secrets.map(({ path }) => [path, CANARY]));
      const resolve = (at: string): string => primary.ids.get(at) ?? id;
      const write = runSteps(api, kind.name, writeObject({ ...job, resolve, secrets }));
      await expect(write).rejects.toMatchObject({
        code: "primary-read-only",
      });
    }
    const sent = office.simulator.world.log
      .slice(before)
      .filter(({ method, path }) => method !== "GET" && path.startsWith("/api/"));
    expect(sent.map(({ path }) => path).filter((path) => path !== "/api/v2/flows/export/jobs")).toEqual([]);
  });
});

describe("an empty standby", () => {
  it("gets everything of the primary, and nothing the second time", async () => {
    const plan = office.plan(await office.drift(primary, await office.snapshot("standby")));
    expect(plan.blocked).toEqual([]);
    const lasting = plan.findings.map(({ code, coordinate = "" }) => [code, splitCoordinate(coordinate).kind]);
    expect(lasting.filter(([code, kind]) => code !== "cannot-be-undone" || kind !== "outcome")).toEqual([]);
    expect(await office.apply(plan)).toMatchObject({ failures: [], unequal: [], verified: true });
    const standby = await office.snapshot("standby");
    const { report } = await office.drift(primary, standby);
    expect(report.changes).toEqual([]);
    for (const [name, { kept }] of Object.entries(primary.counts))
      expect([name, standby.counts[name]?.kept]).toEqual([name, kept]);
    const log = office.simulator.world.log.length;
    expect(await office.apply(plan)).toMatchObject({ writes: 0, verified: true });
    expect(office.plan(await office.drift(primary, standby)).operations).toEqual([]);
    const writes = office.simulator.world.log
      .slice(log)
      .filter(({ method, path }) => method !== "GET" && path.startsWith("/api/"));
    expect(writes.filter(({ path }) => path !== "/api/v2/flows/export/jobs")).toEqual([]);
  });

  it("leaves no secret in any file or output", async () => {
    const files = snapshotFiles(await office.snapshot("standby"), KINDS, "lockstep", {});
    const texts = [...office.files.texts.values(), ...files.values(), office.told()].join("\n");
    expect(texts.length).toBeGreaterThan(100_000);
    for (const secret of [CANARY, secretMark]) expect(texts).not.toContain(secret);
  });
});

describe("a descriptor", () => {
  let world: World;

  beforeAll(async () => {
    await office.apply(office.plan(await office.drift(primary, await office.snapshot("standby"))));
    world = await worldOf(office);
  });

  it.each(CHECK_NAMES)("is right about %s", async (name) => {
    expect((await CHECKS[name](kinds, world, KINDS)).map(inWords)).toEqual([]);
  });

  it.skipIf(!hasContract)("is held against the official definition (skipped without ../shared)", () => {
    expect(world.contract?.operations.length).toBeGreaterThan(500);
  });
});
