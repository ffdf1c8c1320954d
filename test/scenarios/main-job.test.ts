import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { demoPairing, secretMark } from "../../src/simulator/centre/index.ts";
import { documentOf, type Ended } from "./support/cli.ts";
import { writesTo, type LogLine, READING_POSTS } from "./support/control.ts";
import { plainState } from "./support/raw-state.ts";
import { stageFor } from "./support/stage.ts";
import { digests } from "./support/workspace.ts";

const stage = stageFor({ primary: "seed", standby: "seed" });

interface Story {
  readonly ended: { readonly [command: string]: Ended };
  readonly log: readonly LogLine[];
  readonly writes: { readonly [command: string]: number };
  readonly files: readonly { readonly path: string; readonly text: string }[];
  readonly home: object;
  readonly secrets: readonly string[];
  readonly states: { readonly before: object; readonly undone: object };
}

/** The whole job takes its time on a busy machine. */
const LONG = 300_000;

let story: Story;

const COMMANDS = {
  "snapshot primary": ["snapshot", "primary"],
  "snapshot standby": ["snapshot", "standby"],
  "validate primary": ["validate", "snapshots/primary"],
  "validate standby": ["validate", "snapshots/standby"],
  diff: ["diff", "--from", "snapshots/primary", "--to", "snapshots/standby", "--report", "markdown=drift.md"],
  plan: ["plan", "-o", "plan.json"],
  apply: ["apply", "plan.json", ...["max-updates", "stale-snapshot"].flatMap((guard) => ["--allow", guard])],
  "second apply": ["apply", "plan.json", "--allow", "max-updates"],
  "second plan": ["plan", "-o", "second.json"],
  doctor: ["doctor"],
} as const;

/** The whole job once, on the two organisations that the demo shows. */
beforeAll(async () => {
  const { environment, ...pairing } = demoPairing({ seed: 1, size: "S" });
  const workspace = await stage.workspace({ env: environment });
  await workspace.configure({ ...pairing });
  const ended: { [command: string]: Ended } = {};
  const writes: { [command: string]: number } = {};
  const before = plainState(await stage.control.state("standby"));
  const start = await stage.control.mark();
  for (const [name, args] of Object.entries(COMMANDS)) {
    const mark = await stage.control.mark();
    ended[name] = await workspace.json(...args);
    writes[name] = writesTo("standby", await stage.control.log(mark)).length;
  }
  const { undoPlan } = documentOf<{ undoPlan: string }>(ended["apply"] ?? { exit: 0, stdout: "{}", stderr: "" });
  ended["undo"] = await workspace.json("apply", undoPlan, ...(await allowingAll(undoPlan)));
  const log = await stage.control.log(start);
  const undone = plainState(await stage.control.state("standby"));
  const { primary, standby } = stage.line.orgs;
  const secrets = [secretMark, primary?.client.secret ?? "", standby?.client.secret ?? ""];
  const [files, home] = [await textsBelow(workspace.directory), await digests(workspace.path("home"))];
  story = { ended, log, writes, files, home, secrets, states: { before, undone } };
}, LONG);

/** An undo has guards like any plan; somebody has looked at them. */
async function allowingAll(plan: string): Promise<string[]> {
  const { guards } = JSON.parse(await readFile(plan, "utf8")) as { guards: readonly { guard: string }[] };
  return [...new Set(guards.map(({ guard }) => guard))].flatMap((guard) => ["--allow", guard]);
}

async function textsBelow(directory: string): Promise<{ path: string; text: string }[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(paths.map(async (path) => ({ path, text: await readFile(path, "utf8") })));
}

function result<Document>(command: string): Document {
  const ended = story.ended[command];
  if (ended === undefined) throw new Error(`${command} was not run`);
  return documentOf<Document>(ended);
}

interface Finding {
  readonly code: string;
  readonly coordinate: string;
  readonly path: string;
}

interface Change {
  readonly coordinate: string;
  readonly action: string;
}

describe("the main job on two organisations that have drifted apart", () => {
  it("ends each command with the exit code that scripts rely on", () => {
    const exits = Object.fromEntries(Object.entries(story.ended).map(([name, { exit }]) => [name, exit]));
    expect(exits).toEqual({
      ...{ "snapshot primary": 0, "snapshot standby": 0, "validate primary": 0, "validate standby": 0 },
      ...{ diff: 2, plan: 2, apply: 0, "second apply": 0, "second plan": 0, doctor: 0, undo: 0 },
    });
  });

  it("finds at least 25 differences and brings the standby in step, deleting nothing", () => {
    const { changes } = result<{ changes: readonly Change[] }>("diff");
    expect(changes.length).toBeGreaterThanOrEqual(25);
    const extra = changes.filter(({ action }) => action === "delete");
    expect(extra.length).toBeGreaterThan(0);
    expect(result("apply")).toMatchObject({ operations: { failed: 0, skipped: 0 }, failures: [], verified: true });
    expect(result<{ operations: readonly unknown[] }>("second plan").operations).toEqual([]);
  });

  it("counts its writes as the organisation does, and writes nothing the second time", () => {
    const counted = Object.fromEntries(Object.entries(story.writes).filter(([, count]) => count > 0));
    expect(counted).toEqual({ apply: result<{ writes: number }>("apply").writes });
    expect(result("second apply")).toMatchObject({ writes: 0, operations: { done: 0 }, verified: true });
  });

  it("only reads from the primary", () => {
    const unusual = story.log.filter(
      ({ org, method, path }) =>
        org === "primary" &&
        method !== "GET" &&
        !(method === "POST" && (path === "/oauth/token" || READING_POSTS.has(path))),
    );
    expect(unusual).toEqual([]);
    expect(story.log.filter(({ status }) => status >= 500)).toEqual([]);
  });

  it("leaves no secret in any file or output, and nothing in HOME", () => {
    const outputs = Object.entries(story.ended).map(([path, { stdout, stderr }]) => ({ path, text: stdout + stderr }));
    expect(story.files.length).toBeGreaterThan(400);
    const found = [...story.files, ...outputs].filter(({ text }) =>
      story.secrets.some((secret) => text.includes(secret)),
    );
    expect(found.map(({ path }) => path)).toEqual([]);
    expect(story.home).toEqual({});
  });

  it("takes everything back with the undo plan, but for a column and an outcome, which the plan says before", () => {
    const { findings } = result<{ findings: readonly Finding[] }>("plan");
    const kept = findings.filter(({ code }) => code === "cannot-be-undone");
    expect(kept).toMatchObject([
      { coordinate: expect.stringMatching(/^data-table\//) as string },
      { coordinate: expect.stringMatching(/^outcome\//) as string },
    ]);
    expect(result("undo")).toMatchObject({ operations: { failed: 0, skipped: 0 }, verified: true });
    const nameOf = ({ coordinate }: Finding): string => coordinate.slice(coordinate.indexOf("/") + 1);
    const left = kept.map((finding, index) => `${["datatables", "outcomes"][index] ?? ""}:${nameOf(finding)}`);
    const without = (state: object): object =>
      Object.fromEntries(Object.entries(state).filter(([at]) => !left.some((label) => at.includes(label))));
    expect(without(story.states.undone)).toEqual(without(story.states.before));
    expect(Object.keys(without(story.states.before)).length).toBeGreaterThan(400);
    expect(kept[0]?.path).toMatch(/^\/schema\/properties\//);
  });
});
