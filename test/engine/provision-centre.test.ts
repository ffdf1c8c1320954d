import { readFileSync, writeFileSync } from "node:fs";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serve } from "../../src/simulator/http.ts";
import { startLine } from "../../src/simulator/index.ts";
import { demoPairing } from "../../src/simulator/centre/index.ts";
import { startSimulator } from "../../src/simulator/start.ts";
import { program } from "../../src/stacks/program.ts";
import { referredTo } from "../conformance/companions.ts";
import type { Body } from "../conformance/office.ts";
import { administrator, type Admin } from "../scenarios/support/admin.ts";
import { controlOf, writesTo, type Control, type StartLine } from "../scenarios/support/control.ts";
import { createWorkspace, type Workspace } from "../scenarios/support/workspace.ts";
import { enginePlace, inlineStack, type EnginePlace, type EngineStack } from "./support/engine.ts";
import { operations } from "./support/events.ts";
import { describeEngine } from "./support/needs.ts";

const MINUTES = 60_000;
const { environment, secrets: demoSecrets } = demoPairing({ seed: 1, size: "S" });

/** Both organisations are new, so that their trunks need a password too. */
const secrets = [
  ...demoSecrets,
  {
    kind: "trunk",
    name: "*",
    path: "/properties/trunk_sip_authentication_credentials_password",
    value: demoSecrets[0]?.value ?? "",
  },
];

/** A schedule of the seed. */
const SCHEDULE = "Weekdays 8 to 6";

/** The organisation that the repository is taken from, and two new ones. */
const ORGS = [
  { name: "origin", content: "seed" },
  { name: "primary", content: "empty" },
  { name: "standby", content: "empty" },
] as const;

