import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, it } from "vitest";
import { compare, type Comparison, type Difference } from "../../src/drift/compare.ts";
import { sweep } from "../../src/exporters/sweep.ts";
import { apply, type ApplyResult } from "../../src/importers/apply.ts";
import { makePlan } from "../../src/importers/plan.ts";
import { KINDS } from "../../src/kinds/index.ts";
import type { Obj } from "../../src/model/json.ts";
import type { Kind } from "../../src/model/kind.ts";
import type { Snapshot } from "../../src/model/snapshot.ts";
import { parseConfig } from "../../src/platform/config.ts";
import { systemClock } from "../../src/platform/clock.ts";
import { nodeFiles } from "../../src/platform/files.ts";
import { connect } from "../../src/platform/genesys/connect.ts";
import type { GenesysClient } from "../../src/platform/genesys/options.ts";
import { normalise } from "../../src/canonical/normalise.ts";
import { expandExcluded } from "../../tools/expand-excluded.mjs";
import { CONFIRM } from "../../tools/kind-new/draft.ts";
import { startKind } from "../../tools/kind-new/start.ts";
import { UNLOCKED } from "../importers/job.ts";
import { hasContract } from "../kinds/fixture.ts";
import { stageFor } from "../scenarios/support/stage.ts";
import { blockWith, ROOT } from "./support/pages.ts";

const stage = stageFor({ primary: "empty", standby: "empty" });
const work = { directory: "" };

beforeAll(async () => {
  work.directory = await mkdtemp(join(tmpdir(), "lockstep-kind-"));
});
afterAll(() => rm(work.directory, { recursive: true, force: true }));

const SCHEMA = "schemas/kinds/milestone.json";
const DESCRIPTOR = "src/kinds/milestone.ts";
const schemaText = blockWith("CONTRIBUTING.md", "json", SCHEMA).text;
const descriptor = blockWith("CONTRIBUTING.md", "ts", "export const milestone").text;
const command = blockWith("CONTRIBUTING.md", "sh", "npm run kind:new").text;

/** The kind as a contributor would have it after following the page, outside the repository. */
async function documentedKind(): Promise<Kind> {
  const directory = join(work.directory, "kinds");
  await mkdir(join(directory, "generated"), { recursive: true });
  const source = pathToFileURL(join(ROOT, "src")).href;
  await writeFile(join(directory, "milestone.ts"), descriptor.replaceAll('"../', `"${source}/`));
  const schema = JSON.stringify(expandExcluded(JSON.parse(schemaText) as Obj));
  await writeFile(join(directory, "generated", "milestone.ts"), `export const schema = ${schema};\n`);
  const { milestone } = (await import(pathToFileURL(join(directory, "milestone.ts")).href)) as { milestone: Kind };
  return milestone;
}

it("shows the files as they are in the repository", async () => {
  expect(schemaText).toBe(await readFile(join(ROOT, SCHEMA), "utf8"));
  expect(descriptor).toBe(await readFile(join(ROOT, DESCRIPTOR), "utf8"));
});

it.skipIf(!hasContract)("starts from what the tool writes (skipped without ../shared)", async () => {
  const [, name = "", title = ""] = /kind:new -- (\S+) --title "([^"]*)"/.exec(command) ?? [];
  const root = join(work.directory, "started");
  await startKind({ name, title, root });
  expect(await readFile(join(root, SCHEMA), "utf8")).toBe(schemaText);
  const started = await readFile(join(root, DESCRIPTOR), "utf8");
  expect(started).toContain(CONFIRM);
  const withoutRemark = (text: string): string => text.replace(/^\/\*\*.*$/m, "");
  expect(withoutRemark(started)).toBe(withoutRemark(descriptor));
  await expect(startKind({ name, title, root })).rejects.toThrow("exists already");
});

it.skipIf(!hasContract)("tells what only requests know (skipped without ../shared)", async () => {
  const root = join(work.directory, "written");
  await startKind({ name: "utilization-label", path: "/api/v2/routing/utilization/labels", root });
  const schema = JSON.parse(await readFile(join(root, "schemas/kinds/utilization-label.json"), "utf8")) as Obj;
  expect(schema["required"]).toEqual(["name"]);
  expect(schema["x-excluded"]).toEqual({
    "/utilization": { owner: "server", why: `${CONFIRM}: in a body of a create or an update, in no answer` },
  });
});

const DIVISION = "4ac252ae-b2e7-43e3-8b68-246f06dc9363";
const ANSWER: Obj = {
  id: "713dd4d0-b2e8-42c0-8da6-2ddeec872331",
  name: "Order placed",
  description: "The caller has ordered",
  division: { id: DIVISION, name: "Sales", selfUri: `/api/v2/authorization/divisions/${DIVISION}` },
  selfUri: "/api/v2/flows/milestones/713dd4d0-b2e8-42c0-8da6-2ddeec872331",
};

