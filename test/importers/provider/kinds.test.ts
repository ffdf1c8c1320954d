import { beforeAll, describe, expect, it } from "vitest";
import { KINDS } from "../../../src/kinds/index.ts";
import { splitCoordinate } from "../../../src/model/coordinate.ts";
import type { Snapshot } from "../../../src/model/snapshot.ts";
import { secretMark } from "../../../src/simulator/centre/index.ts";
import { furnish } from "../../conformance/companions.ts";
import { change, targetsOf, type Outcome } from "../../conformance/edit-round.ts";
import { CANARY, openOffice, type Office } from "../../conformance/office.ts";
import { SECRETS } from "../../conformance/settings.ts";
import { programFor, refresh, up, type Resource, type States } from "./support/engine.ts";
import { refusalOf } from "./support/refusal.ts";
import { pluginIn, type Plugin } from "./support/plugin.ts";

const MINUTES = 240_000;
const written = [...KINDS.values()].filter(({ mode }) => mode === "write").map(({ name }) => name);

/** Kinds of which nothing that can be changed in place is shown. */
const UNSEEN: readonly string[] = ["skill", "credential", "language"];

/** An organisation pair, and what its standby's program is. */
interface Pair {
  readonly office: Office;
  primary: Snapshot;
}

async function furnished(): Promise<Pair> {
  const office = await openOffice(SECRETS);
  await furnish(office);
  return { office, primary: await office.snapshot("primary") };
}

async function programOf({ office, primary }: Pair): Promise<Resource[]> {
  const standby = await office.snapshot("standby");
  return programFor(await office.drift(primary, standby), primary, standby.ids);
}

async function applied({ office, primary }: Pair): Promise<void> {
  const result = await office.apply(office.plan(await office.drift(primary, await office.snapshot("standby"))));
  expect(result).toMatchObject({ failures: [], unequal: [] });
}

/** Requests so far. */
function mark({ office }: Pair): number {
  return office.simulator.world.log.length;
}

/** Requests that change an organisation, but for those that renew the lock or give it back, which a provider does at its end. */
function writesSince({ office }: Pair, since: number, side = "standby"): string[] {
  return office.simulator.world.log
    .slice(since)
    .filter(({ org, method, path }) => org === side && method !== "GET" && path.startsWith("/api/"))
    .filter(({ path }) => !/\/(flows\/export\/jobs|audits\/query\/realtime|rows\/lock)$/.test(path))
    .map(({ method, path }) => `${method} ${path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}")}`)
    .sort();
}

/** Makes one change to one object of every kind in the primary. */
async function editEachKind(pair: Pair): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const target of await targetsOf(pair.office, pair.primary)) {
    if (outcomes.some(({ coordinate }) => splitCoordinate(coordinate).kind === target.editor.kind)) continue;
    const outcome = await change(pair.office, pair.primary, target);
    if (outcome.result === "changed" && outcome.excluded === undefined) outcomes.push(outcome);
  }
  pair.primary = await pair.office.snapshot("primary", pair.primary);
  return outcomes;
}

/** One pair that apply keeps in step, and its twin that a program does. */
let byApply: Pair;
let byProgram: Pair;
let plugin: Plugin;
const states: States = new Map();

beforeAll(async () => {
  [byApply, byProgram] = [await furnished(), await furnished()];
}, MINUTES);

const open = (settings = {}): Promise<Plugin> => pluginIn(byProgram.office, settings);