describeEngine("real engine: a whole contact centre from one directory, in two new organisations", [], ({ engine }) => {
  let line: StartLine;
  let control: Control;
  let place: EnginePlace;
  let workspace: Workspace;
  let stop: () => Promise<void>;

  beforeAll(async () => {
    const { simulator } = await startSimulator({ seed: 1, size: "S", orgs: [...ORGS] });
    simulator.configure({ ratePerMinute: 0, jobMs: 0 });
    const served = await serve(simulator, 0);
    stop = () => served.close();
    line = startLine(simulator, served.baseUrl);
    control = controlOf(served.baseUrl);
    for (const body of referredTo(await control.state("origin"))) {
      for (const org of ["primary", "standby"]) await furnish(served.baseUrl, org, body);
    }
    const [origin, ...fresh] = await Promise.all(ORGS.map(({ name }) => adminOf(line, name)));
    const domains = (await origin?.send("GET", "/api/v2/routing/email/domains"))?.["entities"] as { id: string }[];
    for (const { id } of domains)
      for (const org of fresh) await org.send("POST", "/api/v2/routing/email/domains", { id, subDomain: false });
    place = await enginePlace(engine);
    workspace = await createWorkspace(line, { env: environment });
    await workspace.configure({ secrets, orgs: { primary: originLogin(line) } });
    const taken = await workspace.run(["snapshot", "primary", "--repository", "-o", "organisation"], {
      PRIMARY_ID: line.orgs["origin"]?.client.id ?? "",
      PRIMARY_SECRET: line.orgs["origin"]?.client.secret ?? "",
    });
    expect(taken.stderr + taken.stdout).not.toContain("error");
    await workspace.configure(SETTINGS);
  }, 2 * MINUTES);

  const SETTINGS = { secrets, repository: { directory: "organisation" } };

  afterAll(async () => {
    await stop();
    await workspace.remove();
    place.remove();
  });

  function stackFor(name: string, config: { readonly [key: string]: string }): Promise<EngineStack> {
    const write = line.orgs["primary"]?.admin;
    return inlineStack(place, {
      name,
      program,
      config: { "lockstep:config": workspace.path("lockstep.yaml"), ...config },
      env: { ...workspace.env, WRITE_ID: write?.id ?? "", WRITE_SECRET: write?.secret ?? "" },
    });
  }

  function describeSchedule(description: string): void {
    editText(workspace.path("organisation", "schedule", `${SCHEDULE}.json`), description);
  }

  async function writes<Result>(org: string, work: () => Promise<Result>): Promise<[Result, string[]]> {
    const mark = await control.mark();
    const result = await work();
    return [result, writesTo(org, await control.log(mark)).map(({ method, path }) => `${method} ${path}`)];
  }

  /** Plans the primary and gives what its stack needs to be allowed to follow the plan. */
  async function approval(org: string, access: string): Promise<{ readonly [key: string]: string }> {
    const planned = await workspace.run(["plan", "--stack", "primary", "-o", "primary-plan.json"]);
    expect([0, 2], planned.stderr).toContain(planned.exit);
    const { sha256 } = JSON.parse(readFileSync(workspace.path("primary-plan.json"), "utf8")) as { sha256: string };
    return {
      "lockstep:role": "primary",
      "lockstep:source": "repository",
      "lockstep:access": access,
      "lockstep:orgId": line.orgs[org]?.id ?? "",
      "lockstep:plan": workspace.path("primary-plan.json"),
      "lockstep:approvedPlan": sha256,
      "lockstep:writeClientId": "env:WRITE_ID",
      "lockstep:writeClientSecret": "env:WRITE_SECRET",
    };
  }

  it(
    "the primary is made by the plan that was approved, and a second up writes nothing",
    { timeout: 8 * MINUTES },
    async () => {
      const stack = await stackFor("primary", await approval("primary", "bootstrap"));
      const [first, made] = await writes("primary", () => stack.up());
      expect(first.failed, first.text).toBe(false);
      expect(made.length).toBeGreaterThan(200);
      const [second, again] = await writes("primary", () => stack.up());
      expect(second.failed, second.text).toBe(false);
      expect(again).toEqual([]);
      const differences = await workspace.run(["plan", "--stack", "primary", "-o", "after.json"]);
      expect(differences.exit, differences.stdout).toBe(0);
    },
  );

  it(
    "then the standby follows from a snapshot of it, and a second up writes nothing",
    { timeout: 8 * MINUTES },
    async () => {
      expect((await workspace.run(["snapshot", "primary"])).exit).toBe(0);
      const stack = await stackFor("standby", { "lockstep:role": "standby" });
      const [first, made] = await writes("standby", () => stack.up());
      expect(first.failed, first.text).toBe(false);
      expect(made.length).toBeGreaterThan(200);
      const [second, again] = await writes("standby", () => stack.up());
      expect(second.failed, second.text).toBe(false);
      expect(again).toEqual([]);
      const drift = await workspace.run(["diff", "--format", "json"]);
      expect(JSON.parse(drift.stdout)).toMatchObject({ summary: { create: 0, update: 0, delete: 0, rename: 0 } });
      expect(writesTo("primary", await control.log(await control.mark()))).toEqual([]);
    },
  );

  it(
    "managed writes what was approved, and neither more nor over what somebody changed by hand",
    {
      timeout: 8 * MINUTES,
    },
    async () => {
      const stale = await stackFor("primary", await approval("primary", "managed"));
      describeSchedule("Edited in the repository");
      const [unapproved, none] = await writes("primary", () => stale.up());
      expect(unapproved.text).toContain("unapproved-change");
      expect(none).toEqual([]);

      const approved = await stackFor("primary", await approval("primary", "managed"));
      const [done, one] = await writes("primary", () => approved.up());
      expect(done.failed, done.text).toBe(false);
      expect(one).toHaveLength(1);
      expect(one[0]).toMatch(/^PUT \/api\/v2\/architect\/schedules\//);

      const admin = await adminOf(line, "primary");
      const schedule = await admin.named("/api/v2/architect/schedules", SCHEDULE);
      await admin.send("PUT", `/api/v2/architect/schedules/${schedule.id}`, { ...schedule, description: "By hand" });
      describeSchedule("Edited again");
      const moved = await stackFor("primary", await approval("primary", "managed"));
      const [tampered, nothing] = await writes("primary", () => moved.up());
      expect(tampered.text).toContain("tampered");
      expect(nothing).toEqual([]);
    },
  );

  it("a primary that is only read gets no write, whatever the program says", { timeout: 8 * MINUTES }, async () => {
    expect((await workspace.run(["snapshot", "primary"])).exit).toBe(0);
    const stack = await stackFor("reading", { "lockstep:role": "primary" });
    const [first, none] = await writes("primary", () => stack.up());
    expect(first.failed, first.text).toBe(false);
    expect(operations(first)["create"] ?? 0).toBeLessThanOrEqual(2);
    expect(none).toEqual([]);
    editText(workspace.path("snapshots", "primary", "schedule", `${SCHEDULE}.json`), "Not so in the primary");
    const [refused, nothing] = await writes("primary", () => stack.up());
    expect(refused.failed).toBe(true);
    expect(nothing).toEqual([]);
  });
});

function adminOf({ baseUrl, orgs }: StartLine, name: string): Promise<Admin> {
  return administrator(baseUrl, orgs[name]?.admin ?? { id: "", secret: "" });
}

/** People, prompts and the like have to be there before: lockstep only refers to them. */
async function furnish(baseUrl: string, org: string, body: Body): Promise<void> {
  const answer = await fetch(`${baseUrl}/_sim/orgs/${org}/objects`, { method: "POST", body: JSON.stringify(body) });
  if (!answer.ok) throw new Error(await answer.text());
}

function editText(file: string, description: string): void {
  const object = JSON.parse(readFileSync(file, "utf8")) as object;
  writeFileSync(file, JSON.stringify({ ...object, description }, null, 2) + "\n");
}

function originLogin({ orgs }: StartLine): { readonly [name: string]: unknown } {
  return { orgId: orgs["origin"]?.id };
}