it("describes a kind that turns an answer of the API into an object that its schema accepts", async () => {
  const kind = await documentedKind();
  const { object, findings } = normalise(kind, "milestone/Order placed", ANSWER, () => "division/Sales");
  expect(object).toEqual({ name: "Order placed", description: "The caller has ordered", division: "division/Sales" });
  expect(findings).toEqual([]);
  const validate = new Ajv2020({ strict: false }).compile(JSON.parse(schemaText) as Obj);
  expect(validate(object), JSON.stringify(validate.errors)).toBe(true);
});

async function client(org: string, access: "read-only" | "write"): Promise<GenesysClient> {
  const { id = "", secret = "" } = stage.line.orgs[org]?.admin ?? {};
  const { baseUrl } = stage.line;
  return connect({ baseUrl, clientId: id, clientSecret: secret, access, clock: systemClock, random: () => 0 });
}

async function snapshotOf(org: string, kinds: ReadonlyMap<string, Kind>): Promise<Snapshot> {
  const api = await client(org, "read-only");
  const { region } = api;
  const snapshot = await sweep({
    api,
    org: api.org,
    region,
    kinds,
    members: "emails",
    allowIncomplete: false,
    sink: () => undefined,
  });
  api.close();
  return snapshot;
}

interface Synced {
  readonly differences: readonly Difference[];
  readonly applied: ApplyResult;
}

/** Compares both organisations and applies the plan, deletions included. */
async function syncOnce(kinds: ReadonlyMap<string, Kind>): Promise<Synced> {
  const source = await snapshotOf("primary", kinds);
  const target = await snapshotOf("standby", kinds);
  const comparison: Comparison = {
    kinds,
    desired: source.objects,
    current: target.objects,
    ignored: () => false,
    renamed: new Map(),
  };
  const differences = compare(comparison);
  const { guards } = parseConfig(
    "orgs: { primary: &o { region: a, clientId: env:A, clientSecret: env:B }, standby: *o }",
    "",
  );
  const now = new Date("2026-01-02T03:04:05Z");
  const plan = makePlan({
    tool: "test",
    source,
    target,
    sourceTakenAt: now.toISOString(),
    comparison,
    differences,
    findings: [],
    origin: new Map(),
    setAside: new Set(),
    prune: true,
    members: "emails",
    guards,
    secrets: [],
    now,
  });
  const api = await client("standby", "write");
  const path = (name: string): string => join(work.directory, `${name}-${plan.sha256}`);
  const applied = await apply({
    api,
    org: api.org,
    kinds,
    plan,
    // The primary's only milestone is deleted on purpose.
    allow: new Set(["shrunken-kind"]),
    guards,
    now,
    files: nodeFiles(),
    paths: {
      journal: path("journal"),
      undo: path("undo"),
      baseline: join(work.directory, "baseline"),
      unfinished: path("unfinished"),
      kept: path("kept"),
    },
    secretsFor: () => Promise.resolve(new Map()),
    compared: () => true,
    lock: UNLOCKED,
    sink: () => undefined,
  });
  api.close();
  return { differences, applied };
}

it("describes a kind that is created, changed and deleted in the standby", async () => {
  const kinds = new Map([...KINDS, ["milestone", await documentedKind()]]);
  const primary = await stage.admin("primary");
  const division = await primary.create("/api/v2/authorization/divisions", { name: "Sales", description: "Sells" });
  const body = { name: "Order placed", description: "The caller has ordered", division: { id: division } };
  const id = await primary.create("/api/v2/flows/milestones", body);
  const actions = ({ differences }: Synced): unknown =>
    differences.map(({ coordinate, action }) => [coordinate, action]);

  const first = await syncOnce(kinds);
  expect(actions(first)).toEqual([
    ["division/Sales", "create"],
    ["milestone/Order placed", "create"],
  ]);
  expect(first.applied).toMatchObject({ verified: true, operations: { done: 2, failed: 0 } });

  await primary.send("PUT", `/api/v2/flows/milestones/${id}`, { ...body, description: "Paid" });
  const second = await syncOnce(kinds);
  expect(actions(second)).toEqual([["milestone/Order placed", "update"]]);
  expect(second.differences[0]?.edits).toEqual([
    { path: "/description", before: "The caller has ordered", after: "Paid" },
  ]);
  expect(second.applied.verified).toBe(true);

  await primary.send("DELETE", `/api/v2/flows/milestones/${id}`);
  const third = await syncOnce(kinds);
  expect(actions(third)).toEqual([["milestone/Order placed", "delete"]]);
  expect(third.applied.verified).toBe(true);
  expect((await syncOnce(kinds)).differences).toEqual([]);
});