describe("every kind", () => {
  it("is created with the writes of an apply, and is then what it should be", { timeout: MINUTES }, async () => {
    const [since, begin] = [mark(byApply), mark(byProgram)];
    await applied(byApply);
    plugin = await open();
    const program = await programOf(byProgram);
    const outcome = await up(plugin.client, program, states);
    expect(outcome.imported.length).toBeGreaterThan(0);
    expect(new Set(program.map(({ kind }) => kind))).toEqual(new Set(["link", ...written]));
    expect(writesSince(byProgram, begin)).toEqual(writesSince(byApply, since));
    const { report } = await byProgram.office.drift(byProgram.primary, await byProgram.office.snapshot("standby"));
    expect(report.changes).toEqual([]);
    const again = mark(byProgram);
    expect(await refresh(plugin.client, program, states)).toEqual([]);
    expect((await up(plugin.client, program, states)).same).toHaveLength(program.length);
    expect(writesSince(byProgram, again)).toEqual([]);
  });

  it("is taken over as it is, without a write", { timeout: MINUTES }, async () => {
    const { client } = await open();
    const [begin, fresh] = [mark(byProgram), new Map() as States];
    const program = await programOf(byProgram);
    const outcome = await up(client, program, fresh);
    expect({ ...outcome, imported: [], same: [] }).toEqual({
      created: outcome.created,
      imported: [],
      updated: [],
      same: [],
    });
    expect(outcome.created.filter((name) => !name.startsWith("link/"))).toEqual([]);
    expect(writesSince(byProgram, begin)).toEqual([]);
    for (const [name, { outputs, id }] of fresh) expect([name, id]).toEqual([name, states.get(name)?.id ?? outputs]);
  });

  it("is changed with the writes of an apply, in the places that were edited", { timeout: MINUTES }, async () => {
    const [edits] = [await editEachKind(byApply), await editEachKind(byProgram)];
    expect(edits.map(({ coordinate }) => splitCoordinate(coordinate).kind).sort()).toEqual(
      written.filter((kind) => !UNSEEN.includes(kind)).sort(),
    );
    const drift = await byProgram.office.drift(byProgram.primary, await byProgram.office.snapshot("standby"));
    const [since, begin] = [mark(byApply), mark(byProgram)];
    await applied(byApply);
    const { client } = await open();
    const program = await programOf(byProgram);
    expect(await refresh(client, program, states)).toEqual([]);
    const { updated, created } = await up(client, program, states);
    expect(created).toEqual([]);
    const changed = new Set(updated.map((name) => name.replace(/^link\//, "")));
    expect([...changed].sort()).toEqual(drift.report.changes.map(({ coordinate }) => coordinate).sort());
    expect(writesSince(byProgram, begin)).toEqual(writesSince(byApply, since));
    expect(await refresh(client, program, states)).toEqual([]);
  });

  it("leaves no secret in answers, files or output", () => {
    const { office } = byProgram;
    const texts = [...plugin.client.answers, ...office.files.texts.values(), office.told()].join("\n");
    expect(texts.length).toBeGreaterThan(100_000);
    for (const secret of [CANARY, secretMark]) expect(texts).not.toContain(secret);
  });

  it.each(written)("is not deleted unless that was asked for: %s", async (kind) => {
    const { client } = await open();
    const [, state] = [...states].find(([name]) => splitCoordinate(name).kind === kind) ?? [];
    if (state === undefined) throw new Error(kind);
    const begin = mark(byProgram);
    expect(await refusalOf(client.remove(kind, state))).toMatch(/^prune-off: /);
    expect(writesSince(byProgram, begin)).toEqual([]);
  });

  it.each(written)("is not written through a provider that only reads: %s", async (kind) => {
    const { client } = await pluginIn(byProgram.office, { org: "primary" });
    const [, state] = [...states].find(([name]) => splitCoordinate(name).kind === kind) ?? [];
    if (state === undefined) throw new Error(kind);
    const begin = mark(byProgram);
    const news = { ...state.inputs, key: "Another" };
    expect(await refusalOf(client.create(kind, news))).toMatch(/^primary-read-only: /);
    expect(await refusalOf(client.update(kind, state, news))).toMatch(/^primary-read-only: /);
    expect(await refusalOf(client.remove(kind, state))).toMatch(/^primary-read-only: /);
    expect(mark(byProgram)).toBe(begin);
    expect((await client.create(kind, news, true)).outputs).toMatchObject(news);
  });

  it("is deleted when that was asked for, entry points only when they are named", { timeout: MINUTES }, async () => {
    const { client } = await open({ prune: "true" });
    const careless = await open({ prune: "true", allow: "protected" });
    const gone = new Set<string>();
    const refused: string[] = [];
    for (const [name, state] of [...states].reverse()) {
      const { kind } = splitCoordinate(name);
      if (kind === "link") continue;
      if (KINDS.get(kind)?.write?.protect === true)
        expect(await refusalOf(client.remove(kind, state))).toMatch(/^protected: /);
      try {
        await careless.client.remove(kind, state);
        expect([name, await careless.client.read(kind, state.id, state)]).toEqual([name, undefined]);
        gone.add(kind);
        await careless.client.remove(kind, state);
      } catch (error) {
        refused.push(String(error));
      }
    }
    // What the platform keeps, what it never deletes, cycles that nobody opened, and what is in use by those.
    expect(refused.filter((text) => !/ \(status 40[09] |not-writable: /.test(text))).toEqual([]);
    expect(refused.length).toBeLessThan(states.size / 4);
    expect([...gone].sort()).toEqual(written.filter((kind) => KINDS.get(kind)?.write?.remove !== undefined).sort());
  });
});
