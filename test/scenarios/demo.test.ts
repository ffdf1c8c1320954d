import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { documentOf, run, type Ended } from "./support/cli.ts";
import { controlOf, type Control, type Entity, type StartLine } from "./support/control.ts";
import { runProcess, start } from "./support/process.ts";

// Nothing here comes from the product: its figures are counted again from the control interface of the simulator.

interface Change {
  readonly coordinate: string;
  readonly action: string;
}

interface Demo {
  readonly before: { readonly summary: { readonly [action: string]: number }; readonly changes: readonly Change[] };
  readonly plan: { readonly operations: readonly Change[] };
  readonly apply: { readonly writes: number; readonly operations: { readonly done: number; readonly failed: number } };
  readonly after: { readonly changes: readonly Change[] };
  readonly second: { readonly writes: number };
  readonly requests: { readonly [org: string]: { readonly [method: string]: number } };
}

type State = { readonly [path: string]: Entity };

/** The demo takes its time on a busy machine. */
const LONG = 300_000;

let directory = "";
/** Reads by which two runs may differ. */
const FEW = 3;

let demo: Demo;
let states: { before: { primary: State; standby: State }; after: { primary: State; standby: State } };
let counted: { [org: string]: { [method: string]: number } };

/** The demo, and then the same commands one by one against a simulator with the same seed. */
beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), "lockstep-demo-test-"));
  const cwd = directory;
  const told = await run(["demo", "--seed", "1", "--keep", "kept", "--format", "json"], { cwd, env: { HOME: cwd } });
  demo = documentOf<Demo>(told);
  const simulator = start(["simulate", "--seed", "1", "--port", "0"], { cwd, env: { HOME: cwd } });
  const line = JSON.parse(await simulator.firstLine) as StartLine;
  const control = controlOf(line.baseUrl);
  await control.set({ ratePerMinute: 0 });
  const env = { HOME: cwd, ...(await useConfiguration(line)) };
  const states_ = async (): Promise<typeof states.before> => ({
    primary: await control.state("primary"),
    standby: await control.state("standby"),
  });
  const before = await states_();
  const allow = [...new Set(guardsOf(demo))].flatMap((guard) => ["--allow", guard]);
  for (const [args, exit] of commands(allow)) {
    const ended = await run(args, { cwd, env });
    expect(ended.exit, `${args.join(" ")}: ${ended.stderr}`).toBe(exit);
  }
  states = { before, after: await states_() };
  counted = await requestsByMethod(control);
  simulator.signal("SIGTERM");
  expect((await simulator.ended).exit).toBe(0);
}, LONG);

afterAll(() => rm(directory, { recursive: true, force: true }));

function guardsOf(story: Demo): string[] {
  return ((story.plan as unknown as { guards: { guard: string }[] }).guards ?? []).map(({ guard }) => guard);
}

function commands(allow: readonly string[]): readonly [readonly string[], number][] {
  const sides = ["--from", "snapshots/primary", "--to", "snapshots/standby"];
  return [
    [["snapshot", "primary"], 0],
    [["snapshot", "standby"], 0],
    [["diff", ...sides], 2],
    [["plan", ...sides, "-o", "plan.json"], 2],
    [["apply", "plan.json", ...allow], 0],
    [["snapshot", "standby"], 0],
    [["apply", "plan.json", ...allow], 0],
  ];
}

/** The configuration that the demo kept, for another server; secrets that it names get some value. */
async function useConfiguration(line: StartLine): Promise<{ [name: string]: string }> {
  const kept = await readFile(join(directory, "kept/lockstep.yaml"), "utf8");
  await writeFile(join(directory, "lockstep.yaml"), kept.replace(/baseUrl: \S+/g, `baseUrl: ${line.baseUrl}`));
  const named = [...kept.matchAll(/env:(\w+)/g)].map(([, name = ""]): [string, string] => [name, `value-of-${name}`]);
  const logins = Object.entries(line.orgs).flatMap(([org, { client }]): [string, string][] => [
    [`LOCKSTEP_${org.toUpperCase()}_ID`, client.id],
    [`LOCKSTEP_${org.toUpperCase()}_SECRET`, client.secret],
  ]);
  return Object.fromEntries([...named, ...logins]);
}

async function requestsByMethod(control: Control): Promise<typeof counted> {
  const counts: typeof counted = {};
  for (const { org, method, path } of await control.log()) {
    if (org === null || !path.startsWith("/api/")) continue;
    const methods = (counts[org] ??= {});
    methods[method] = (methods[method] ?? 0) + 1;
  }
  return counts;
}

/** Kinds whose objects are matched by their name, and where the API has them. */
const NAMED = {
  queue: "/api/v2/routing/queues",
  skill: "/api/v2/routing/skills",
  language: "/api/v2/routing/languages",
  "wrap-up-code": "/api/v2/routing/wrapupcodes",
  schedule: "/api/v2/architect/schedules",
  "schedule-group": "/api/v2/architect/schedulegroups",
  ivr: "/api/v2/architect/ivrs",
  "data-table": "/api/v2/flows/datatables",
  location: "/api/v2/locations",
} as const;

/** Names in a list; the data table of the lock is no configuration. */
function namesIn(state: State, collection: string): string[] {
  const direct = new RegExp(`^${collection}/[^/]+$`);
  return Object.entries(state).flatMap(([path, { name, state: life }]) =>
    direct.test(path) && life !== "deleted" && name !== "lockstep" ? [String(name)] : [],
  );
}

function without(some: readonly string[], others: readonly string[]): string[] {
  return some.filter((name) => !others.includes(name)).sort();
}

describe("the demo", () => {
  it.each(Object.entries(NAMED))("finds the objects of kind %s that one side lacks", (kind, collection) => {
    const [primary, standby] = [namesIn(states.before.primary, collection), namesIn(states.before.standby, collection)];
    const told = (action: string): string[] =>
      demo.before.changes
        .filter((change) => change.action === action && change.coordinate.startsWith(`${kind}/`))
        .map(({ coordinate }) => coordinate.slice(kind.length + 1))
        .sort();
    expect(primary.length).toBeGreaterThan(0);
    expect(told("create")).toEqual(without(primary, standby));
    expect(told("delete")).toEqual(without(standby, primary));
    const after = namesIn(states.after.standby, collection);
    expect(without(primary, after)).toEqual([]);
    expect(without(after, primary)).toEqual(without(standby, primary));
  });

  it("ends in step, without deleting anything, and with nothing to do the second time", () => {
    expect(demo.before.changes.length).toBeGreaterThanOrEqual(25);
    expect(demo.apply.operations).toMatchObject({ done: demo.plan.operations.length, failed: 0 });
    expect(demo.after.changes).toEqual(demo.before.changes.filter(({ action }) => action === "delete"));
    expect(demo.second.writes).toBe(0);
  });

  it("sends the requests that it tells, and only reads from the primary", () => {
    const { primary = {}, standby = {} } = counted;
    for (const org of ["primary", "standby"] as const) {
      const { GET: told = 0, ...tellsWrites } = demo.requests[org] ?? {};
      const { GET: reads = 0, ...writes } = counted[org] ?? {};
      expect(tellsWrites).toEqual(writes);
      // A list that is there in time saves a read, so that two runs may differ by a few.
      expect(Math.abs(told - reads)).toBeLessThanOrEqual(FEW);
    }
    expect(Object.keys(primary).sort()).toEqual(["GET", "POST"]);
    const flows = Object.keys(states.before.primary).filter((path) => /^\/api\/v2\/flows\/[0-9a-f-]{36}$/.test(path));
    expect(primary["POST"]).toBeLessThanOrEqual(flows.length);
    const { GET: _, ...writing } = standby;
    const sent = Object.values(writing).reduce((sum, count) => sum + count, 0);
    expect(sent).toBeGreaterThanOrEqual(demo.apply.writes);
  });

  it.each([
    [["demo"], runProcess],
    [["demo", "--seed", "7"], run],
  ] as const)(
    "tells its story on the terminal: %j",
    async (args, runs) => {
      const ended: Ended = await runs(args, { cwd: directory, env: { HOME: directory } });
      expect(ended.exit, ended.stderr).toBe(0);
      expect(ended.stdout).toMatch(/primary {2}.*\n.*standby {2}/);
      expect(ended.stdout).toMatch(/\d+ operations in \d+ waves; nothing is deleted/);
      expect(ended.stdout).toMatch(/in step/);
      expect(ended.stdout).toMatch(/0 done, 0 failed, 0 skipped, \d+ done before; 0 writes; verified/);
      expect(ended.stdout).toMatch(/primary {2}\d+ GET, \d+ POST\n/);
      expect(ended.stdout).toMatch(/s real time; \d+ s under the real rate limit/);
      expect(ended.stdout).not.toContain("\u001b");
    },
    LONG,
  );
});

describe("a demo that has nowhere to keep what it makes", () => {
  it("says so and ends, instead of serving its organisations for ever", { timeout: 60_000 }, async () => {
    await writeFile(join(directory, "a file"), "");
    const { exit, stderr } = await run(["demo", "--keep", "a file"], { cwd: directory, env: { HOME: directory } });
    expect(exit).toBe(1);
    expect(stderr).toMatch(/^error file-unwritable: /m);
  });
});
